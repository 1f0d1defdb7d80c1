"""Variation: noise on weights, ranks of many draws, and designs that tell which assumption matters.

Random numbers come from a generator that the caller seeds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError

__all__ = ["Design", "Indices", "noisy", "quantiles", "ranks", "saltelli", "sobol"]

Floats = NDArray[np.float64]
Ranks = NDArray[np.uint32]


def noisy(w: Floats, draws: int, noise: float, random: np.random.Generator) -> Floats:
    """Weights with noise: each w · (1 + u), u uniform within ± noise.

    w: (parts,), relative, > 0. noise: in 0..1, below 1.
    Returns (draws, parts). Raises MethodError for noise out of range.
    Source: COINr get_noisy_weights.
    """
    if not 0 <= noise < 1:
        raise MethodError(f"权重的扰动应在 0 与 1 之间，而不是 {noise}", hint="例如 0.25，即 ±25%")
    return np.asarray(w * (1.0 + noise * random.uniform(-1.0, 1.0, (draws, len(w)))))


def ranks(scores: Floats) -> Ranks:
    """Competition ranks 1-2-2-4 of each row, the greatest score first.

    scores: (draws, units) without NaN. Returns (draws, units).
    """
    draws, units = scores.shape
    order = np.argsort(-scores, axis=1)
    ordered = scores.ravel()[order + np.arange(0, draws * units, units)[:, None]] if units else scores
    places = np.broadcast_to(np.arange(1, units + 1, dtype=np.uint32), (draws, units))
    same = ordered[:, 1:] == ordered[:, :-1]
    if same.any():
        first = places.copy()
        first[:, 1:][same] = 0
        places = np.maximum.accumulate(first, axis=1)
    found = np.empty((draws, units), dtype=np.uint32)
    for draw in range(draws):  # faster than put_along_axis, which builds an index of all cells
        found[draw, order[draw]] = places[draw]
    return found


def quantiles(found: Ranks, shares: tuple[float, ...]) -> Ranks:
    """Quantiles of each unit's ranks over the draws: the least rank that at least a share of draws has.

    found: (draws, units). shares: in 0..1. Returns (shares, units), ranks that did occur.
    Source: the inverse of the empirical distribution (type 1 of R's quantile).
    """
    draws = len(found)
    places = [max(0, int(np.ceil(share * draws - 1e-9)) - 1) for share in shares]
    told = np.empty((len(shares), found.shape[1]), dtype=found.dtype)
    for start in range(0, found.shape[1], 256):
        block = np.array(found[:, start : start + 256].T, order="C", copy=True)
        block.sort(axis=1)
        told[:, start : start + 256] = block[:, places].T
    return told


@dataclass(frozen=True)
class Design:
    """Saltelli's design: points A and B, and A with one column of B. All in 0..1.

    a, b: (n, factors). ab: (factors, n, factors). n · (factors + 2) runs in all.
    """

    a: Floats
    b: Floats
    ab: Floats


@dataclass(frozen=True)
class Indices:
    """Sobol indices of each factor with their bootstrap quantiles, each (factors,)."""

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


def saltelli(factors: int, points: int, random: np.random.Generator) -> Design:
    """Points for Sobol indices. points: n of each of A and B; a thousand or more to tell factors apart.

    Raises MethodError for no factor or no point.
    Source: Saltelli et al. 2010, radial design "AB".
    """
    if factors < 1 or points < 2:
        raise MethodError("敏感性分析至少要有一个因素、两个点")
    a, b = random.random((points, factors)), random.random((points, factors))
    ab = np.repeat(a[None], factors, axis=0)
    for factor in range(factors):
        ab[factor, :, factor] = b[:, factor]
    return Design(a, b, ab)


def sobol(
    a: Floats, b: Floats, ab: Floats, random: np.random.Generator, bootstrap: int = 200, level: float = 0.9
) -> Indices:
    """Sobol indices from the outputs of a Saltelli design.

    a, b: (n,). ab: (factors, n). First order: mean((b - f) (ab - a)) / V. Total: Σ (a - ab)² / (2 n V).
    f, V: mean and variance of a and b together; f changes no expectation, only the noise. bootstrap: resamples of the n points; level: of the interval.
    All 0 where the output never varies. The sum of first orders is at most about 1.
    Source: Saltelli et al. 2010 and Jansen 1999, as COINr SA_estimate.
    """
    first, total = _indices(a, b, ab)
    picks = random.integers(0, len(a), (bootstrap, len(a)))
    drawn = [_indices(a[pick], b[pick], ab[:, pick]) for pick in picks]
    tail = (1 - level) / 2
    firsts, totals = (np.array([pair[place] for pair in drawn]) for place in (0, 1))
    low, high = tail, 1 - tail
    return Indices(
        first,
        np.quantile(firsts, low, axis=0),
        np.quantile(firsts, high, axis=0),
        total,
        np.quantile(totals, low, axis=0),
        np.quantile(totals, high, axis=0),
    )


def _indices(a: Floats, b: Floats, ab: Floats) -> tuple[Floats, Floats]:
    every = np.concatenate([a, b])
    variance = float(np.var(every))
    if variance == 0:
        return np.zeros(len(ab)), np.zeros(len(ab))
    first = np.mean((b - every.mean()) * (ab - a), axis=1) / variance
    total = np.mean((a - ab) ** 2, axis=1) / (2 * variance)
    return np.asarray(first), np.asarray(total)
