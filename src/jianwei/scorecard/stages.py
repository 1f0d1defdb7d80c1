"""From measures to ranks, stage by stage: leaves, combined, ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import combine, missing, order
from jianwei.method.combine import COMBINATIONS
from jianwei.method.pairwise import RELATIVE
from jianwei.recipe import Node, Recipe
from jianwei.scorecard.card import Scorecard, Stage, State
from jianwei.scorecard.inputs import Inputs, digest
from jianwei.scorecard.leaves import Leaves, known_share, values
from jianwei.scorecard.reason import reasons

__all__ = ["panel", "score"]

Floats = NDArray[np.float64]
States = NDArray[np.int8]


def score(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> Scorecard:
    """Score units by a recipe and keep every stage.

    A missing leaf is skipped and its weight shared out within its parent (composite), as long
    as the unit has `need` of the effective weight; in a formula or published index one missing
    input leaves the unit unranked. Unless the recipe is `relative`, a unit's score depends on no
    other unit. pool: inputs of other periods, which a recipe with `parameters = "panel"` looks at
    too when it fills, treats and scales; others do not.
    Raises DataError where the inputs do not fit together, MethodError where a method refuses.
    """
    leaves = recipe.leaves
    codes = tuple(leaf.code for leaf in leaves)
    found = values(recipe, inputs, pool)
    scaled, state = found.scaled, found.state
    if recipe.absent == "zero":
        scaled = np.where(state == State.STRUCTURAL, [leaf.bottom for leaf in leaves], scaled)
    nodes = _combined(recipe, inputs, scaled, state)
    present = known_share(recipe, _own(state), state == State.STRUCTURAL)
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
        **_stages(codes, found),
        scaled=Stage(codes, scaled),
        state=Stage(codes, state),
        nodes=Stage(tuple(recipe.nodes), nodes),
        contributions=Stage(codes, points),
        present=present,
        score=scores,
        rank=tuple(int(rank) or None for rank in order.competition(scores)),
        tie=order.ties(scores),
        reason=unranked,
        clipped=found.clipped,
        treatments=found.treatments,
        issues=tuple(found.issues),
        recipe_hash=recipe.hash,
        data_hash=digest(recipe, inputs, pool if recipe.parameters == "panel" else ()),
    )


def panel(recipe: Recipe, periods: Mapping[str, Inputs]) -> dict[str, Scorecard]:
    """Score several periods, each with the others as its pool, so that their scores can be compared.

    periods: by label. A recipe whose parameters are of the period scores each by itself.
    Raises as `score`.
    """
    return {
        label: score(recipe, inputs, [other for name, other in periods.items() if name != label])
        for label, inputs in periods.items()
    }


def _stages(codes: tuple[str, ...], found: Leaves) -> dict[str, Stage]:
    names = ("raw", "per", "denominated", "imputed", "transformed", "treated")
    return {name: Stage(codes, getattr(found, name)) for name in names}


def _own(state: States) -> NDArray[np.bool_]:
    """Values that the units have themselves."""
    return np.asarray((state == State.PRESENT) | (state == State.ZERO))


def _combined(recipe: Recipe, inputs: Inputs, scaled: Floats, state: States) -> Floats:
    """Values of all nodes, leaves included."""
    found = np.full((len(scaled), len(recipe.nodes)), np.nan)
    for place, leaf in enumerate(recipe.leaves):
        found[:, _place(recipe, leaf)] = scaled[:, place]
    for node in recipe.upward:
        children = _ordered(recipe, node)
        parts = found[:, [_place(recipe, child) for child in children]]
        value = _value(node, children, inputs, parts)
        if recipe.kind != "composite":
            below = [place for place, leaf in enumerate(recipe.leaves) if node in recipe.path(leaf.code)]
            value = np.where((state[:, below] == State.MISSING).any(axis=1), np.nan, value)
        with np.errstate(invalid="ignore"):  # a negative base has no fractional power: NaN
            found[:, _place(recipe, node)] = node.times * value**node.power
    return found


def _value(node: Node, children: tuple[Node, ...], inputs: Inputs, parts: Floats) -> Floats:
    """The combination of a node's children, before power and times."""
    weights = _weights(children)
    if node.floor is not None:
        parts = np.maximum(parts, node.floor)
    if node.combine in RELATIVE:
        return RELATIVE[node.combine](parts, weights)
    nothing = parts == 0
    if node.floor == 0:  # the limit of the geometric mean: one part at zero leaves nothing
        parts = np.where(nothing, 1.0, parts)
    elif node.combine in ("geometric", "harmonic") and bool(np.any(parts <= 0)):
        row, place = (int(at) for at in np.argwhere(parts <= 0)[0])
        raise MethodError(
            f"{node.title}要求各项大于零，而{inputs.names[row]}的{children[place].title}是 {parts[row, place]:g}",
            hint="给该节点声明大于零的 floor（几何平均可写 floor = 0：任一项为零则整体为零）",
        )
    if node.combine == "power-mean":
        value = combine.power_mean(parts, weights, float(node.exponent or 0.0))
    else:
        value = COMBINATIONS[node.combine](parts, weights)
    return np.where(nothing.any(axis=1), 0.0, value) if node.floor == 0 else value


def _contributions(recipe: Recipe, scaled: Floats) -> Floats:
    """Points that each leaf adds to the root; NaN for leaves whose way up is not additive."""
    columns = dict(zip((leaf.code for leaf in recipe.leaves), scaled.T, strict=True))
    there: dict[str, NDArray[np.bool_]] = {code: ~np.isnan(column) for code, column in columns.items()}
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
    return np.column_stack([columns[leaf.code] * factor[leaf.code] for leaf in recipe.leaves])


def _ordered(recipe: Recipe, node: Node) -> tuple[Node, ...]:
    """Children by code: the order of addition must not hang on the order of the file."""
    return tuple(sorted(recipe.children(node.code), key=lambda child: child.code))


def _weights(nodes: tuple[Node, ...]) -> Floats:
    return np.array([node.weight for node in nodes], dtype=np.float64)


def _place(recipe: Recipe, node: Node) -> int:
    return list(recipe.nodes).index(node.code)
