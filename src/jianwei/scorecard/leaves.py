"""From measures to the scaled values of leaves: raw, denominated, imputed, transformed, treated, scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import Issue, MethodError, Place
from jianwei.method import missing, outlier, scale
from jianwei.method.outlier import Treated
from jianwei.recipe import Node, Recipe
from jianwei.scorecard.card import Clipped, State
from jianwei.scorecard.inputs import Inputs
from jianwei.scorecard.raw import evaluate

__all__ = ["Leaves", "known_share", "values"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NAMED = 8
"""How many units a message names before it counts the rest."""


@dataclass(frozen=True)
class Leaves:
    """Stages of all leaves, each (units, leaves) in the order of `recipe.leaves`.

    state: what stands behind each value. clipped and treatments by leaf; `touched` of a treatment
    has the own units first, then those of the pool.
    """

    raw: Floats
    per: Floats
    denominated: Floats
    imputed: Floats
    transformed: Floats
    treated: Floats
    scaled: Floats
    state: NDArray[np.int8]
    clipped: dict[str, Clipped] = field(default_factory=dict)
    treatments: dict[str, Treated] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def values(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> Leaves:
    """Every stage of every leaf.

    pool: other periods, whose values join in filling, treating and scaling where the recipe's
    `parameters` are of the panel. Raises MethodError where a method refuses, naming the leaf.
    """
    every = (inputs, *pool) if recipe.parameters == "panel" else (inputs,)
    pairs = [evaluate(recipe, one) for one in every]
    raw, per, denominated = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    never = np.concatenate(
        [np.column_stack([one.absent(leaf.platform) for leaf in recipe.leaves]) for one in every]
    )
    raw[never], per[never], denominated[never] = np.nan, np.nan, np.nan
    imputed = _imputed(recipe, every, denominated, never)
    blank = np.full_like(raw, np.nan)
    undivided = np.array([not leaf.per for leaf in recipe.leaves])
    per[:, undivided] = np.nan
    found = Leaves(
        raw, per, denominated, imputed, blank, blank.copy(), blank.copy(), np.zeros(raw.shape, dtype=np.int8)
    )
    own = len(inputs.codes)
    for place, leaf in enumerate(recipe.leaves):
        column = scale.TRANSFORMS[leaf.transform](imputed[:, place], leaf.factor)
        found.transformed[:, place] = column
        found.treated[:, place] = _treated(column, leaf, inputs, found)
        found.scaled[:, place] = _scaled(found.treated[:, place], leaf, own, found)
    found.state[:] = _states(found, never)
    _tell_filled(recipe, inputs, found)
    return _first(found, own)


def known_share(recipe: Recipe, known: Bools, never: Bools) -> Floats:
    """Share of effective weight that each unit has.

    known, never: (units, leaves). A platform never opened counts as present under `zero`, is not
    asked for otherwise.
    """
    weights = np.array([recipe.effective[leaf.code] for leaf in recipe.leaves])
    return missing.present_share(known | never, weights, None if recipe.absent == "zero" else ~never)


def _imputed(recipe: Recipe, every: Sequence[Inputs], x: Floats, never: Bools) -> Floats:
    """Gaps filled where the leaf says so, for units that reach `need` by what they have themselves."""
    filled = x.copy()
    if all(leaf.impute == "none" for leaf in recipe.leaves):
        return filled
    known = np.column_stack(
        [
            ~np.isnan(scale.TRANSFORMS[leaf.transform](x[:, place], leaf.factor))
            for place, leaf in enumerate(recipe.leaves)
        ]
    )
    fit = known_share(recipe, known, never) >= recipe.need - missing.TOLERANCE
    groups = np.concatenate([one.group(recipe.group) for one in every])
    for place, leaf in enumerate(recipe.leaves):
        column = x[:, place, None]
        match leaf.impute:
            case "mean":
                guess = missing.column_mean(column)
            case "median":
                guess = missing.column_median(column)
            case "group-mean":
                guess = missing.group_mean(column, groups)
            case "worst":
                guess = np.where(np.isnan(column), _worst(column[:, 0], leaf), column)
            case _:
                continue
        filled[:, place] = np.where(fit & ~never[:, place], guess[:, 0], x[:, place])
    return filled


def _worst(column: Floats, leaf: Node) -> float:
    """The lowest a leaf can count: its declared bound, else the worst that anybody has; NaN where nobody has any."""
    up = leaf.direction == "up"
    bound = leaf.low if up else leaf.high
    if leaf.bounded and bound is not None:
        return bound
    known = column[~np.isnan(column)]
    return float(known.min() if up else known.max()) if known.size else float("nan")


def _treated(column: Floats, leaf: Node, inputs: Inputs, found: Leaves) -> Floats:
    if leaf.outlier == "none":
        return column
    done = outlier.treat(column, leaf.points, log=leaf.outlier == "treat")
    found.treatments[leaf.code] = done
    touched = np.flatnonzero(done.touched[: len(inputs.codes)])
    if done.rule == "winsorise" and touched.size:
        names = _listed([inputs.names[row] for row in touched])
        _add(found, "winsorised", leaf, f"缩尾处理了 {touched.size} 个单位的离群值：{names}")
    elif done.rule == "log":
        _add(found, "log_shifted", leaf, f"缩尾 {leaf.points} 个值仍偏斜，已改用对数平移")
    if not done.passes:
        after = f"偏度 {done.after.skewness:.2f}，峰度 {done.after.kurtosis:.2f}"
        _add(found, "still_skewed", leaf, f"处理后仍有离群值（{after}）")
    return done.values


def _scaled(column: Floats, leaf: Node, own: int, found: Leaves) -> Floats:
    """A leaf on its scale; bounds and target are transformed like the values."""
    transform = scale.TRANSFORMS[leaf.transform]
    if leaf.bounded:
        low, high = (
            float(end) for end in transform(np.array([leaf.low, leaf.high], dtype=float), leaf.factor)
        )
        if not np.isnan(column[:own]).all():
            found.clipped[leaf.code] = Clipped(*scale.clipped(column[:own], low, high))
        if leaf.scaling == "minmax":
            return scale.linear(column, low, high, leaf.bottom, leaf.top, leaf.direction)
        return _ranged(scale.goalposts(column, low, high, leaf.direction), leaf)
    known = column[~np.isnan(column)]
    if leaf.relative and leaf.scaling != "none" and known.size and known.min() == known.max():
        _add(found, "constant", leaf, "各单位的值全都相同，不能区分先后，一律取中间值", "warning")
    match leaf.scaling:
        case "minmax":
            return scale.minmax(column, leaf.bottom, leaf.top, leaf.direction)
        case "zscore":
            return scale.zscore(column, leaf.direction)
        case "percentile":
            return _ranged(scale.percentile(column, leaf.direction), leaf)
        case "target" | "target-capped":
            aim = float(transform(np.array([leaf.aim], dtype=float), leaf.factor)[0])
            try:
                share = scale.target(column, aim, leaf.direction, cap=leaf.scaling == "target-capped")
            except MethodError as error:
                raise MethodError(f"{leaf.title}：{error.args[0]}", hint=error.hint) from error
            return _ranged(share, leaf)
        case _:
            return column


def _ranged(share: Floats, leaf: Node) -> Floats:
    return np.asarray(leaf.bottom + share * (leaf.top - leaf.bottom))


def _states(found: Leaves, never: Bools) -> NDArray[np.int8]:
    state = np.where(found.raw == 0, State.ZERO, State.PRESENT)
    state = np.where(np.isnan(found.denominated) & ~np.isnan(found.imputed), State.IMPUTED, state)
    state = np.where(np.isnan(found.scaled), State.MISSING, state)
    return np.where(never, State.STRUCTURAL, state).astype(np.int8)


def _tell_filled(recipe: Recipe, inputs: Inputs, found: Leaves) -> None:
    for place, leaf in enumerate(recipe.leaves):
        rows = np.flatnonzero(found.state[: len(inputs.codes), place] == State.IMPUTED)
        if rows.size:
            names = _listed([inputs.names[row] for row in rows])
            _add(found, "imputed", leaf, f"{rows.size} 个单位的缺失值是填补的：{names}")


def _first(found: Leaves, own: int) -> Leaves:
    """The own units only."""
    cut = {name: part[:own] for name, part in vars(found).items() if isinstance(part, np.ndarray)}
    return Leaves(**{**vars(found), **cut})


def _listed(names: list[str]) -> str:
    told = "、".join(names[:NAMED])
    return told if len(names) <= NAMED else f"{told}等"


def _add(found: Leaves, code: str, leaf: Node, what: str, level: str = "note") -> None:
    found.issues.append(
        Issue(
            "warning" if level == "warning" else "note",
            code,
            Place(field=f"nodes.{leaf.code}"),
            f"{leaf.title}：{what}",
        )
    )
