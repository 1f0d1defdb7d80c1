"""Small worlds for tests: a lake and a roster in a folder, made from plain rows through the real APIs.

place = World(tmp_path, [unit("A")], [account("A", "1")],
              sources=[timeline("a", post("weibo:1", "2015-03-01", reposts=2))])
place.units("2015H1")["A", "weibo"]["reposts"] == 2
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from jianwei.lake import Lake
from jianwei.leaderboard.membership import members
from jianwei.measure.engine import Conventions, Measures, measure
from jianwei.model import PLATFORMS, Account, Opening, Unit, schema_of
from jianwei.period import Period
from jianwei.roster import Roster
from jianwei.roster.divisions import regions
from jianwei.roster.populations import shipped
from tests.lake.made import import_row, sha, table

Rows = dict[str, Any]

SEEN = datetime(2015, 7, 1, 8)
"""When everything was observed, where a test does not say."""


@dataclass(frozen=True)
class Source:
    """A file that was imported: its rows by table, and which days of posts it holds."""

    name: str
    scope: str
    rows: Mapping[str, list[Rows]]
    first: datetime | None = None
    last: datetime | None = None


def unit(code: str, **more: Any) -> Rows:
    """A unit called 单位<code>, in 重庆's own level, marked 参评."""
    return {
        "code": code,
        "order": None,
        "name": f"单位{code}",
        "adcode": "500000",
        "category": "参评",
        **more,
    }


def account(owner: str, uid: str, platform: str = "微博", **more: Any) -> Rows:
    """A certified main account of a unit; `weibo:<uid>` in the lake unless of another platform."""
    row = {"unit": owner, "platform": platform, "name": f"{platform}{uid}", "uid": uid}
    return row | {"main": True, "certified_as": "某单位", "status": "正常", **more}


def opening(owner: str, platform: str, status: str) -> Rows:
    """What the registry says of a unit on a platform."""
    return {"unit": owner, "platform": platform, "status": status}


def post(account_id: str, published: str, **known: Any) -> Rows:
    """A post of an account; `text` and `title` go to texts, `seen` is when it was observed."""
    when = datetime.fromisoformat(published)
    seen = known.pop("seen", None)
    row = {
        "pub_month": f"{when:%Y-%m}",
        "post_key": known.pop("key", f"{account_id}@{published}"),
        "account_id": account_id,
        "platform": account_id.split(":", maxsplit=1)[0],
        "published_at": when,
        "observed_at": datetime.fromisoformat(seen) if seen else SEEN,
        "observed_from": "row",
    }
    if "reads" in known:
        row["read_basis"] = "views"
    return row | known


def timeline(name: str, *posts: Rows, since: str = "", until: str = "", scope: str = "timeline") -> Source:
    """A source of posts that vouches from `since` to `until`, by default from its first to its last post."""
    readings, texts = [], []
    for row in posts:
        words = {key: row[key] for key in ("text", "title") if key in row}
        if words:
            texts.append({"pub_month": row["pub_month"], "post_key": row["post_key"], **words})
        readings.append({key: value for key, value in row.items() if key not in words} | {"scope": scope})
    times = [row["published_at"] for row in posts]
    first = datetime.fromisoformat(since) if since else min(times)
    last = datetime.fromisoformat(until) if until else max(times)
    return Source(name, scope, {"readings": readings, "texts": texts}, first, last)


def search(name: str, *posts: Rows) -> Source:
    """The hits of a search: vouches for nothing."""
    return timeline(name, *posts, scope="search")


def half(name: str, *posts: Rows) -> Source:
    """A timeline that vouches for the whole first half of 2015."""
    return timeline(name, *posts, since="2015-01-01", until="2015-06-30")


def total(account_id: str, period: str, **known: Any) -> Rows:
    """Sums of an account over a period that came as sums."""
    days = Period.parse(period)
    row = {
        "account_id": account_id,
        "platform": account_id.split(":", maxsplit=1)[0],
        "start": days.start,
        "end": days.end,
    }
    seen = known.pop("seen", None)
    row |= {"observed_at": datetime.fromisoformat(seen) if seen else SEEN, "observed_from": "option"}
    if {"reads", "max_reads", "headline_reads"} & known.keys():
        row["read_basis"] = "views"
    return row | known


