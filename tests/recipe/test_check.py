from __future__ import annotations

from pathlib import Path

import pytest

from jianwei import recipe
from jianwei.errors import Issue

GOOD = """
[recipe]
name = "mine"
title = "我的方案"
source = "自拟"
absent = "zero"

[nodes.total]
name = "总指数"

[nodes.spread]
parent = "total"
weight = 2

[nodes.posts_day]
parent = "spread"
weight = 1
platform = "weibo"
formula = "posts / days"
transform = "ln1p"
low = 0
high = 20

[nodes.reposts_day]
parent = "spread"
weight = 3
platform = "weibo"
formula = "reposts / days"
low = 0
high = 100
"""


def problems(text: str) -> list[tuple[str, str, str]]:
    return [(issue.level, issue.code, issue.where.field) for issue in recipe.check(text)]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def test_a_good_recipe_has_no_issues() -> None:
    assert recipe.check(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "mine"', "", ("error", "name", "recipe.name")),
        ('name = "mine"', 'name = "a b"', ("error", "name", "recipe.name")),
        ('name = "mine"', "name = 3", ("error", "type", "recipe.name")),
        ('title = "我的方案"', "", ("warning", "title", "recipe.title")),
        ('source = "自拟"', "", ("warning", "source", "recipe.source")),
        ('absent = "zero"', 'absent = "zeros"', ("error", "unknown_value", "recipe.absent")),
        ('absent = "zero"', "need = 0", ("error", "need", "recipe.need")),
        ('absent = "zero"', "need = 66.7", ("error", "need", "recipe.need")),
        ('absent = "zero"', "need = true", ("error", "type", "recipe.need")),
        ('absent = "zero"', "need = nan", ("error", "number", "recipe.need")),
        ('absent = "zero"', "followers_within = 1.5", ("error", "type", "recipe.followers_within")),
        (
            'absent = "zero"',
            "followers_within = -1",
            ("error", "followers_within", "recipe.followers_within"),
        ),
        ('absent = "zero"', 'absents = "zero"', ("error", "unknown_key", "recipe.absents")),
        ('absent = "zero"', "[node.x]", ("error", "unknown_key", "node")),
        ('absent = "zero"', "[inputs.posts]", ("error", "input", "inputs.posts")),
        ('absent = "zero"', '[inputs]\n"粉丝" = {}', ("error", "input", "inputs.粉丝")),
        ('name = "总指数"', 'parent = "nobody"', ("error", "orphan", "nodes.total.parent")),
        ('parent = "total"\nweight = 2', "weight = 2", ("error", "root", "nodes.spread.parent")),
        ("weight = 2", "", ("error", "weight", "nodes.spread.weight")),
        ("weight = 2", "weight = 0", ("error", "weight", "nodes.spread.weight")),
        ("weight = 2", "weight = -2", ("error", "weight", "nodes.spread.weight")),
        ("weight = 2", 'weight = "2"', ("error", "type", "nodes.spread.weight")),
        ("weight = 2", "weight = 2\nlow = 0", ("error", "misplaced", "nodes.spread.low")),
        ("weight = 2", 'weight = 2\ncombine = "mean"', ("error", "unknown_value", "nodes.spread.combine")),
        ("weight = 2", "weight = 2\npower = 0", ("error", "positive", "nodes.spread.power")),
        ("weight = 2", 'weight = 2\ncombine = "geometric"', ("error", "floor", "nodes.spread")),
        ("weight = 2", "weight = 2\nfloor = 0.1", ("error", "floor", "nodes.spread.floor")),
        ("weight = 2", 'weight = 2\nformula = "posts"', ("error", "leaf_with_children", "nodes.spread")),
        ('formula = "posts / days"', "", ("error", "childless", "nodes.posts_day")),
        ('formula = "posts / days"', 'formula = ""', ("error", "formula", "nodes.posts_day.formula")),
        (
            'formula = "posts / days"',
            'formula = "coalesce(posts, 0)"',
            ("error", "formula", "nodes.posts_day.formula"),
        ),
        (
            'formula = "posts / days"',
            'formula = "post / days"',
            ("error", "unknown_measure", "nodes.posts_day.formula"),
        ),
        (
            'formula = "posts / days"',
            'formula = "wow / days"',
            ("error", "platform", "nodes.posts_day.formula"),
        ),
        (
            'formula = "posts / days"',
            'formula = "posts / days"\ntimes = 2',
            ("error", "misplaced", "nodes.posts_day.times"),
        ),
        ('transform = "ln1p"', 'transform = "log"', ("error", "unknown_value", "nodes.posts_day.transform")),
        ('transform = "ln1p"', 'transform = "ln"', ("error", "goalposts", "nodes.posts_day.low")),
        ('transform = "ln1p"', "factor = 0", ("error", "positive", "nodes.posts_day.factor")),
        ('transform = "ln1p"', 'platfrom = "weibo"', ("error", "unknown_key", "nodes.posts_day.platfrom")),
        ("high = 20", "high = 0", ("error", "goalposts", "nodes.posts_day.low")),
        ("high = 20", "", ("error", "goalposts", "nodes.posts_day")),
        ("low = 0\nhigh = 20", "", ("error", "goalposts", "nodes.posts_day")),
        ("[nodes.posts_day]", '[nodes."posts day"]', ("error", "code", "nodes.posts day")),
    ],
)
def test_each_mistake_is_named_at_its_key(old: str, new: str, expected: tuple[str, str, str]) -> None:
    found = problems(changed(old, new))
    assert expected in found
    if expected[0] == "warning":
        assert found == [expected]


