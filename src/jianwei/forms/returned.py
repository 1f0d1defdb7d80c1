"""A form that came back: its sheets as they are known by their titles, and whose it says it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei.forms.blank import FAMILIES, SHEETS
from jianwei.forms.book import TOKEN, UNIT
from jianwei.intake import files, grid, sheets, template
from jianwei.intake.grid import Grid, Row
from jianwei.intake.template import TEMPLATES, Fit, Kind, plain_title

__all__ = ["Lost", "Page", "Returned", "look"]

KINDS = tuple(kind for pair in FAMILIES.values() for kind in pair)

_HEADER_WITHIN = 12
_FACTS_WITHIN = 80
_TOKEN = re.compile(r"[0-9][0-9A-Z.-]{3,24}-\d{3}-[0-9a-f]{8}")
_FEWEST_TITLES = 3


@dataclass(frozen=True)
class Page:
    """A sheet that is one of a template's. name: as its rows are known by in the lake."""

    name: str
    sheet: str
    kind: Kind
    fit: Fit
    header: list[str]
    header_row: int
    rows: tuple[Row, ...]

    def title(self, field: str) -> str:
        """The title that a field's column has in this file, that of the template where there is none."""
        place = self.fit.places.get(field)
        if place is not None:
            return self.header[place]
        return next(column.title for column in TEMPLATES[self.kind].columns if column.field == field)

    def cells(self, row: Row) -> dict[str, Any]:
        """The cells of a row by field."""
        width = len(row.cells)
        return {name: row.cells[place] if place < width else None for name, place in self.fit.places.items()}


@dataclass(frozen=True)
class Lost:
    """A sheet that seems to be one of a template's, but has lost columns that it is known by."""

    name: str
    sheet: str
    kind: Kind
    header: list[str]
    header_row: int

    @property
    def missing(self) -> list[str]:
        """Titles of the template that are not there, in order."""
        there = {plain_title(title) for title in self.header}
        return [
            column.title
            for column in TEMPLATES[self.kind].columns
            if column.field not in ("start", "end")
            and not {plain_title(word) for word in (column.title, *column.also)} & there
        ]


@dataclass(frozen=True)
class Returned:
    """A file that came back. token, code: what its first sheet says, "" where it says nothing."""

    path: Path
    title: str
    sha256: str
    pages: tuple[Page, ...]
    lost: tuple[Lost, ...]
    token: str
    code: str

    @property
    def is_form(self) -> bool:
        """Whether anything in the file is of a form."""
        return bool(self.token or any(page.kind.endswith("totals") for page in self.pages) or self.lost)


def look(path: Path) -> Returned:
    """Open a file and know its sheets. Raises DataError, with Issues, where it cannot be opened."""
    title = files.title(path)
    pages: list[Page] = []
    lost: list[Lost] = []
    token = code = ""
    for sheet, table in _tables(path):
        name = f"{title}〔{sheet}〕" if sheet else title
        rows = list(table)
        page = _page(name, sheet, rows)
        if page is not None:
            pages.append(page)
            continue
        strange = _lost(name, sheet, rows)
        if strange is not None:
            lost.append(strange)
        token = token or _token(rows)
        code = code or _said(rows, UNIT)
    return Returned(path, title, files.digest(path), tuple(pages), tuple(lost), token, code)


def _tables(path: Path) -> Iterator[tuple[str, Grid]]:
    """The sheets of a workbook that are not hidden, by name; a text file is one without a name."""
    kind = files.kind_of(path)
    if kind == "workbook":
        sheets.check(path)
        for sheet in sheets.read(path):
            if not sheet.hidden:
                yield sheet.name, grid.SheetGrid(sheet.rows)
    elif kind == "text":
        text = files.text_of(path)
        yield "", grid.TextGrid(text, grid.delimiters(text)[0])


def _titles(row: Row) -> list[str]:
    return ["" if cell is None else str(cell).strip().removeprefix("\ufeff") for cell in row.cells]


def _page(name: str, sheet: str, rows: list[Row]) -> Page | None:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        header = _titles(row)
        fit = template.match(list(header))
        if fit is not None and fit.template.kind in KINDS:
            return Page(name, sheet, fit.template.kind, fit, header, row.number, tuple(rows[place + 1 :]))
    return None


def _lost(name: str, sheet: str, rows: list[Row]) -> Lost | None:
    """The row that has most titles of a template, if it has some; its sheet's name goes first."""
    best: tuple[int, bool, Kind, Row] | None = None
    for row in rows[:_HEADER_WITHIN]:
        there = {plain_title(title) for title in _titles(row)}
        for kind in KINDS:
            own = {plain_title(column.title) for column in TEMPLATES[kind].columns}
            candidate = (len(own & there), sheet.startswith(SHEETS[kind][:4]), kind, row)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best is None or best[0] < _FEWEST_TITLES:
        return None
    named = next((kind for kind in KINDS if sheet.startswith(SHEETS[kind][:4])), best[2])
    return Lost(name, sheet, named, _titles(best[3]), best[3].number)


def _token(rows: list[Row]) -> str:
    said = _said(rows, TOKEN)
    if said:
        return said
    words = (str(cell) for row in rows[:_FACTS_WITHIN] for cell in row.cells if isinstance(cell, str))
    return next((match[0] for word in words if (match := _TOKEN.search(word))), "")


def _said(rows: list[Row], label: str) -> str:
    """What stands in the cell after a label."""
    for row in rows[:_FACTS_WITHIN]:
        cells = [cell for cell in row.cells if cell is not None]
        for place, cell in enumerate(cells[:-1]):
            if str(cell).strip().rstrip("：:") == label:
                return _plain(cells[place + 1])
    return ""


def _plain(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).strip()
