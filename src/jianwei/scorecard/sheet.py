"""Rows of a plain table file, CSV or XLSX, as cells with their row numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jianwei.errors import DataError

if TYPE_CHECKING:
    from jianwei.intake.grid import Row

__all__ = ["Sheet", "open_sheet"]


@dataclass(frozen=True)
class Sheet:
    """A header and the rows under it, each with its row number as Excel counts (header = 1)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]


def open_sheet(path: Path) -> Sheet:
    """Read a table file whole; the first visible sheet of a workbook. Raises DataError where it cannot be used."""
    if not path.exists():
        raise DataError(f"没有文件 {path}", hint="检查路径")
    rows = list(_rows(path))
    for row in rows:
        if row.broken:
            hint = "请用 Excel 打开后另存，再试一次"
            raise DataError(f"{path.name} 第 {row.number} 行读不完整：{row.broken}", hint=hint)
    if not rows:
        raise DataError(f"{path.name} 是空的", hint="第一行应是列名，其下每行一个单位")
    header = tuple(str(cell or "").strip() for cell in rows[0].cells)
    if any("\0" in title for title in header):
        raise DataError(f"{path.name} 不是表格文件", hint="给出一个 CSV 或 XLSX 文件")
    if len(rows) == 1:
        raise DataError(f"{path.name} 只有表头，没有数据")
    return Sheet(
        path.name, header, tuple((row.number, tuple(_cell(cell) for cell in row.cells)) for row in rows[1:])
    )


def _rows(path: Path) -> Iterator[Row]:
    """The rows that are not blank."""
    from jianwei.intake import files, grid, sheets  # readers of all formats: only where a table is read

    try:
        kind = files.kind_of(path)
    except DataError as error:
        if error.issues[0].code == "empty_file":
            return
        raise
    if kind == "workbook":
        sheets.check(path)
        shown = (sheet for sheet in sheets.read(path) if not sheet.hidden)
        for sheet in islice(shown, 1):
            yield from grid.SheetGrid(sheet.rows)
    elif kind == "text":
        text = files.text_of(path)
        if text.damaged:
            raise DataError(
                f"{path.name} 有 {text.damaged} 行含无法解码的字节", hint="另存为 UTF-8 编码的 CSV，或 XLSX"
            )
        yield from grid.TextGrid(text, grid.delimiters(text)[0])
    else:
        raise DataError(f"{path.name} 不是表格", hint="给出一个 CSV 或 XLSX 文件")


def _cell(cell: Any) -> Any:
    return "" if cell is None else cell