def test_all_problems_come_at_once_and_say_what_to_do() -> None:
    text = (
        changed('absent = "zero"', 'absnt = "zero"')
        .replace("weight = 3", "")
        .replace("reposts / days", "repost")
    )
    issues = recipe.check(text)
    assert {issue.where.field for issue in issues} == {
        "recipe.absnt",
        "nodes.reposts_day.weight",
        "nodes.reposts_day.formula",
    }
    hints = {issue.where.field: issue.hint for issue in issues}
    assert "absent" in hints["recipe.absnt"]
    assert "reposts" in hints["nodes.reposts_day.formula"]
    assert all(issue.what for issue in issues)


def test_a_platform_measure_needs_its_platform() -> None:
    text = GOOD.replace('platform = "weibo"\n', "")
    assert problems(text) == [
        ("error", "platform", "nodes.posts_day.formula"),
        ("error", "platform", "nodes.posts_day.formula"),
        ("error", "platform", "nodes.reposts_day.formula"),
        ("error", "platform", "nodes.reposts_day.formula"),
    ]


def test_a_ring_is_found_once() -> None:
    text = GOOD + '[nodes.a]\nparent = "b"\nweight = 1\n[nodes.b]\nparent = "a"\nweight = 1\n'
    rings = [issue for issue in recipe.check(text) if issue.code == "cycle"]
    assert [issue.where.field for issue in rings] == ["nodes.a.parent"]
    assert "a → b → a" in rings[0].what


def test_no_root_at_all() -> None:
    text = changed('name = "总指数"', 'parent = "spread"\nweight = 1')
    assert ("error", "root", "nodes") in problems(text)


def test_parts_of_one_mean_must_run_over_one_range() -> None:
    text = (
        GOOD
        + """
[nodes.other]
parent = "total"
weight = 1
times = 100
[nodes.likes_day]
parent = "other"
weight = 1
platform = "weibo"
formula = "likes / days"
low = 0
high = 10
"""
    )
    assert problems(text) == [("error", "span", "nodes.total")]
    assert problems(text.replace("weight = 2", "weight = 2\ntimes = 100")) == []


def test_a_sum_cannot_share_out_what_was_never_opened() -> None:
    text = changed("weight = 2", 'weight = 2\ncombine = "sum"')
    assert problems(text) == []
    assert problems(text.replace('absent = "zero"', 'absent = "renormalise"')) == [
        ("error", "sum", "nodes.spread.combine")
    ]


def test_other_kinds_need_no_goalposts() -> None:
    bare = GOOD.replace("low = 0\nhigh = 20\n", "").replace("low = 0\nhigh = 100\n", "")
    assert problems(bare.replace('absent = "zero"', 'kind = "formula"')) == []
    assert {code for _, code, _ in problems(bare)} == {"goalposts"}


def test_scoring_followers_and_forwarding_in_an_assessment_draws_a_warning() -> None:
    assert problems(changed('absent = "zero"', 'purpose = "公布"')) == []
    found = problems(changed('absent = "zero"', 'purpose = "考核"'))
    assert found == [("warning", "pressure", "nodes.reposts_day")]


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        "[recipe\n",
        "recipe = 3\nnodes = []\n",
        "[recipe]\nname = 'x'\nname = 'y'\n",
        "[nodes]\na = 1\n",
        "nodes.a = []\n\n",
    ],
)
def test_a_broken_file_is_an_issue_not_a_crash(text: str) -> None:
    assert any(issue.level == "error" for issue in recipe.check(text))


def test_a_file_that_cannot_be_read_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("名称 = 'x'\n".encode("gb18030"))
    for path in (tmp_path / "none.toml", tmp_path / "latin.toml", tmp_path):
        (issue,) = recipe.check(path)
        assert isinstance(issue, Issue)
        assert (issue.level, issue.code) == ("error", "not_found")
    (issue,) = recipe.check("wci-2")
    assert "wci-2.0" in issue.hint


def test_issues_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + changed("weight = 2", ""), "utf-8")
    assert [str(issue.where) for issue in recipe.check(path)] == ["mine.toml 「nodes.spread.weight」"]
