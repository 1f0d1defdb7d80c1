"""What becomes of a form that came back: its problems, what is kept out of the lake, what the rest states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from jianwei.errors import Issue
from jianwei.forms.request import Ask
from jianwei.forms.returned import Page, Returned
from jianwei.forms.rows import Found
from jianwei.intake.records import Seen
from jianwei.period import Period

__all__ = ["Detail", "Judged", "Spot", "Statement"]


class Spot(NamedTuple):
    """Where a row stands: the name of its page, and its number."""

    page: str
    row: int


@dataclass(frozen=True)
class Statement:
    """A row of sums: whose, of which month, and what was read of it."""

    spot: Spot
    page: Page
    account_id: str
    month: Period
    found: Found

    @property
    def key(self) -> tuple[str, str]:
        """Account id and month."""
        return self.account_id, self.month.label


class Detail(NamedTuple):
    """A row of posts."""

    spot: Spot
    page: Page
    account_id: str
    month: str
    seen: Seen
    found: Found


@dataclass
class Judged:
    """What was found in a file.

    refused: rows with an error, and the first one. skipped: rows that say nothing or say it again.
    uids: the cell and the uid to put into rows of posts that name no account. keys: the posts that rows
    of posts are, where they do not say so themselves. accounts: the account of
    pages of posts that have no column for it. unresolved: page and account name of rows of sums whose
    account or month cannot be told. rows: those that say something. prefilled: whether public counts
    stood in the cells; confirmed: cells that still hold them.
    """

    returned: Returned
    ask: Ask
    issues: list[Issue] = field(default_factory=list)
    refused: dict[Spot, Issue] = field(default_factory=dict)
    skipped: set[Spot] = field(default_factory=set)
    uids: dict[Spot, tuple[int, str]] = field(default_factory=dict)
    keys: dict[Spot, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    unresolved: list[tuple[str, str]] = field(default_factory=list)
    blank: set[tuple[str, str]] = field(default_factory=set)
    rows: int = 0
    prefilled: bool = False
    confirmed: int = 0

    def refuse(self, spot: Spot, issue: Issue) -> None:
        """Keep a row out of the lake; the first reason stands."""
        self.issues.append(issue)
        self.refused.setdefault(spot, issue)

    def takes(self, spot: Spot) -> bool:
        """Whether a row counts."""
        return spot not in self.refused and spot not in self.skipped

    @property
    def good(self) -> list[Statement]:
        """The rows of sums that are taken."""
        return [one for one in self.statements if self.takes(one.spot)]

    @property
    def to_mend(self) -> list[Issue]:
        """What the unit is to mend or to explain."""
        return [issue for issue in self.issues if issue.level != "note"]
