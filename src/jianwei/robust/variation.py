"""What is varied: the declared alternatives to a recipe's own assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from jianwei.recipe import Node, Recipe
from jianwei.scorecard import Inputs, Scorecard, State, score

__all__ = ["FACTORS", "Variant", "Variations", "variants"]

Floats = NDArray[np.float64]

FACTORS: tuple[str, ...] = ("weights", "scale", "outlier", "missing", "combine")
"""Assumptions by the word that results use."""


@dataclass(frozen=True)
class Variations:
    """Which assumptions vary; each alternative stands beside what the recipe declares.

    weights: noise on every weight, 0.25 = ± 25 %. scale: min-max in place of declared bounds.
    outlier: winsorised. missing: gaps filled with the mean in place of sharing weights out.
    combine: geometric in place of arithmetic at the top.
    A formula or published index varies in its weights only: its other steps are its definition.
    """

    weights: float = 0.25
    scale: bool = True
    outlier: bool = True
    missing: bool = True
    combine: bool = True

    def of(self, recipe: Recipe) -> Variations:
        """What of it applies to a recipe."""
        if recipe.kind != "composite":
            return Variations(self.weights, scale=False, outlier=False, missing=False, combine=False)
        top = recipe.root.combine == "arithmetic"
        return replace(self, combine=self.combine and top and all(_positive(leaf) for leaf in recipe.leaves))


@dataclass(frozen=True)
class Variant:
    """Leaves scaled under one choice of alternatives, for the units ranked by the recipe itself.

    scale, outlier, missing: whether the alternative is taken. scaled: (units, leaves), a leaf's
    values side by side in memory, as they are read.
    """

    scale: bool
    outlier: bool
    missing: bool
    scaled: Floats


def variants(
    card: Scorecard,
    inputs: Inputs,
    varied: Variations,
    rows: NDArray[np.intp],
    pool: Sequence[Inputs] = (),
) -> list[Variant]:
    """Every combination of the alternatives, the recipe's own first.

    card: the inputs scored by the recipe itself. rows: places of its ranked units. pool: as for `score`.
    """
    recipe = card.recipe
    found: list[Variant] = []
    choices = [(False, True) if on else (False,) for on in (varied.scale, varied.outlier, varied.missing)]
    for scale, outlier, missing in product(*choices):
        nodes = {
            code: _leaf(node, scale=scale, outlier=outlier, missing=missing) if node.is_leaf else node
            for code, node in recipe.nodes.items()
        }
        own = not (scale or outlier or missing)
        varied_card = card if own else score(replace(recipe, nodes=nodes), inputs, pool)
        scaled = varied_card.scaled.values[rows]
        structural = varied_card.state.values[rows] == State.STRUCTURAL
        if recipe.absent != "zero":
            scaled = np.where(structural, np.nan, scaled)
        found.append(Variant(scale, outlier, missing, np.asfortranarray(scaled)))
    return found


def _leaf(leaf: Node, *, scale: bool, outlier: bool, missing: bool) -> Node:
    if scale and leaf.scaling in ("goalposts", "minmax") and leaf.bounded:
        leaf = replace(leaf, scale="minmax", low=None, high=None)
    if outlier and leaf.outlier == "none" and leaf.scaling != "none":
        leaf = replace(leaf, outlier="winsorise")
    if missing and leaf.impute == "none":
        leaf = replace(leaf, impute="mean")
    return leaf


def _positive(leaf: Node) -> bool:
    """Whether a leaf's scale has no values below zero, so that a geometric mean is possible at all."""
    cut_off = leaf.scaling in ("goalposts", "percentile") or (leaf.scaling == "minmax" and not leaf.bounded)
    return cut_off and leaf.bottom >= 0
