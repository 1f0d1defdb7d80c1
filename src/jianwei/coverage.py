"""What we do not know: how many days of each account the imports can vouch for.

A timeline or a listing vouches for every day between its first and its last post: a day
without a post there is a day on which nothing was published. The hits of a search vouch for
no day at all. Totals vouch for the days they sum over. An account's days count from its
opening to its closing; what no source vouches for is missing, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow as pa

from jianwei.lake import ask
from jianwei.model import TOTAL_FIELDS
from jianwei.period import Period

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "COMPLETE_AT",
    "FORM_FIELDS",
    "GRADES",
    "Bounds",
    "bounds",
    "choose_totals",
    "grade",
    "ledger",
    "margin",
]

GRADES: dict[str, str] = {
    "complete": "完整",
    "partial": "部分",
    "fragments": "检索片段",
    "none": "无数据",
}
"""Grades of what is known of an account over a period, best first."""

COMPLETE_AT = 0.95
"""Share of days from which an account counts as complete."""

FORM_FIELDS: tuple[str, ...] = ("asked", "replied", "new_followers", "lost_followers")
"""Fields of totals that posts never tell: a row with nothing else vouches for no day of activity."""


@dataclass(frozen=True)
class Bounds:
    """A period as the parameters that the SQL files take; `stop` is excluded."""

    start: datetime
    stop: datetime
    first_day: date
    last_day: date
    first_month: str
    last_month: str

    def parameters(self) -> dict[str, object]:
        """The bounds by name, for DuckDB."""
        return dict(vars(self))


def bounds(period: Period) -> Bounds:
    """The period's parameters: half-open times, closed days, partition months."""
    return Bounds(
        datetime.combine(period.start, time()),
        datetime.combine(period.end + timedelta(days=1), time()),
        period.start,
        period.end,
        f"{period.start:%Y-%m}",
        f"{period.end:%Y-%m}",
    )


def margin(period: Period) -> int:
    """Days by which a source vouches beyond its first and last post: 3 in a period of 60 days
    or more, 1 in a shorter one, 0 for a single day.
    """
    days = period.calendar_days
    return 3 if days >= 60 else 1 if days > 1 else 0


def choose_totals(con: duckdb.DuckDBPyConnection, period: Period) -> None:
    """Create the temp tables of totals rows that stand for the period, none twice.

    `totals_of_period`: rows that hold any activity. `forms_of_period`: rows that hold what only
    operators know (FORM_FIELDS), which stands beside posts too.
    """
    sql = resources.files("jianwei").joinpath("totals_of_period.sql").read_text("utf-8")
    activity = [name for name in TOTAL_FIELDS if name not in FORM_FIELDS]
    for table, columns in (("totals_of_period", activity), ("forms_of_period", FORM_FIELDS)):
        text = sql.format(name=table, columns=", ".join(columns))
        con.execute(text, {"first_day": period.start, "last_day": period.end})


def ledger(con: duckdb.DuckDBPyConnection, accounts: pa.Table, period: Period) -> pa.Table:
    """What the lake can vouch for, one row an account; needs `choose_totals` on the same connection.

    accounts: account_id, opened, closed (dates, null = unknown). Returns account_id,
    expected_days, posts_days, totals_days, search_posts (rows known only from searches),
    source (posts | totals | fragments | none), covered_days, share (null where nothing is
    expected or only fragments are known), grade (a key of GRADES).
    """
    sql = resources.files("jianwei").joinpath("coverage.sql").read_text("utf-8")
    con.register("roster_accounts", accounts.select(["account_id", "opened", "closed"]))
    try:
        parameters = bounds(period).parameters() | {"margin": margin(period), "complete_at": COMPLETE_AT}
        return ask.table(con, sql, parameters)
    finally:
        con.unregister("roster_accounts")


def grade(share: float | None, *, source: str) -> str:
    """The grade of an account: the Chinese word for screens."""
    if source == "none":
        return GRADES["none"]
    if source == "fragments":
        return GRADES["fragments"]
    return GRADES["complete" if share is not None and share >= COMPLETE_AT else "partial"]
