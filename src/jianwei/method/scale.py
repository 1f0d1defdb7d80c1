"""Scales: transforms of one indicator, and what brings it to a common scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import column

__all__ = [
    "TRANSFORMS",
    "clipped",
    "goalposts",
    "identity",
    "linear",
    "ln",
    "ln1p",
    "log10",
    "minmax",
    "percentile",
    "sqrt",
    "target",
    "zscore",
]

Floats = NDArray[np.float64]
Direction = Literal["up", "down"]


def identity(x: Floats, factor: float = 1.0) -> Floats:
    """The values times the factor. NaN stays NaN."""
    return np.asarray(factor * x, dtype=np.float64)


def ln1p(x: Floats, factor: float = 1.0) -> Floats:
    """Natural logarithm of factor · x + 1, missing where factor · x <= -1.

    x: any shape. Counts with a long tail; the factor lifts rare events (10 for likes in WCI).
    Source: 清博 WCI V12 and later; OECD/JRC Handbook 2008 §5.
    """
    return _inside(np.log, factor * x + 1.0)


def ln(x: Floats, factor: float = 1.0) -> Floats:
    """Natural logarithm of factor · x, missing where factor · x <= 0. For ratios and incomes (UN HDI)."""
    return _inside(np.log, factor * x)


def log10(x: Floats, factor: float = 1.0) -> Floats:
    """Decimal logarithm of factor · x, missing where factor · x <= 0."""
    return _inside(np.log10, factor * x)


def sqrt(x: Floats, factor: float = 1.0) -> Floats:
    """Square root of factor · x, missing where factor · x < 0."""
    scaled = np.asarray(factor * x, dtype=np.float64)
    fit = scaled >= 0
    return np.asarray(np.where(fit, np.sqrt(np.where(fit, scaled, 0.0)), np.nan))


TRANSFORMS: Mapping[str, Callable[[Floats, float], Floats]] = MappingProxyType(
    {"none": identity, "ln1p": ln1p, "ln": ln, "log10": log10, "sqrt": sqrt}
)
"""The closed list of transforms, by the word that recipes use; all rise with x for factor > 0."""


def goalposts(x: Floats, low: float, high: float, direction: Direction = "up") -> Floats:
    """Distance from one declared bound to the other, cut off at both: clip((x - low)/(high - low), 0, 1).

    x: any shape, NaN stays NaN. low < high in the units of x. `down`: 1 at low, 0 at high.
    Raises MethodError where low >= high or a bound is not finite.
    Source: OECD/JRC Handbook 2008 §5; COINr n_goalposts. No unit's score depends on another's.
    """
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise MethodError(f"目标界限的下限 {low} 应小于上限 {high}")
    share = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(share if direction == "up" else 1.0 - share, dtype=np.float64)


def clipped(x: Floats, low: float, high: float) -> tuple[float, float]:
    """Shares of the present values strictly below `low` and strictly above `high`.

    x: any shape. Returns (below, above); (nan, nan) where nothing is present.
    """
    known = x[~np.isnan(x)]
    if known.size == 0:
        return float("nan"), float("nan")
    return float(np.mean(known < low)), float(np.mean(known > high))


def minmax(x: Floats, bottom: float = 0.0, top: float = 1.0, direction: Direction = "up") -> Floats:
    """Linear scale between the least and the greatest present value of each column.

    x: (units,) or (units, parts); NaN stays NaN. A column of one value gives the middle.
    A unit that enters or leaves can reverse the order of others: for comparison, not for boards.
    Source: OECD/JRC Handbook 2008 §5; COINr n_minmax (which gives NaN for a constant column).
    """
    if len(x) == 0:
        return x.copy()
    known = not np.isnan(x).any()
    least = np.asarray(x.min(axis=0) if known else np.fmin.reduce(x, axis=0))
    span = (x.max(axis=0) if known else np.fmax.reduce(x, axis=0)) - least
    flat = span == 0
    share = x - least
    share /= np.where(flat, 1.0, span)
    if flat.any():
        share = np.where(flat & ~np.isnan(x), 0.5, share)
    if direction == "down":
        share = 1.0 - share
    return share if (bottom, top) == (0, 1) else np.asarray(bottom + share * (top - bottom))


def linear(
    x: Floats, low: float, high: float, bottom: float = 0.0, top: float = 1.0, direction: Direction = "up"
) -> Floats:
    """Linear scale between two given ends, not cut off: min-max with parameters from elsewhere.

    x: any shape, NaN stays NaN. low < high in the units of x, such as the least and greatest value
    of all periods. Values beyond an end leave bottom..top.
    Raises MethodError where low >= high or an end is not finite.
    Source: COINr n_minmax with `global = TRUE`.
    """
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise MethodError(f"量程的下端 {low} 应小于上端 {high}")
    share = (x - low) / (high - low)
    if direction == "down":
        share = 1.0 - share
    return np.asarray(bottom + share * (top - bottom), dtype=np.float64)


def zscore(x: Floats, direction: Direction = "up") -> Floats:
    """Distance from the column's mean in standard deviations (n - 1).

    x: (units,) or (units, parts); NaN stays NaN. A column of one value gives 0.
    Source: OECD/JRC Handbook 2008 §5; COINr n_zscore.
    """
    if x.ndim > 1:
        return np.column_stack([zscore(x[:, part], direction) for part in range(x.shape[1])])
    spread = column.deviation(x)
    away = (x - column.mean(x)) / spread if spread > 0 else np.where(np.isnan(x), np.nan, 0.0)
    return np.asarray(away if direction == "up" else 0.0 - away, dtype=np.float64)


def percentile(x: Floats, direction: Direction = "up") -> Floats:
    """Percentile rank of each present value in its column: (rank - 1) / (n - 1), equals share the lower one.

    x: (units,) or (units, parts); NaN stays NaN. A column of one value gives the middle.
    Source: COINr n_prank.
    """
    if x.ndim > 1:
        return np.column_stack([percentile(x[:, part], direction) for part in range(x.shape[1])])
    turned = x if direction == "up" else -x
    known = np.sort(turned[~np.isnan(turned)])
    if known.size == 0 or known[0] == known[-1]:
        return np.where(np.isnan(x), np.nan, 0.5)
    below = np.searchsorted(known, turned, side="left") / (known.size - 1)
    return np.asarray(np.where(np.isnan(x), np.nan, below), dtype=np.float64)


def target(x: Floats, aim: float, direction: Direction = "up", *, cap: bool = False) -> Floats:
    """Share of the way from the column's worst value to a target: (x - min)/(T - min).

    x: (units,), NaN stays NaN. aim: beyond the worst value. `down`: (max - x)/(max - T).
    cap: whether the target reached is all that counts (1).
    Raises MethodError where the worst value already meets the target.
    Source: OECD/JRC Handbook 2008 §5; COINr n_dist2targ.
    """
    known = x[~np.isnan(x)]
    if known.size == 0:
        return x.copy()
    worst = float(known.min() if direction == "up" else known.max())
    if not (np.isfinite(aim) and (aim > worst if direction == "up" else aim < worst)):
        raise MethodError(f"目标值 {aim} 没有超出最差的值 {worst}", hint="核对目标值与方向")
    share = (x - worst) / (aim - worst)
    return np.asarray(np.minimum(share, 1.0) if cap else share, dtype=np.float64)


def _inside(function: Callable[[Floats], Floats], x: Floats) -> Floats:
    """A logarithm where it is defined, NaN elsewhere and without a warning."""
    fit = x > 0
    return np.asarray(np.where(fit, function(np.where(fit, x, 1.0)), np.nan), dtype=np.float64)
