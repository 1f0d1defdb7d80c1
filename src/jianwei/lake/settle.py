"""Silver: the table `posts`, one row a post, kept equal to what a rebuild from `readings` gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path

import duckdb

from jianwei.lake.append import write
from jianwei.lake.query import literal, scan
from jianwei.lake.table import Change, Snapshot, commit, guard, snapshot
from jianwei.model import IMPORTS, POSTS, READINGS

__all__ = ["MARK", "SQL", "Settled", "settle", "settled_imports"]

MARK = "settle"
"""App transaction of every settle commit. Its version says up to which version of `imports`
the posts are settled; being the same in all, it lets only one of two racing settles through."""

SQL = resources("jianwei.lake").joinpath("settle.sql").read_text("utf-8")
"""Observations to posts; reads a view named `observations`."""

_CROWDED = 16  # files a month before it is written anew


@dataclass(frozen=True)
class Settled:
    """What a settle did: imports taken in, posts recomputed, months written anew."""

    imports: int
    posts: int
    months: tuple[str, ...]


def settle(con: duckdb.DuckDBPyConnection, root: Path, staging: Path, *, anew: bool = False) -> Settled:
    """Bring `posts` up to every import in one commit.

    Only posts seen by new imports are recomputed, from all their observations; months that
    held such a post are replaced whole, other months only gain a file. anew: recompute all.
    """
    done = Settled(0, 0, ())
    with guard():
        # rows are ordered when they are written, so reading may be in any order
        con.execute("SET preserve_insertion_order = false")

        def plan(seen: Snapshot) -> Change | None:
            nonlocal done
            done = Settled(0, 0, ())
            imports = snapshot(root, "imports")
            now = imports.version
            before = None if anew else seen.mark(MARK)
            if before == now:
                return None
            fresh = _used(con, imports, before)
            if not fresh and not anew:
                return Change([], {MARK: now})
            whole = anew or before is None
            replace = _whole(con, root, seen) if whole else _touched(con, root, seen)
            parts = write(con, "posts", _rows(replace, whole), staging)
            posts = sum(part.rows for part in parts) if whole else _count(con, "touched")
            months = {part.month for part in parts if part.month}
            done = Settled(fresh, posts, tuple(sorted(months.union(replace))))
            return Change(parts, {MARK: now}, replace)

        commit(root, "posts", plan)
    return done


def settled_imports(posts: Snapshot) -> list[str]:
    """Files of `imports` at the version up to which these posts are settled."""
    version = posts.mark(MARK)
    return [] if version is None else snapshot(posts.root, "imports", version).files()


def _used(con: duckdb.DuckDBPyConnection, imports: Snapshot, before: int | None) -> int:
    """Tables `used` and `fresh` of import names; returns how many are fresh."""
    new = scan(imports.files(), IMPORTS)
    old = scan([] if before is None else snapshot(imports.root, "imports", before).files(), IMPORTS)
    con.execute(f"CREATE OR REPLACE TEMP TABLE used AS SELECT DISTINCT sha256 FROM ({new})")
    con.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM used ANTI JOIN ({old}) USING (sha256)")
    return _count(con, "fresh")


def _whole(con: duckdb.DuckDBPyConnection, root: Path, posts: Snapshot) -> list[str]:
    """View `observations` of everything; returns the months that the table holds."""
    _bronze(con, root)
    con.execute("CREATE OR REPLACE TEMP VIEW observations AS SELECT * FROM bronze")
    return sorted({_month(path) for path in posts.files()})


def _touched(con: duckdb.DuckDBPyConnection, root: Path, posts: Snapshot) -> list[str]:
    """Table `touched` of posts seen by fresh imports, view `observations` of all that was ever
    seen of them, view `held` of the table as it is; returns the months to replace.
    """
    _bronze(con, root)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT post_key FROM bronze SEMI JOIN fresh USING (sha256)"
    )
    con.execute(
        "CREATE OR REPLACE TEMP VIEW observations AS SELECT * FROM bronze SEMI JOIN touched USING (post_key)"
    )
    con.execute(f"CREATE OR REPLACE TEMP VIEW held AS {scan(posts.files(), POSTS)}")
    crowded = [month for month, n in Counter(map(_month, posts.files())).items() if n >= _CROWDED]
    months = con.execute(
        "SELECT DISTINCT pub_month FROM held SEMI JOIN touched USING (post_key) UNION "
        "SELECT DISTINCT pub_month FROM observations WHERE pub_month IN (SELECT unnest($1::VARCHAR[]))",
        [crowded],
    ).fetchall()
    return sorted(str(month) for (month,) in months)


def _bronze(con: duckdb.DuckDBPyConnection, root: Path) -> None:
    rows = scan(snapshot(root, "readings").files(), READINGS)
    con.execute(f"CREATE OR REPLACE TEMP VIEW bronze AS SELECT * FROM ({rows}) SEMI JOIN used USING (sha256)")


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def _rows(replace: list[str], whole: bool) -> str:
    if whole or not replace:
        return SQL
    listed = ", ".join(literal(month) for month in replace)
    kept = f"SELECT * FROM held ANTI JOIN touched USING (post_key) WHERE pub_month IN ({listed})"
    return f"SELECT * FROM ({SQL}) UNION ALL {kept}"


def _month(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 2)[-2].removeprefix("pub_month=")
