"""The lake: batches written and settled, posts seen again, a reader's first question.

Every case is a process of its own, so its peak memory is its own. Alone:
`python -m benchmarks.bench_lake write 100000` prints seconds by stage as well.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.case import command
from jianwei.lake import Lake
from jianwei.model import READINGS, TEXTS

SOURCES, BATCH, MONTHS, ACCOUNTS = 4, 20_000, 24, 2_900
_HAN = "".join(chr(19968 + n * 7) for n in range(2_000))


@command
def make_rows_100k() -> list[str]:
    """Making 100,000 readings with texts, without a lake."""
    return _line("make", 100_000)


@command(against="make_rows_100k")
def write_100k() -> list[str]:
    """100,000 readings with texts of 4 sources, 24 months: staged, committed, settled."""
    return _line("write", 100_000)


@command(against="write_100k")
def again_100k() -> list[str]:
    """The same, then every tenth post seen once more in a second batch."""
    return _line("again", 100_000)


@command
def make_rows_1m() -> list[str]:
    """Making 1,000,000 readings with texts, without a lake."""
    return _line("make", 1_000_000)


@command(against="make_rows_1m")
def write_1m() -> list[str]:
    """1,000,000 readings with texts of 4 sources, 24 months: staged, committed, settled."""
    return _line("write", 1_000_000)


def rows(sha256: str, first: int, count: int, observed_at: datetime) -> tuple[pa.Table, pa.Table]:
    """Readings and texts of `count` posts from number `first` on, spread over months and accounts."""
    number = np.arange(first, first + count, dtype=np.int64)
    spread = (number * 2_654_435_761) % 2**32
    minute = (spread % (MONTHS * 30 * 24 * 60)).astype("timedelta64[m]")
    published = np.datetime64("2014-01-01T00:00:00", "us") + minute
    month = pa.array(np.datetime_as_string(published, "M"))
    key = pa.array([f"weibo:{n + 4_000_000_000_000_000}" for n in number.tolist()])
    account = pa.array([f"weibo:{n % ACCOUNTS + 2_800_000_000}" for n in spread.tolist()])
    provenance = {
        "source_file": _same("a.csv", count),
        "source_row": pa.array(number - first + 2),
        "sha256": _same(sha256, count),
        "parser": _same("weibo-crawler-csv", count),
        "parser_version": _same("1", count),
    }
    readings = {
        "pub_month": month,
        "post_key": key,
        "account_id": account,
        "platform": _same("weibo", count),
        "published_at": pa.array(published),
        "original": pa.array(spread % 3 > 0),
        "pictures": pa.array((spread % 10).astype(np.int32)),
        "observed_at": pa.array(np.full(count, np.datetime64(observed_at, "us"))),
        "reposts": pa.array(spread % 1_000),
        "comments": pa.array(spread % 100),
        "likes": pa.array(spread % 517),
        "observed_from": _same("option", count),
        "account_name": account,
        "scope": _same("timeline", count),
        **provenance,
    }
    texts = {
        "pub_month": month,
        "post_key": key,
        "text": pa.array([_HAN[n % 1_900 : n % 1_900 + 100] + str(n) for n in spread.tolist()]),
        **provenance,
    }
    return _exact(readings, READINGS), _exact(texts, TEXTS)


def parts(name: str, count: int, observed_at: datetime) -> Iterator[tuple[str, pa.Table, pa.Table]]:
    """The rows of all sources of a batch, a bit at a time, with the sha256 of their source."""
    share = count // SOURCES
    for source in range(SOURCES):
        sha256 = hashlib.sha256(f"{name}{source}".encode()).hexdigest()
        for start in range(0, share, BATCH):
            yield sha256, *rows(sha256, source * share + start, min(BATCH, share - start), observed_at)


def write(lake: Lake, name: str, count: int, observed_at: datetime) -> None:
    """One batch of four sources into the lake; prints seconds by stage."""
    start = time.perf_counter()
    with lake.batch() as batch:
        share = count // SOURCES
        for source in range(SOURCES):
            sha256 = hashlib.sha256(f"{name}{source}".encode()).hexdigest()
            with batch.source(sha256) as sink:
                for at in range(0, share, BATCH):
                    readings, texts = rows(sha256, source * share + at, min(BATCH, share - at), observed_at)
                    sink.write("readings", readings)
                    sink.write("texts", texts)
                sink.finish(
                    {
                        "source_file": "a.csv",
                        "parser": "weibo-crawler-csv",
                        "parser_version": "1",
                        "scope": "timeline",
                        "observed_at": observed_at,
                        "rows_read": share,
                        "rows_taken": share,
                        "rows_duplicate": 0,
                        "rows_quarantined": 0,
                    }
                )
        staged = time.perf_counter()
        settled = batch.commit()
    end = time.perf_counter()
    print(
        f"{name}: {count} rows, staged {staged - start:.2f} s, committed and settled {end - staged:.2f} s, {settled.posts} posts"
    )


def main(work: str, count: int) -> None:
    """Does one case in this process and prints its peak memory."""
    first = datetime(2016, 1, 1)
    if work == "make":
        start = time.perf_counter()
        made = sum(readings.num_rows for _, readings, _ in parts("first", count, first))
        print(f"make: {made} rows, {time.perf_counter() - start:.2f} s")
    else:
        with tempfile.TemporaryDirectory() as folder:
            lake = Lake.create(Path(folder) / "lake")
            write(lake, "first", count, first)
            if work == "again":
                write(lake, "second", count // 10, first + timedelta(days=1))
            start = time.perf_counter()
            with lake.connect() as con:
                opened = time.perf_counter()
                con.execute("SELECT account_id, count(*), sum(likes) FROM posts GROUP BY ALL").fetchall()
            print(f"connect {opened - start:.3f} s, a sum by account {time.perf_counter() - opened:.3f} s")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _line(work: str, count: int) -> list[str]:
    return [sys.executable, "-m", "benchmarks.bench_lake", work, str(count)]


def _same(value: str, count: int) -> pa.Array[Any]:
    return pa.repeat(value, count)


def _exact(columns: dict[str, Any], schema: pa.Schema) -> pa.Table:
    count = len(columns["pub_month"])
    arrays = [columns.get(field.name, pa.nulls(count, field.type)).cast(field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
