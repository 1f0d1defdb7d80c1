"""Ranks under many draws of the assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method.vary import Ranks, noisy, ranks
from jianwei.recipe import Recipe
from jianwei.robust.climb import Tree, blocks
from jianwei.robust.result import Robustness
from jianwei.robust.variation import Variations, variants
from jianwei.scorecard import Inputs, score

__all__ = ["MOST", "simulate"]

MOST = 100_000_000
"""Ranks that may be held at a time (400 MB): units × draws."""


def simulate(
    recipe: Recipe,
    inputs: Inputs,
    variations: Variations | None = None,
    draws: int = 1000,
    seed: int = 2015,
    pool: Sequence[Inputs] = (),
) -> Robustness:
    """Rank the units `draws` times, each time under assumptions drawn anew.

    Who takes part is what the recipe itself ranks. Each draw takes noise on every weight and one
    of two values of every other assumption, with equal chances. The same seed gives the same
    result, in whatever order units and nodes stand. pool: as for `score`.
    Raises MethodError for no draws, for more ranks than `MOST`, and for a recipe that combines by
    pairs of units; else as `score`.
    """
    card = score(recipe, inputs, pool)
    ranked = [row for row in card.order if card.rank[row] is not None]
    if draws < 1:
        raise MethodError("至少要抽一次", hint="例如 draws = 1000")
    if draws * len(ranked) > MOST:
        raise MethodError(
            f"{len(ranked)} 个单位 × {draws} 次超过内存上限",
            hint=f"把次数降到 {MOST // len(ranked)} 以内",
        )
    varied = (variations or Variations()).of(recipe)
    random = np.random.default_rng(seed)
    own = variants(card, inputs, varied, np.array(ranked, dtype=np.intp), pool)
    plain = Tree(recipe)
    weights = noisy(plain.weights, draws, varied.weights, random)
    choice = random.integers(0, len(own), draws)
    combine = random.integers(0, 2, draws) if varied.combine else np.zeros(draws, dtype=np.int64)
    found = np.empty((draws, len(ranked)), dtype=np.uint32)
    for at, variant in enumerate(own):
        for geometric in (False, True):
            some = np.flatnonzero((choice == at) & (combine == geometric))
            _fill(found, some, Tree(recipe, geometric), variant.scaled, weights)
    names = ("scale", "outlier", "missing")
    factors: dict[str, NDArray[Any]] = {
        name: np.array([getattr(variant, name) for variant in own])[choice]
        for name in names
        if getattr(varied, name)
    }
    if varied.combine:
        factors["combine"] = combine.astype(np.bool_)
    if varied.weights:
        factors["weights"] = weights
    return Robustness(
        codes=tuple(card.codes[row] for row in ranked),
        names=tuple(card.names[row] for row in ranked),
        nominal=tuple(card.rank[row] or 0 for row in ranked),
        ranks=found,
        factors=factors,
        draws=draws,
        seed=seed,
        recipe_hash=card.recipe_hash,
        data_hash=card.data_hash,
    )


def _fill(
    found: Ranks,
    some: NDArray[np.intp],
    tree: Tree,
    scaled: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> None:
    """Ranks of some of the draws, a block at a time."""
    for block in blocks(len(some), len(scaled)):
        places = some[block]
        found[places] = ranks(tree.scores(scaled, weights[places]))
