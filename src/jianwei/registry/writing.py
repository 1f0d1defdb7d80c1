"""Rows of text to a workbook or CSV files in the templates' columns: what `tables` reads back to the letter."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError, cause
from jianwei.registry import aliases
from jianwei.registry.columns import SHEETS, Column

__all__ = ["Page", "text", "whole", "write"]

_SPARE_ROWS = 1_000
"""Rows below the last one that still offer drop-downs."""

_CALCULATED = re.compile(r"'*[=+\-@]")
"""A CSV cell that Excel would calculate; it gets an apostrophe, which `sheets` takes off again."""


@dataclass(frozen=True)
class Page:
    """Rows of one kind by field; `fields` are the columns to write, in the template's order."""

    kind: str
    fields: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]

    @property
    def columns(self) -> list[Column]:
        """The template's columns that are written."""
        return [column for column in SHEETS[self.kind].columns if column.field in self.fields]


def text(value: Any) -> str:
    """A value as its cell: 是/否, 2015-03-01, former names, "" for unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return aliases.write(value)
    return str(value)


def write(path: Path, pages: Sequence[Page]) -> list[Path]:
    """Write the pages: `.xlsx` one workbook, `.csv` one file a kind beside it, no suffix a folder of them.

    Returns the files written. Raises DataError for another suffix, or where the place is not writable.
    """
    match path.suffix.lower():
        case ".xlsx":
            files: dict[Path, Callable[[Path], None]] = {path: lambda place: _workbook(place, pages)}
        case ".csv":
            files = {
                path.with_name(f"{path.stem}-{SHEETS[page.kind].title}.csv"): _csv(page)
                for page in _filled(pages)
            }
        case "":
            files = {path / f"{SHEETS[page.kind].title}.csv": _csv(page) for page in _filled(pages)}
        case other:
            raise DataError(f"不能导出为“{other}”文件", hint="请用 .xlsx、.csv，或给出一个文件夹")
    for place, put in files.items():
        whole(place, put)
    return list(files)


def whole(path: Path, put: Callable[[Path], None]) -> None:
    """Write beside and rename, so that a file is there whole or not at all."""
    staging = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(staging)
        staging.replace(path)
    except (OSError, FileCreateError) as error:
        refused = error if isinstance(error, OSError) else error.args[0]
        hint = "请确认文件夹存在、可写，且文件没有在 Excel 中打开"
        raise DataError(f"写不了文件 {path}：{cause(refused)}", hint=hint) from error
    finally:
        with suppress(OSError):
            staging.unlink()


def _filled(pages: Sequence[Page]) -> list[Page]:
    """The pages that have rows, as a file of a header alone says nothing; the first where none has."""
    return [page for page in pages if page.rows] or list(pages[:1])


def _csv(page: Page) -> Callable[[Path], None]:
    """A writer of a CSV file that Excel opens well: UTF-8 with BOM, and no cell that it would calculate."""

    def put(path: Path) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow([column.title for column in page.columns])
            for row in page.rows:
                out.writerow([_harmless(text(row.get(column.field))) for column in page.columns])

    return put


def _harmless(cell: str) -> str:
    return f"'{cell}" if _CALCULATED.match(cell) else cell


def _workbook(path: Path, pages: Iterable[Page]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    plain = book.add_format({"num_format": "@", "valign": "top"})
    wrapped = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    head = book.add_format(
        {"num_format": "@", "bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"}
    )
    for page in pages:
        sheet = book.add_worksheet(SHEETS[page.kind].title)
        sheet.freeze_panes(1, 2)
        last = len(page.rows) + _SPARE_ROWS
        for place, column in enumerate(page.columns):
            sheet.set_column(place, place, column.width, wrapped if column.longest > 500 else plain)
            sheet.write_string(0, place, column.title, head)
            choices = column.choices or (column.words.known if column.words else ())
            if choices and sum(len(choice) + 1 for choice in choices) <= 255:
                closed = column.words is not None and column.words.closed
                rule = {
                    "validate": "list",
                    "source": list(choices),
                    "error_type": "stop" if closed else "warning",
                }
                sheet.data_validation(1, place, last, place, rule)
        for number, row in enumerate(page.rows, 1):
            for place, column in enumerate(page.columns):
                if cell := text(row.get(column.field)):
                    sheet.write_string(number, place, cell, wrapped if column.longest > 500 else plain)
    book.close()
