"""Questions with named parameters: unused values are left out, unknown values stay unknown."""

from __future__ import annotations

import duckdb
import pytest

from jianwei.lake import ask


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_values_that_the_text_does_not_name_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    assert ask.used("SELECT $first", {"first": 1, "last": 2}) == {"first": 1}
    assert ask.rows(con, "SELECT $first AS first", {"first": 1, "last": 2}) == [{"first": 1}]


def test_unknown_is_none_and_zero_is_zero(con: duckdb.DuckDBPyConnection) -> None:
    table = ask.table(con, "SELECT NULL::BIGINT AS unknown, 0::BIGINT AS zero")
    assert table.to_pylist() == [{"unknown": None, "zero": 0}]


def test_a_value_is_never_part_of_the_text(con: duckdb.DuckDBPyConnection) -> None:
    hostile = "x'; DROP TABLE posts; --"
    assert ask.rows(con, "SELECT $word AS word", {"word": hostile}) == [{"word": hostile}]


def test_a_long_answer_comes_row_by_row_in_order(con: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT range AS n, NULL::BIGINT AS unknown FROM range($stop) ORDER BY n DESC"
    rows = ask.each(con, sql, {"stop": 5_000, "other": 1})
    assert next(rows) == {"n": 4_999, "unknown": None}
    assert sum(row["n"] for row in rows) == sum(range(4_999))
