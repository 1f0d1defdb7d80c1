"""Combinations: from the parts of a node to its value, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method.missing import checked_weights, share_out, sums

__all__ = [
    "COMBINATIONS",
    "arithmetic",
    "geometric",
    "greatest",
    "harmonic",
    "power_mean",
    "weighted_sum",
]

Floats = NDArray[np.float64]


def arithmetic(x: Floats, w: Floats) -> Floats:
    """Weighted arithmetic mean of each row: Σ w x / Σ w. Full compensation.

    x: (units, parts); NaN parts are skipped and their weight shared out.
    w: (parts,), relative, > 0.
    Returns (units,), NaN for a row without parts.
    Source: OECD/JRC Handbook 2008 §6; equals COINr a_amean.
    """
    weights = checked_weights(w, x.shape[1])
    there = ~np.isnan(x)
    if there.all():
        return np.asarray(sums(x, weights) / sums(weights[None, :])[0])
    total = sums(np.where(there, weights, 0.0))
    weighted = sums(np.where(there, np.where(there, x, 0.0) * weights, 0.0))
    return np.asarray(np.divide(weighted, total, out=np.full(len(x), np.nan), where=total > 0))


def geometric(x: Floats, w: Floats) -> Floats:
    """Weighted geometric mean of each row: exp(Σ w ln x / Σ w). Weak parts pull harder.

    x: (units, parts), > 0 where present; NaN parts are skipped and their weight shared out.
    w: (parts,), relative, > 0.
    Returns (units,), NaN for a row without parts. Raises MethodError at a value <= 0, naming
    row and column.
    Source: OECD/JRC Handbook 2008 §6; equals COINr a_gmean.
    """
    _positive(x, "几何平均")
    there = ~np.isnan(x)
    shared = share_out(there, w)
    mean = np.exp(sums(np.where(there, np.log(np.where(there, x, 1.0)) * shared, 0.0)))
    return np.asarray(np.where(there.any(axis=1), mean, np.nan))


def harmonic(x: Floats, w: Floats) -> Floats:
    """Weighted harmonic mean of each row: Σ w / Σ (w / x). The least compensation of the means.

    x: (units, parts), > 0 where present; NaN parts are skipped and their weight shared out.
    w: (parts,), relative, > 0.
    Returns (units,), NaN for a row without parts. Raises MethodError at a value <= 0, naming
    row and column.
    Source: COINr a_hmean.
    """
    _positive(x, "调和平均")
    return np.asarray(1.0 / arithmetic(1.0 / x, w))


def power_mean(x: Floats, w: Floats, exponent: float) -> Floats:
    """Weighted power mean of each row: (Σ w x^p / Σ w)^(1/p); p = 0 is the geometric mean.

    x: (units, parts), >= 0 where present, > 0 for p <= 0; NaN parts are skipped and their
    weight shared out. w: (parts,), relative, > 0. exponent: p, finite; below 1 weak parts pull
    harder, above 1 strong ones.
    Returns (units,), NaN for a row without parts. Raises MethodError at a value out of range.
    Source: OECD/JRC Handbook 2008 §6 (generalised mean); COINr a_genmean.
    """
    if not np.isfinite(exponent):
        raise MethodError(f"幂平均的指数应是有限的数，而不是 {exponent}")
    if exponent == 0:
        return geometric(x, w)
    if exponent < 0:
        _positive(x, "指数不大于零的幂平均")
    elif bool(np.any(x < 0)):
        raise MethodError("幂平均要求各项不小于零", hint="先把各项换算到不小于零的量程")
    return np.asarray(arithmetic(x**exponent, w) ** (1.0 / exponent))


def greatest(x: Floats, w: Floats) -> Floats:
    """The greatest present part of each row; weights decide nothing. For a unit's best platform.

    x: (units, parts); NaN parts are skipped. w: (parts,), > 0.
    Returns (units,), NaN for a row without parts.
    """
    checked_weights(w, x.shape[1])
    return np.asarray(np.fmax.reduce(x, axis=1, initial=np.nan))


def weighted_sum(x: Floats, w: Floats) -> Floats:
    """Sum of each row with declared coefficients, Σ w x; nothing is rescaled.

    x: (units, parts). w: (parts,), > 0.
    Returns (units,), NaN where any part is missing: a formula has no parts to spare.
    Source: the form of 清博 WCI, BCI and DCI.
    """
    return sums(x, checked_weights(w, x.shape[1]))


COMBINATIONS: Mapping[str, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {
        "arithmetic": arithmetic,
        "geometric": geometric,
        "harmonic": harmonic,
        "max": greatest,
        "sum": weighted_sum,
    }
)
"""Combinations of a unit's own parts, by the word that recipes use; `power-mean` has a parameter more."""


def _positive(x: Floats, what: str) -> None:
    """Raise MethodError at the first present value that is not above zero."""
    low = ~np.isnan(x) & ~(x > 0)
    if low.any():
        row, column = (int(place) for place in np.argwhere(low)[0])
        raise MethodError(
            f"{what}要求各项大于零，第 {row + 1} 行第 {column + 1} 项是 {x[row, column]}",
            hint="在方案中给该节点声明大于零的 floor",
        )
