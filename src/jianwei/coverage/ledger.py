"""The ledger: what the imports can vouch for, one row an account of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib import resources
from typing import TYPE_CHECKING

import pyarrow as pa

from jianwei.coverage.reasons import RULES
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
    "parameters",
    "query",
    "vouch",
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
    sql = query("totals_of_period")
    activity = [name for name in TOTAL_FIELDS if name not in FORM_FIELDS]
    for table, columns in (("totals_of_period", activity), ("forms_of_period", FORM_FIELDS)):
        text = sql.format(name=table, columns=", ".join(columns))
        con.execute(text, {"first_day": period.start, "last_day": period.end})


def ledger(con: duckdb.DuckDBPyConnection, accounts: pa.Table, period: Period) -> pa.Table:
    """What the lake can vouch for, one row an account; needs `choose_totals` on the same connection.

    accounts: account_id, opened, closed (dates, null = unknown). Returns account_id,
    expected_days, posts_days (vouched by timelines and listings), totals_days, search_posts (rows
    known only from searches), source (posts | totals | fragments | none), covered_days (vouched,
    without unseen_days), unseen_days (suspected gaps), doubted_days (seen, perhaps not in full),
    share (null where nothing is expected or only fragments are known), grade (a key of GRADES).
    """
    con.register("roster_accounts", accounts.select(["account_id", "opened", "closed"]))
    try:
        vouch(con, period)
        sql = query("ledger")
        return ask.table(con, sql, parameters(period))
    finally:
        con.unregister("roster_accounts")


def vouch(con: duckdb.DuckDBPyConnection, period: Period) -> None:
    """Create the temp tables `vouched_spans`, `vouched` and `doubts` for the registered accounts."""
    for name in ("spans", "stretches", "doubts"):
        text = query(name)
        con.execute(text, ask.used(text, parameters(period)))


def parameters(period: Period) -> dict[str, object]:
    """Every parameter of this folder's SQL files."""
    around = timedelta(days=int(RULES["gap_around"]))
    limits = bounds(period)
    return (
        limits.parameters()
        | dict(RULES)
        | {
            "margin": margin(period),
            "complete_at": COMPLETE_AT,
            "around": limits.start - around,
            "until": limits.stop + around,
            "around_month": f"{limits.start - around:%Y-%m}",
            "until_month": f"{limits.stop + around:%Y-%m}",
        }
    )


def query(name: str) -> str:
    """The text of one of this folder's SQL files."""
    return resources.files("jianwei.coverage").joinpath(f"{name}.sql").read_text("utf-8")


def grade(share: float | None, *, source: str) -> str:
    """The grade of an account: the Chinese word for screens."""
    if source == "none":
        return GRADES["none"]
    if source == "fragments":
        return GRADES["fragments"]
    return GRADES["complete" if share is not None and share >= COMPLETE_AT else "partial"]
