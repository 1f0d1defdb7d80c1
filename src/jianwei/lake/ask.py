"""Questions to the lake: a SELECT with named parameters, answered as a table or as rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa

__all__ = ["each", "rows", "table", "used"]

_BATCH = 2_048
"""Rows that `each` holds at a time."""


def table(con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None) -> pa.Table:
    """The answer as an Arrow table, unknown values null; values that the text does not name are left out."""
    answer: pa.Table = con.sql(sql, params=used(sql, values or {})).to_arrow_table()
    return answer


def rows(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The answer as a list of dicts, unknown values None."""
    answer: list[dict[str, Any]] = table(con, sql, values).to_pylist()
    return answer


def each(
    con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """The same rows one by one, for answers too long to hold."""
    reader: pa.RecordBatchReader = con.sql(sql, params=used(sql, values or {})).to_arrow_reader(_BATCH)
    for batch in reader:
        yield from batch.to_pylist()


def used(sql: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a text names as `$name`; DuckDB refuses others."""
    return {name: value for name, value in values.items() if f"${name}" in sql}
