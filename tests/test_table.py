"""Tables: how values are shown, and the address of each cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from jianwei.errors import RenderError
from jianwei.table import MISSING, Kind, Table, column, show


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (0, "count", "0"),
        (None, "count", MISSING),
        (float("nan"), "score", MISSING),
        (241139, "count", "241,139"),
        (84.805, "score", "84.81"),
        (0.4292, "percent", "42.92%"),
        (0.0123, "points", "+1.23"),
        (-0.0123, "points", "−1.23"),
        (3, "change", "↑3"),
        (-2, "change", "↓2"),
        (0, "change", "持平"),
        (None, "change", MISSING),
        ("2015-02", "month", "2015年2月"),
        (datetime(2015, 7, 1, 9, 5), "time", "2015-07-01 09:05"),
        (date(2015, 7, 1), "day", "2015-07-01"),
        (True, "text", "是"),
        ("", "text", ""),
    ],
)
def test_values_are_shown_by_kind(value: Any, kind: Kind, words: str) -> None:
    assert show(value, column("x", "X", kind)) == words


def test_a_cell_is_addressed_by_its_row_key() -> None:
    plain = Table(
        "t", "表", (column("name", "单位"), column("n", "数", "count")), ({"name": "甲", "n": 1},), key="name"
    )
    assert plain.address(1, plain.columns[1]) == "table:t/甲#n"


def test_a_cell_may_follow_its_columns_template() -> None:
    one = column("n", "数", "count", address="board:r/c/p/{code}#score")
    table = Table("t", "表", (one,), ({"code": "U1", "n": 1},))
    assert table.address(1, one) == "board:r/c/p/U1#score"


def test_two_columns_of_one_heading_are_refused() -> None:
    with pytest.raises(RenderError, match="重名"):
        Table("t", "表", (column("a", "数"), column("b", "数")), ())


def test_chosen_columns_stand_in_the_order_asked() -> None:
    table = Table("t", "表", (column("a", "甲"), column("b", "乙"), column("c", "丙")), ())
    assert [one.key for one in table.only(["c", "a"]).columns] == ["c", "a"]


def test_reads_at_the_platforms_limit_are_not_shown_as_a_number() -> None:
    reads = column("reads", "阅读", "reads")
    assert [show(value, reads) for value in (99_999, 100_001, 123_456, 0, None)] == [
        "99,999",
        "10万+",
        "123,456",
        "0",
        MISSING,
    ]
