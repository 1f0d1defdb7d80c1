"""DuckDB connections and SQL texts over lists of Parquet files."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

__all__ = ["Limits", "connection", "literal", "scan", "sql_type", "stamp", "unglobbed"]

_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.int32(): "INTEGER",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
}


@dataclass(frozen=True)
class Limits:
    """What DuckDB may use: memory as it writes it (more spills to disk), threads (None = all cores)."""

    memory: str = "400MB"
    threads: int | None = None


def connection(limits: Limits, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory connection.

    spill: folder for what does not fit, made when needed (by default among the system's
    temporary files).
    """
    folder = spill or Path(tempfile.gettempdir()) / f"jianwei-{uuid.uuid4().hex[:12]}"
    con = duckdb.connect(config={"memory_limit": limits.memory, "temp_directory": str(folder)})
    if limits.threads is not None:
        con.execute(f"SET threads = {int(limits.threads)}")
    con.execute("SET enable_progress_bar = false")
    return con


def sql_type(kind: pa.DataType) -> str:
    """The DuckDB type of one of the model's Arrow types."""
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{f.name}" {sql_type(f.type)}' for f in kind) + ")"
    return _TYPES[kind]


def scan(paths: Sequence[str], schema: pa.Schema) -> str:
    """A SELECT of the schema's columns, in order, from Parquet files; of no rows where there are none."""
    if not paths:
        nothing = ", ".join(f'NULL::{sql_type(f.type)} AS "{f.name}"' for f in schema)
        return f"SELECT {nothing} WHERE false"
    columns = ", ".join(f'"{f.name}"' for f in schema)
    listed = ", ".join(literal(unglobbed(path)) for path in paths)
    hive = "true, hive_types = {'pub_month': VARCHAR}" if "pub_month" in schema.names else "false"
    # Uniting by name reads every file's footer before the first query; files of one stamp need it not.
    alike = all(Path(path).name.startswith(stamp(schema)) for path in paths)
    options = f"union_by_name = {str(not alike).lower()}, hive_partitioning = {hive}"
    return f"SELECT {columns} FROM read_parquet([{listed}], {options})"


def stamp(schema: pa.Schema) -> str:
    """What the names of files with exactly this schema start with."""
    text = ";".join(f"{field.name} {field.type}" for field in schema)
    return f"part-{hashlib.sha256(text.encode()).hexdigest()[:8]}-"


def literal(text: str) -> str:
    """A SQL string literal, for places that take no parameters (file lists of views, COPY)."""
    return "'" + text.replace("'", "''") + "'"


def unglobbed(path: str) -> str:
    """A path for `read_parquet`, which takes every name for a pattern; a folder may be called 数据[旧]."""
    return "".join(f"[{c}]" if c in "[*?" else c for c in path)
