"""What the registry is told and answers: accounts seen, what an import did, what was changed by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from jianwei.errors import Issue, Place

__all__ = ["Change", "Imported", "Rejected", "Seen", "Tally"]


@dataclass(frozen=True)
class Seen:
    """An account as the lake knows it; `posts` is the number of its posts there."""

    account_id: str
    family: str
    uid: str
    name: str = ""
    first: datetime | date | None = None
    last: datetime | date | None = None
    posts: int = 0
    certified_as: str = ""
    certified_type: str = ""


@dataclass
class Tally:
    """Rows of one kind: read = new + changed + unchanged + rejected."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def taken(self) -> int:
        """Rows that changed the registry."""
        return self.new + self.changed


@dataclass(frozen=True)
class Rejected:
    """A row that was left out: where it stands, why, and its raw cells."""

    kind: str
    where: Place
    reasons: tuple[str, ...]
    raw: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """What an import did, by kind (units accounts openings populations regions).

    `applied` is False where `strict` refused the whole import because of an error; then nothing
    was taken, and `rejected` counts only the rows that were wrong themselves.
    """

    tallies: Mapping[str, Tally]
    issues: tuple[Issue, ...]
    rejected: tuple[Rejected, ...]
    applied: bool
    roster_version: str = ""
    files: tuple[str, ...] = field(default=())

    @property
    def errors(self) -> tuple[Issue, ...]:
        """The issues that left a row out."""
        return tuple(issue for issue in self.issues if issue.level == "error")

    def total(self, name: str) -> int:
        """Sum over the kinds of read, new, changed, taken, unchanged or rejected."""
        return sum(int(getattr(tally, name)) for tally in self.tallies.values())

    def to_json(self) -> dict[str, Any]:
        """The outcome as plain JSON: read = taken + unchanged + rejected for each kind."""
        names = ("read", "taken", "new", "changed", "unchanged", "rejected")
        return {
            "files": list(self.files),
            "applied": self.applied,
            "roster_version": self.roster_version,
            "kinds": {
                kind: {name: getattr(tally, name) for name in names} for kind, tally in self.tallies.items()
            },
            "issues": [issue.to_json() for issue in self.issues],
            "rejected": [
                {
                    "kind": row.kind,
                    "where": str(row.where),
                    "reasons": list(row.reasons),
                    "raw": list(row.raw),
                }
                for row in self.rejected
            ],
        }


@dataclass(frozen=True)
class Change:
    """One change of a record: who, when, why, and each changed field's value before and after."""

    when: datetime
    who: str
    why: str
    what: str  # 单位, 账号 …
    name: str  # of the unit or account
    action: str  # 新增, 修改, 删除
    before: Mapping[str, Any]
    after: Mapping[str, Any]
