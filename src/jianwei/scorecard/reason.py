"""Why a unit is 未参评, in words that its operator can act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from jianwei.model import PLATFORMS
from jianwei.recipe import Node, Recipe
from jianwei.scorecard.card import State
from jianwei.scorecard.inputs import Inputs

__all__ = ["reasons"]

MOST = 6
"""How many missing things a reason names before it counts the rest."""

_TOLERANCE = 1e-12


def reasons(
    recipe: Recipe,
    inputs: Inputs,
    state: NDArray[np.int8],
    present: NDArray[np.float64],
    root: NDArray[np.float64],
) -> tuple[str, ...]:
    """A reason for every unit that cannot be ranked, "" for the others.

    state: (units, leaves). present: (units,) share of weight. root: (units,) value before
    anybody is left out.
    """
    short = present < recipe.need - _TOLERANCE
    gaps = state == State.MISSING
    lacking = gaps.any(axis=1)
    never = {platform: inputs.absent(platform) for platform in recipe.platforms}
    nowhere = np.all(list(never.values()), axis=0) if never else np.zeros(len(root), dtype=np.bool_)
    somewhere_not = np.any(list(never.values()), axis=0) if never else nowhere
    pairs = {(leaf.platform, name) for leaf in recipe.leaves for name in leaf.names}
    columns = {pair: inputs.column(*pair) for pair in pairs} if recipe.kind != "composite" else {}

    def reason(row: int) -> str:
        closed = [platform for platform in recipe.platforms if never[platform][row]]
        if nowhere[row]:
            return f"未开通{_platforms(closed)}账号"
        if recipe.absent == "unranked" and somewhere_not[row]:
            return f"未开通{_platforms(closed)}账号，方案规定不参评"
        gone = [recipe.leaves[place] for place in np.flatnonzero(gaps[row])]
        if recipe.kind == "composite" and short[row]:
            share, need = _shares(float(present[row]), recipe.need)
            return f"有效权重 {share}，低于方案要求的 {need}；缺：{_listed(_leaf(recipe, leaf) for leaf in gone)}"
        if recipe.kind != "composite" and lacking[row]:
            return _lacking(recipe, columns, gone, row)
        return "总指数无法计算：有数值不在方案的定义域内"

    out = nowhere | np.isnan(root) | (short if recipe.kind == "composite" else lacking)
    if recipe.absent == "unranked":
        out = out | somewhere_not
    told = [""] * len(root)
    for row in np.flatnonzero(out):
        told[row] = reason(int(row))
    return tuple(told)


def _lacking(
    recipe: Recipe, columns: Mapping[tuple[str, str], NDArray[np.float64]], gone: list[Node], row: int
) -> str:
    """Which inputs of a formula are missing or, where none is, which part is undefined."""
    pairs = dict.fromkeys((leaf.platform, name) for leaf in gone for name in leaf.names)
    blank = [pair for pair in pairs if np.isnan(columns[pair][row])]
    if blank:
        several = len(recipe.platforms) > 1
        words = (f"{PLATFORMS[p] if several and p else ''}{recipe.measure(n).title}" for p, n in blank)
        return f"缺：{_listed(words)}"
    return f"无法计算：{_listed(_leaf(recipe, leaf) for leaf in gone)}（除数为零或超出定义域）"


def _leaf(recipe: Recipe, leaf: Node) -> str:
    """A leaf's title, with its platform where the recipe has several and the title does not say."""
    platform = PLATFORMS.get(leaf.platform, "")
    return leaf.title if len(recipe.platforms) < 2 or platform in leaf.title else platform + leaf.title


def _platforms(families: list[str]) -> str:
    return "、".join(PLATFORMS[family] for family in families)


def _listed(words: Iterable[str]) -> str:
    found = list(dict.fromkeys(words))
    return "、".join(found) if len(found) <= MOST else f"{'、'.join(found[:MOST])}等 {len(found)} 项"


def _shares(share: float, need: float) -> tuple[str, str]:
    """Both shares in percent, with as many digits as it takes to tell them apart."""
    for digits in range(1, 8):
        told = f"{share:.{digits}%}", f"{need:.{digits}%}"
        if told[0] != told[1]:
            return told
    return f"{share:.1%}", f"{need:.1%}"