def form(name: str, *totals: Rows) -> Source:
    """A form or vendor table of sums."""
    return Source(name, "form", {"totals": list(totals)})


def follower(account_id: str, day: str, followers: int | None) -> Rows:
    """An account's followers as seen at noon of a day."""
    row = {"account_id": account_id, "platform": account_id.split(":", maxsplit=1)[0], "followers": followers}
    return row | {"observed_at": datetime.combine(date.fromisoformat(day), time(12)), "observed_from": "row"}


def profiles(name: str, *rows: Rows) -> Source:
    """A file of follower counts."""
    return Source(name, "profile", {"followers": list(rows)})


@cache
def _chongqing() -> pa.Table:
    """The divisions of 重庆 alone: publishing those of all China takes a third of a world's time."""
    every = regions()
    return every.filter(pc.starts_with(every["adcode"], "50"))


@dataclass
class World:
    """A lake and a published roster under one folder."""

    folder: Path
    units_rows: Sequence[Rows] = ()
    accounts_rows: Sequence[Rows] = ()
    openings_rows: Sequence[Rows] = ()
    sources: Sequence[Source] = ()
    lake: Lake = field(init=False)
    roster: Roster = field(init=False)

    def __post_init__(self) -> None:
        self.lake = Lake.create(self.folder / "lake", threads=1)
        self.ingest(*self.sources)
        self.roster = Roster.publish(
            self.folder / "roster",
            units=pa.Table.from_pylist(list(self.units_rows), schema=schema_of(Unit)),
            accounts=pa.Table.from_pylist(list(self.accounts_rows), schema=schema_of(Account)),
            openings=pa.Table.from_pylist(list(self.openings_rows), schema=schema_of(Opening)),
            regions=_chongqing(),
            populations=shipped(),
        )

    def ingest(self, *sources: Source) -> None:
        """Import sources as one batch."""
        if not sources:
            return
        with self.lake.batch() as batch:
            for source in sources:
                with batch.source(sha(source.name)) as sink:
                    for name, rows in source.rows.items():
                        if rows:
                            sink.write(name, table(name, source.name, rows))
                    taken = len(source.rows.get("readings", ()))
                    span = {"first_published": source.first, "last_published": source.last}
                    sink.finish(import_row(source.name, taken, scope=source.scope, **span))
            batch.commit()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to the lake."""
        return self.lake.connect()

    def measure(
        self, period: str, *, by: str = "unit", needs: Collection[str] = (), **rules: Any
    ) -> Measures:
        """Measures of all accounts of the roster, by unit or by account, read as `rules` say."""
        when = Period.parse(period)
        accounts = members(self.roster, when, PLATFORMS)
        ids = pa.array([row["account_id"] for row in accounts], pa.string())
        keys = ids if by == "account" else pa.array([row["unit"] for row in accounts], pa.string())
        dates = {
            name: pa.array([row[name] for row in accounts], pa.date32()) for name in ("opened", "closed")
        }
        ledger = pa.table({"account_id": ids, **dates})
        families = pa.array([row["family"] for row in accounts], pa.string())
        keyed = pa.table({"key": keys, "account_id": ids, "platform": families})
        with self.connect() as con:
            return measure(con, ledger, keyed, when, Conventions(**rules), needs=needs)

    def units(self, period: str, **how: Any) -> dict[tuple[str, str], Rows]:
        """Measures by unit and platform."""
        table_ = self.measure(period, **how).table
        return {(row["key"], row["platform"]): row for row in table_.to_pylist()}

    def accounts(self, period: str, **how: Any) -> dict[str, Rows]:
        """Measures, coverage and followers by account."""
        return {
            row["account_id"]: row for row in self.measure(period, by="account", **how).accounts.to_pylist()
        }
