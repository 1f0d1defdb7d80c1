"""OpenDocument spreadsheets: read like workbooks, and measured before they are unfolded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.intake import sheets
from jianwei.intake.open_sheet import OpenExtent
from tests.intake import books
from tests.intake.books import ods, ods_cell
from tests.intake.made import whole

FORM: Sequence[Sequence[Any]] = [
    ["月份", "UID", "发布数", "转发"],
    ["2015-05", "1988438334", 4, 5],
    [None, None, None, None],
    ["2015-06", "1988438334", 6, None],
]
BLANK_END = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)  # fmt: skip


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        sheets.check(path)
    return caught.value.issues[0].code


def test_a_form_is_read_whatever_blank_rows_stand_below(tmp_path: Path) -> None:
    found = whole(ods(tmp_path / "表.ods", {"微博汇总": FORM}, BLANK_END))
    assert [(t["posts"], t["reposts"]) for t in found.tables["totals"]] == [(4, 5), (6, None)]
    assert found.source.name == "表.ods〔微博汇总〕"
    assert sheets.check(tmp_path / "表.ods").cells == 16


@pytest.mark.parametrize(
    "more",
    [
        row(ods_cell(1, 'table:number-columns-repeated="16384"'), repeated=1_000_000),
        row("<table:table-cell/>", repeated=1_000_000)
        + row(ods_cell(None, 'table:number-columns-repeated="9999"'), ods_cell(1)),
        row(ods_cell("x", 'table:number-columns-repeated="999999999"')),
        row(ods_cell(None, 'table:number-columns-repeated="9000"'), ods_cell(1), repeated=9_000),
    ],
    ids=["filled", "far apart", "wide", "both"],
)
def test_repetitions_are_refused_before_they_are_unfolded(tmp_path: Path, more: str) -> None:
    assert refused(ods(tmp_path / "a.ods", {"甲": FORM}, more)) == "zip_bomb"


@pytest.mark.parametrize(
    ("more", "before"),
    [
        (row(ods_cell(1, 'table:number-columns-repeated="-5"')), ""), (row(ods_cell(1, 'table:number-columns-repeated="x"')), ""),
        ("<table:table><table:table-row/></table:table>", ""), ("<broken>", ""),
        ("", '<!DOCTYPE a [<!ENTITY x "y">]>'),
    ],
)  # fmt: skip
def test_what_no_program_writes_is_damaged(tmp_path: Path, more: str, before: str) -> None:
    assert refused(ods(tmp_path / "a.ods", {"甲": FORM}, more, before)) == "damaged"


def test_other_archives_with_such_a_part_are_none(tmp_path: Path) -> None:
    text = books.archive(
        tmp_path / "a.odt", {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}
    )
    both = books.archive(tmp_path / "b.ods", {"content.xml": "<a/>", "xl/workbook.xml": "<a/>"})
    assert refused(text) == refused(both) == "not_a_table"


def test_one_with_a_password_says_so(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x01\x02",
    }
    manifest: dict[str, str | bytes] = {
        "META-INF/manifest.xml": "<manifest><manifest:encryption-data/></manifest>"
    }
    assert refused(books.archive(tmp_path / "a.ods", parts | manifest)) == "password"


@given(st.integers(1, 60))
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    xml = (
        b'<o xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
        b'<table:table><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" '
        b'table:formula="x" table:number-columns-repeated="2"/></table:table-row></table:table></o>'
    )
    extent = OpenExtent()
    for place in range(0, len(xml), size):
        extent.feed(xml[place : place + size])
    extent.feed(b"", last=True)
    assert (extent.cells, extent.spanned, extent.formulas) == (6, 6, 1)
