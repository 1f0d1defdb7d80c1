"""Files to grids of cells: workbooks (checked before they are unpacked) and CSV in any usual encoding."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import python_calamine

from jianwei.errors import DataError, cause
from jianwei.intake import files
from jianwei.intake.sheets import check
from jianwei.registry.cells import Cell

__all__ = ["LARGEST", "Grid", "decoded", "grids"]

LARGEST = 200 * 2**20
"""Bytes that a file may hold, unpacked: a register of 100,000 accounts has 40 MB."""

_ROWS = 1_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;，"
_HARMLESS = re.compile(r"'+[=+\-@]")
"""A CSV cell with an apostrophe before it, so that Excel does not calculate it (see `writing`)."""


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook, or a CSV file: rows of cells, the first row being row 1.

    `ragged`: a row shorter than the header has lost its end (CSV), not just empty cells (workbook).
    """

    label: str
    rows: list[list[Cell]]
    ragged: bool


def grids(path: Path) -> list[Grid]:
    """The sheets of a file. Raises DataError where there is nothing to read, saying what to do."""
    if not path.exists():
        raise DataError(f"没有文件 {path}", hint="请核对路径和文件名")
    if path.is_dir():
        raise DataError(f"{path} 是文件夹，不是文件", hint="请给出其中的 .xlsx 或 .csv 文件")
    size = path.stat().st_size
    if size == 0:
        raise DataError(f"{path.name} 是空文件", hint="请重新保存或重新下载")
    if size > LARGEST:
        raise DataError(f"{path.name} 有 {size // 2**20} MB，超过 {LARGEST // 2**20} MB 的上限")
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        hint = "请关闭正在使用它的程序，并确认有读取权限"
        raise DataError(f"打不开 {path.name}：{cause(error)}", hint=hint) from error
    if head in (_ZIP, _OLE):
        check(path)
        return list(_workbook(path))
    return [Grid(path.name, _csv(decoded(path), path.name), ragged=True)]


def decoded(path: Path) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 or GB18030. Raises DataError else."""
    try:
        text = files.text_of(path)
    except DataError as error:
        raise _no_text(path) from error
    found = "".join(files.lines(text))
    if text.damaged or "\0" in found:
        raise _no_text(path)
    return found


def _no_text(path: Path) -> DataError:
    hint = "请另存为 .xlsx，或“CSV UTF-8（逗号分隔）”"
    return DataError(f"{path.name} 不是 Excel 文件，也不是 UTF-8、UTF-16 或 GB18030 编码的文本", hint=hint)


def _csv(text: str, name: str) -> list[list[Cell]]:
    head = text[:4096].splitlines()[:12]
    delimiter = max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    try:
        rows: list[list[Cell]] = [
            [cell[1:] if _HARMLESS.match(cell) else cell for cell in row]
            for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as error:
        hint = "常见原因是引号没有成对，或文件被截断；请用 Excel 打开后另存"
        raise DataError(f"{name} 不是完整的 CSV：{error}", hint=hint) from error
    if len(rows) > _ROWS:
        raise DataError(f"{name} 有 {len(rows)} 行，超过 {_ROWS} 行的上限")
    return rows


def _workbook(path: Path) -> Iterator[Grid]:
    try:
        book = python_calamine.load_workbook(str(path))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=_ROWS)
            yield Grid(
                f"{path.name}〔{name}〕", [[_cell(value) for value in row] for row in rows], ragged=False
            )
    except python_calamine.PasswordError as error:
        raise DataError(f"{path.name} 设有密码", hint="请去掉密码后另存") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DataError(
            f"{path.name} 读不出来：{error}", hint="请用 Excel 或 WPS 打开后另存为 .xlsx"
        ) from error


def _cell(value: Any) -> Cell:
    if value == "" or value is None:
        return None
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str | int | float | bool | date | datetime):
        return value
    return str(value)
