"""A demo workspace as tests ask it: its world, its findings and boards, the truth beside it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jianwei.demo.world import World
from jianwei.finding.model import Finding
from jianwei.lake import ask
from jianwei.leaderboard import Leaderboard, Row
from jianwei.workspace.desk import Desk
from jianwei.workspace.findings import Gathered

SEED, SCALE = 7, 0.02


def same(found: Any, wanted: Any) -> bool:
    """Equal; fractions to the twelfth digit, and of rows the fields that are wanted."""
    if isinstance(wanted, float):
        return isinstance(found, float | int) and math.isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(wanted, dict):
        return all(key in found and same(found[key], value) for key, value in wanted.items())
    if isinstance(wanted, list | tuple):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return bool(found == wanted)


@dataclass(frozen=True)
class Made:
    """A demo workspace, the world it was written from, and everything that was computed from it."""

    folder: Path
    world: World
    done: Mapping[str, Any]
    desk: Desk
    gathered: Gathered

    @property
    def sources(self) -> Path:
        """The generated source files."""
        return self.folder / "sources" / "sources"

    @cached_property
    def truth(self) -> dict[str, Any]:
        """The truth file."""
        told: dict[str, Any] = json.loads(Path(self.done["truth"]).read_text("utf-8"))
        return told

    def finding(self, id: str) -> Finding:
        """A finding by id."""
        return self.gathered.findings[id]

    def board(self, cohort: str) -> Leaderboard:
        """The configured board of a cohort."""
        return next(board for wanted, board in self.gathered.boards if wanted.cohort == cohort)

    def row(self, cohort: str, unit: str) -> Row | None:
        """A unit's row on a cohort's board; None where it is not ranked."""
        return next((row for row in self.board(cohort).rows if row.code == unit), None)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Rows of a query over the lake and the ground's tables."""
        return ask.rows(self.gathered.ground.con, sql, parameters)

    def account(self, part: str) -> str:
        """The account_id of a planted part."""
        return str(self.truth["parts"][part]["account"])

    def unit(self, part: str) -> str:
        """The code of the unit of a planted part."""
        return str(self.truth["parts"][part]["unit"])

    def measures(self, part: str) -> dict[str, Any]:
        """The measures of a planted part's account in the period."""
        rows = self.gathered.ground.measures.accounts.to_pylist()
        return next(row for row in rows if row["account_id"] == self.account(part))
