"""Cells to values: the forms that offices write, and never a value from what is none."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.registry import aliases, cells
from jianwei.registry.aliases import Former
from jianwei.registry.cells import CellError
from jianwei.registry.rows import credit_code_fits


@pytest.mark.parametrize(
    "cell",
    [
        "2015-03-01",
        "2015/3/1",
        "2015.3.1",
        "2015年3月1日",
        "2015年03月01日",
        "２０１５年３月１日",
        "20150301",
        "2015-03-01 08:30",
        "2015-03-01T08:30:00",
        "2015.3",
        "2015年3月",
        "2015/03",
        "42064",
        42064,
        42064.354,
        date(2015, 3, 1),
        datetime(2015, 3, 1, 8, 30),
        " 2015-3-1 ",
    ],
)
def test_dates(cell: Any) -> None:
    assert cells.day(cell) == date(2015, 3, 1)


def test_a_month_or_year_ends_on_its_last_day() -> None:
    assert cells.day("2016年2月", last=True) == date(2016, 2, 29)
    assert cells.day("2015", last=True) == date(2015, 12, 31)
    assert cells.day(2015.0) == date(2015, 1, 1)
    assert cells.day("2015-03-01", last=True) == date(2015, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "今天",
        "2015-13-01",
        "2015-02-29",
        "15.3.1",
        "3月1日",
        "0",
        0,
        -5.0,
        True,
        "2015.3.1.2",
        2015.1,
        "1850-01-01",
    ],
)
def test_no_date_from_what_is_none(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.day(cell)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms: list[Any] = [
        day.isoformat(),
        f"{day:%Y}年{day.month}月{day.day}日",
        f"{day:%Y.%m.%d}",
        f"{day:%Y%m%d}",
        day,
        serial,
    ]
    assert {cells.day(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2803301701\t", "2803301701"),
        ("'2803301701", "2803301701"),
        (2803301701.0, "2803301701"),
        ("ｇｈ＿１", "gh_1"),
        (None, ""),
    ],
)
def test_identifiers(cell: Any, value: str) -> None:
    assert cells.identifier(cell) == value


@pytest.mark.parametrize(
    "cell", ["3.83837E+15", "3.83837e15", "4E+15", 3.83837e15, 3838374783294101, 1.5, True]
)
def test_identifiers_that_excel_has_spoiled(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.identifier(cell)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), ("否", False), (True, True), ("√", True), (0.0, False), ("", None), (None, None)],
)
def test_truth(cell: Any, value: bool | None) -> None:
    assert cells.truth(cell) is value


@pytest.mark.parametrize(
    ("cell", "value"), [("1,234", 1234), ("１０", 10), (10.0, 10), ("10.0", 10), ("0", 0), ("", None)]
)
def test_numbers(cell: Any, value: int | None) -> None:
    assert cells.number(cell) == value


@pytest.mark.parametrize("cell", ["-1", "1.5", "一", "1,23", "NaN", True, date(2015, 1, 1), float("inf")])
def test_no_number_from_what_is_none(cell: Any) -> None:
    with pytest.raises(CellError):
        cells.number(cell)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("旧名", (Former("旧名"),)),
        ("甲(2012-03-01至2014-05-31)；乙", (Former("甲", date(2012, 3, 1), date(2014, 5, 31)), Former("乙"))),
        ("甲（2012.3-2014.5）", (Former("甲", date(2012, 3, 1), date(2014, 5, 31)),)),
        (
            "甲(2012年~今)\n乙(2011年前)",
            (Former("甲", date(2012, 1, 1)), Former("乙", None, date(2011, 12, 31))),
        ),
        ("甲(2012-03-01起)", (Former("甲", date(2012, 3, 1)),)),
        ("重庆(微)发布", (Former("重庆(微)发布"),)),
        ("重庆(2015版)", (Former("重庆(2015版)"),)),
    ],
)
def test_former_names(cell: str, names: tuple[Former, ...]) -> None:
    assert aliases.read(cell) == names
    assert aliases.read(aliases.write(names)) == names


def test_former_names_with_their_days_reversed() -> None:
    with pytest.raises(CellError, match="止日早于起日"):
        aliases.read("甲(2014至2012)")


@given(st.lists(st.sampled_from("甲乙(2015)（）；;至-.年月~\n 1今起前"), max_size=20).map("".join))
def test_former_names_are_stable_once_written(text: str) -> None:
    try:
        names = aliases.read(text)
    except CellError:
        return
    assert aliases.read(aliases.write(names)) == names


def test_credit_codes() -> None:
    assert credit_code_fits("11100000000013127D")
    assert not credit_code_fits("11100000000013127E")
    assert not credit_code_fits("1110000000001312")
    assert not credit_code_fits("1110000000001312IO")
