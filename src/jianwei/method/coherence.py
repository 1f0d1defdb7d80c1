"""Coherence: whether the parts of an index belong together, before anybody is ranked by it."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Flag",
    "correlation",
    "covariance",
    "cronbach",
    "flags",
    "moments",
    "pearson",
    "size_driven",
    "to_parent",
]

Floats = NDArray[np.float64]

REDUNDANT = 0.9
CONFLICT = 0.0
SIZE = 0.6


class Flag(NamedTuple):
    """A pair that a reader should know of: places of both columns and their correlation."""

    kind: Literal["redundant", "conflict", "size"]
    first: int
    second: int
    r: float


def covariance(x: Floats, y: Floats | None = None) -> Floats:
    """Covariances (n - 1) of the columns of x with those of y, each over the rows that both have.

    x: (units, p). y: (units, q), x itself where not given.
    Returns (p, q), NaN where fewer than two rows are shared.
    Source: R `cov(use = "pairwise.complete.obs")`.
    """
    return moments(x, y)[0]


def correlation(x: Floats, y: Floats | None = None) -> Floats:
    """Pearson correlations of the columns of x with those of y, each over the rows that both have.

    x: (units, p). y: (units, q), x itself where not given.
    Returns (p, q) in -1..1, NaN where a column has one value only over the shared rows.
    Source: R `cor(use = "pairwise.complete.obs")`, as COINr.
    """
    return pearson(*moments(x, y))


def pearson(shared: Floats, first: Floats, second: Floats) -> Floats:
    """Correlations from what `moments` gives, in -1..1; NaN where a variance is 0 or unknown."""
    scale = np.sqrt(first * second)
    r = np.divide(shared, scale, out=np.full_like(shared, np.nan), where=scale > 0)
    return np.asarray(np.clip(r, -1.0, 1.0))


def to_parent(x: Floats, parent: Floats) -> Floats:
    """Correlation of each part with the node above it.

    x: (units, parts). parent: (units,). Returns (parts,). JRC practice wants about 0.3 to 0.92.
    """
    return np.asarray(correlation(x, parent[:, None])[:, 0])


def cronbach(x: Floats) -> float:
    """Cronbach's α: k² · mean covariance of two different parts / sum of all covariances.

    x: (units, parts), NaN left out pair by pair. NaN for fewer than two parts.
    Source: COINr get_cronbach; OECD/JRC Handbook 2008 §4.
    """
    parts = x.shape[1]
    if parts < 2:
        return float("nan")
    every = covariance(x)
    mean = (every.sum() - np.trace(every)) / (parts * (parts - 1))
    return float(parts**2 * mean / every.sum())


def flags(x: Floats, high: float = REDUNDANT, low: float = CONFLICT) -> list[Flag]:
    """Pairs of columns of one group that say the same (r > high) or the opposite (r < low).

    x: (units, parts), more is better. Each pair once, in the order of columns.
    Source: COINr get_corr_flags; JRC practice.
    """
    r = correlation(x)
    found = []
    for first in range(len(r)):
        for second in range(first + 1, len(r)):
            value = float(r[first, second])
            if value > high:
                found.append(Flag("redundant", first, second, value))
            elif value < low:
                found.append(Flag("conflict", first, second, value))
    return found


def size_driven(x: Floats, denominators: Floats, limit: float = SIZE) -> list[Flag]:
    """Columns that mostly tell how large a unit is: |r| with a denominator above the limit.

    x: (units, parts). denominators: (units, q), such as residents or followers.
    Source: COINr get_denom_corr.
    """
    r = correlation(x, denominators)
    return [
        Flag("size", int(part), int(by), float(r[part, by]))
        for part, by in np.argwhere(np.abs(np.nan_to_num(r)) > limit)
    ]


def moments(x: Floats, y: Floats | None = None) -> tuple[Floats, Floats, Floats]:
    """Covariance, variance of x and variance of y for each pair of columns over the rows both have.

    x: (units, p). y: (units, q), x itself where not given. Returns three (p, q), NaN where fewer
    than two rows are shared.
    """
    other = x if y is None else y
    if y is None and len(x) > 1 and not np.isnan(x).any():
        return _of_whole(x)
    there, here = ~np.isnan(x), ~np.isnan(other)
    shape = (x.shape[1], other.shape[1])
    shared, first, second = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan)
    for p in range(shape[0]):
        for q in range(shape[1]):
            if y is None and q < p:
                shared[p, q], first[p, q], second[p, q] = shared[q, p], second[q, p], first[q, p]
                continue
            both = there[:, p] & here[:, q]
            count = int(np.count_nonzero(both))
            if count > 1:
                a, b = _centred(x[both, p]), _centred(other[both, q])
                shared[p, q] = np.sum(a * b) / (count - 1)
                first[p, q] = np.sum(a * a) / (count - 1)
                second[p, q] = np.sum(b * b) / (count - 1)
    return shared, first, second


def _of_whole(x: Floats) -> tuple[Floats, Floats, Floats]:
    """The same for columns without a gap, in one product: it describes the parts, it scores nobody."""
    away = np.column_stack([_centred(np.ascontiguousarray(column)) for column in x.T])
    shared = np.asarray(away.T @ away) / (len(x) - 1)
    variance = np.broadcast_to(np.diag(shared)[:, None], shared.shape)
    return shared, variance, variance.T


def _centred(x: Floats) -> Floats:
    """Distances from the mean; exactly 0 for a column of one value."""
    return np.zeros_like(x) if x.min() == x.max() else np.asarray(x - x.mean())
