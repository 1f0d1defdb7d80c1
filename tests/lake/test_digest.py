"""Digests tell tables apart by rows, not by their order."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa
import pytest

from jianwei.errors import DataError
from jianwei.lake.digest import digest
from jianwei.model import IMPORTS
from tests.lake.made import import_row


def _digest(*rows: dict[str, object]) -> str:
    with duckdb.connect() as con:
        con.register("imports", pa.Table.from_pylist(list(rows), IMPORTS))
        return digest(con, "imports")


A, B = import_row("a"), import_row("b")


def test_order_does_not_matter() -> None:
    assert _digest(A, B) == _digest(B, A)


@pytest.mark.parametrize(
    "others",
    [
        (A,),
        (A, B, B),
        (A, A),
        (A, B | {"era": ""}),
        (A, B | {"rows_taken": 2}),
        (A, B | {"observed_at": None}),
        (A | {"era": "x", "parser_version": ""}, B),
        (),
    ],
)
def test_any_other_rows_have_another_digest(others: tuple[dict[str, object], ...]) -> None:
    assert _digest(*others) != _digest(A, B)


def test_text_does_not_slip_between_columns() -> None:
    assert _digest(A | {"source_file": "ab", "parser": "c"}) != _digest(
        A | {"source_file": "a", "parser": "bc"}
    )
    assert _digest(A | {"source_file": "a|-", "era": None}) != _digest(A | {"source_file": "a", "era": "-"})


def test_the_moment_of_import_is_left_out() -> None:
    assert _digest(A) == _digest(A | {"imported_at": datetime(2030, 1, 1)})


def test_only_tables_of_the_lake() -> None:
    with duckdb.connect() as con, pytest.raises(DataError, match="没有"):
        digest(con, "people; DROP TABLE posts")
