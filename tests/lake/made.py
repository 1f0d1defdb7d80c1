"""Rows for lake tests: only what a test is about is written out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from jianwei.lake import Batch, Lake, Settled, Sink
from jianwei.lake.digest import digest
from jianwei.model import TABLES

Rows = Mapping[str, list[dict[str, Any]]]

PUBLISHED = datetime(2015, 5, 3, 10, 30)
NAMES = tuple(TABLES)


def sha(name: str) -> str:
    """The sha256 of a source file called so."""
    return hashlib.sha256(name.encode()).hexdigest()


def reading(post: str = "weibo:1", observed: datetime = datetime(2015, 6, 1), **known: Any) -> dict[str, Any]:
    """One observation of a post, without any count unless given."""
    published = known.get("published_at", PUBLISHED)
    row = {
        "pub_month": f"{published:%Y-%m}",
        "post_key": post,
        "account_id": "weibo:100",
        "platform": "weibo",
        "published_at": published,
        "observed_at": observed,
        "observed_from": "row",
        "scope": "search",
    }
    return row | known


def text(post: str = "weibo:1", month: str = "2015-05", **known: Any) -> dict[str, Any]:
    """A post's text."""
    return {"pub_month": month, "post_key": post, "text": "今天发布", **known}


def total(account: str = "weibo:100", **known: Any) -> dict[str, Any]:
    """An account's sums of May 2015."""
    row = {"account_id": account, "platform": "weibo", "start": date(2015, 5, 1), "end": date(2015, 5, 31)}
    return row | {"observed_at": datetime(2015, 6, 1), "observed_from": "option"} | known


def follower(account: str = "weibo:100", **known: Any) -> dict[str, Any]:
    """An account's followers as seen once."""
    row = {"account_id": account, "platform": "weibo", "observed_at": datetime(2015, 6, 1)}
    return row | {"observed_from": "name", "followers": 1000} | known


def comment(key: str = "weibo:c1", **known: Any) -> dict[str, Any]:
    """A comment under a post."""
    row = {
        "comment_key": key,
        "post_key": "weibo:1",
        "platform": "weibo",
        "published_at": datetime(2015, 5, 2),
    }
    return row | {"observed_at": datetime(2015, 6, 1), "observed_from": "name", "commenter": "p1"} | known


def bad(code: str = "bad_time", **known: Any) -> dict[str, Any]:
    """A row in quarantine."""
    return {"code": code, "reason": "看不懂时间", "raw": "x,y,z", **known}


FULL: Rows = {
    "readings": [reading(likes=3), reading("weibo:2", published_at=datetime(2015, 4, 30, 23, 59), reads=7)],
    "texts": [text(), text("weibo:2", "2015-04")],
    "totals": [total(posts=4)],
    "followers": [follower()],
    "comments": [comment()],
    "quarantine": [bad()],
}
"""Something for every table."""


def table(name: str, source: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows with their provenance, as a reader would give them."""
    provenance = {
        "source_file": f"{source}.csv",
        "sha256": sha(source),
        "parser": "made",
        "parser_version": "1",
    }
    whole = [{"source_row": place, **provenance, **row} for place, row in enumerate(rows, 2)]
    return pa.Table.from_pylist(
        whole, pa.schema([f for f in TABLES[name] if any(f.name in r for r in whole)])
    )


def import_row(source: str, taken: int = 1, **known: Any) -> dict[str, Any]:
    """A row of `imports`."""
    row = {"sha256": sha(source), "source_file": f"{source}.csv", "parser": "made", "parser_version": "1"}
    row |= {
        "scope": "search",
        "observed_at": datetime(2015, 6, 1),
        "imported_at": datetime(2026, 1, 2, 3, 4, 5),
    }
    return row | {"rows_read": taken, "rows_taken": taken, "rows_duplicate": 0, "rows_quarantined": 0} | known


def fill(sink: Sink, source: str, rows: Rows, **known: Any) -> None:
    """Write a source's rows and finish it."""
    for name, some in rows.items():
        if some:
            sink.write(name, table(name, source, some))
    sink.finish(import_row(source, sum(map(len, rows.values())), **known))


def stage(batch: Batch, sources: Mapping[str, Rows]) -> None:
    """Stage whole sources, by their file's name."""
    for source, rows in sources.items():
        with batch.source(sha(source)) as sink:
            fill(sink, source, rows)


def ingest(lake: Lake, sources: Mapping[str, Rows]) -> Settled:
    """One batch of these sources."""
    with lake.batch() as batch:
        stage(batch, sources)
        return batch.commit()


def digests(lake: Lake) -> dict[str, str]:
    """The digest of every table."""
    with lake.connect() as con:
        return {name: digest(con, name) for name in NAMES}


def posts(lake: Lake, columns: str = "*") -> list[dict[str, Any]]:
    """Rows of `posts` in the order of their keys."""
    with lake.connect() as con:
        found = con.execute(f"SELECT {columns} FROM posts ORDER BY post_key")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
