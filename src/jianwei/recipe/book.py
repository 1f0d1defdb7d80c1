"""Tables of a recipe in files: workbooks (XLSX) with three sheets, or one CSV of indicators."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from jianwei.errors import RecipeError, cause
from jianwei.recipe.layout import NODE_SHEET, Table, from_tables, tables
from jianwei.recipe.tree import Recipe

__all__ = ["SUFFIXES", "text_of", "write"]

SUFFIXES: tuple[str, ...] = (".xlsx", ".csv")
"""Endings of files that hold a recipe as tables."""

MOST_UNPACKED = 64 * 2**20
"""Bytes that a workbook may unpack to; no recipe is that long."""

_WIDTHS = {"name": 24, "formula": 32, "note": 40, "code": 20, "parent": 16, "value": 60}


def text_of(path: Path) -> str:
    """The text of the recipe that a table file holds. Raises RecipeError where it holds none."""
    try:
        sheets = _workbook(path) if path.suffix.lower() == ".xlsx" else {NODE_SHEET: _plain(path)}
    except FileNotFoundError as error:
        raise RecipeError(f"没有文件 {path}", hint="检查路径") from error
    except OSError as error:
        raise RecipeError(f"打不开 {path}：{cause(error)}", hint="应是一个方案表（.xlsx 或 .csv）") from error
    return from_tables(sheets, path.stem)


def write(recipe: Recipe, path: Path) -> None:
    """Write a recipe as tables: all of it to a workbook, to a CSV the indicators only.

    Raises RecipeError for another ending.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise RecipeError(f"方案表应存为 .xlsx 或 .csv，而不是 {path.suffix}", hint="改文件名的后缀")
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(tables(recipe)[NODE_SHEET])
        return
    import xlsxwriter  # type: ignore[import-untyped]  # has no stubs; only where a workbook is written

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#EEEEEE"})
    for name, table in tables(recipe).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(table):
            for place, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, place, _exact(cell), bold if number == 0 else None)
        for place, key in enumerate(table[0]):
            sheet.set_column(place, place, _WIDTHS.get(str(key), 10))
        sheet.freeze_panes(1, 2 if name == NODE_SHEET else 1)
    book.close()


def _exact(cell: Any) -> Any:
    """A cell that comes back as it was: a workbook keeps 16 digits of a number, some need 17."""
    return repr(cell) if isinstance(cell, float) and float(f"{cell:.16G}") != cell else cell


def _workbook(path: Path) -> dict[str, Table]:
    from python_calamine import CalamineError, CalamineWorkbook  # only where there is a workbook

    if not path.exists():
        raise FileNotFoundError(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise RecipeError(f"{path.name} 解压后过大，不像一个方案", hint="确认文件来源")
        book = CalamineWorkbook.from_path(str(path))
        return {
            name: tuple(
                tuple(None if cell == "" else cell for cell in row)
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            )
            for name in book.sheet_names
        }
    except (CalamineError, zipfile.BadZipFile) as error:
        raise RecipeError(
            f"{path.name} 读不出来：{error}", hint="用 Excel 打开后另存为 .xlsx 再试"
        ) from error


def _plain(path: Path) -> Table:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        rows = csv.reader(io.StringIO(text, newline=""))
        return tuple(tuple(cell if cell.strip() else None for cell in row) for row in rows)
    raise RecipeError(f"{path.name} 的编码无法识别", hint="另存为 UTF-8 编码的 CSV，或 XLSX")
