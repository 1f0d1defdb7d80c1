"""The lake asked for every account in it, up to the day of a census."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from jianwei.coverage import margin
from jianwei.errors import Place
from jianwei.lake import ask
from jianwei.period import Period
from jianwei.registry.sighting import DORMANT_DAYS, Certified, Named, Post, Sighting, Vouched

if TYPE_CHECKING:
    import duckdb

__all__ = ["after", "last_day", "look"]

_FROZEN = "weibo-crawler-users"
"""Parser of a file that keeps each profile as first crawled: the same count twice there says nothing."""

_LAST_DAY = """
WITH reached AS (
    SELECT r.account_id AS account_id, max(cast(i.last_published AS DATE)) AS day
    FROM (SELECT DISTINCT account_id, sha256 FROM readings WHERE scope IN ('timeline', 'listing')) AS r
    JOIN imports AS i ON i.sha256 = r.sha256
    GROUP BY r.account_id
    UNION ALL SELECT account_id, max("end") FROM totals GROUP BY account_id
)
SELECT coalesce(
    (SELECT quantile_disc(day, 0.75) FROM (SELECT max(day) AS day FROM reached GROUP BY account_id)),
    (SELECT cast(max(published_at) AS DATE) FROM readings)
) AS day
"""

_POSTS = """
WITH counted AS (
    SELECT account_id, count(*) AS posts, count(*) FILTER (published_at >= $since) AS recent,
        bool_or(scope IN ('timeline', 'listing')) AS collected,
        max_by(post_key, row(published_at, post_key)) AS k, max(published_at) AS d
    FROM posts WHERE published_at < $stop GROUP BY account_id
),
told AS (
    SELECT post_key, min_by(struct_pack(f := source_file, r := source_row), row(observed_at, sha256, source_row))
        AS place
    FROM readings WHERE post_key IN (SELECT k FROM counted) GROUP BY post_key
)
SELECT c.*, t.place.f AS f, t.place.r AS r FROM counted AS c LEFT JOIN told AS t ON t.post_key = c.k
"""

_NAMES = """
WITH named AS (
    SELECT account_id, account_name AS name,
        CASE WHEN parser = 'weibo-crawler' AND scope = 'timeline' THEN 'folder' ELSE 'shown' END AS how,
        observed_at, observed_from <> 'mtime' AS dated, cast(published_at AS DATE) AS published,
        source_file, source_row FROM readings
    WHERE account_name IS NOT NULL AND published_at < $stop
    UNION ALL
    SELECT account_id, account_name, 'shown', observed_at, observed_from <> 'mtime', NULL, source_file, source_row
    FROM followers
    WHERE account_name IS NOT NULL
    UNION ALL
    SELECT account_id, account_name, 'form', cast("end" AS TIMESTAMP), true, NULL, source_file, source_row
    FROM totals
    WHERE account_name IS NOT NULL
)
SELECT account_id, name, how, min(observed_at) AS first, max(observed_at) AS last, count(*) AS rows,
    bool_or(dated) AS dated, min(published) AS from_day, max(published) AS to_day,
    min_by(struct_pack(f := source_file, r := source_row), row(observed_at, source_file, source_row)) AS place
FROM named WHERE trim(name) <> '' GROUP BY account_id, name, how ORDER BY account_id, first, name
"""

_CERTIFIED = """
SELECT f.account_id AS account_id, verified, verified_type, verified_reason, f.observed_at AS observed_at,
    f.source_file AS source_file, source_row, i.scope = 'search' AS mark
FROM followers AS f JOIN imports AS i ON i.sha256 = f.sha256
WHERE verified IS NOT NULL OR verified_type IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY f.account_id, i.scope = 'search' ORDER BY f.observed_at DESC, f.sha256 DESC, source_row DESC
) = 1
ORDER BY f.observed_at
"""

_VOUCHED = """
SELECT r.account_id AS account_id, 'posts' AS by, cast(i.first_published AS DATE) - cast($margin AS INTEGER) AS first,
    cast(i.last_published AS DATE) + cast($margin AS INTEGER) AS last, i.source_file AS f, NULL::BIGINT AS r
