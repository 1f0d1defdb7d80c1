"""From measures to ranks, stage by stage: raw, transformed, scaled, combined, ordered."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jianwei.method import missing, order, scale
from jianwei.method.combine import COMBINATIONS
from jianwei.recipe import Node, Recipe
from jianwei.scorecard.card import Clipped, Scorecard, Stage, State
from jianwei.scorecard.inputs import Inputs, digest
from jianwei.scorecard.raw import evaluate
from jianwei.scorecard.reason import reasons

__all__ = ["score"]

Floats = NDArray[np.float64]
States = NDArray[np.int8]


def score(recipe: Recipe, inputs: Inputs) -> Scorecard:
    """Score units by a recipe and keep every stage.

    A missing leaf is skipped and its weight shared out within its parent (composite), as long
    as the unit has `need` of the effective weight; in a formula or published index one missing
    input leaves the unit unranked. A unit's score depends on no other unit.
    Raises DataError where the inputs do not fit together, MethodError where a method refuses.
    """
    leaves = recipe.leaves
    codes = tuple(leaf.code for leaf in leaves)
    never = np.column_stack([inputs.absent(leaf.platform) for leaf in leaves])
    raw = evaluate(recipe, inputs)
    raw[never] = np.nan
    transformed, scaled = raw.copy(), raw.copy()
    clipped: dict[str, Clipped] = {}
    for place, leaf in enumerate(leaves):
        transformed[:, place] = scale.TRANSFORMS[leaf.transform](raw[:, place], leaf.factor)
        scaled[:, place] = _scaled(transformed[:, place], leaf, clipped)
    state = _states(raw, scaled, never)
    if recipe.absent == "zero":
        scaled[never] = 0.0
    nodes = _combined(recipe, scaled, state)
    present = _present(recipe, state)
    unranked = reasons(recipe, inputs, state, present, nodes[:, _place(recipe, recipe.root)])
    out = np.array([bool(reason) for reason in unranked], dtype=np.bool_)
    scores = np.where(out, np.nan, nodes[:, _place(recipe, recipe.root)])
    nodes[:, _place(recipe, recipe.root)] = scores
    points = _contributions(recipe, scaled)
    points[out] = np.nan
    return Scorecard(
        recipe=recipe,
        codes=inputs.codes,
        names=inputs.names,
        raw=Stage(codes, raw),
        transformed=Stage(codes, transformed),
        scaled=Stage(codes, scaled),
        state=Stage(codes, state),
        nodes=Stage(tuple(recipe.nodes), nodes),
        contributions=Stage(codes, points),
        present=present,
        score=scores,
        rank=tuple(int(rank) or None for rank in order.competition(scores)),
        tie=order.ties(scores),
        reason=unranked,
        clipped=clipped,
        recipe_hash=recipe.hash,
        data_hash=digest(recipe, inputs),
    )


def _scaled(transformed: Floats, leaf: Node, clipped: dict[str, Clipped]) -> Floats:
    """A leaf on the scale of its goalposts, which are transformed like the values."""
    if leaf.low is None or leaf.high is None:
        return transformed
    low, high = scale.TRANSFORMS[leaf.transform](np.array([leaf.low, leaf.high]), leaf.factor)
    if not np.isnan(transformed).all():
        clipped[leaf.code] = Clipped(*scale.clipped(transformed, low, high))
    return scale.goalposts(transformed, low, high, leaf.direction)


def _states(raw: Floats, scaled: Floats, never: NDArray[np.bool_]) -> States:
    state = np.where(raw == 0, State.ZERO, State.PRESENT)
    state = np.where(np.isnan(scaled), State.MISSING, state)
    return np.where(never, State.STRUCTURAL, state).astype(np.int8)


def _combined(recipe: Recipe, scaled: Floats, state: States) -> Floats:
    """Values of all nodes, leaves included."""
    values = np.full((len(scaled), len(recipe.nodes)), np.nan)
    for place, leaf in enumerate(recipe.leaves):
        values[:, _place(recipe, leaf)] = scaled[:, place]
    for node in recipe.upward:
        children = _ordered(recipe, node)
        parts = values[:, [_place(recipe, child) for child in children]]
        if node.floor is not None:
            parts = np.maximum(parts, node.floor)
        value = COMBINATIONS[node.combine](parts, _weights(children))
        if recipe.kind != "composite":
            below = [place for place, leaf in enumerate(recipe.leaves) if node in recipe.path(leaf.code)]
            value = np.where((state[:, below] == State.MISSING).any(axis=1), np.nan, value)
        with np.errstate(invalid="ignore"):  # a negative base has no fractional power: NaN
            values[:, _place(recipe, node)] = node.times * value**node.power
    return values


def _present(recipe: Recipe, state: States) -> Floats:
    """Share of effective weight that each unit has.

    A platform never opened counts as present under `zero`, is not asked for otherwise.
    """
    weights = np.array([recipe.effective[leaf.code] for leaf in recipe.leaves])
    never = state == State.STRUCTURAL
    known = state != State.MISSING
    return missing.present_share(known, weights, None if recipe.absent == "zero" else ~never)


def _contributions(recipe: Recipe, scaled: Floats) -> Floats:
    """Points that each leaf adds to the root; NaN for leaves whose way up is not additive."""
    values = dict(zip((leaf.code for leaf in recipe.leaves), scaled.T, strict=True))
    there: dict[str, NDArray[np.bool_]] = {code: ~np.isnan(column) for code, column in values.items()}
    for node in recipe.upward:
        there[node.code] = np.any([there[child.code] for child in recipe.children(node.code)], axis=0)
    factor: dict[str, Floats] = {recipe.root.code: np.ones(len(scaled))}
    for node in reversed(recipe.upward):
        children = _ordered(recipe, node)
        weights = _weights(children)
        known = np.column_stack([there[child.code] for child in children])
        shares = missing.share_out(known, weights) if node.combine != "sum" else np.where(known, weights, 0.0)
        additive = node.combine in ("arithmetic", "sum") and node.power == 1
        for place, child in enumerate(children):
            points = factor[node.code] * node.times * shares[:, place]
            factor[child.code] = points if additive else np.full(len(scaled), np.nan)
    return np.column_stack([values[leaf.code] * factor[leaf.code] for leaf in recipe.leaves])


def _ordered(recipe: Recipe, node: Node) -> tuple[Node, ...]:
    """Children by code: the order of addition must not hang on the order of the file."""
    return tuple(sorted(recipe.children(node.code), key=lambda child: child.code))


def _weights(nodes: tuple[Node, ...]) -> Floats:
    return np.array([node.weight for node in nodes], dtype=np.float64)


def _place(recipe: Recipe, node: Node) -> int:
    return list(recipe.nodes).index(node.code)
