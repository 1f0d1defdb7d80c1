"""A batch of imports: rows streamed to Parquet in a folder of its own, then committed at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from jianwei.errors import DataError
from jianwei.lake.append import append
from jianwei.lake.query import Limits, connection
from jianwei.lake.settle import Settled, settle
from jianwei.lake.table import guard
from jianwei.model import IMPORTS, TABLES

__all__ = ["Batch", "Sink"]

# What a source may write, in the order of the commits; `imports` follows.
_INTAKE = ("texts", "quarantine", "comments", "followers", "totals", "readings")

_FLUSH_ROWS, _FLUSH_BYTES = 65_536, 16 << 20
_BUG = "这是程序错误，请连同文件报告给开发者"


class Batch:
    """Sources staged together; `commit()` makes one Delta commit a table for all that finished."""

    def __init__(self, root: Path, folder: Path, limits: Limits) -> None:
        self._root, self._folder, self._limits = root, folder, limits
        self._writers: dict[str, _Writer] = {}
        self._imports: list[dict[str, Any]] = []
        self._finished: dict[str, int] = {}
        self._sources = 0

    @contextmanager
    def source(self, sha256: str) -> Iterator[Sink]:
        """Stage one import; it is dropped when the block ends without `finish()`."""
        self._sources += 1
        yield Sink(self, sha256, self._sources)

    def commit(self) -> Settled:
        """Write all finished sources, then settle; sources that the lake already holds add nothing.

        Call it once, last. After a DataError nothing of the batch counts as imported (`imports`
        is written last), and a repeat does not write again what some tables already took: rows
        of a source stay as they were first written, even if the repeat would read them otherwise.
        """
        self.close()
        if self._imports:
            self._stage_imports()
        with guard(), connection(self._limits, self._folder / "spill") as con:
            for name in _INTAKE:
                if name in self._writers:
                    append(con, self._root, name, self._folder, self._finished)
            if self._imports:
                append(con, self._root, "imports", self._folder, self._finished)
            return settle(con, self._root, self._folder)

    def stage(self, name: str, rows: pa.Table, source: int) -> None:
        """Keep checked rows of the source with this number."""
        with guard():
            if name not in self._writers:
                self._writers[name] = _Writer(self._folder / f"{name}.parquet", TABLES[name])
            self._writers[name].write(rows, source)

    def accept(self, sha256: str, source: int, row: dict[str, Any]) -> bool:
        """Count a source as finished, unless the same file already is."""
        if sha256 in self._finished:
            return False
        self._finished[sha256] = source
        self._imports.append(row)
        return True

    def close(self) -> None:
        """Finish the staged files; nothing can be staged afterwards."""
        with guard():
            try:
                for writer in self._writers.values():
                    writer.close()
            finally:
                for writer in self._writers.values():
                    writer.give_up()

    def _stage_imports(self) -> None:
        rows = pa.Table.from_pylist(self._imports, IMPORTS)
        with guard():
            writer = _Writer(self._folder / "imports.parquet", IMPORTS)
            for place, row in enumerate(self._imports):
                writer.write(rows.slice(place, 1), self._finished[row["sha256"]])
            writer.close()


class Sink:
    """Where one source's rows go."""

    def __init__(self, batch: Batch, sha256: str, source: int) -> None:
        self._batch, self._sha256, self._source = batch, sha256, source

    def write(self, table: str, rows: pa.RecordBatch | pa.Table) -> None:
        """Stage rows of readings, texts, totals, followers, comments or quarantine.

        Columns in any order; nullable ones may be left out. Raises DataError on an unknown
        table or column, a value that does not fit its type, a missing required value, or rows
        of another sha256.
        """
        if table not in _INTAKE:
            raise DataError(f"数据湖没有可写入的表 {table}", hint="可用的有：" + "、".join(_INTAKE))
        if rows.num_rows == 0:
            return
        whole = _conform(
            TABLES[table], rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows]), table
        )
        if whole["sha256"].unique().to_pylist() != [self._sha256] or whole["source_row"].null_count:
            raise DataError(f"{table} 表的数据缺少来源行号，或 sha256 与来源文件不符", hint=_BUG)
        self._batch.stage(table, whole, self._source)

    def finish(self, import_row: Mapping[str, Any]) -> bool:
        """Declare the source complete with its row of `imports`; `imported_at` defaults to now.

        False when this batch already holds the same sha256: the first one stands.
        """
        now = datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
        row = {"imported_at": now, "sha256": self._sha256, **import_row}
        if row["sha256"] != self._sha256:
            raise DataError("导入记录的 sha256 与来源文件不符", hint=_BUG)
        _conform(IMPORTS, pa.Table.from_pylist([row]), "imports")
        return self._batch.accept(self._sha256, self._source, row)


def _conform(schema: pa.Schema, rows: pa.Table, name: str) -> pa.Table:
    """The rows with exactly the schema's columns, types and order. Raises DataError otherwise."""
    extra = [column for column in rows.column_names if column not in schema.names]
    if extra:
        raise DataError(f"{name} 表没有这些列：" + "、".join(extra), hint=_BUG)
    columns = []
    for field in schema:
        if field.name in rows.column_names:
            column = rows.column(field.name)
            try:
                column = column if column.type == field.type else column.cast(field.type)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                raise DataError(f"{name} 表的 {field.name} 列类型不符：{error}", hint=_BUG) from error
        else:
            column = pa.chunked_array([pa.nulls(rows.num_rows, field.type)])
        if not field.nullable and column.null_count:
            raise DataError(f"{name} 表的 {field.name} 列不能为空", hint=_BUG)
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=schema)


class _Writer:
    """A staged Parquet file with row groups of useful size however small the batches are."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema.append(pa.field("source", pa.int32()))
        self._file = ParquetWriter(path, self._schema, compression="lz4")
        self._held: list[pa.Table] = []
        self._rows = self._bytes = 0

    def write(self, rows: pa.Table, source: int) -> None:
        """Add rows with the number of the source they came through."""
        number = pa.array([source], pa.int32()).take(pa.array([0] * rows.num_rows, pa.int32()))
        self._held.append(rows.append_column("source", number))
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        if self._rows >= _FLUSH_ROWS or self._bytes >= _FLUSH_BYTES:
            with self._whole():
                self._flush()

    def close(self) -> None:
        """Write what is held; harmless when repeated."""
        if self._file.is_open:
            with self._whole():
                self._flush()
                self._file.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Give the file up when the disk refuses: another write or close would fail in its place and hide why."""
        try:
            yield
        except BaseException:
            self.give_up()
            raise

    def give_up(self) -> None:
        """Let go of an unfinished file; harmless for a finished one."""
        if self._file.is_open:
            self._file.is_open = False
            with suppress(OSError, pa.ArrowException):
                self._file.file_handle.close()  # type: ignore[attr-defined]  # the stubs misspell it

    def _flush(self) -> None:
        if self._held:
            self._file.write_table(pa.concat_tables(self._held))
            self._held = []
            self._rows = self._bytes = 0
