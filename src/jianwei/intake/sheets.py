"""Workbooks, checked before they are unpacked: sheets as rows of cells."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import python_calamine

from jianwei.errors import DataError
from jianwei.intake import compound
from jianwei.intake.binary_sheet import BinaryExtent
from jianwei.intake.files import unusable
from jianwei.intake.open_sheet import OpenExtent

__all__ = ["LARGEST", "MOST_CELLS", "Checked", "Sheet", "check", "is_book", "read"]

LARGEST = 1 << 30
"""Bytes that a workbook may unpack to."""

MOST_CELLS = 25_000_000
"""Cells that the sheets of a workbook may span; readers hold the whole rectangles, filled or not."""

_RATIO = 200
_SMALL = 1 << 20
_ENTRIES = 5_000
_CHUNK = 1 << 20
_TAIL = 400
_LONGEST_TAG = 1 << 16
_WIDEST = 16_384
_BOOKS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_SHEETS_ELSEWHERE = re.compile(rb"""Target\s*=\s*["'](?=[^"']*sheets?/)(?![^"']*\.bin["'])""", re.IGNORECASE)
_SAVE_AGAIN = "请用 Excel 或 WPS 打开后另存为 .xlsx"
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,7})["'][^>]*(?<!/)>""")
_ROW_BEGINS = re.compile(rb"<(?:\w+:)?row[\s>]")
_NAMELESS = re.compile(rb"""<(?:\w+:)?c(?:>|\s(?![^>]*\br\s*=)[^>]*>)""")
_NAMELESS_ROW = re.compile(rb"""<(?:\w+:)?row(?:>|\s(?![^>]*\br\s*=)[^>]*>)""")
_STRANGE = re.compile(
    rb"""<(?:\w+:)?(?:c\s[^>]*?\br\s*+=\s*+(?!["'][A-Za-z]{1,3}\d{1,7}["'])"""
    rb"""|row\s[^>]*?\br\s*+=\s*+(?!["']\d{1,7}["'])"""
    rb"""|(?:c|row)\s[^>]*?\br\s*+=[^>]*?\br\s*+="""
    rb"""|(?:c|row)\s[^>]*=\s*+(?:"[^">]*+(?=>)|'[^'>]*+(?=>)))[^>]*>"""
)
"""Tags whose place is none or cannot be told: no program writes them, and readers would trust them."""
_OPEN = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*\Z")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*["']e["'])(?:[^>]*?\br\s*=\s*["']([A-Z]+\d+)["'])?""")
_WHOLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)


@dataclass(frozen=True)
class Sheet:
    """A visible or hidden sheet; the rows of hidden ones are not read."""

    name: str
    hidden: bool
    rows: Iterator[list[Any] | None]  # null: a row that cannot be read


@dataclass
class Checked:
    """What the check of a workbook met: cells spanned, cells that are formulas, cells with an Excel error."""

    cells: int = 0
    formulas: int = 0
    errors: set[str] = field(default_factory=set)


def check(path: Path) -> Checked:
    """Refuse an archive that is damaged, lies about its size, or unpacks to far more than it holds.

    Everything is unpacked once, in pieces, so that nothing is believed that is only declared; of an
    old .xls the records are walked. Raises DataError with the code zip_bomb, damaged, password or
    not_a_table.
    """
    found = Checked()
    try:
        if not _is_archive(path):
            _check_old(path, found)
            return found
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_declared(path, entries)
            kind = _kind(path, archive)
            for entry in entries:
                _unpack(path, archive, entry, found, kind)
    except _WHOLE as error:
        raise unusable(path, "damaged", "已损坏，不是完整的 Excel 文件", "请重新保存或重新下载") from error
    return found


def is_book(path: Path) -> bool:
    """Whether an archive claims to be a workbook, and is no parcel of files. Raises DataError if it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name.casefold() for name in archive.namelist()}
    except _WHOLE as error:
        raise unusable(path, "damaged", "已损坏，不是完整的文件", "请重新保存或重新下载") from error
    return bool(parts & {*_BOOKS, "[content_types].xml", "mimetype"})


def _kind(path: Path, archive: zipfile.ZipFile) -> str:
    """Which kind of workbook an archive is: exactly one. Raises DataError."""
    parts = {name.casefold(): name for name in archive.namelist()}
    kinds = [kind for part, kind in _BOOKS.items() if part in parts]
    if kinds == ["ods"]:
        if b"encryption-data" in _beginning(archive, parts.get("meta-inf/manifest.xml")):
            raise unusable(path, "password", "设有密码，打不开", "请去掉密码后另存")
        if not _beginning(archive, parts.get("mimetype")).startswith(_OPEN_DOCUMENT):
            kinds = []
    if kinds == ["xlsb"] and _SHEETS_ELSEWHERE.search(
        _beginning(archive, parts.get("xl/_rels/workbook.bin.rels"))
    ):
        raise unusable(path, "damaged", "工作表放在不合规范的地方，已拒绝打开", _SAVE_AGAIN)
    if len(kinds) != 1:
        what = "不是 Excel 工作簿（.xlsx）"
        raise unusable(path, "not_a_table", what, "请解压，或用 Excel、WPS 另存为 .xlsx 后再导入")
    return kinds[0]


def _beginning(archive: zipfile.ZipFile, name: str | None) -> bytes:
    if name is None:
        return b""
    with archive.open(name) as part:
        return part.read(_CHUNK)


def _check_old(path: Path, found: Checked) -> None:
    if path.stat().st_size > compound.LARGEST:
        raise _bomb(path, f"是超过 {compound.LARGEST >> 20} MB 的旧式工作簿")
    try:
        extent = compound.extent(path, MOST_CELLS)
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error
    if extent is None:
        return  # its reader says what it is instead
    if extent.locked:
        raise unusable(path, "password", "设有密码，打不开", "请去掉密码后另存")
    if extent.cells > MOST_CELLS:
        raise _bomb(path, f"工作表跨 {extent.rows} 行、{extent.columns} 列，远大于其内容")
    found.cells, found.formulas = extent.cells, extent.formulas


def read(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook that `check` let pass, in order. Raises DataError if it cannot be read."""
    try:
        book = _book(path)
        for entry in book.sheets_metadata:
            if entry.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = entry.visible != python_calamine.SheetVisibleEnum.Visible
            rows = iter(()) if hidden else book.get_sheet_by_name(entry.name).iter_rows()
            yield Sheet(entry.name, hidden, _each(rows))
    except python_calamine.PasswordError as error:
        raise unusable(path, "password", "设有密码，打不开", "请去掉密码后另存") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        what = "读不出来，可能已损坏或设有密码"
        raise unusable(path, "damaged", what, _SAVE_AGAIN) from error
    except BaseException as error:  # the reader's own way to give up is none of Python's exceptions
        if type(error).__name__ != "PanicException":
            raise
        raise unusable(path, "damaged", "已损坏，读不出来", _SAVE_AGAIN) from error


def _book(path: Path) -> Any:
    """The workbook, by its content where its name lies."""
    try:
        return python_calamine.load_workbook(str(path))
    except python_calamine.PasswordError:
        raise
    except python_calamine.CalamineError:
        with path.open("rb") as file:
            return python_calamine.load_workbook(file)


def _each(rows: Iterator[list[Any]]) -> Iterator[list[Any] | None]:
    """The rows one by one; a time beyond all measure costs its own row only."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except (OverflowError, ValueError):
            yield None


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _check_declared(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRIES or unpacked > LARGEST or unpacked > max(_SMALL, _RATIO * packed):
        raise _bomb(path, f"解压后异常庞大（{len(entries)} 个部件，{unpacked >> 20} MB）")


def _bomb(path: Path, what: str) -> DataError:
    return unusable(path, "zip_bomb", f"{what}，已拒绝打开", "请确认来源；如确是数据，请另存为 CSV 再导入")


def _unpack(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Checked, kind: str) -> None:
    """Unpack a part to its end (a wrong declared size or checksum raises) and measure a sheet's extent."""
    name = entry.filename.casefold()
    with archive.open(entry) as part:
        if kind == "xlsx":
            _measure(path, part, found, sheet="worksheets/" in entry.filename)
        elif kind == "xlsb" and name.endswith(".bin") and "sheets/" in name:
            _measure_binary(path, part, found)
        elif kind == "ods" and name == "content.xml":
            _measure_open(path, part, found)
        else:
            while part.read(_CHUNK):
                pass


def _measure_binary(path: Path, part: IO[bytes], found: Checked) -> None:
    extent = BinaryExtent()
    while chunk := part.read(_CHUNK):
        extent.feed(chunk)
        if found.cells + extent.rows * extent.columns > MOST_CELLS:
            raise _bomb(path, f"工作表跨 {extent.rows} 行、{extent.columns} 列，远大于其内容")
    found.cells += extent.rows * extent.columns
    found.formulas += extent.formulas


def _measure_open(path: Path, part: IO[bytes], found: Checked) -> None:
    extent = OpenExtent()
    while chunk := part.read(_CHUNK):
        extent.feed(chunk)
        if extent.spanned > MOST_CELLS:
            raise _bomb(path, f"表格跨 {extent.spanned} 格，远大于其内容")
    extent.feed(b"", last=True)
    found.cells, found.formulas = extent.cells, extent.formulas


def _measure(path: Path, part: IO[bytes], found: Checked, *, sheet: bool) -> None:
    """Measure a part of a .xlsx, whatever it calls itself."""
    tail, columns, last, unnumbered = b"", 0, 0, 0
    while chunk := part.read(_CHUNK):
        # What the end of a piece cuts is met whole in the next one.
        piece = tail + chunk
        begun = _OPEN.search(piece)
        if _STRANGE.search(piece) or (begun and len(piece) - begun.start() > _LONGEST_TAG):
            raise unusable(path, "damaged", "有的格子所写的位置不合规范，已拒绝打开", _SAVE_AGAIN)
        if cells := _CELL.findall(piece):
            columns = max(columns, *map(_column, {letters for letters, _ in cells}))
            last = max(last, *map(int, {number for _, number in cells}))
        if _NAMELESS.search(piece):
            # Cells without a place stand one after another; a row may be cut in two by the piece.
            columns = max(columns, *(2 * len(_ANY_CELL.findall(row)) for row in _ROW_BEGINS.split(piece)))
            last = max([last, *map(int, _ROW.findall(piece))])
            unnumbered += len(_NAMELESS_ROW.findall(piece))
        if sheet:
            found.formulas += len(_FORMULA.findall(chunk))
            found.errors |= {place.decode() or "?" for place in _ERROR.findall(piece)}
        rows = last + unnumbered
        if columns > 2 * _WIDEST or found.cells + columns * rows > MOST_CELLS:
            raise _bomb(path, f"工作表跨 {rows} 行、{columns} 列，远大于其内容")
        tail = piece[begun.start() :] if begun else piece[-_TAIL:]
    found.cells += columns * (last + unnumbered)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
