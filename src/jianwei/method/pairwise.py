"""Combinations that hold every unit against all others: Copeland and TOPSIS, and dominance.

What comes out changes with who takes part: a shadow beside a board, never the board.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jianwei.method.missing import checked_weights

__all__ = ["RELATIVE", "Dominance", "copeland", "dominance", "outrank", "topsis"]

Floats = NDArray[np.float64]

_CELLS = 2_000_000
"""Cells of one block of pairs, so that memory stays bounded whatever the number of units."""


class Dominance(NamedTuple):
    """Pairs where one unit is ahead on every part, and their share of all pairs."""

    pairs: int
    share: float


def outrank(x: Floats, w: Floats) -> Floats:
    """How far each unit is ahead of each other: Σ w [x_p > x_q] + ½ Σ w [x_p = x_q], over Σ w.

    x: (units, parts), more is better; a part that either lacks does not count for the pair.
    w: (parts,), relative, > 0.
    Returns (units, units) in 0..1, NaN on the diagonal and where two share no part.
    Source: OECD/JRC Handbook 2008 §6 (non-compensatory); COINr outrankMatrix.
    """
    weights = checked_weights(w, x.shape[1])
    return np.concatenate([block for _, block in _blocks(x, weights)]) if len(x) else np.empty((0, 0))


def copeland(x: Floats, w: Floats) -> Floats:
    """Pairs won minus pairs lost, a pair being won with more than half of the weight.

    x: (units, parts), more is better; a part that either lacks does not count for the pair.
    w: (parts,), relative, > 0.
    Returns (units,), NaN for a row without parts. Time grows with the square of the units.
    Source: OECD/JRC Handbook 2008 §6; COINr a_copeland.
    """
    weights = checked_weights(w, x.shape[1])
    scores = np.full(len(x), np.nan)
    for start, block in _blocks(x, weights):
        won = np.count_nonzero(block > 0.5, axis=1) - np.count_nonzero(block < 0.5, axis=1)
        scores[start : start + len(block)] = won
    scores[np.isnan(x).all(axis=1)] = np.nan
    return scores


def topsis(x: Floats, w: Floats) -> Floats:
    """Closeness to the best that occurs: d⁻ / (d⁺ + d⁻) on weighted columns of length one.

    x: (units, parts), more is better. w: (parts,), relative, > 0.
    Returns (units,) in 0..1; NaN where any part is missing (a distance has no parts to spare),
    0.5 where best and worst are the same.
    Source: Hwang & Yoon 1981; equals scikit-criteria TOPSIS with vector scaling.
    """
    weights = checked_weights(w, x.shape[1])
    whole = ~np.isnan(x).any(axis=1)
    scores = np.full(len(x), np.nan)
    if not whole.any():
        return scores
    known = x if whole.all() else x[whole]
    away, near = np.zeros(len(known)), np.zeros(len(known))
    for part, weight in enumerate(weights):
        column = np.ascontiguousarray(known[:, part])
        length = np.sqrt(np.sum(column * column))
        v = column * (weight / length if length > 0 else 0.0)
        away += (v.max() - v) ** 2
        near += (v - v.min()) ** 2
    away, near = np.sqrt(away), np.sqrt(near)
    both = away + near
    scores[whole] = np.divide(near, both, out=np.full(len(known), 0.5), where=both > 0)
    return scores


def dominance(x: Floats) -> Dominance:
    """Pairs whose order no weights can change: one unit is strictly ahead on every shared part.

    x: (units, parts), more is better. A pair without a shared part counts as undecided.
    Source: COINr outrankMatrix (`nDominant`, `fracDominant`).
    """
    pairs = sum(int(np.count_nonzero(block == 1.0)) for _, block in _blocks(x, np.ones(x.shape[1])))
    every = len(x) * (len(x) - 1) // 2
    return Dominance(pairs, pairs / every if every else float("nan"))


RELATIVE: Mapping[str, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {"copeland": copeland, "topsis": topsis}
)
"""Combinations that look at other units, by the word that recipes use."""


def _blocks(x: Floats, w: Floats) -> Iterator[tuple[int, Floats]]:
    """Rows of the matrix of `outrank`, some at a time, each with the place of its first row."""
    units = len(x)
    step = max(1, _CELLS // max(1, units))
    for start in range(0, units, step):
        some = x[start : start + step]
        ahead = np.zeros((len(some), units))
        shared = np.zeros((len(some), units))
        for part, weight in enumerate(w):
            mine, theirs = some[:, part, None], x[None, :, part]
            ahead += weight * ((mine > theirs) + 0.5 * (mine == theirs))
            shared += weight * (~np.isnan(mine) & ~np.isnan(theirs))
        told = np.divide(ahead, shared, out=np.full_like(ahead, np.nan), where=shared > 0)
        told[np.arange(len(some)), np.arange(start, start + len(some))] = np.nan
        yield start, told
