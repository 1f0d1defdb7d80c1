"""What moves a ranking: one indicator less, equal weights, one unit less, and the assumptions by share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jianwei.method import order
from jianwei.method.vary import Indices, noisy, ranks, saltelli, sobol
from jianwei.recipe import Node, Recipe
from jianwei.robust.climb import Tree
from jianwei.robust.variation import Variations, variants
from jianwei.scorecard import Inputs, Scorecard, score

__all__ = ["Removal", "equal_weights", "removals", "reversals", "sensitivity", "shadow"]


@dataclass(frozen=True)
class Removal:
    """What leaving an indicator out does: mean places moved, and the greatest move of one unit."""

    code: str
    title: str
    shift: float
    most: int


def removals(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> tuple[Removal, ...]:
    """Every indicator left out once, its weight going to its siblings; the most telling first.

    Only units ranked both with and without it count. An indicator alone below the root stays.
    """
    nominal = _ranks(score(recipe, inputs, pool))
    found = []
    for leaf in recipe.leaves:
        without = _without(recipe, leaf.code)
        if without is None:
            continue
        after = _ranks(score(without, inputs, pool))
        both = (nominal > 0) & (after > 0)
        most = int(np.abs(nominal[both] - after[both]).max(initial=0))
        found.append(Removal(leaf.code, leaf.title, order.shift(nominal, after), most))
    return tuple(sorted(found, key=lambda one: (-np.nan_to_num(one.shift), one.code)))


def equal_weights(recipe: Recipe) -> Recipe:
    """The recipe with the same weight for all children of each mean; coefficients of a sum stay."""
    nodes = {
        code: node
        if not node.parent or recipe.nodes[node.parent].combine == "sum"
        else replace(node, weight=1.0)
        for code, node in recipe.nodes.items()
    }
    return replace(recipe, nodes=nodes, title=f"{recipe.title}（等权对照）")


def shadow(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> Scorecard:
    """The same units under equal weights: the board that stands beside every board."""
    return score(equal_weights(recipe), inputs, pool)


def reversals(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> tuple[str, ...]:
    """Codes of ranked units whose leaving would change the order of the rest.

    () for a recipe whose scores hang on no other unit.
    """
    card = score(recipe, inputs, pool)
    ranked = [row for row, rank in enumerate(card.rank) if rank is not None]
    if not recipe.relative:
        return ()
    found = []
    for left in ranked:
        stay = [row for row in range(len(card.codes)) if row != left]
        before = order.competition(card.score[stay])
        after = order.competition(score(recipe, _only(inputs, stay), pool).score)
        if not np.array_equal(before, after):
            found.append(card.codes[left])
    return tuple(found)


def sensitivity(
    recipe: Recipe,
    inputs: Inputs,
    variations: Variations | None = None,
    points: int = 1000,
    seed: int = 2015,
    pool: Sequence[Inputs] = (),
) -> dict[str, tuple[Indices, int]]:
    """Sobol indices of each assumption for the mean number of places that units move.

    points: n of Saltelli's design; n · (factors + 2) rankings are made. Weights are one factor: it
    picks one of n sets of noisy weights.
    Returns by factor its Indices (all factors in one) and its place in them.
    """
    card = score(recipe, inputs, pool)
    rows = [row for row in card.order if card.rank[row] is not None]
    varied = (variations or Variations()).of(recipe)
    random = np.random.default_rng(seed)
    own = variants(card, inputs, varied, np.array(rows, dtype=np.intp), pool)
    sets = noisy(Tree(recipe).weights, points, varied.weights, random)
    nominal = np.array([card.rank[row] for row in rows], dtype=np.float64)
    factors = [
        name for name in ("weights", "scale", "outlier", "missing", "combine") if getattr(varied, name)
    ]
    trees = {False: Tree(recipe), True: Tree(recipe, geometric=True)}
    by_choice = {(one.scale, one.outlier, one.missing): one.scaled for one in own}

    def moved(point: NDArray[np.float64]) -> float:
        """Mean places moved under one point of the design."""
        taken = {name: value >= 0.5 for name, value in zip(factors, point, strict=True)}
        drawn = int(point[factors.index("weights")] * points) if "weights" in factors else 0
        weights = sets[drawn : drawn + 1] if "weights" in factors else Tree(recipe).weights[None, :]
        scaled = by_choice[tuple(taken.get(name, False) for name in ("scale", "outlier", "missing"))]
        found = ranks(trees[taken.get("combine", False)].scores(scaled, weights))[0]
        return float(np.mean(np.abs(found - nominal)))

    design = saltelli(len(factors), points, random)
    runs = [np.array([moved(point) for point in part]) for part in (design.a, design.b)]
    crossed = np.array([[moved(point) for point in part] for part in design.ab])
    indices = sobol(runs[0], runs[1], crossed, random)
    return {name: (indices, place) for place, name in enumerate(factors)}


def _without(recipe: Recipe, code: str) -> Recipe | None:
    """The recipe without a leaf, and without what is then left childless; None if nothing is left."""
    nodes: dict[str, Node] = dict(recipe.nodes)
    at = nodes.pop(code)
    while at.parent and not any(node.parent == at.parent for node in nodes.values()):
        at = nodes.pop(at.parent)
    return replace(recipe, nodes=nodes) if any(node.is_leaf for node in nodes.values()) else None


def _ranks(card: Scorecard) -> NDArray[np.int64]:
    return np.array([rank or 0 for rank in card.rank], dtype=np.int64)


def _only(inputs: Inputs, rows: Sequence[int]) -> Inputs:
    """The inputs of some units."""
    places = list(rows)
    return Inputs(
        tuple(inputs.codes[row] for row in places),
        tuple(inputs.names[row] for row in places),
        {key: table.take(places) for key, table in inputs.measures.items()},
        {key: flags[places] for key, flags in inputs.structural.items()},
        {key: [labels[row] for row in places] for key, labels in inputs.groups.items()},
    )