FROM (SELECT DISTINCT account_id, sha256 FROM readings WHERE scope IN ('timeline', 'listing')) AS r
JOIN imports AS i ON i.sha256 = r.sha256
WHERE i.last_published >= $since AND i.first_published < $stop
UNION ALL
SELECT account_id, 'zero', start, "end", source_file, source_row FROM totals WHERE posts = 0
UNION ALL
SELECT account_id, 'profile', cast(before AS DATE), cast(observed_at AS DATE), source_file, source_row FROM (
    SELECT *, lag(observed_at) OVER w AS before, lag(statuses) OVER w AS had
    FROM followers
    WHERE statuses IS NOT NULL AND NOT contains(coalesce(rounded, ''), 'statuses') AND parser <> $frozen
    WINDOW w AS (PARTITION BY account_id ORDER BY observed_at, sha256, source_row)
) WHERE had = statuses
UNION ALL
SELECT account_id, 'fetched', cast(max(published_at) AS DATE), cast(max(observed_at) AS DATE), source_file, NULL
FROM readings WHERE scope = 'timeline' AND observed_from <> 'mtime' AND published_at < $stop
GROUP BY account_id, sha256, source_file
"""

_REPORTED = """
SELECT account_id, cast(sum(posts) AS BIGINT) AS posts FROM totals
WHERE posts > 0 AND start >= cast($since AS DATE) AND "end" < cast($stop AS DATE) GROUP BY account_id
"""

_EVERYONE = """
SELECT account_id FROM totals
UNION SELECT f.account_id FROM followers AS f JOIN imports AS i ON i.sha256 = f.sha256 WHERE i.scope <> 'search'
"""

_AFTER = """
SELECT c.account_id AS account_id, count(DISTINCT r.post_key) AS posts,
    min_by(struct_pack(k := r.post_key, d := r.published_at, f := r.source_file, r := r.source_row),
        row(r.published_at, r.post_key, r.sha256, r.source_row))
        AS first,
    max_by(struct_pack(k := r.post_key, d := r.published_at, f := r.source_file, r := r.source_row),
        row(r.published_at, r.post_key, r.sha256, r.source_row))
        AS last
FROM (SELECT unnest($accounts) AS account_id, unnest($days) AS day) AS c
JOIN readings AS r ON r.account_id = c.account_id
WHERE r.published_at >= cast(c.day AS TIMESTAMP) + INTERVAL 1 DAY AND r.published_at < $stop
GROUP BY c.account_id
"""


def last_day(con: duckdb.DuckDBPyConnection) -> date | None:
    """The day to which the data of a quarter of the accounts reach, or later; None for an empty lake.

    A few late posts do not move it, and accounts that fell silent do not hold it back. Where there
    are hits of searches alone it is the day of the last one.
    """
    (row,) = ask.rows(con, _LAST_DAY)
    day: date | None = row["day"]
    return day


def look(con: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, Sighting]:
    """Every account of the lake by id, with what was published by the end of that day."""
    stop = datetime.combine(as_of + timedelta(days=1), time())
    since = stop - timedelta(days=DORMANT_DAYS)
    window = Period.parse(f"{since.date()}..{as_of}")
    values = {"stop": stop, "since": since, "margin": margin(window), "frozen": _FROZEN}
    found: dict[str, Sighting] = {}

    def of(row: Mapping[str, Any]) -> Sighting:
        return found.setdefault(row["account_id"], Sighting(row["account_id"]))

    for row in ask.rows(con, _POSTS, values):
        one = of(row)
        one.posts, one.recent, one.collected = row["posts"], row["recent"], bool(row["collected"])
        one.last = _post(row)
    for row in ask.rows(con, _EVERYONE):
        of(row).collected = True
    for row in ask.rows(con, _NAMES, values):
        place = Place(row["place"]["f"], row["place"]["r"])
        days = (row["from_day"], row["to_day"]) if row["from_day"] else None
        of(row).names.append(
            Named(row["name"], row["how"], row["first"], row["last"], row["rows"], place, row["dated"], days)
        )
    for row in ask.rows(con, _CERTIFIED):  # at most two an account, the older first
        one = of(row)
        before = one.certified
        # A mark beside the name says less than a profile; it counts where it is newer and tells of a change.
        same = before is not None and (before.verified is not False) == (row["verified"] is not False)
        if before is None or not (row["mark"] and same):
            one.certified = Certified(
                row["verified"], row["verified_type"] or "", row["verified_reason"] or "", row["observed_at"],
                Place(row["source_file"], row["source_row"]),
            )  # fmt: skip
    for row in ask.rows(con, _REPORTED, values):
        of(row).reported = row["posts"]
    for row in ask.rows(con, _VOUCHED, values):
        if row["last"] >= since.date() and row["first"] <= as_of:
            of(row).vouched.append(Vouched(row["by"], row["first"], row["last"], Place(row["f"], row["r"])))
    return found


def after(
    con: duckdb.DuckDBPyConnection, closings: Mapping[str, date], as_of: date
) -> dict[str, tuple[int, Post, Post]]:
    """Number, first and last of each account's posts after its day of closing, by the end of `as_of`."""
    if not closings:
        return {}
    stop = datetime.combine(as_of + timedelta(days=1), time())
    values = {"accounts": list(closings), "days": list(closings.values()), "stop": stop}
    return {
        row["account_id"]: (row["posts"], _post(row["first"]), _post(row["last"]))
        for row in ask.rows(con, _AFTER, values)
    }


def _post(row: Mapping[str, Any]) -> Post:
    return Post(row["k"], row["d"], Place(row["f"], row["r"]))
