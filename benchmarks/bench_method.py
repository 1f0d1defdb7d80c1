"""Mathematics of indices on 100,000 units × 12 indicators, and rank intervals of many draws."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.case import call
from jianwei import robust, scorecard
from jianwei.method import combine, order, pairwise, scale, weigh
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read

Floats = NDArray[np.float64]
PARTS = 12
WEIGHTS_ONLY = robust.Variations(scale=False, outlier=False, missing=False, combine=False)
Board = tuple[Recipe, scorecard.Inputs]


@cache
def matrix() -> Floats:
    """Lognormal values of 100,000 units and 12 indicators."""
    return np.asarray(np.random.default_rng(1).lognormal(3, 1.5, (100_000, PARTS)))


@cache
def board(units: int) -> Board:
    """A recipe of four branches and 12 goalposts on logarithms, and units to rank by it."""
    text = '[recipe]\nname = "b"\n[inputs]\n' + "".join(f"x{i} = {{}}\n" for i in range(PARTS))
    text += "[nodes.root]\ntimes = 100\n"
    text += "".join(f'[nodes.g{i}]\nparent = "root"\nweight = {i + 1}\n' for i in range(4))
    for i in range(PARTS):
        text += f'[nodes.l{i}]\nparent = "g{i % 4}"\nweight = {i + 1}\nformula = "x{i}"\n'
        text += 'transform = "ln1p"\nlow = 0\nhigh = 1000\n'
    made, _ = read(text)
    if made is None:
        raise RuntimeError("the recipe of this benchmark is wrong")
    values = np.random.default_rng(1).lognormal(3, 1.5, (units, PARTS))
    codes = tuple(f"u{i}" for i in range(units))
    table = pa.table({f"x{i}": values[:, i] for i in range(PARTS)})
    return made, scorecard.Inputs(codes, codes, {"*": table})


def small() -> Board:
    """2,000 units."""
    return board(2_000)


def large() -> Board:
    """100,000 units."""
    return board(100_000)


@call(prepare=matrix)
def bare_minmax_sum_order(x: Floats) -> None:
    """Min-max, weighted sum and order of 100,000 × 12, bare."""
    least = x.min(axis=0)
    np.argsort(-((x - least) / (x.max(axis=0) - least) * np.arange(1.0, PARTS + 1)).sum(axis=1))


@call(against="bare_minmax_sum_order", prepare=matrix)
def minmax_sum_rank(x: Floats) -> None:
    """The same with directions, gaps and constant columns looked after, and 1-2-2-4 ranks."""
    order.competition(combine.arithmetic(scale.minmax(x), np.arange(1.0, PARTS + 1)))


@call(against="bare_minmax_sum_order", prepare=matrix)
def topsis_rank(x: Floats) -> None:
    """TOPSIS with ranks."""
    order.competition(pairwise.topsis(x, np.arange(1.0, PARTS + 1)))


@call(against="bare_minmax_sum_order", prepare=matrix)
def entropy_weights(x: Floats) -> None:
    """Entropy weights."""
    weigh.entropy(x)


@call(against="bare_minmax_sum_order", prepare=matrix)
def critic_weights(x: Floats) -> None:
    """CRITIC weights."""
    weigh.critic(x)


def _intervals(given: Board, draws: int, varied: robust.Variations) -> Any:
    recipe, inputs = given
    return robust.simulate(recipe, inputs, varied, draws=draws).intervals


@call(prepare=small)
def intervals_2000_by_10000(given: Board) -> None:
    """5-95 % rank intervals of 2,000 units over 10,000 draws of weights; to stay within 2 s."""
    _intervals(given, 10_000, WEIGHTS_ONLY)


@call(prepare=small)
def intervals_of_all_assumptions(given: Board) -> None:
    """The same with scale, outliers, missing values and combination drawn too."""
    _intervals(given, 10_000, robust.Variations())


@call(prepare=large)
def intervals_100000_by_200(given: Board) -> None:
    """100,000 units over 200 draws of weights; to stay within 3 s."""
    _intervals(given, 200, WEIGHTS_ONLY)
