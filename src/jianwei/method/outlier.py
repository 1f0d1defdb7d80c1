"""Outliers: when a column has them, and what may be done about it.

Treatment is a declared exception. What it did stands in a `Treated`, with the rows touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError

__all__ = ["Shape", "Treated", "kurtosis", "log_shift", "passes", "shape", "skewness", "treat", "winsorise"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SKEW = 2.0
KURTOSIS = 3.5
MOST = 5


@dataclass(frozen=True)
class Shape:
    """Skewness and excess kurtosis of a column, bias-corrected; NaN where not defined."""

    skewness: float
    kurtosis: float


@dataclass(frozen=True)
class Treated:
    """A column after treatment.

    rule: what was done. touched: (units,), the rows whose value winsorising changed (all present
    ones after `log`). before and after: shapes. passes: whether the column passes now.
    """

    values: Floats
    rule: Literal["none", "winsorise", "log"]
    touched: Bools
    before: Shape
    after: Shape
    passes: bool


def skewness(x: Floats) -> float:
    """Bias-corrected skewness G1 of the present values; NaN for fewer than 3 or a constant column.

    x: (units,). Source: e1071 type 2, as COINr skew and Excel SKEW.
    """
    centred = _centred(x)
    n = centred.size
    if n < 3:
        return float("nan")
    spread = float(np.sum(centred**2))
    g1 = float(np.sqrt(n) * np.sum(centred**3) / spread**1.5)
    return float(g1 * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(x: Floats) -> float:
    """Bias-corrected excess kurtosis G2 of the present values; NaN for fewer than 4 or a constant column.

    x: (units,). Source: e1071 type 2, as COINr kurt and Excel KURT.
    """
    centred = _centred(x)
    n = centred.size
    if n < 4:
        return float("nan")
    spread = float(np.sum(centred**2))
    ratio = n * float(np.sum(centred**4)) / spread**2
    return float(((n + 1) * (ratio - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def shape(x: Floats) -> Shape:
    """Skewness and kurtosis of a column, (units,)."""
    return Shape(skewness(x), kurtosis(x))


def passes(x: Floats, skew: float = SKEW, kurt: float = KURTOSIS) -> bool:
    """Whether a column needs no treatment: |skewness| < `skew` or kurtosis < `kurt`.

    x: (units,). True where neither is defined: nothing can be said against it.
    Source: COINr check_SkewKurt, after the JRC.
    """
    return _fit(shape(x), skew, kurt)


def winsorise(
    x: Floats, most: int = MOST, skew: float = SKEW, kurt: float = KURTOSIS
) -> tuple[Floats, Bools]:
    """Pull in the ends one value at a time until the column passes or `most` points are touched.

    x: (units,), NaN stays NaN. Skewness >= 0: all values at the maximum become the next lower
    one; else all at the minimum the next higher one. Tied values count each.
    Returns the values and which rows were touched, both (units,).
    Source: COINr winsorise.
    """
    values = x.copy()
    high = np.zeros(len(x), dtype=np.bool_)
    low = np.zeros(len(x), dtype=np.bool_)
    while high.sum() + low.sum() < most:
        found = shape(values)
        if _fit(found, skew, kurt):
            break
        if found.skewness >= 0:
            high = values == np.nanmax(values)
            values[high] = np.nanmax(values[~high])
        else:
            low = values == np.nanmin(values)
            values[low] = np.nanmin(values[~low])
    return values, np.asarray(~np.isnan(x) & (values != x), dtype=np.bool_)


def log_shift(x: Floats) -> Floats:
    """Logarithm from the column's own foot: ln(x - min + 0.01 · (max - min)).

    x: (units,), NaN stays NaN. Keeps the order of values.
    Raises MethodError for a column of one value.
    Source: COINr log_CT, after the COIN Tool of the JRC.
    """
    least, span = np.nanmin(x), np.nanmax(x) - np.nanmin(x)
    if not span > 0:
        raise MethodError("只有一个值的指标不能作对数平移", hint="检查数据，或删去该指标的 outlier")
    return np.asarray(np.log(x - least + 0.01 * span), dtype=np.float64)


def treat(
    x: Floats, most: int = MOST, skew: float = SKEW, kurt: float = KURTOSIS, *, log: bool = True
) -> Treated:
    """Treat a column as COINr does: nothing if it passes, else winsorise, else log of the original.

    x: (units,), NaN stays NaN. log: whether the last resort is allowed; without it the column
    stays winsorised.
    Source: COINr Treat with its defaults (`combine_treat = FALSE`).
    """
    before = shape(x)
    nobody = np.zeros(len(x), dtype=np.bool_)
    if _fit(before, skew, kurt):
        return Treated(x, "none", nobody, before, before, passes=True)
    values, touched = winsorise(x, most, skew, kurt)
    after = shape(values)
    if _fit(after, skew, kurt) or not log:
        return Treated(values, "winsorise", touched, before, after, _fit(after, skew, kurt))
    values = log_shift(x)
    after = shape(values)
    return Treated(values, "log", ~np.isnan(x), before, after, _fit(after, skew, kurt))


def _fit(found: Shape, skew: float, kurt: float) -> bool:
    if np.isnan(found.skewness) or np.isnan(found.kurtosis):
        return True
    return abs(found.skewness) < skew or found.kurtosis < kurt


def _centred(x: Floats) -> Floats:
    """Present values from their mean over the greatest such distance, sorted; empty for a constant column."""
    known = np.sort(x[~np.isnan(x)])  # sorted, so that a threshold falls the same in any order of units
    if known.size == 0 or known[0] == known[-1]:
        return np.empty(0)
    away = known - known.sum() / known.size
    return np.asarray(away / np.abs(away).max())
