"""One short text that two tables share exactly when their rows are the same, in any order."""

from __future__ import annotations

import hashlib

import duckdb

from jianwei.errors import DataError
from jianwei.model import TABLES

__all__ = ["digest"]

_VOLATILE = ("imported_at",)


def digest(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """16 hex digits over all rows and all columns (but the moment of import) of a lake view.

    The rows' MD5 halves are summed, so order does not matter and a doubled row does.
    Raises DataError on a name that is no table of the lake.
    """
    if table not in TABLES:
        raise DataError(f"数据湖里没有 {table} 表", hint="可用的有：" + "、".join(TABLES))
    columns = [name for name in TABLES[table].names if name not in _VOLATILE]
    # length before value: no two different rows give the same text
    fields = ", ".join(f"coalesce(length(\"{c}\"::VARCHAR) || ':' || \"{c}\"::VARCHAR, '-')" for c in columns)
    row = con.execute(
        f"SELECT count(*), sum(md5_number_lower(t)::HUGEINT), sum(md5_number_upper(t)::HUGEINT) "
        f"FROM (SELECT concat({fields}) AS t FROM {table})"
    ).fetchall()[0]
    return hashlib.sha256(repr([table, columns, *row]).encode()).hexdigest()[:16]
