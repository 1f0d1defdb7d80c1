"""Order: ranks and ties on unrounded scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["competition", "shift", "ties"]

Floats = NDArray[np.float64]


def competition(scores: Floats) -> NDArray[np.int64]:
    """Competition ranks 1-2-2-4, the greatest score first.

    scores: (units,), unrounded. A NaN has no rank: 0.
    Returns (units,). Rank = 1 + number of greater scores.
    Source: COINr's "sport" ranks (ties.method "min" on -score).
    """
    ranks = np.zeros(len(scores), dtype=np.int64)
    known = np.flatnonzero(~np.isnan(scores))
    order = known[np.argsort(-scores[known])]
    ordered = scores[order]
    places = np.arange(1, order.size + 1)
    places[1:][ordered[1:] == ordered[:-1]] = 1
    ranks[order] = np.maximum.accumulate(places) if order.size else places
    return ranks


def ties(scores: Floats) -> NDArray[np.bool_]:
    """Whether each score is shared with another unit, exactly and unrounded.

    scores: (units,). A NaN is tied with nobody. Returns (units,).
    """
    ascending = np.sort(scores[~np.isnan(scores)])
    left = np.searchsorted(ascending, scores, side="left")
    right = np.searchsorted(ascending, scores, side="right")
    return np.asarray((right - left > 1) & ~np.isnan(scores), dtype=np.bool_)


def shift(before: NDArray[np.int64], after: NDArray[np.int64]) -> float:
    """Mean number of places that units moved: (1/n) Σ |before - after|.

    before, after: (units,) ranks, 0 = unranked; only units ranked in both count. NaN for none.
    Source: Saisana, Saltelli & Tarantola 2005, R̄_s; OECD/JRC Handbook 2008 §7.
    """
    both = (before > 0) & (after > 0)
    return float(np.mean(np.abs(before[both] - after[both]))) if both.any() else float("nan")
