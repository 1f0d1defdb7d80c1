"""Binary workbooks: read like the others, and measured by their records before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.intake import sheets
from jianwei.intake.binary_sheet import BinaryExtent
from tests.intake.books import Sheet, binary_sheet, record, xlsb
from tests.intake.made import whole

FORM: Sequence[Sequence[Any]] = [["月份", "UID", "发布数", "转发"], ["2015-05", "1988438334", 4, 5]]


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        sheets.check(path)
    return caught.value.issues[0].code


@pytest.mark.parametrize("name", ["表.xlsb", "表.xlsx"])
def test_a_form_is_read_whatever_its_ending(tmp_path: Path, name: str) -> None:
    [total] = whole(xlsb(tmp_path / name, {"微博汇总": FORM})).tables["totals"]
    assert (total["account_id"], total["posts"], total["reposts"]) == ("weibo:1988438334", 4, 5)


@pytest.mark.parametrize("sheet", [{0: {0: 1}, 1_048_575: {16_383: 2}}, {0: {0: 1}, 30_000: {900: "x"}}])
def test_cells_far_apart_are_refused(tmp_path: Path, sheet: Sheet) -> None:
    assert refused(xlsb(tmp_path / "a.xlsb", {"甲": sheet})) == "zip_bomb"


def test_sheets_are_counted_together(tmp_path: Path) -> None:
    sheet = {0: {0: 1}, 9_999: {999: 2}}
    assert sheets.check(xlsb(tmp_path / "a.xlsb", {"甲": sheet, "乙": sheet})).cells == 20_000_000
    assert refused(xlsb(tmp_path / "b.xlsb", {"甲": sheet, "乙": sheet, "丙": sheet})) == "zip_bomb"


@pytest.mark.parametrize(("folder", "ending"), [("worksheets", "xml"), ("sheets", "dat")])
def test_sheets_that_hide_are_refused(tmp_path: Path, folder: str, ending: str) -> None:
    assert refused(xlsb(tmp_path / "a.xlsb", {"甲": FORM}, folder, ending)) == "damaged"


def test_a_row_beyond_all_sheets_is_damaged(tmp_path: Path) -> None:
    assert refused(xlsb(tmp_path / "a.xlsb", {"甲": {2**31: {0: 1}}})) == "damaged"


@given(st.integers(1, 40), st.integers(0, 300))
def test_pieces_of_any_size_give_the_same(size: int, filling: int) -> None:
    data = binary_sheet(FORM) + record(485, bytes(filling)) + record(0, (6).to_bytes(17, "little"))
    data += record(9, (8).to_bytes(12, "little")) + record(3, (1).to_bytes(9, "little"))
    extent = BinaryExtent()
    for place in range(0, len(data), size):
        extent.feed(data[place : place + size])
    assert (extent.rows, extent.columns, extent.formulas, extent.errors) == (7, 9, 1, 1)


@given(st.binary(max_size=300), st.integers(1, 50))
def test_rubbish_ends(data: bytes, size: int) -> None:
    extent = BinaryExtent()
    try:
        for place in range(0, len(data), size):
            extent.feed(data[place : place + size])
    except ValueError:
        pass
    assert extent.rows >= 0
