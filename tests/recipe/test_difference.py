from __future__ import annotations

import pytest

from jianwei import recipe
from jianwei.recipe import Change, Recipe, difference, grammar, words
from jianwei.recipe.reading import read
from tests.recipe.test_check import GOOD


def made(text: str) -> Recipe:
    found, problems = read(text)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def changes(old: str, new: str) -> tuple[Change, ...]:
    """What changes where one text of GOOD is replaced."""
    assert GOOD.count(old) == 1
    return recipe.diff(made(GOOD), made(GOOD.replace(old, new)))


def test_equal_recipes_differ_in_nothing() -> None:
    assert recipe.diff(made(GOOD), made(GOOD)) == ()
    assert changes("low = 0\nhigh = 20", "high = 20\nlow = 0") == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "我的方案"', 'title = "新"', ["标题由“我的方案”改为“新”"]),
        ('absent = "zero"', 'absent = "unranked"', ["从未开通的平台由“计 0 分”改为“不参评”"]),
        ('absent = "zero"', "need = 0.5", ["参评所需的有效权重由 0.667 改为 0.5"]),
        ('absent = "zero"', 'note = "说"', ["说明由“未写”改为“说”"]),
        ('absent = "zero"', 'days = "30-day-months"', ["天数的算法由“按日历”改为“每月按 30 天”"]),
        ('name = "总指数"', 'name = "综合"', ["“总指数”改名为“综合”"]),
        ("high = 20", "high = 30", ["“posts_day”的目标界限由 0–20 改为 0–30"]),
        ("high = 20", 'high = 20\ndirection = "down"', ["“posts_day”的方向由“越大越好”改为“越小越好”"]),
        ('transform = "ln1p"', "", ["“posts_day”的变换由“ln(x+1)”改为“不变换”"]),
        ("weight = 2", "weight = 2\ntimes = 100", ["“spread”的倍数由 1 改为 100"]),
        ("weight = 2", 'weight = 2\ncombine = "max"', ["“spread”的合成办法由“算术平均”改为“取最大”"]),
        ("high = 20", "high = 20\nfactor = 10", ["“posts_day”的变换前的倍数由 1 改为 10"]),
        (
            'formula = "posts / days"',
            'formula = "originals / days"',
            ["“posts_day”的公式由“posts / days”改为“originals / days”"],
        ),
        (
            'formula = "posts / days"',
            'formula = "(posts/days)"',
            ["“posts_day”的公式由“posts / days”改为“(posts/days)”（写法不同，算法相同）"],
        ),
        (
            "weight = 3",
            "weight = 1",
            [
                "“reposts_day”的权重由 3 改为 1（有效权重 75.00% → 50.00%）",
                "有效权重随之变动：“posts_day”25.00% → 50.00%",
            ],
        ),
    ],
)
def test_each_change_in_plain_words(old: str, new: str, told: list[str]) -> None:
    assert [str(change) for change in changes(old, new)] == told


def test_only_what_can_change_a_score_says_so() -> None:
    for old, new in [
        ('title = "我的方案"', 'title = "新"'),
        ('name = "总指数"', 'name = "综合"'),
        ('formula = "posts / days"', 'formula = "(posts/days)"'),
        ('source = "自拟"', 'source = "转引"\nversion = "2"'),
    ]:
        assert not any(change.scores for change in changes(old, new))
        assert made(GOOD).hash == made(GOOD.replace(old, new)).hash
    for old, new in [
        ("weight = 3", "weight = 1"),
        ("high = 20", "high = 30"),
        ('absent = "zero"', "need = 0.5"),
    ]:
        assert all(change.scores for change in changes(old, new))


MORE = """
[nodes.likes_day]
parent = "spread"
name = "日均点赞"
weight = 4
platform = "weibo"
formula = "likes / days"
low = 0
high = 10
"""


def test_nodes_come_and_go() -> None:
    come = recipe.diff(made(GOOD), made(GOOD + MORE))
    assert [str(change) for change in come] == [
        "新增指标“日均点赞”（在“spread”之下，有效权重 50.00%），公式 likes / days",
        "有效权重随之变动：“posts_day”25.00% → 12.50%、“reposts_day”75.00% → 37.50%",
    ]
    gone = recipe.diff(made(GOOD + MORE), made(GOOD))
    assert str(gone[0]) == "删去指标“日均点赞”（原有效权重 50.00%）"
    assert gone[0].key == "nodes.likes_day"


def test_a_node_moves_and_takes_another_code() -> None:
    moved = recipe.diff(made(GOOD + MORE), made(GOOD + MORE.replace('"spread"', '"total"')))
    assert "“日均点赞”由“spread”之下移到“总指数”之下" in [str(change) for change in moved]
    other = recipe.diff(
        made(GOOD + MORE), made(GOOD + MORE.replace("nodes.likes_day", "nodes.likes_each_day"))
    )
    assert [str(change) for change in other] == ["“日均点赞”的代码由 likes_day 改为 likes_each_day"]
    group = recipe.diff(
        made(GOOD.replace("weight = 2", 'weight = 2\nname = "传播"')),
        made(GOOD.replace("weight = 2", 'weight = 2\nname = "传播"').replace("spread", "reach")),
    )
    assert [str(change) for change in group] == ["“传播”的代码由 spread 改为 reach"]


def test_inputs_and_kinds() -> None:
    old, new = recipe.load("renmin-2015"), recipe.load("renmin-2023")
    told = [str(change) for change in recipe.diff(old, new)]
    assert "“传播力”的权重由 0.4 改为 0.3（有效权重 40.00% → 30.00%）" in told
    assert "有效权重随之变动" not in " ".join(told)
    told = [str(change) for change in recipe.diff(recipe.load("wci-14.2a"), recipe.load("wci-14.2b"))]
    assert any("新增指标“转发日均”" in words for words in told)
    own = GOOD.replace("[nodes.total]", '[inputs.own]\nname = "自有"\n[nodes.total]')
    assert [str(change) for change in recipe.diff(made(GOOD), made(own))] == ["新增输入 own（自有）"]
    assert [str(change) for change in recipe.diff(made(own), made(GOOD))] == ["删去输入 own（自有）"]


def test_a_change_is_plain_json() -> None:
    (change,) = changes("high = 20", "high = 30")
    assert change.to_json() == {
        "key": "nodes.posts_day.low",
        "what": "“posts_day”的目标界限由 0–20 改为 0–30",
        "scores": True,
    }


def test_every_key_has_a_word() -> None:
    assert set(words.OF_HEAD) == set(grammar.HEAD)
    assert set(words.OF_NODE) | difference._TOLD == set(grammar.NODE)
    for key, told in words.OF_VALUES.items():
        rule = grammar.HEAD.get(key) or grammar.NODE[key]
        assert set(told) <= set(rule.values), key
        assert len(told) == len(rule.values) or key == "reading", key
