"""Templates as people send them back: read, changed cell by cell, saved anew by another program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

__all__ = ["Book", "Sheet"]

HEADER = 1
"""Rows above the titles: the banner."""


@dataclass
class Sheet:
    """A sheet as rows of cells; row 1 is the first."""

    name: str
    cells: list[list[Any]]

    def titles(self) -> list[str]:
        """The titles of the columns."""
        return [str(cell or "") for cell in self.cells[HEADER]]

    def rows(self) -> Iterator[int]:
        """The numbers of the rows below the titles, as Excel counts them."""
        return iter(range(HEADER + 2, len(self.cells) + 1))

    def get(self, row: int, title: str) -> Any:
        """A cell."""
        return self.cells[row - 1][self.titles().index(title)]

    def put(self, row: int, **values: Any) -> None:
        """Fill cells of a row by title; `UID_原始ID` stands for UID/原始ID. The row may be a new one."""
        titles = self.titles()
        while len(self.cells) < row:
            self.cells.append([None] * len(titles))
        for name, value in values.items():
            title = name if name in titles else name.replace("_", "/")
            self.cells[row - 1][titles.index(title)] = value

    def rename(self, old: str, new: str) -> None:
        """Give a column another title."""
        self.cells[HEADER][self.titles().index(old)] = new

    def drop(self, title: str) -> None:
        """Delete a column."""
        place = self.titles().index(title)
        for row in self.cells:
            del row[place]

    def paste(self, rows: Sequence[Sequence[Any]], row: int = HEADER + 2) -> None:
        """Put a block of cells at a row's first column."""
        for offset, cells in enumerate(rows):
            while len(self.cells) < row + offset:
                self.cells.append([None] * len(self.titles()))
            line = self.cells[row + offset - 1]
            line[: len(cells)] = cells


@dataclass
class Book:
    """A workbook as its sheets."""

    sheets: list[Sheet] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path) -> Book:
        """Read a workbook whole."""
        book = python_calamine.load_workbook(str(path))
        sheets = []
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            sheets.append(Sheet(name, [[None if cell == "" else cell for cell in row] for row in rows]))
        return cls(sheets)

    def __getitem__(self, name: str) -> Sheet:
        """The sheet whose name begins so."""
        return next(sheet for sheet in self.sheets if sheet.name.startswith(name))

    def __contains__(self, name: str) -> bool:
        """Whether there is such a sheet."""
        return any(sheet.name.startswith(name) for sheet in self.sheets)

    def remove(self, name: str) -> None:
        """Delete a sheet."""
        self.sheets.remove(self[name])

    def save(self, path: Path) -> Path:
        """Write the cells anew: texts as texts, numbers as numbers."""
        path.parent.mkdir(parents=True, exist_ok=True)
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(path), options)
        days = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for sheet in self.sheets:
            page = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.cells):
                for place, cell in enumerate(row):
                    if isinstance(cell, date | datetime):
                        page.write_datetime(number, place, cell, days)
                    elif cell is not None:
                        page.write(number, place, cell)
        book.close()
        return path


def change(path: Path, edit: Callable[[Book], None], to: Path) -> Path:
    """A changed copy of a workbook."""
    book = Book.open(path)
    edit(book)
    return book.save(to)
