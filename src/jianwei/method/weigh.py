"""Weights: declared, judged in pairs, or read off the data; and what each part weighs in the end.

Weights that the data decide (entropy, CRITIC, PCA) are for comparison: one viral account moves
entropy's weight of an indicator from 0.25 to 0.69.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import scale
from jianwei.method.coherence import correlation, moments, pearson
from jianwei.method.missing import checked_weights

__all__ = [
    "Component",
    "Judgement",
    "critic",
    "declared",
    "effective",
    "entropy",
    "equal",
    "judged",
    "principal",
]

Floats = NDArray[np.float64]

LIMIT = 0.10
"""Greatest consistency ratio of judgements that may be used. Source: Saaty 1980."""

_RANDOM_INDEX = (0.0, 0.0, 0.58, 0.89, 1.12, 1.24, 1.33, 1.40, 1.45, 1.49)
"""Mean consistency index of random judgements on 1..10 things (Saaty)."""


@dataclass(frozen=True)
class Judgement:
    """Weights from pairwise judgements, sum 1, with the greatest eigenvalue, CI and CR."""

    weights: Floats
    eigenvalue: float
    index: float
    ratio: float


@dataclass(frozen=True)
class Component:
    """First principal component of a correlation matrix.

    loadings: (parts,) of length one, turned so that they sum above zero; may be negative.
    share: of the whole variance. weights: squared loadings, sum 1.
    """

    loadings: Floats
    share: float

    @property
    def weights(self) -> Floats:
        """Squared loadings: what the OECD/JRC Handbook weighs by, for one component."""
        return np.asarray(self.loadings**2 / np.sum(self.loadings**2))


def equal(parts: int) -> Floats:
    """The same weight for each part, sum 1. Raises MethodError for no parts."""
    if parts < 1:
        raise MethodError("没有指标可以分配权重")
    return np.full(parts, 1.0 / parts)


def declared(w: Sequence[float] | Floats) -> Floats:
    """Declared weights as shares, sum 1. w: (parts,), relative. Raises as `checked_weights`."""
    weights = checked_weights(np.asarray(w, dtype=np.float64), len(w))
    return np.asarray(weights / weights.sum())


def judged(matrix: Floats, limit: float = LIMIT) -> Judgement:
    """Weights from pairwise judgements (AHP): the principal eigenvector, if they are consistent.

    matrix: (parts, parts), a_ij = how many times i matters as much as j, a_ji = 1 / a_ij.
    limit: greatest consistency ratio. CI = (λ - m) / (m - 1), CR = CI / RI.
    Raises MethodError for a matrix that is not reciprocal, has more than 10 parts, or a ratio above
    the limit, naming the judgement that fits least.
    Source: Saaty 1980; random index as in OECD/JRC Handbook 2008 §6.
    """
    a = np.asarray(matrix, dtype=np.float64)
    size = len(a)
    if a.shape != (size, size) or not 1 <= size <= len(_RANDOM_INDEX):
        raise MethodError(f"判断矩阵应是 1 至 {len(_RANDOM_INDEX)} 阶方阵，而不是 {a.shape}")
    if not bool(np.all(np.isfinite(a) & (a > 0))) or not np.allclose(a * a.T, 1.0, rtol=1e-6):
        raise MethodError(
            "判断矩阵应互为倒数：第 i 行第 j 列是第 j 行第 i 列的倒数", hint="对角线都是 1，其余大于零"
        )
    values, vectors = np.linalg.eig(a)
    first = int(np.argmax(values.real))
    weights = np.abs(vectors[:, first].real)
    weights = weights / weights.sum()
    greatest = float(values[first].real)
    index = max(0.0, (greatest - size) / (size - 1)) if size > 2 else 0.0
    ratio = index / _RANDOM_INDEX[size - 1] if size > 2 else 0.0
    if ratio > limit:
        strain = np.abs(np.log(a * weights / weights[:, None]))
        row, other = divmod(int(np.argmax(strain)), size)
        raise MethodError(
            f"两两判断前后矛盾：一致性比率 CR = {ratio:.3f}，超过 {limit:g}",
            hint=f"先复核第 {row + 1} 项与第 {other + 1} 项的比较（现为 {a[row, other]:g}，"
            f"按其余判断约为 {weights[row] / weights[other]:.2g}）",
        )
    return Judgement(weights, greatest, index, ratio)


def entropy(x: Floats) -> Floats:
    """Weights by how unevenly each column is spread: w ∝ 1 + Σ p ln p / ln n, p = x / Σ x.

    x: (units, parts), >= 0 where present; NaN is left out, 0 · ln 0 = 0. A column of one value has
    weight 0. Returns (parts,), sum 1.
    Raises MethodError for a negative value, or where no column tells units apart.
    Source: Shannon weights as in pymcdm and scikit-criteria. Rewards heavy tails: not for boards.
    """
    if bool(np.any(x < 0)):
        raise MethodError("熵权法要求各值不小于零")
    uneven = np.zeros(x.shape[1])
    for part in range(x.shape[1]):
        known = x[~np.isnan(x[:, part]), part]
        if known.size < 2 or known.min() == known.max():
            continue
        whole = known.sum()
        logs = np.log(known, out=np.zeros_like(known), where=known > 0)
        logs *= known  # Σ p ln p = Σ x ln x / Σ x - ln Σ x
        uneven[part] = 1.0 + (logs.sum() / whole - np.log(whole)) / np.log(known.size)
    return _shares(uneven, "熵权法")


def critic(x: Floats) -> Floats:
    """Weights by contrast and conflict: w_j ∝ s_j · Σ_k (1 - r_jk) on min-max columns.

    x: (units, parts), more is better; NaN is left out pair by pair. A column of one value has
    weight 0. Returns (parts,), sum 1.
    Raises MethodError where no column tells units apart.
    Source: Diakoulaki, Mavrotas & Papayannakis 1995, with Pearson's r. Not for boards.
    """
    shared, first, second = moments(scale.minmax(x))
    spread = np.sqrt(np.nan_to_num(np.diag(shared)))
    live = spread > 0
    r = pearson(shared, first, second)
    conflict = np.where(live[None, :] & live[:, None] & ~np.isnan(r), 1.0 - r, 0.0)
    return _shares(np.where(live, spread * conflict.sum(axis=1), 0.0), "CRITIC 法")


def principal(x: Floats) -> Component:
    """First principal component of the correlations of columns.

    x: (units, parts); NaN is left out pair by pair. Columns of one value are refused.
    Raises MethodError where a correlation is not defined.
    Source: OECD/JRC Handbook 2008 §6; loadings equal COINr get_PCA up to sign.
    """
    r = correlation(x)
    if np.isnan(r).any():
        raise MethodError("主成分分析要求各指标都有两个以上不同的值", hint="先去掉只有一个值的指标")
    values, vectors = np.linalg.eigh(r)
    loadings = vectors[:, -1]
    return Component(
        np.asarray(loadings if loadings.sum() >= 0 else -loadings), float(values[-1] / np.sum(values))
    )


def effective(parents: Sequence[int], w: Sequence[float] | Floats) -> Floats:
    """Share of the whole that each node of a tree carries: product of its shares down from the root.

    parents: (nodes,), place of each node's parent, -1 for the root. w: (nodes,), relative among
    siblings, > 0; the root's counts nothing.
    Returns (nodes,), 1 for the root. Raises MethodError for a ring, as `checked_weights` else.
    Source: COINr get_eff_weights.
    """
    weights = checked_weights(np.asarray(w, dtype=np.float64), len(parents))
    places = np.asarray(parents)
    shares = np.full(len(places), np.nan)
    for node in range(len(places)):
        share, at, steps = 1.0, node, 0
        while places[at] >= 0:
            share *= weights[at] / weights[places == places[at]].sum()
            at, steps = int(places[at]), steps + 1
            if steps > len(places):
                raise MethodError("上级互相指向，无法计算有效权重")
        shares[node] = share
    return shares


def _shares(w: Floats, what: str) -> Floats:
    total = float(w.sum())
    if not total > 0:
        raise MethodError(
            f"{what}无法分配权重：没有一项指标能把单位区分开，或各项全然一致", hint="改用声明的权重"
        )
    return np.asarray(w / total)
