"""Rows of a plain table file, CSV or XLSX, as cells with their row numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, cause

__all__ = ["Sheet", "open_sheet"]


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it, each with its row number as Excel counts (header = 1)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def open_sheet(path: Path) -> Sheet:
    """Read a table file whole; the first sheet of a workbook. Raises DataError where it cannot be used."""
    if path.is_dir():
        raise DataError(f"{path.name} 是文件夹，不是表格", hint="给出一个 CSV 或 XLSX 文件")
    if not path.exists():
        raise DataError(f"没有文件 {path}", hint="检查路径")
    try:
        cells = _workbook(path) if zipfile.is_zipfile(path) else _text(path)
    except OSError as error:
        raise DataError(f"打不开 {path.name}：{cause(error)}") from error
    filled = [
        (number, row) for number, row in enumerate(cells, start=1) if any(not _blank(cell) for cell in row)
    ]
    if not filled:
        raise DataError(f"{path.name} 是空的", hint="第一行应是列名，其下每行一个单位")
    header = tuple(str(cell).strip() for cell in filled[0][1])
    if len(filled) == 1:
        raise DataError(f"{path.name} 只有表头，没有数据")
    return Sheet(path.name, header, tuple(filled[1:]))


def _text(path: Path) -> list[tuple[Any, ...]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise DataError(f"{path.name} 的编码无法识别", hint="另存为 UTF-8 或 GB18030 编码的 CSV，或 XLSX")
    if "\x00" in text:
        raise DataError(f"{path.name} 不是表格文件", hint="给出一个 CSV 或 XLSX 文件（.xls 请另存为 .xlsx）")
    first = text.split("\n", 1)[0]
    mark = "\t" if first.count("\t") > first.count(",") else ","
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error as error:
        raise DataError(f"{path.name} 不是合法的 CSV：{error}") from error


def _workbook(path: Path) -> list[tuple[Any, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook  # only where there is a workbook

    from jianwei.intake.sheets import check

    check(path)
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        return [tuple(row) for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise DataError(f"{path.name} 读不出来：{error}", hint="用 Excel 打开后另存为 .xlsx 再试") from error


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
