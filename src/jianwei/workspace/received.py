"""What `forms collect` answers: each file, the units that have not reported, and the sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jianwei.errors import Issue
from jianwei.forms.events import Event
from jianwei.forms.notice import Late
from jianwei.forms.request import Batch
from jianwei.forms.sender import Sender
from jianwei.period import Period

__all__ = ["OVERDUE", "Collected", "Received", "State"]

State = Literal["收下", "需退改", "空表", "已有后一份", "不可用"]
"""taken whole · something to mend · nothing filled · a later file of the unit counts · unusable"""

OVERDUE = "已过截止日"
"""Why a unit counts as late once the deadline has passed."""

_ROWS = ("rows", "rows_taken", "rows_duplicate", "rows_quarantined", "rows_blank", "cells_confirmed")


@dataclass
class Received:
    """What became of one file. rows = rows_taken + rows_duplicate + rows_quarantined; blank ones beside."""

    path: Path
    state: State
    issues: list[Issue]
    sender: Sender | None = None
    sha256: str = ""
    rows: int = 0
    rows_taken: int = 0
    rows_duplicate: int = 0
    rows_quarantined: int = 0
    rows_blank: int = 0
    cells_confirmed: int = 0
    repeated: bool = False  # collected before: nothing of it is taken again
    late: bool = False

    @property
    def to_mend(self) -> list[Issue]:
        """What the unit must mend or explain; nothing where a later file of it counts."""
        return [issue for issue in self.issues if issue.level != "note" and self.state != "已有后一份"]

    def to_json(self) -> dict[str, Any]:
        """The file's entry in the document."""
        told = self.sender
        return {
            "path": str(self.path),
            "unit": told.ask.name if told else None,
            "unit_code": told.ask.code if told else None,
            "batch": told.batch.id if told else None,
            "token": told.ask.token if told else None,
            "state": self.state,
            "repeated": self.repeated,
            "late": self.late,
            "sha256": self.sha256,
            **{name: getattr(self, name) for name in _ROWS},
            "issues": [issue.to_json() for issue in self.issues],
        }


@dataclass
class Collected:
    """What became of a delivery, and how the period stands after it."""

    period: Period
    batches: list[Batch]
    received: list[Received]
    missing: list[Late]
    expected: int
    corrections: list[Event] = field(default_factory=list)
    notices: list[Path] = field(default_factory=list)

    @property
    def problems(self) -> list[Issue]:
        """Everything that a person must mend or explain."""
        return [issue for one in self.received for issue in one.to_mend]

    @property
    def exit_code(self) -> int:
        """0 done, 1 something to mend or a unit that is overdue, 2 nothing could be used."""
        if not self.received or all(one.state == "不可用" for one in self.received):
            return 2
        return int(bool(self.problems) or any(one.why == OVERDUE for one in self.missing))

    def to_json(self) -> dict[str, Any]:
        """The document of `forms collect`."""
        mending = {one.sender.ask.code for one in self.received if one.sender and one.to_mend}
        return {
            "period": self.period.label,
            "batch": self.batches[-1].id,
            "batches": [batch.id for batch in self.batches],
            "received": [one.to_json() for one in self.received],
            "missing": [
                {"unit": one.name, "unit_code": one.code, "reason": one.why, "file": one.file}
                for one in self.missing
            ],
            "problems": [issue.to_json() for issue in self.problems],
            "corrections": [event.to_json() for event in self.corrections],
            "notices": [str(path) for path in self.notices],
            "totals": {
                "units_expected": self.expected,
                "units_reported": self.expected - len(self.missing),
                "units_missing": len(self.missing),
                "units_to_mend": len(mending),
                "files": len(self.received),
                "files_unusable": sum(one.state == "不可用" for one in self.received),
                "files_repeated": sum(one.repeated for one in self.received),
                "problems": len(self.problems),
                "corrections": len(self.corrections),
                **{name: sum(getattr(one, name) for one in self.received) for name in _ROWS},
            },
        }
