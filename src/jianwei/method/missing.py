"""Missing parts: whose weight goes where, and how much of a unit is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError

__all__ = ["checked_weights", "present_share", "share_out", "sums"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


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


def sums(x: Floats) -> Floats:
    """Sum of each row, part by part from the left.

    x: (units, parts) without NaN. Returns (units,).
    The order of addition is the same for every row and every shape, so that equal rows have
    equal sums; a matrix product does not promise that (it gave equal rows unequal scores).
    """
    total = np.zeros(x.shape[0], dtype=np.float64)
    for part in range(x.shape[1]):
        total += x[:, part]
    return total
