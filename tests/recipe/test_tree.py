from __future__ import annotations

import json

import pytest

from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from tests.recipe.test_check import GOOD


def made(text: str) -> Recipe:
    recipe, problems = read(text)
    assert recipe is not None, [str(issue) for issue in problems.issues]
    return recipe


def test_the_tree_knows_itself() -> None:
    recipe = made(GOOD)
    assert recipe.root.code == "total"
    assert [leaf.code for leaf in recipe.leaves] == ["posts_day", "reposts_day"]
    assert [node.code for node in recipe.upward] == ["spread", "total"]
    assert [node.code for node in recipe.path("posts_day")] == ["posts_day", "spread", "total"]
    assert [leaf.code for leaf in recipe.below("spread")] == ["posts_day", "reposts_day"]
    assert recipe.platforms == ("weibo",)
    assert recipe.needs == {"posts", "reposts", "days"}
    assert recipe.titles["total"] == "总指数"
    assert recipe.titles["spread"] == "spread"


def test_effective_weights_are_products_of_shares() -> None:
    more = (
        '[nodes.audience]\nparent = "total"\nweight = 3\n[nodes.followers]\nparent = "audience"\nweight = 9\n'
    )
    recipe = made(GOOD + more + 'platform = "weibo"\nformula = "followers"\nlow = 0\nhigh = 10\n')
    assert recipe.effective == pytest.approx(
        {"total": 1, "spread": 0.4, "posts_day": 0.1, "reposts_day": 0.3, "audience": 0.6, "followers": 0.6}
    )


SAME = [
    ("weight = 2", "weight = 2.0"),
    ("weight = 2", "weight = 2 # 注"),
    ('title = "我的方案"', 'title = "改名"'),
    ('name = "mine"', 'name = "yours"'),
    ('name = "总指数"', 'name = "综合"\nnote = "说明"'),
    ('absent = "zero"', ""),
    ("high = 20", "high = 20\nfactor = 1"),
    ("low = 0\nhigh = 20", "high = 20\nlow = 0"),
    ('formula = "posts / days"', 'formula = " (posts/days) -- 日均"'),
]

OTHER = [
    ("weight = 2", "weight = 2\ntimes = 100"),
    ("weight = 3", "weight = 4"),
    ("high = 20", "high = 21"),
    ("high = 20", "high = 20\nfactor = 10"),
    ("high = 20", 'high = 20\ndirection = "down"'),
    ('transform = "ln1p"', ""),
    ('formula = "posts / days"', 'formula = "originals / days"'),
    ('absent = "zero"', 'absent = "unranked"'),
    ('absent = "zero"', "need = 0.5"),
    ('absent = "zero"', 'days = "30-day-months"'),
    ('absent = "zero"', 'reading = "7d"'),
    ("[nodes.posts_day]", "[nodes.posts_each_day]"),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_words_order_and_spelling_leave_the_hash(old: str, new: str) -> None:
    assert old in GOOD
    assert made(GOOD.replace(old, new)).hash == made(GOOD).hash


@pytest.mark.parametrize(("old", "new"), OTHER)
def test_meaning_changes_the_hash(old: str, new: str) -> None:
    assert old in GOOD
    assert made(GOOD.replace(old, new)).hash != made(GOOD).hash


def test_the_order_of_nodes_leaves_the_hash() -> None:
    head, *nodes = GOOD.split("[nodes.")
    turned = head + "".join(f"[nodes.{node}\n" for node in reversed(nodes))
    assert made(turned).hash == made(GOOD).hash
    assert len(made(GOOD).hash) == 16


def test_json_is_a_tree_below_the_root() -> None:
    told = json.loads(json.dumps(made(GOOD).to_json()))
    assert told["root"]["title"] == "总指数"
    (spread,) = told["nodes"]
    assert (spread["key"], spread["weight"]) == ("spread", 1.0)
    assert [(leaf["key"], leaf["weight"], leaf["effective"]) for leaf in spread["children"]] == [
        ("posts_day", 0.25, 0.25),
        ("reposts_day", 0.75, 0.75),
    ]
    assert spread["children"][0]["formula"] == "posts / days"
