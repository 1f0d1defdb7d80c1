"""Missing parts: whose weight goes where, and how much of a unit is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import column

__all__ = [
    "checked_weights",
    "column_mean",
    "column_median",
    "enough",
    "group_mean",
    "present_share",
    "share_out",
    "sums",
]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TOLERANCE = 1e-12
"""What a share of weight may fall short of its threshold by: 2 of 3 equal parts are two thirds."""


def checked_weights(w: Floats, parts: int) -> Floats:
    """Weights as float64, found fit for use.

    w: (parts,), relative.
    Raises MethodError where their number is not `parts` or one is not finite and > 0.
    """
    weights = np.asarray(w, dtype=np.float64)
    if weights.shape != (parts,):
        raise MethodError(f"权重有 {weights.size} 个，指标有 {parts} 个，数目不符")
    if not bool(np.all(np.isfinite(weights) & (weights > 0))):
        raise MethodError("权重必须都大于零", hint="不用的指标请从方案中删去，而不是把权重写成 0")
    return weights


def share_out(present: Bools, w: Floats) -> Floats:
    """Weights of each row's present parts, rescaled to sum to 1.

    present: (units, parts). w: (parts,), relative, > 0.
    Returns (units, parts); a missing part has weight 0, a row without any part has all 0.
    Raises MethodError as `checked_weights`.
    Source: OECD/JRC Handbook 2008 §4 (case-wise weights); what COINr's a_* do with NA.
    """
    weights = checked_weights(w, present.shape[1])
    shared = np.where(present, weights, 0.0)
    total = sums(shared)
    return np.asarray(np.divide(shared, total[:, None], out=np.zeros_like(shared), where=total[:, None] > 0))


def present_share(present: Bools, w: Floats, asked: Bools | None = None) -> Floats:
    """Share of weight that each row has present, to be held against a least share.

    present: (units, parts). w: (parts,), relative, > 0. asked: (units, parts), parts that
    count for the row at all; all of them where not given.
    Returns (units,) in 0..1; a row that is asked for nothing has 0.
    Source: COINr Screen, `dat_thresh` (2/3 by default there).
    """
    weights = checked_weights(w, present.shape[1])
    wanted = np.ones_like(present) if asked is None else asked
    whole = sums(np.where(wanted, weights, 0.0))
    there = sums(np.where(wanted & present, weights, 0.0))
    return np.asarray(np.divide(there, whole, out=np.zeros_like(whole), where=whole > 0))


def enough(present: Bools, w: Floats, least: float, asked: Bools | None = None) -> Bools:
    """Whether each row has at least the share `least` of its weight present.

    present, w, asked: as for `present_share`. least: in 0..1.
    Returns (units,). Source: COINr `dat_thresh`, by weight in place of number.
    """
    return np.asarray(present_share(present, w, asked) >= least - TOLERANCE, dtype=np.bool_)


def column_mean(x: Floats) -> Floats:
    """Missing values filled with the mean of the column's present ones; a column of none stays missing.

    x: (units, parts). Source: OECD/JRC Handbook 2008 §4; COINr i_mean.
    """
    return _filled(x, column.mean)


def column_median(x: Floats) -> Floats:
    """Missing values filled with the median of the column's present ones; a column of none stays missing.

    x: (units, parts). Source: OECD/JRC Handbook 2008 §4; COINr i_median.
    """
    return _filled(x, column.median)


def group_mean(x: Floats, groups: NDArray[np.str_]) -> Floats:
    """Missing values filled with the mean of the column's present ones within the unit's group.

    x: (units, parts). groups: (units,), "" = unknown: such a unit keeps its gaps, and so does a
    group without a present value.
    Raises MethodError where groups and units differ in number.
    Source: COINr i_mean_grp.
    """
    if len(groups) != len(x):
        raise MethodError(f"分组有 {len(groups)} 个，单位有 {len(x)} 个，数目不符")
    filled = x.copy()
    for group in np.unique(groups):
        if group:
            rows = np.flatnonzero(groups == group)
            filled[rows] = column_mean(x[rows])
    return filled


def sums(x: Floats, w: Floats | None = None) -> Floats:
    """Sum of each row, part by part from the left, each times its weight.

    x: (units, parts) without NaN. w: (parts,), 1 where not given. Returns (units,).
    The order of addition is the same for every row and every shape, so that equal rows have
    equal sums; a matrix product does not promise that (it gave equal rows unequal scores).
    """
    total = np.zeros(x.shape[0], dtype=np.float64)
    for part in range(x.shape[1]):
        total += x[:, part] if w is None else x[:, part] * w[part]
    return total


def _filled(x: Floats, statistic: Callable[[Floats], float]) -> Floats:
    by = np.array([statistic(x[:, part]) for part in range(x.shape[1])], dtype=np.float64)
    return np.where(np.isnan(x), by, x)
