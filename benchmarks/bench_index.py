"""The index engine: a recipe over many units, against its formula written out in bare NumPy."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.case import call
from jianwei import recipe, scorecard

UNITS = 100_000
Numbers = dict[str, np.ndarray[Any, np.dtype[np.float64]]]


@cache
def numbers() -> Numbers:
    """Three parts of UNITS units, between 0 and 1."""
    chance = np.random.default_rng(1)
    return {name: chance.random(UNITS) for name in ("osi", "hci", "tii")}


@cache
def inputs() -> scorecard.Inputs:
    """The same as a recipe takes it."""
    codes = tuple(str(n) for n in range(UNITS))
    return scorecard.Inputs(codes, codes, {"*": pa.table(dict(numbers()))})


@call(prepare=numbers)
def bare_mean_and_rank(parts: Numbers) -> None:
    """Mean of three parts of 100,000 units and their 1-2-2-4 ranks, bare."""
    score = (parts["osi"] + parts["hci"] + parts["tii"]) / 3
    order = np.sort(-score)
    np.searchsorted(order, -score, side="left")


@call(against="bare_mean_and_rank", prepare=inputs)
def un_egdi(given: scorecard.Inputs) -> None:
    """The recipe un-egdi over the same: every stage kept, ranks, ties, reasons."""
    scorecard.score(recipe.load("un-egdi"), given)
