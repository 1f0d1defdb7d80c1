"""How nodes of a recipe are made, in words."""

from __future__ import annotations

from typing import Any

import pytest

from jianwei.report import combination

CHILDREN = [{"title": "甲", "weight": 0.25}, {"title": "乙", "weight": 0.75}]


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ({}, "25%×甲 ＋ 75%×乙（加权平均）"),
        ({"combine": "geometric"}, "甲的 25% 次方 × 乙的 75% 次方（加权几何平均）"),
        ({"combine": "harmonic"}, "25%×甲 ＋ 75%×乙（加权调和平均）"),
        ({"combine": "topsis"}, "25%×甲 ＋ 75%×乙（TOPSIS）"),
        ({"combine": "sum"}, "25%×甲 ＋ 75%×乙"),
        ({"times": 100, "power": 2}, "100 ×（（25%×甲 ＋ 75%×乙）的 2 次方）（加权平均）"),
    ],
)
def test_a_combination(node: dict[str, Any], words: str) -> None:
    assert combination.of_children(node, CHILDREN) == words


def test_a_leaf_tells_everything_that_is_done_to_it() -> None:
    leaf = {
        "formula": "posts",
        "per": "days",
        "unit": "条/日",
        "transform": "ln1p",
        "factor": 10,
        "low": 100,
        "high": 3_000_000,
        "impute": "group-mean",
        "scale": "zscore",
        "direction": "down",
    }
    assert combination.leaf(leaf) == (
        "posts ÷ days（条/日）；取自然对数 ln(10·x＋1)；界限 100 至 3,000,000；缺失填补：组均值；z 分数；越低越好"
    )
