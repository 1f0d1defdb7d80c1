"""Why a unit stands where it stands: each indicator against the median, the unit above, and the period before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.recipe import Recipe
from jianwei.robust.climb import Tree
from jianwei.scorecard import Scorecard, State

__all__ = ["Part", "Why", "effects", "explain"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Part:
    """One indicator of a unit's score.

    weight: effective share. raw: formula value in `unit`. value: as scaled; median: of the ranked
    units. points: what it adds to the score, None where the way up is not additive. The rest are
    differences of the whole score: over_median, what the unit has gained by it against a unit of
    the median; to_above, what it would gain with the value of the next unit above; since_before,
    what the change since the period before has brought. None where either value is missing.
    """

    code: str
    title: str
    path: str
    weight: float
    raw: float | None
    unit: str
    state: str
    value: float | None
    median: float | None
    points: float | None
    over_median: float | None
    to_above: float | None
    since_before: float | None


@dataclass(frozen=True)
class Why:
    """A unit's place explained. above: name of the next unit above, "" for the first and the unranked."""

    code: str
    unit: str
    rank: int | None
    ranked: int
    score: float | None
    reason: str
    above: str
    above_score: float | None
    before_rank: int | None
    before_score: float | None
    parts: tuple[Part, ...]

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON."""
        return vars(self) | {"parts": [vars(part) for part in self.parts]}


def explain(card: Scorecard, code: str, before: Scorecard | None = None, before_code: str = "") -> Why:
    """Explain a unit's score by its indicators, the most telling first.

    card: the whole cohort. before: the cohort in the period before; before_code: the unit's code
    there, where it is another. Raises KeyError for a unit that is not in the card.
    """
    recipe, row = card.recipe, card.codes.index(code) if code in card.codes else None
    if row is None:
        raise KeyError(code)
    ranked = [place for place, rank in enumerate(card.rank) if rank is not None]
    above = _above(card, row)
    earlier = _earlier(before, before_code or code)
    medians = _medians(card, ranked)
    own = card.scaled.values[row]
    marks = {
        "over_median": -effects(recipe, own, medians),
        "to_above": effects(recipe, own, None if above is None else card.scaled.values[above]),
        "since_before": -effects(recipe, own, None if earlier is None else earlier[0]),
    }
    if card.rank[row] is None:
        marks = {name: np.full(len(recipe.leaves), np.nan) for name in marks}
    parts = [
        Part(
            code=leaf.code,
            title=leaf.title,
            path=" › ".join(node.title for node in reversed(recipe.path(leaf.code)[1:-1])),
            weight=recipe.effective[leaf.code],
            raw=_known(card.denominated.values[row, place]),
            unit=leaf.unit,
            state=State(int(card.state.values[row, place])).chinese,
            value=_known(own[place]),
            median=_known(medians[place]),
            points=_known(card.contributions.values[row, place]),
            **{name: _known(told[place]) for name, told in marks.items()},
        )
        for place, leaf in enumerate(recipe.leaves)
    ]
    parts.sort(key=lambda part: -abs(part.over_median or 0.0))
    return Why(
        code=code,
        unit=card.names[row],
        rank=card.rank[row],
        ranked=len(ranked),
        score=_known(card.score[row]),
        reason=card.reason[row],
        above="" if above is None else card.names[above],
        above_score=None if above is None else _known(card.score[above]),
        before_rank=None if earlier is None else earlier[1],
        before_score=None if earlier is None else earlier[2],
        parts=tuple(parts),
    )


def _above(card: Scorecard, row: int) -> int | None:
    """The unit with the next higher score, the nearest one."""
    if card.rank[row] is None:
        return None
    higher = [place for place in card.order if card.rank[place] and card.score[place] > card.score[row]]
    return min(higher, key=lambda place: (card.score[place], place)) if higher else None


def _earlier(before: Scorecard | None, code: str) -> tuple[Floats, int | None, float | None] | None:
    """The unit's scaled values, rank and score in the period before; None where it was not ranked then."""
    if before is None or code not in before.codes:
        return None
    row = before.codes.index(code)
    if before.rank[row] is None:
        return None
    return before.scaled.values[row], before.rank[row], _known(before.score[row])


def _medians(card: Scorecard, ranked: list[int]) -> Floats:
    """Medians of the ranked units' scaled values by leaf; NaN where nobody has one."""
    found = np.full(len(card.recipe.leaves), np.nan)
    for place in range(len(found)):
        column = card.scaled.values[ranked, place]
        known = column[~np.isnan(column)]
        if known.size:
            found[place] = np.median(known)
    return found


def effects(recipe: Recipe, own: Floats, others: Floats | None) -> Floats:
    """What the score would gain with one leaf's value taken from `others`, leaf by leaf.

    own, others: (leaves,) scaled values, NaN = missing. Returns (leaves,), NaN where either is
    missing, and everywhere where there are no others or units are compared in pairs.
    """
    blank = np.full(len(own), np.nan)
    if others is None or recipe.pairwise:
        return blank
    rows = np.tile(own, (len(own) + 1, 1))
    places = np.arange(len(own))
    rows[places + 1, places] = others
    tree = Tree(recipe)
    scores = tree.scores(rows, tree.weights[None, :])[0]
    told = scores[1:] - scores[0]
    return np.where(np.isnan(own) | np.isnan(others), np.nan, told)


def _known(value: Any) -> float | None:
    number = float(value)
    return None if np.isnan(number) else number
