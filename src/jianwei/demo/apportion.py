"""Whole numbers in given proportions that add up to a given sum."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Ints", "apportion", "scatter", "spread"]

Ints = NDArray[np.int64]


def apportion(total: int, weights: ArrayLike, *, least: int = 0) -> Ints:
    """Integers in proportion to `weights` that sum to `total` exactly, none below `least`.

    Largest remainder (Hamilton); equal remainders go to the first. weights: at least one
    positive. Raises ValueError where `least` for everybody is more than the total.
    """
    shares = np.asarray(weights, dtype=np.float64)
    rest = total - least * len(shares)
    if rest < 0:
        raise ValueError(f"{total} is too little for {len(shares)} times {least}")
    exact = shares * (rest / shares.sum())
    whole: Ints = np.floor(exact).astype(np.int64)
    lacking = rest - int(whole.sum())
    order = np.argsort(whole - exact, kind="stable")
    whole[order[:lacking]] += 1
    return whole + least


def spread(totals: Ints, of: Ints, weights: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    """Each group's total drawn over its members with the members' weights (multinomial).

    totals: (groups,). of: (members,), group of each member, sorted. Returns (members,).
    """
    result = np.zeros(len(of), dtype=np.int64)
    starts = np.searchsorted(of, np.arange(len(totals) + 1))
    for group in np.flatnonzero(totals):
        first, last = starts[group], starts[group + 1]
        if first == last:
            raise ValueError(f"group {group} has a total and no members")
        part = weights[first:last]
        result[first:last] = rng.multinomial(int(totals[group]), part / part.sum())
    return result


def scatter(counts: Ints, of: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Exactly `counts` of each group's members, chosen at random.

    counts: (groups,), not above the group's size. of: (members,), sorted. Returns (members,).
    """
    order = np.lexsort((rng.random(len(of)), of))
    starts = np.searchsorted(of, np.arange(len(counts)))
    place = np.empty(len(of), dtype=np.int64)
    place[order] = np.arange(len(of))
    chosen: NDArray[np.bool_] = place - starts[of] < counts[of]
    return chosen
