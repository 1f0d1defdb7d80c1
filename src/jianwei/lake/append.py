"""From a staged Parquet file to one Delta commit: rows of new sources only, each source once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path

import duckdb

from jianwei.errors import DataError
from jianwei.lake.query import literal, scan, stamp, unglobbed
from jianwei.lake.table import PARTITIONED, Change, Part, Snapshot, commit, guard
from jianwei.model import TABLES

__all__ = ["append", "write"]

_ORDER = {
    "readings": "pub_month, account_id, published_at",
    "posts": "pub_month, account_id, published_at",
    # texts are long: sorting 320 MB of them did not fit into 512 MB
}


def append(
    con: duckdb.DuckDBPyConnection, root: Path, name: str, staging: Path, finished: Mapping[str, int]
) -> Change | None:
    """Append the rows of finished sources in `staging/<name>.parquet` that the table does not hold yet.

    finished: sha256 to the number in the staged column `source`. Every sha256 written is an
    app transaction of the commit, so a racing process fails and looks again. Which sources a
    table holds is read from its rows on the same snapshot: rows and transaction enter in one
    commit, and looking up 1,900 transactions one by one takes seconds a table.
    """
    staged = literal(unglobbed(str(staging / f"{name}.parquet")))
    with guard():
        con.execute(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT * FROM read_parquet({staged})")
        con.execute(
            "CREATE OR REPLACE TEMP TABLE finished AS "
            "SELECT unnest($1::VARCHAR[]) AS sha256, unnest($2::INTEGER[]) AS source",
            [list(finished), list(finished.values())],
        )
        if name in PARTITIONED:
            _check_months(con, name)

        def plan(seen: Snapshot) -> Change | None:
            held = scan(seen.files(), TABLES[name])
            con.execute(
                "CREATE OR REPLACE TEMP TABLE taken AS SELECT sha256, source FROM finished "
                "WHERE source IN (SELECT DISTINCT source FROM staged) "
                f"AND sha256 NOT IN (SELECT DISTINCT h.sha256 FROM ({held}) AS h SEMI JOIN finished USING (sha256))"
            )
            shas = [str(sha) for (sha,) in con.execute("SELECT sha256 FROM taken ORDER BY sha256").fetchall()]
            if not shas:
                return None
            columns = ", ".join(f'"{f.name}"' for f in TABLES[name])
            rows = f"SELECT {columns} FROM staged SEMI JOIN taken USING (source)"
            return Change(write(con, name, rows, staging), dict.fromkeys(shas, 1))

        return commit(root, name, plan)


def write(con: duckdb.DuckDBPyConnection, name: str, rows: str, staging: Path) -> list[Part]:
    """Write the rows of a SELECT as new Parquet files of a table into the staging folder."""
    folder = staging / f"{name}-{uuid.uuid4().hex[:8]}"
    order = f" ORDER BY {_ORDER[name]}" if name in _ORDER else ""
    start = stamp(TABLES[name])
    split = f"PARTITION_BY (pub_month), FILENAME_PATTERN '{start}{{uuid}}', " if name in PARTITIONED else ""
    target = folder if name in PARTITIONED else folder / f"{start}{uuid.uuid4()}.parquet"
    folder.mkdir()
    written = con.execute(
        f"COPY ({rows}{order}) TO {literal(str(target))} "
        f"(FORMAT parquet, {split}COMPRESSION zstd, COMPRESSION_LEVEL 1, RETURN_STATS)"
    ).fetchall()
    parts = []
    for path, count, size, _footer, _statistics, keys, *_ in written:
        month = str(keys["pub_month"]) if name in PARTITIONED else None
        if count:
            parts.append(Part(Path(path), int(size), int(count), month))
    return parts


def _check_months(con: duckdb.DuckDBPyConnection, name: str) -> None:
    right = (
        "published_at >= month AND published_at < month + INTERVAL 1 MONTH" if name == "readings" else "true"
    )
    bad = con.execute(
        "SELECT pub_month FROM (SELECT *, try_strptime(pub_month, '%Y-%m') AS month FROM staged "
        "SEMI JOIN finished USING (source)) "
        f"WHERE NOT regexp_full_match(pub_month, '\\d{{4}}-\\d{{2}}') OR month IS NULL OR NOT ({right}) LIMIT 1"
    ).fetchone()
    if bad:
        raise DataError(f"{name} 表的 pub_month 与发布时间不符：{bad[0]}", hint="这是程序错误，请报告")
