"""Workbooks, checked before they are unpacked: sheets as rows of cells."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import python_calamine

from jianwei.errors import DataError
from jianwei.intake.files import unusable

__all__ = ["LARGEST", "MOST_CELLS", "Checked", "Sheet", "check", "read"]

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
_OTHER_BOOKS = frozenset(("xl/workbook.bin", "content.xml"))
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

    Everything is unpacked once, in pieces, so that nothing is believed that is only declared.
    An old .xls is no archive and cannot be large: nothing is met. Raises DataError with the code
    zip_bomb, damaged or not_a_table.
    """
    found = Checked()
    try:
        if not _is_archive(path):
            return found
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_declared(path, entries)
            parts = {entry.filename.casefold() for entry in entries}
            if "xl/workbook.xml" not in parts or parts & _OTHER_BOOKS:
                what = "不是 Excel 工作簿（.xlsx）"
                raise unusable(path, "not_a_table", what, "请解压，或用 Excel、WPS 另存为 .xlsx 后再导入")
            for entry in entries:
                _unpack(path, archive, entry, found)
    except _WHOLE as error:
        raise unusable(path, "damaged", "已损坏，不是完整的 Excel 文件", "请重新保存或重新下载") from error
    return found


def read(path: Path) -> Iterator[Sheet]:
    """The sheets of a workbook that `check` let pass, in order. Raises DataError if it cannot be read."""
    try:
        book = python_calamine.load_workbook(str(path))
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


def _unpack(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: Checked) -> None:
    """Unpack a part to its end (a wrong declared size or checksum raises) and measure a sheet's extent."""
    tail, columns, last, unnumbered = b"", 0, 0, 0
    sheet = "worksheets/" in entry.filename
    with archive.open(entry) as part:
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
