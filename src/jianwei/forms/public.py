"""What other sources say of an account's month, and where a form contradicts it beyond the declared tolerance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from jianwei import coverage
from jianwei.errors import Level
from jianwei.forms.tolerance import Tolerance
from jianwei.lake import ask
from jianwei.period import Period

if TYPE_CHECKING:
    import duckdb

__all__ = ["Doubt", "Known", "compare", "known", "stated"]

_INTERACTIONS = ("reads", "reposts", "comments", "likes", "wow")
_PARTS = ("originals", "declared_originals")


@dataclass(frozen=True)
class Known:
    """What the lake holds of an account's month. whole: whether its posts of the month are all there."""

    counts: Mapping[str, int] = field(default_factory=dict)
    seen_at: datetime | None = None
    followers: int | None = None
    followers_at: datetime | None = None
    whole: bool = False

    @property
    def told(self) -> dict[str, int]:
        """Every count by field, as a template shows it."""
        audience = {} if self.followers is None else {"followers": self.followers}
        return {**audience, **self.counts}

    @property
    def seen_on(self) -> str:
        """The day of the newest of them, "" where nothing is known."""
        times = [time for time in (self.seen_at, self.followers_at) if time is not None]
        return max(times).date().isoformat() if times else ""


@dataclass(frozen=True)
class Doubt:
    """A contradiction between a form and what is seen: in which field, what it is, how sure it is."""

    field: str
    code: Literal["below_public", "above_public", "far_from_public"]
    level: Level
    what: str
    hint: str


def known(
    con: duckdb.DuckDBPyConnection, period: Period, accounts: Iterable[Mapping[str, Any]], within: int
) -> dict[tuple[str, str], Known]:
    """What the lake holds, by account id and month (2015-06).

    period: whole months. accounts: account_id, opened, closed. within: days around a month's end
    in which a reading of followers stands for it.
    """
    wanted = {str(account["account_id"]): account for account in accounts if account["account_id"]}
    sql = resources.files("jianwei.forms")
    months = period.months()
    posts = ask.rows(con, sql.joinpath("public.sql").read_text("utf-8"), coverage.bounds(period).parameters())
    ends = {
        "months": [month.label for month in months],
        "last_days": [month.end for month in months],
        "within": within,
    }
    audiences = ask.rows(con, sql.joinpath("audiences.sql").read_text("utf-8"), ends)
    by_posts = {(row.pop("account_id"), row.pop("month")): row for row in posts}
    by_readings = {(row["account_id"], row["month"]): row for row in audiences}
    whole = _whole(con, months, wanted)
    found = {}
    for key in by_posts.keys() | by_readings.keys():
        if key[0] not in wanted:
            continue
        row, reading = by_posts.get(key, {}), by_readings.get(key, {})
        found[key] = Known(
            {name: value for name, value in row.items() if name != "seen_at" and value is not None},
            row.get("seen_at"),
            reading.get("followers"),
            reading.get("seen_at"),
            key in whole,
        )
    return found


def stated(
    con: duckdb.DuckDBPyConnection, period: Period, *, by_forms: bool = True
) -> dict[tuple[str, str], dict[str, Any]]:
    """What was said before, by account id and month: the columns of totals, `followers`, `followers_at`.

    by_forms: whether sums count only where a form gave them, not a vendor's table.
    """
    months = period.months()
    values = {
        "first_day": period.start,
        "last_day": period.end,
        "parser": "模板·%汇总" if by_forms else "%",
        "months": [month.label for month in months],
        "last_days": [month.end for month in months],
    }
    rows = ask.rows(con, resources.files("jianwei.forms").joinpath("stated.sql").read_text("utf-8"), values)
    spans = {(month.start, month.end) for month in months}
    return {
        (row["account_id"], row["month"]): row
        for row in rows
        if row["start"] is None or (row["start"], row["end"]) in spans
    }


def compare(
    stated: Mapping[str, int | None], known: Known, tolerance: Tolerance, *, listed: int = 0
) -> list[Doubt]:
    """Where what a unit states of a month contradicts what is known of it.

    listed: posts of the month that the unit names one by one, which show what it says.

    Fewer posts than can be seen is an error, as those posts are there; everything else is a question,
    as counts go on growing and readings are of another day. Blank cells contradict nothing.
    """
    found: list[Doubt] = []
    for name, seen in known.counts.items():
        said = stated.get(name)
        if said is None:
            continue
        if name == "posts" and said < seen - tolerance.allowed("posts_fewer", seen):
            what = f"填报 {said:,}，而公开可查到的已有 {seen:,} 条"
            hint = "请按后台核对当月全部发布数（含转发）；如有大量删除，请在“停更说明”中写明后与主管单位联系"
            found.append(Doubt(name, "below_public", "error", what, hint))
        elif name == "posts" and known.whole and said > _most(max(seen, listed), tolerance):
            what = f"填报 {said:,}，而公开可查到的为 {seen:,} 条"
            found.append(
                Doubt(name, "above_public", "warning", what, "请核对口径和月份；确实无误的请说明原因")
            )
        elif name in _PARTS and said < seen - tolerance.allowed("posts_fewer", seen):
            what = f"填报 {said:,}，而公开可查到的已有 {seen:,} 条"
            found.append(Doubt(name, "below_public", "warning", what, "请按后台核对"))
        elif name in _INTERACTIONS and said < seen - tolerance.allowed("counts_fewer", seen):
            what = f"填报 {said:,}，而公开读数合计已有 {seen:,}"
            found.append(
                Doubt(name, "below_public", "warning", what, "请核对口径：应是当月发布内容所得的全部次数")
            )
    said, seen_now = stated.get("followers"), known.followers
    if (
        said is not None
        and seen_now is not None
        and abs(said - seen_now) > tolerance.allowed("followers_apart", seen_now)
    ):
        day = known.followers_at.date().isoformat() if known.followers_at else ""
        what = f"填报 {said:,}，而 {day} 的公开读数是 {seen_now:,}"
        found.append(
            Doubt("followers", "far_from_public", "warning", what, "请核对是否为月末数、单位是否为个")
        )
    return found


def _most(seen: int, tolerance: Tolerance) -> float:
    return seen + tolerance.allowed("posts_more", seen)


def _whole(
    con: duckdb.DuckDBPyConnection, months: list[Period], accounts: Mapping[str, Mapping[str, Any]]
) -> set[tuple[str, str]]:
    """Account and month whose posts are vouched for on nearly every day."""
    table = pa.table(
        {
            "account_id": pa.array(list(accounts), pa.string()),
            "opened": pa.array([account["opened"] for account in accounts.values()], pa.date32()),
            "closed": pa.array([account["closed"] for account in accounts.values()], pa.date32()),
        }
    )
    found = set()
    for month in months:
        coverage.choose_totals(con, month)
        for row in coverage.ledger(con, table, month).to_pylist():
            days = row["expected_days"]
            if days and row["posts_days"] >= coverage.COMPLETE_AT * days:
                found.add((row["account_id"], month.label))
    return found
