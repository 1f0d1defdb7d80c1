"""A leaderboard (榜单): an ordered view of scores with ties, changes, and who is not on it and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jianwei.period import Period

__all__ = ["Leaderboard", "Row", "Unranked"]


@dataclass(frozen=True)
class Row:
    """A ranked unit or account. rank: 1-2-2-4 on unrounded scores. change: places won since the
    period before, None where it was not ranked then. nodes: values by node, None where missing.
    coverage: share of days vouched for, None where it cannot be told. marks: what a reader must
    know, in Chinese. owner: the unit, on boards by account.
    """

    rank: int | None
    code: str
    unit: str
    score: float
    change: int | None
    tie: bool
    nodes: Mapping[str, float | None]
    interval: tuple[int, int] | None
    coverage: float | None
    marks: tuple[str, ...]
    owner: str = ""
    contributions: Mapping[str, float | None] | None = None


@dataclass(frozen=True)
class Unranked:
    """A member of the cohort that is not ranked (未参评), and why."""

    code: str
    unit: str
    reason: str


@dataclass(frozen=True)
class Leaderboard:
    """Rows best first, then the unranked in 建制顺序; enough to say under the board what it is."""

    recipe: str
    recipe_title: str
    recipe_hash: str
    cohort: str
    cohort_title: str
    period: Period
    by: str
    lake_version: str
    roster_version: str
    node_titles: Mapping[str, str]
    rows: tuple[Row, ...]
    unranked: tuple[Unranked, ...]
    observed: tuple[datetime, datetime] | None

    def with_intervals(self, intervals: Mapping[str, tuple[int, int]]) -> Leaderboard:
        """The board with rank intervals, by code."""
        return replace(self, rows=tuple(replace(row, interval=intervals.get(row.code)) for row in self.rows))

    def to_json(self, top: int | None = None) -> dict[str, Any]:
        """CONTRACTS' `board` document; `top` cuts after that rank, ties at the cut kept."""
        rows = [row for row in self.rows if top is None or (row.rank or 0) <= top]
        return {
            "recipe": self.recipe,
            "recipe_hash": self.recipe_hash,
            "cohort": self.cohort,
            "period": self.period.label,
            "by": self.by,
            "lake_version": self.lake_version,
            "roster_version": self.roster_version,
            "observed": list(self.observed) if self.observed else None,
            "node_titles": dict(self.node_titles),
            "rows": [_told(row) for row in rows],
            "unranked": [vars(one) for one in self.unranked],
        }


def _told(row: Row) -> dict[str, Any]:
    told = {key: value for key, value in vars(row).items() if key not in ("contributions", "owner")}
    told["contributions"] = dict(row.contributions or {})
    if row.owner:
        told["owner"] = row.owner
    return told
