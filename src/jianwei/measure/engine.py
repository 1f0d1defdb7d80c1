"""Measures of a period: runs the SQL files of this folder over a lake's connection, in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from jianwei import coverage
from jianwei.content import labels
from jianwei.lake import ask
from jianwei.measure import aged
from jianwei.measure.fields import ACTIVITY, FORMS, LABELLED, MAXIMA, SUMS
from jianwei.period import DayConvention, Period

if TYPE_CHECKING:
    import duckdb

__all__ = ["Conventions", "Measures", "measure", "query"]


@dataclass(frozen=True)
class Conventions:
    """Declared conventions of counting; every one is printed with the result.

    days: divisor of daily means. read_basis: reads in 次 (views), 人 (users) or any.
    reading: the latest one or the one at a declared age. reading_missing: what stands for a post
    without one: nothing, the nearest in time that the lake keeps, or the latest. reading_least: where
    others may stand, share of an account's posts that must have one of that age. mature: whether a
    stand-in younger than the age is raised by the account's own curve. followers_within: days a follower
    reading may lie from the wanted day. known: least share of an account's posts whose count
    must be known for its sum to be given.
    """

    days: DayConvention = "calendar"
    read_basis: Literal["views", "users", "any"] = "views"
    reading: str = "latest"
    followers_within: int = 31
    known: float = 0.95
    reading_missing: str = "missing"
    reading_least: float = 0.5
    mature: str = "no"


@dataclass(frozen=True)
class Measures:
    """Measures by key × platform, with the account rows behind them and the SQL that made both.

    table: key, platform, accounts (open in the period), with_data, from_totals, from_fragments,
    first_observed, last_observed, then the measures (null = missing).
    accounts: one row an account: coverage columns, activity, followers.
    """

    period: Period
    conventions: Conventions
    table: pa.Table
    accounts: pa.Table
    queries: Mapping[str, str] = field(default_factory=dict)


def query(name: str) -> str:
    """The text of one of this folder's SQL files."""
    return resources.files("jianwei.measure").joinpath(f"{name}.sql").read_text("utf-8")


def measure(
    con: duckdb.DuckDBPyConnection,
    accounts: pa.Table,
    members: pa.Table,
    period: Period,
    conventions: Conventions | None = None,
    *,
    needs: Collection[str] = (),
    labelled: Collection[str] | None = None,
) -> Measures:
    """Measure a period over a lake's connection.

    accounts: account_id, opened, closed of every account that counts. members: key, account_id,
    platform, which account counts for which key (a unit's code, or the account itself).
    needs: names of measures wanted beyond the plain ones (`median_response`, `response_before`,
    `infographics`, `service_posts`); others cost nothing. labelled: platforms whose posts are
    labelled for the last two, all if not given. Raises DataError on an unknown reading.
    """
    rules = conventions or Conventions()
    queries: dict[str, str] = {}
    con.register("members", members)
    try:
        before = _response_before(con, accounts, period, rules) if "response_before" in needs else None
        _activity(con, accounts, period, rules, queries)
        queries["followers"] = query("followers")
        queries["forms"] = query("forms")
        _create(con, "near", queries["followers"], _parameters(period, rules))
        _create(con, "formed", queries["forms"], _parameters(period, rules))
        _create(con, "of_accounts", _ACCOUNTS, {})
        if before is not None:
            con.register("before_accounts", before)
        _extras(con, period, rules, needs, queries, labelled)
        queries["rollup"] = _rollup_sql(before is not None)
        table = ask.table(con, queries["rollup"], {"divisor": period.days(rules.days)})
        rows = ask.table(con, "SELECT * FROM of_accounts ORDER BY account_id")
    finally:
        con.unregister("members")
    return Measures(period, rules, table, rows, queries)


def _activity(
    con: duckdb.DuckDBPyConnection,
    accounts: pa.Table,
    period: Period,
    rules: Conventions,
    queries: dict[str, str],
) -> None:
    """Create the temp tables `sources` (coverage ledger) and `activity` (account rows)."""
    coverage.choose_totals(con, period)
    con.register("ledger", coverage.ledger(con, accounts, period))
    _create(con, "sources", "SELECT * FROM ledger", {})
    con.unregister("ledger")
    parameters = _parameters(period, rules)
    queries["posts"] = f"WITH measured AS (\n{_measured(rules)})\n{query('posts')}"
    queries["totals"] = query("totals")
    _create(con, "active", queries["posts"], parameters)
    con.execute(f"INSERT INTO active {queries['totals']}", ask.used(queries["totals"], parameters))
    queries["silent"] = _silent_sql()
    con.execute(f"INSERT INTO active BY NAME {queries['silent']}")


