"""Everything a report is made from: findings, boards, coverage, imports, methods, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jianwei.finding.model import Finding
from jianwei.period import Period
from jianwei.table import Table

if TYPE_CHECKING:
    from jianwei.leaderboard import Leaderboard

__all__ = ["SYNTHETIC", "Facts", "board_key"]

SYNTHETIC = "合成数据，按公开报告的总量校准"
"""The mark on every page of a report that was made from generated data."""


@dataclass(frozen=True)
class Facts:
    """What is known, given by the workspace; the report adds no number of its own.

    board_tables: boards by account (分榜, 单项榜, 热文榜) as typed tables.
    coverage: rows {row, month, share, …}: share of days vouched for, None = 未采集; rows stand in
        建制顺序. Extra keys are kept.
    imports: rows of the lake's imports (source_file, parser, scope, rows_read, rows_taken,
        rows_duplicate, rows_quarantined, observed_at …).
    recipes: what `Recipe.to_json()` gives of every recipe used.
    conventions: name in Chinese → what was declared. versions: name → version or hash.
    notes: sentences for the box on scope and gaps, said by the workspace.
    """

    title: str
    institution: str
    period: Period
    findings: Mapping[str, Finding]
    boards: Sequence[Leaderboard] = ()
    board_tables: Sequence[Table] = ()
    coverage: Sequence[Mapping[str, Any]] = ()
    imports: Sequence[Mapping[str, Any]] = ()
    recipes: Sequence[Mapping[str, Any]] = ()
    conventions: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    synthetic: bool = False
    subtitle: str = ""
    map_name: str = ""
    region_names: Mapping[str, str] = field(default_factory=dict)
    issued: datetime | None = None


def board_key(board: Leaderboard) -> str:
    """The address of a board: `board:RECIPE/COHORT/PERIOD`; a row's unit code follows after a slash."""
    return f"board:{board.recipe}/{board.cohort}/{board.period.label}"
