"""What a reader sees: one consistent set of imports, as DuckDB views over the tables' files.

A batch becomes visible as a whole, at the moment its posts are settled: the version of
`imports` up to which `posts` is settled says which imports count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb

from jianwei.errors import DataError
from jianwei.lake.query import Limits, connection, scan
from jianwei.lake.settle import SQL, settled_imports
from jianwei.lake.table import guard, snapshot
from jianwei.model import IMPORTS, TABLES

__all__ = ["connect", "version"]

_EVENTS = ("readings", "totals", "followers", "comments", "quarantine")

# The latest row of a post; only the keys of posts with several go through the window, texts are long.
_TEXTS = """
SELECT t.* FROM text_rows AS t ANTI JOIN (
    SELECT sha256, source_row, post_key FROM text_rows JOIN imports USING (sha256)
    WHERE post_key IN (SELECT post_key FROM text_rows GROUP BY post_key HAVING count(*) > 1)
    QUALIFY row_number() OVER (
        PARTITION BY post_key
        ORDER BY imports.observed_at DESC NULLS LAST, sha256 DESC, source_row DESC
    ) > 1
) AS older USING (sha256, source_row, post_key)
"""


def connect(root: Path, as_of: Collection[str] | None, limits: Limits) -> duckdb.DuckDBPyConnection:
    """A connection with the lake's views; see `Lake.connect`. Looks twice if files have gone."""
    try:
        return _connect(root, as_of, limits)
    except duckdb.IOException:
        with guard():
            return _connect(root, as_of, limits)


def version(shas: Iterable[str]) -> str:
    """16 hex digits that name a set of imports."""
    return hashlib.sha256("\n".join(sorted(set(shas))).encode()).hexdigest()[:16]


def _connect(root: Path, as_of: Collection[str] | None, limits: Limits) -> duckdb.DuckDBPyConnection:
    posts = snapshot(root, "posts")  # first: whatever it has settled, the other tables hold
    con = connection(limits)
    try:
        con.execute(f"CREATE TABLE imports AS {scan(settled_imports(posts), IMPORTS)}")
        whole = as_of is None or _narrow(con, as_of)
        for name in _EVENTS:
            rows = scan(snapshot(root, name).files(), TABLES[name])
            con.execute(f"CREATE VIEW {name} AS SELECT * FROM ({rows}) SEMI JOIN imports USING (sha256)")
        rows = scan(snapshot(root, "texts").files(), TABLES["texts"])
        con.execute(f"CREATE VIEW text_rows AS SELECT * FROM ({rows}) SEMI JOIN imports USING (sha256)")
        con.execute(f"CREATE VIEW texts AS {_TEXTS}")
        if whole:
            con.execute(f"CREATE VIEW posts AS {scan(posts.files(), TABLES['posts'])}")
        else:
            con.execute("CREATE TEMP VIEW observations AS SELECT * FROM readings")
            con.execute(f"CREATE TABLE posts AS {SQL}")
            con.execute("DROP VIEW observations")
    except BaseException:
        con.close()
        raise
    return con


def _narrow(con: duckdb.DuckDBPyConnection, as_of: Collection[str]) -> bool:
    """Keep only the named imports; whether that is all of them. Raises DataError on unknown ones."""
    known = {str(sha) for (sha,) in con.execute("SELECT sha256 FROM imports").fetchall()}
    unknown = sorted(set(as_of) - known)
    if unknown:
        raise DataError(
            f"数据湖里没有这些导入：{'、'.join(sha[:12] for sha in unknown[:5])}（共 {len(unknown)} 个）",
            hint="可能来自另一个工作区；若上次导入中断，请先重新运行 jianwei ingest",
        )
    con.execute(
        "DELETE FROM imports WHERE sha256 NOT IN (SELECT unnest($1::VARCHAR[]))", [sorted(set(as_of))]
    )
    return known == set(as_of)
