"""The engine against scikit-criteria and pymcdm on 100,000 units × 12 indicators, end to end, in one run.

Needs the group `bench` of pyproject.toml:

    uv run --isolated --no-default-groups --group bench python -m benchmarks.run peers

Each of our cases is compared with the faster of the two. Before anything is timed the answers are
compared: equal weights and scores to 1e-9, and equal orders.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.case import call
from jianwei.method import combine, order, pairwise, scale, weigh

Floats = NDArray[np.float64]


_WANTED = (
    "pymcdm.helpers.rankdata", "pymcdm.methods.WSM", "pymcdm.weights.entropy_weights",
    "pymcdm.weights.critic_weights", "pymcdm.normalizations.minmax_normalization",
    "pymcdm.normalizations.vector_normalization", "skcriteria.mkdm", "skcriteria.agg.simple.WeightedSumModel",
    "skcriteria.agg.topsis.TOPSIS", "skcriteria.preprocessing.scalers.MinMaxScaler",
    "skcriteria.preprocessing.scalers.VectorScaler", "skcriteria.preprocessing.weighters.CRITIC",
    "skcriteria.preprocessing.weighters.EntropyWeighter",
)  # fmt: skip


@cache
def peers() -> SimpleNamespace:
    """The two libraries, which are there only where the group `bench` is installed."""
    found: dict[str, Any] = {}
    for path in _WANTED:
        module, _, name = path.rpartition(".")
        try:
            found[name] = getattr(import_module(module), name)
        except ModuleNotFoundError as error:
            raise SystemExit(
                f"{error}: run with `uv run --isolated --no-default-groups --group bench`"
            ) from error
    found["TOPSIS_OF_PYMCDM"] = import_module("pymcdm.methods").TOPSIS
    return SimpleNamespace(**found)


UNITS, PARTS = 100_000, 12
W = np.arange(1.0, PARTS + 1) / np.arange(1.0, PARTS + 1).sum()
UP = np.ones(PARTS)


@cache
def matrix() -> Floats:
    """Lognormal values, all present: neither peer takes gaps."""
    x = np.asarray(np.random.default_rng(1).lognormal(3, 1.5, (UNITS, PARTS)))
    _agree(x[:500])
    return x


def _agree(x: Floats) -> None:
    """What is compared is the same thing."""
    for ours, theirs in (
        (ours_sum(x), pymcdm_sum(x)),
        (ours_sum(x), skcriteria_sum(x)),
        (ours_topsis(x), pymcdm_topsis(x)),
        (ours_topsis(x), skcriteria_topsis(x)),
    ):
        np.testing.assert_array_equal(np.argsort(ours, kind="stable"), np.argsort(theirs, kind="stable"))
    for ours, theirs in (
        (ours_entropy(x), pymcdm_entropy(x)),
        (ours_entropy(x), skcriteria_entropy(x)),
        (ours_critic(x), pymcdm_critic(x)),
        (ours_critic(x), skcriteria_critic(x)),
    ):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)


def _made(x: Floats) -> Any:
    return peers().mkdm(x, [max] * PARTS, weights=W)


@call(prepare=matrix)
def skcriteria_sum(x: Floats) -> Floats:
    """scikit-criteria: min-max, weighted sum, rank."""
    scaled = peers().MinMaxScaler(target="matrix").transform(_made(x))
    return np.asarray(peers().WeightedSumModel().evaluate(scaled).rank_)


@call(prepare=matrix)
def pymcdm_sum(x: Floats) -> Floats:
    """pymcdm: min-max, weighted sum, rank."""
    scored = peers().WSM(peers().minmax_normalization)(x, W, UP)
    return np.asarray(peers().rankdata(scored, reverse=True))


@call(against="skcriteria_sum", prepare=matrix)
def ours_sum(x: Floats) -> Floats:
    """Ours: min-max, weighted mean, 1-2-2-4 ranks."""
    return np.asarray(order.competition(combine.arithmetic(scale.minmax(x), W)))


@call(prepare=matrix)
def skcriteria_topsis(x: Floats) -> Floats:
    """scikit-criteria: TOPSIS with ranks."""
    scaled = peers().VectorScaler(target="matrix").transform(_made(x))
    return np.asarray(peers().TOPSIS().evaluate(scaled).rank_)


@call(prepare=matrix)
def pymcdm_topsis(x: Floats) -> Floats:
    """pymcdm: TOPSIS with ranks."""
    scored = peers().TOPSIS_OF_PYMCDM(peers().vector_normalization)(x, W, UP)
    return np.asarray(peers().rankdata(scored, reverse=True))


@call(against="skcriteria_topsis", prepare=matrix)
def ours_topsis(x: Floats) -> Floats:
    """Ours: TOPSIS with 1-2-2-4 ranks."""
    return np.asarray(order.competition(pairwise.topsis(x, W)))


@call(prepare=matrix)
def skcriteria_entropy(x: Floats) -> Floats:
    """scikit-criteria: entropy weights."""
    return np.asarray(peers().EntropyWeighter().transform(_made(x)).weights.to_numpy())


@call(prepare=matrix)
def pymcdm_entropy(x: Floats) -> Floats:
    """pymcdm: entropy weights."""
    return np.asarray(peers().entropy_weights(x))


@call(against="pymcdm_entropy", prepare=matrix)
def ours_entropy(x: Floats) -> Floats:
    """Ours: entropy weights, gaps looked after."""
    return weigh.entropy(x)


@call(prepare=matrix)
def skcriteria_critic(x: Floats) -> Floats:
    """scikit-criteria: CRITIC weights."""
    return np.asarray(peers().CRITIC().transform(_made(x)).weights.to_numpy())


@call(prepare=matrix)
def pymcdm_critic(x: Floats) -> Floats:
    """pymcdm: CRITIC weights."""
    return np.asarray(peers().critic_weights(x))


@call(against="skcriteria_critic", prepare=matrix)
def ours_critic(x: Floats) -> Floats:
    """Ours: CRITIC weights, gaps looked after."""
    return weigh.critic(x)
