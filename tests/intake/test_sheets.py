"""Workbooks are checked before anything is unpacked into memory."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError
from jianwei.intake import sheets
from tests.intake.made import book

SHEET = "xl/worksheets/sheet1.xml"


def code(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        sheets.check(path)
    [issue] = caught.value.issues
    assert issue.hint
    return issue.code


def changed(source: Path, target: Path, change: Callable[[bytes], bytes], part: str = SHEET) -> Path:
    """A copy of a workbook with one part changed."""
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
    return target


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    rows = [
        ["月份", "发布数"],
        [date(2015, 1, 1), 12],
        [datetime(2015, 2, 1, 8, 30), 3.5],
        [None, None],
        ["甲", True],
    ]
    return book(tmp_path / "a.xlsx", {"一": rows, "二": [["x"]]}, hidden=["二"])


def test_rows_and_hidden_sheets(plain: Path) -> None:
    checked = sheets.check(plain)
    assert (checked.formulas, checked.errors) == (0, set())
    first, second = sheets.read(plain)
    assert (first.name, first.hidden) == ("一", False)
    assert list(first.rows) == [
        ["月份", "发布数"],
        [date(2015, 1, 1), 12.0],
        [datetime(2015, 2, 1, 8, 30), 3.5],
        ["", ""],
        ["甲", True],
    ]
    assert (second.name, second.hidden, list(second.rows)) == ("二", True, [])


def test_an_archive_that_unpacks_to_far_more_than_it_holds(plain: Path, tmp_path: Path) -> None:
    fat = changed(plain, tmp_path / "bomb.xlsx", lambda data: data + b" " * (80 << 20))
    assert code(fat) == "zip_bomb"


def test_a_declared_size_is_not_believed(plain: Path, tmp_path: Path) -> None:
    fat = changed(plain, tmp_path / "liar.xlsx", lambda data: data + b" " * (3 << 20))
    size = (len(zipfile.ZipFile(plain).read(SHEET)) + (3 << 20)).to_bytes(4, "little")
    data = fat.read_bytes()
    assert data.count(size) == 2  # in the entry's own header and in the directory
    fat.write_bytes(data.replace(size, (4000).to_bytes(4, "little")))
    assert code(fat) == "damaged"


def test_too_many_parts(plain: Path, tmp_path: Path) -> None:
    path = changed(plain, tmp_path / "parts.xlsx", lambda data: data)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(5_001):
            archive.writestr(f"p/{number}", b"")
    assert code(path) == "zip_bomb"


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    "cells",
    [
        FAR,
        FAR.replace(b'"', b"'"),
        FAR.replace(b' r="XFD', b' s="0" r="XFD'),
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 60 + b"</row></sheetData>",
        FAR.replace(b"XFD", b"AE"),
    ],
)
def test_one_far_cell_would_fill_the_memory(plain: Path, tmp_path: Path, cells: bytes) -> None:
    path = changed(plain, tmp_path / "far.xlsx", lambda data: data.replace(b"</sheetData>", cells))
    assert code(path) == "zip_bomb"


def test_a_declared_extent_and_far_empty_cells_harm_nobody(plain: Path, tmp_path: Path) -> None:
    def widen(data: bytes) -> bytes:
        data = data.replace(b'<dimension ref="A1:B5"/>', b'<dimension ref="A1:XFD1048576"/>')
        assert b"XFD1048576" in data
        far = b'<row r="1048576" spans="1:16384"><c r="XFD1048576" s="1"/></row></sheetData>'
        return data.replace(b"</sheetData>", far)

    path = changed(plain, tmp_path / "wide.xlsx", widen)
    sheets.check(path)
    assert len(list(next(sheets.read(path)).rows)) == 5


def test_the_sheets_of_a_workbook_are_measured_together(plain: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = sheets.check(plain).cells
    assert cells == 5 * 2 + 1
    monkeypatch.setattr(sheets, "MOST_CELLS", cells - 1)
    assert code(plain) == "zip_bomb"


def test_formulas_and_excel_errors_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_formula("B2", "=1+1", None, 2)
        sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D4", "=Z1", None, "#REF!")
    checked = sheets.check(path)
    assert (checked.formulas, checked.errors) == (3, {"C3", "D4"})


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.97])
def test_a_cut_workbook_is_damaged(plain: Path, tmp_path: Path, keep: float) -> None:
    path = tmp_path / "cut.xlsx"
    data = plain.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert code(path) == "damaged"


def test_a_flipped_byte_is_damaged(plain: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(plain) as archive:
        entry = archive.getinfo(SHEET)
    data = bytearray(plain.read_bytes())
    data[entry.header_offset + 30 + len(SHEET) + 20] ^= 0xFF
    path = tmp_path / "flip.xlsx"
    path.write_bytes(data)
    assert code(path) == "damaged"


def test_an_archive_of_something_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert code(path) == "not_a_table"


def test_broken_xml_and_a_locked_old_workbook_are_told(plain: Path, tmp_path: Path) -> None:
    broken = changed(plain, tmp_path / "xml.xlsx", lambda data: data[: len(data) // 2])
    locked = tmp_path / "locked.xls"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    sheets.check(broken)
    with pytest.raises(DataError) as caught:
        [list(sheet.rows) for sheet in sheets.read(broken)]
    assert caught.value.issues[0].code == "damaged"
    assert code(locked) == "damaged"
