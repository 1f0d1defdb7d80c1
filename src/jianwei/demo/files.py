"""Writing source files as tools and offices leave them: CSV of an encoding, workbooks, dated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

__all__ = ["MARK", "Words", "book", "joined", "lines", "listed", "numbers", "text"]

MARK = "合成数据，按公开报告的总量校准"
"""What is written in every file whose format has room for a remark."""

Words: TypeAlias = "pa.Array[Any]"
"""A column of text."""

_ZONE = ZoneInfo("Asia/Shanghai")


def joined(*columns: Words, mark: str = "") -> Words:
    """Columns joined cell by cell with a mark between them."""
    found: Words = pc.binary_join_element_wise(*columns, mark)  # type: ignore[call-overload]  # stubs lack text as mark
    return found


def lines(*columns: Words) -> Words:
    """Rows of a CSV; the cells hold no comma, quote or line break."""
    return joined(*columns, mark=",")


def listed(words: Words) -> list[str]:
    """A column as a list."""
    found: list[str] = words.to_pylist()  # type: ignore[assignment]  # no cell is null
    return found


def numbers(values: Any) -> Words:
    """Whole numbers as text."""
    found: Words = pa.array(values, pa.int64()).cast(pa.string())
    return found


def text(
    path: Path,
    header: Sequence[str],
    rows: Iterable[str],
    *,
    changed: datetime,
    encoding: str = "utf-8-sig",
    before: str = "",
) -> None:
    """Write a CSV with rows ended as Windows does. before: a line above the header. changed: when it was last written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    above = [before] if before else []
    whole = "\r\n".join([*above, ",".join(header), *rows]) + "\r\n"
    path.write_bytes(whole.encode(encoding))
    _date(path, changed)


def book(path: Path, sheets: dict[str, Iterable[Sequence[Any]]], *, changed: datetime) -> None:
    """Write a workbook; strings stay text (long ids too), None is an empty cell.

    The bytes depend on nothing but the cells.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False,
               "strings_to_urls": False}  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": path.stem, "comments": MARK, "created": changed})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None and cell != "":
                        sheet.write(place, column, cell)
    _date(path, changed)


def _date(path: Path, changed: datetime) -> None:
    seconds = changed.replace(tzinfo=_ZONE).timestamp()
    os.utime(path, (seconds, seconds))
