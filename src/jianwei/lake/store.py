"""The lake of a workspace: create, open, import in batches, settle, read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from jianwei.errors import DataError
from jianwei.lake.digest import digest
from jianwei.lake.query import Limits, connection, scan
from jianwei.lake.settle import Settled, settle, settled_imports
from jianwei.lake.table import Snapshot, create, guard, snapshot
from jianwei.lake.view import connect, version
from jianwei.model import IMPORTS, TABLES

if TYPE_CHECKING:
    from jianwei.lake.staging import Batch

__all__ = ["Lake"]


class Lake:
    """Delta tables under one folder. Safe for several processes; a workspace's lock only saves work.

    memory: what DuckDB may hold while writing (more spills to disk); reading has its own limit
    in `connect`. threads: None = all cores.
    """

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root = root
        self._limits = limits
        self._known: tuple[Snapshot, dict[str, dict[str, Any]]] | None = None

    @classmethod
    def create(cls, path: Path, *, memory: str = "400MB", threads: int | None = None) -> Lake:
        """Make the tables that are missing. Raises DataError when the folder cannot be written."""
        root = Path(path).absolute()
        with guard():
            root.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            create(root, name)
        return cls(root, Limits(memory, threads))

    @classmethod
    def open(cls, path: Path, *, memory: str = "400MB", threads: int | None = None) -> Lake:
        """An existing lake. Raises DataError when the folder holds none."""
        root = Path(path).absolute()
        missing = [name for name in TABLES if not (root / name / "_delta_log").is_dir()]
        if missing:
            raise DataError(
                f"这里没有完整的数据湖：{root}", hint="请先运行 jianwei init 新建工作区，或从备份恢复"
            )
        return cls(root, Limits(memory, threads))

    # ------------------------------------------------------------ writing

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """A context in which sources are staged and committed together."""
        from jianwei.lake.scratch import scratch  # 50 ms that readers need not pay
        from jianwei.lake.staging import Batch

        with scratch(self.root) as folder:
            batch = Batch(self.root, folder, self._limits)
            try:
                yield batch
            finally:
                batch.close()

    def settle(self) -> Settled:
        """Finish what a killed process left: take imports that `posts` lacks into it."""
        return self._settle(anew=False)

    def rebuild(self) -> Settled:
        """Recompute `posts` from all readings; the rows must come out the same."""
        return self._settle(anew=True)

    def _settle(self, *, anew: bool) -> Settled:
        from jianwei.lake.scratch import scratch

        with scratch(self.root) as folder, guard(), connection(self._limits, folder / "spill") as con:
            return settle(con, self.root, folder, anew=anew)

    # ------------------------------------------------------------ reading

    def imported(self, sha256: str) -> dict[str, Any] | None:
        """The row of `imports` of a source file, or None; also when it is not settled yet."""
        if self._known is None or not self._known[0].newest():
            seen = snapshot(self.root, "imports")
            rows = self._imports(seen.files()).to_pylist()
            self._known = seen, {row["sha256"]: row for row in rows}
        return self._known[1].get(sha256)

    def imports(self, as_of: Collection[str] | None = None) -> pa.Table:
        """Rows of `imports` that readers see, in the order of import."""
        rows = self._imports(settled_imports(snapshot(self.root, "posts")))
        if as_of is None:
            return rows
        chosen = set(as_of)
        unknown = chosen - set(rows["sha256"].to_pylist())
        if unknown:
            raise DataError(
                f"数据湖里没有这些导入：{'、'.join(sorted(unknown)[:5])}", hint="可能来自另一个工作区"
            )
        return rows.filter(pa.array([sha in chosen for sha in rows["sha256"].to_pylist()], pa.bool_()))

    def version(self, as_of: Collection[str] | None = None) -> str:
        """16 hex digits naming the set of imports that `connect(as_of)` uses."""
        return version(str(sha) for sha in self.imports(as_of)["sha256"].to_pylist())

    def connect(
        self, as_of: Collection[str] | None = None, *, memory: str = "1GB", threads: int | None = None
    ) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection with the views readings, texts, posts, totals, followers, comments, quarantine, imports.

        as_of: names (sha256) of the imports to use; posts are then recomputed from their
        readings. None = every settled import. `texts` has one row a post. All times are naive
        Asia/Shanghai. A connection keeps showing the same data while others write; it fails
        with IOException only after a vacuum, then connect again.
        Raises DataError on unknown imports.
        """
        return connect(self.root, as_of, Limits(memory, threads or self._limits.threads))

    def counts(self) -> dict[str, Any]:
        """What the lake holds, for `status`: see the keys below; dates are of the taken posts."""
        with self.connect() as con:
            tables = {name: _count(con, name) for name in TABLES}
            by_month = con.execute(
                "SELECT platform, pub_month, count(*) FROM posts GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            span = con.execute(
                "SELECT min(published_at), max(published_at), max(observed_at) FROM posts"
            ).fetchall()[0]
            codes = con.execute(
                "SELECT code, count(*) FROM quarantine GROUP BY code ORDER BY code"
            ).fetchall()
            shas = [str(sha) for (sha,) in con.execute("SELECT sha256 FROM imports").fetchall()]
        pending = self._imports(snapshot(self.root, "imports").files()).num_rows - len(shas)
        return {
            "tables": tables,
            "posts": [{"platform": p, "month": m, "posts": n} for p, m, n in by_month],
            "first_published": span[0],
            "last_published": span[1],
            "last_observed": span[2],
            "quarantine": dict(codes),
            "imports": len(shas),
            "unsettled": pending,
            "lake_version": version(shas),
            "table_versions": {name: snapshot(self.root, name).version for name in TABLES},
        }

    def digest(self, table: str) -> str:
        """Order-free digest of the rows readers see, over all columns but `imported_at`."""
        with self.connect() as con:
            return digest(con, table)

    def _imports(self, paths: list[str]) -> pa.Table:
        with guard(), connection(Limits(threads=1)) as con:
            rows: pa.Table = con.sql(f"{scan(paths, IMPORTS)} ORDER BY imported_at, sha256").to_arrow_table()
        return pa.Table.from_batches(rows.cast(IMPORTS).to_batches(), IMPORTS)


def _count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    return int(con.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
