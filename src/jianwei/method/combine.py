"""Combinations: from the parts of a node to its value, unit by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method.missing import checked_weights, share_out, sums

__all__ = ["COMBINATIONS", "arithmetic", "geometric", "weighted_sum"]

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
    there = ~np.isnan(x)
    low = there & ~(x > 0)
    if low.any():
        row, column = (int(place) for place in np.argwhere(low)[0])
        raise MethodError(
            f"几何平均要求各项大于零，第 {row + 1} 行第 {column + 1} 项是 {x[row, column]}",
            hint="在方案中给该节点声明大于零的 floor",
        )
    shared = share_out(there, w)
    mean = np.exp(sums(np.where(there, np.log(np.where(there, x, 1.0)) * shared, 0.0)))
    return np.asarray(np.where(there.any(axis=1), mean, np.nan))


def weighted_sum(x: Floats, w: Floats) -> Floats:
    """Sum of each row with declared coefficients, Σ w x; nothing is rescaled.

    x: (units, parts). w: (parts,), > 0.
    Returns (units,), NaN where any part is missing: a formula has no parts to spare.
    Source: the form of 清博 WCI, BCI and DCI.
    """
    return sums(x * checked_weights(w, x.shape[1]))


COMBINATIONS: Mapping[str, Callable[[Floats, Floats], Floats]] = MappingProxyType(
    {"arithmetic": arithmetic, "geometric": geometric, "sum": weighted_sum}
)
"""The closed list of combinations, by the word that recipes use."""
