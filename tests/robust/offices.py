"""Offices on two platforms for the tests of 提升建议: a recipe of shares and daily means, and a fortnight's measures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from jianwei.scorecard import Inputs

DAYS = 14
SPREAD: dict[str, Any] = {"comments": np.geomspace(2, 900, 10).round()}
"""Comments of ten offices that are worlds apart: some places nobody can win by work."""

_SHARE = "CASE WHEN posts = 0 THEN 0 ELSE {} / posts END"
_LEAVES = {
    "posts": ("posts / days", 'transform = "ln1p"\nlow = 0\nhigh = 5', 3),
    "originals": (_SHARE.format("originals"), "low = 0\nhigh = 1", 4),
    "service": (_SHARE.format("service_posts"), "low = 0\nhigh = 0.5", 3),
    "comments": (_SHARE.format("comments"), 'transform = "ln1p"\nlow = 0\nhigh = 20', 3),
}
"""Formula, scale and weight of the leaves that each platform has."""


def recipe(
    root: str = "times = 100", *, platforms: tuple[str, ...] = ("weibo", "wechat"), scale: str = "", more: str = ""
) -> Recipe:  # fmt: skip
    """A tree of two platforms. scale: in place of the goalposts; more: further nodes."""
    text = f'[recipe]\nname = "t"\nneed = 0.3\nabsent = "zero"\n[nodes.root]\n{root}\n'
    for weight, platform in zip((2, 3), platforms, strict=False):
        text += f'[nodes.{platform}]\nparent = "root"\nweight = {weight}\n'
        for name, (formula, bounds, share) in _LEAVES.items():
            text += f'[nodes.{platform}_{name}]\nparent = "{platform}"\nplatform = "{platform}"\n'
            text += f'formula = "{formula}"\nweight = {share}\n{scale or bounds}\n'
    found, problems = read(text + more)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def blank(*names: str) -> dict[str, Any]:
    """These columns without any value."""
    return dict.fromkeys(names, np.full(10, np.nan))


def fortnight(
    seed: int, count: int = 10, *, platforms: tuple[str, ...] = ("weibo", "wechat"), **more: Any
) -> Inputs:
    """Measures of offices with a dozen posts each; more: columns that stand in for the drawn ones."""
    random = np.random.default_rng(seed)
    tables = {}
    for platform in platforms:
        posts = random.integers(6, 20, count)
        columns = {
            "posts": posts,
            "originals": random.binomial(posts, 0.4),
            "service_posts": random.binomial(posts, 0.15),
            "comments": posts * random.integers(1, 8, count),
            "active_days": random.integers(2, 6, count) if platform == "weibo" else random.integers(1, 3, count),
            "days": np.full(count, DAYS),
            "accounts": np.ones(count),
        } | more  # fmt: skip
        tables[platform] = pa.table(columns)
    codes = tuple(f"u{row}" for row in range(count))
    return Inputs(codes, codes, tables)