def _response_before(
    con: duckdb.DuckDBPyConnection, accounts: pa.Table, period: Period, rules: Conventions
) -> pa.Table:
    """Responses of the period before, per account of which that whole period is known.

    A part of it would let whoever hides the past seem to grow.
    """
    _activity(con, accounts, period.previous(), rules, {})
    return ask.table(
        con,
        "SELECT a.account_id AS account_id, a.response AS response_before FROM active AS a "
        "JOIN sources AS s ON s.account_id = a.account_id AND s.grade = 'complete'",
    )


def _extras(
    con: duckdb.DuckDBPyConnection,
    period: Period,
    rules: Conventions,
    needs: Collection[str],
    queries: dict[str, str],
    platforms: Collection[str] | None,
) -> None:
    """Create the temp tables `medians` and `labelled`, empty where nobody asks for them."""
    parameters = _parameters(period, rules)
    if "median_response" in needs:
        queries["medians"] = f"WITH measured AS (\n{_measured(rules)})\n{query('medians')}"
        _create(con, "medians", queries["medians"], parameters)
    else:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE medians AS "
            "SELECT '' AS key, '' AS platform, 0e0 AS median_response LIMIT 0"
        )
    if any(name in needs for name in LABELLED):
        queries["labelled"] = f"WITH labels AS (\n{labels.query(platforms)})\n{query('labelled')}"
        _create(con, "labelled", queries["labelled"], parameters)
    else:
        con.execute(
            "CREATE OR REPLACE TEMP TABLE labelled AS "
            "SELECT '' AS account_id, 0 AS infographics, 0 AS service_posts LIMIT 0"
        )


_ACCOUNTS = """
SELECT
    s.*,
    split_part(s.account_id, ':', 1) AS platform,
    a.* EXCLUDE (account_id, platform, source),
    f.asked, f.replied, f.form_new_followers,
    n.followers, n.followers_observed, n.followers_start
FROM sources AS s
LEFT JOIN active AS a ON a.account_id = s.account_id
LEFT JOIN formed AS f ON f.account_id = s.account_id
LEFT JOIN near AS n ON n.account_id = s.account_id
"""


def _rollup_sql(with_before: bool) -> str:
    """SQL that joins accounts into keys: sums only where every account with data knows its part."""
    collected = "count(*) FILTER (WHERE a.source <> 'none')"
    sums = [
        f"CASE WHEN count(a.{name}) = {collected} THEN cast(sum(a.{name}) AS BIGINT) END AS {name}"
        for name in SUMS
    ]
    maxima = [f"CASE WHEN count(a.{name}) = {collected} THEN max(a.{name}) END AS {name}" for name in MAXIMA]
    forms = [
        f"CASE WHEN count(a.{name}) = count(*) FILTER (WHERE a.source <> 'none' OR a.{name} IS NOT NULL) "
        f"THEN cast(sum(a.{name}) AS BIGINT) END AS {name}"
        for name in FORMS
    ]
    # an account that published nothing has no posts to label
    wordy = "count(*) FILTER (WHERE a.source <> 'none' AND coalesce(a.posts, 1) > 0)"
    labelled = [
        f"CASE WHEN {collected} > 0 AND count(l.{name}) = {wordy} "
        f"THEN cast(coalesce(sum(l.{name}), 0) AS BIGINT) END AS {name}"
        for name in LABELLED
    ]
    before = (
        "CASE WHEN count(b.response_before) = count(*) FILTER (WHERE a.source <> 'none') "
        "THEN cast(sum(b.response_before) AS BIGINT) END"
        if with_before
        else "cast(NULL AS BIGINT)"
    )
    return query("rollup").format(
        sums=",\n    ".join(sums),
        maxima=",\n    ".join(maxima),
        forms=",\n    ".join(forms),
        labelled=",\n    ".join(labelled),
        before=before,
        before_join="LEFT JOIN before_accounts AS b ON b.account_id = m.account_id" if with_before else "",
    )


def _silent_sql() -> str:
    zeros = ",\n    ".join(f"cast(0 AS BIGINT) AS {name}" for name in ACTIVITY)
    return query("silent").format(zeros=zeros)


def _measured(rules: Conventions) -> str:
    return aged.posts_sql(rules.reading, rules.reading_missing, rules.mature)


def _parameters(period: Period, rules: Conventions) -> dict[str, Any]:
    return coverage.bounds(period).parameters() | {
        "eve": period.start - timedelta(days=1),
        "read_basis": rules.read_basis,
        "known": rules.known,
        "reading_least": rules.reading_least,
        "within": rules.followers_within,
        "complete_at": coverage.COMPLETE_AT,
    }


def _create(con: duckdb.DuckDBPyConnection, name: str, sql: str, parameters: Mapping[str, Any]) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}", ask.used(sql, parameters))
