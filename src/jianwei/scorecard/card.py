"""A scorecard: every stage of an evaluation by name, per unit and node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import Issue
from jianwei.method.outlier import Treated
from jianwei.recipe import Recipe

__all__ = ["Clipped", "Scorecard", "Stage", "State"]

Floats = NDArray[np.float64]


class State(IntEnum):
    """What stands behind a leaf's value: the three kinds of empty are three states."""

    PRESENT = 0
    ZERO = 1  # collected, and zero
    MISSING = 2  # not collected, or undefined
    STRUCTURAL = 3  # no account on the platform, by decision
    IMPUTED = 4  # not collected, and filled as the recipe says

    @property
    def chinese(self) -> str:
        """The word on screens."""
        return ("有值", "为零", "缺失", "未开通", "填补")[self.value]


class Clipped(NamedTuple):
    """Shares of present values beyond a leaf's goalposts."""

    below: float
    above: float

    @property
    def share(self) -> float:
        """Share beyond either bound."""
        return self.below + self.above


@dataclass(frozen=True)
class Stage:
    """One stage: a matrix of units × nodes with the nodes' codes over its columns."""

    codes: tuple[str, ...]
    values: NDArray[Any]

    def __getitem__(self, code: str) -> NDArray[Any]:
        """The column of a node, (units,). Raises KeyError where the stage has no such node."""
        if code not in self.codes:
            raise KeyError(code)
        column: NDArray[Any] = self.values[:, self.codes.index(code)]
        return column

    def __iter__(self) -> Iterator[str]:
        """The codes of its nodes."""
        return iter(self.codes)

    def row(self, unit: int) -> dict[str, float | None]:
        """A unit's values by node, None where missing."""
        return {code: _known(value) for code, value in zip(self.codes, self.values[unit], strict=True)}


@dataclass(frozen=True)
class Scorecard:
    """Units scored by a recipe, in the order of the inputs.

    raw, per, denominated, imputed, transformed, treated, scaled, state, contributions: units × leaves
    (recipe.leaves), each made of the one before; a leaf that skips a step keeps its values.
    raw: formula values. per: their denominators, NaN where a leaf has none. scaled: what enters the combination (a structural zero included).
    contributions: points that a leaf adds to the score; NaN where the way up is not additive,
    the leaf is missing or the unit unranked.
    nodes: units × nodes (recipe.nodes), leaves included; the root's column is the score.
    present: share of effective weight that the unit has. score: unrounded, NaN = 未参评.
    rank: 1-2-2-4, None = 未参评, and then `reason` says why. tie: whether the rank is shared.
    clipped: by leaf with declared bounds and any present value. treatments: by leaf with `outlier`.
    issues: what a reader must know of this run (filled, winsorised, constant), by leaf.
    """

    recipe: Recipe
    codes: tuple[str, ...]
    names: tuple[str, ...]
    raw: Stage
    per: Stage
    denominated: Stage
    imputed: Stage
    transformed: Stage
    treated: Stage
    scaled: Stage
    state: Stage
    nodes: Stage
    contributions: Stage
    present: Floats
    score: Floats
    rank: tuple[int | None, ...]
    tie: NDArray[np.bool_]
    reason: tuple[str, ...]
    clipped: Mapping[str, Clipped]
    treatments: Mapping[str, Treated]
    issues: tuple[Issue, ...]
    recipe_hash: str
    data_hash: str

    @property
    def stages(self) -> Mapping[str, Stage]:
        """Every stage by its name, in the order of making."""
        names = ("raw", "per", "denominated", "imputed", "transformed", "treated", "scaled", "nodes")
        return {name: getattr(self, name) for name in names}

    @property
    def order(self) -> tuple[int, ...]:
        """Rows by rank, equal ranks and the unranked in the order of the inputs."""
        last = len(self.codes) + 1
        return tuple(sorted(range(len(self.codes)), key=lambda row: self.rank[row] or last))

    def to_json(self) -> list[dict[str, Any]]:
        """Rows as CONTRACTS' `index`, best first; numbers unrounded, null where missing."""
        return [self._row(row) for row in self.order]

    def _row(self, row: int) -> dict[str, Any]:
        told: dict[str, Any] = {
            "unit": self.names[row],
            "score": _known(self.score[row]),
            "rank": self.rank[row],
            "nodes": self.nodes.row(row),
        }
        if self.reason[row]:
            told["reason"] = self.reason[row]
        return told


def _known(value: Any) -> float | None:
    number = float(value)
    return None if np.isnan(number) else number
