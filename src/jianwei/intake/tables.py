"""The tables of a file of which nothing is known but that it has some: where their headers stand, first rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jianwei.intake import files, flat, grid, sheets, synonyms
from jianwei.intake.databases import Database
from jianwei.intake.grid import Grid, Row
from jianwei.intake.mapping import composed
from jianwei.intake.objects import Objects

__all__ = ["Table", "of_file", "of_grid"]

SAMPLE = 200
"""Rows that a guess looks at."""

_HEADER_WITHIN = 12
_LONGEST_TITLE = 40
_FEWEST = 2


@dataclass(frozen=True)
class Table:
    """A table: its header, the rows that it stands in, the first rows below it; sheet: its name in the file."""

    header: tuple[str, ...]
    header_rows: int
    rows: tuple[Row, ...]
    sheet: str = ""
    above: tuple[str, ...] = ()

    def column(self, place: int) -> list[Any]:
        """The cells of a column that are not blank."""
        cells = [row.cells[place] for row in self.rows if not row.broken and place < len(row.cells)]
        return [cell for cell in cells if cell is not None and str(cell).strip()]


def of_file(path: Path) -> list[Table]:
    """The tables of a file that have a header and rows. Raises DataError where the file cannot be opened."""
    found = [of_grid(table, name) for name, table in _grids(path)]
    return [table for table in found if table is not None]


def of_grid(table: Grid, sheet: str = "") -> Table | None:
    """The table on a grid; null where no row looks like a header with something below it."""
    if isinstance(table, flat.KeyedGrid):
        rows = tuple(table.peek(SAMPLE))
        return Table(tuple(table.header), 1, rows, sheet) if rows and len(table.header) >= _FEWEST else None
    top = table.peek(_HEADER_WITHIN + SAMPLE)
    titles = [[_title(cell) for cell in row.cells] for row in top[: _HEADER_WITHIN + 1]]
    places = [place for place, row in enumerate(top[:_HEADER_WITHIN]) if _may_head(row.cells)]
    if not places:
        return None
    place = max(places, key=lambda one: (_recognised(titles[one]), _width(titles[one]), -one))
    # What stands above the recognised row may be its upper half: 阅读 over 次数 and 人数.
    if place and place - 1 in places and _is_upper(titles[place - 1], titles[place]):
        place -= 1
    count = 2 if place + 1 in places and _is_upper(titles[place], titles[place + 1]) else 1
    header = composed(titles[place : place + count])
    rows = tuple(top[place + count : place + count + SAMPLE])
    above = tuple(cell for row in titles[:place] for cell in row if cell)
    return Table(tuple(header), count, rows, sheet, above) if rows else None


def _grids(path: Path) -> Iterator[tuple[str, Grid]]:
    kind = files.kind_of(path)
    if kind == "json":
        table = flat.of_objects(Objects(path))
        if table is not None:
            yield "", table
    elif kind == "sqlite":
        database = Database(path)
        for name in database.tables:
            yield name, flat.of_table(database, name)
    elif kind == "workbook":
        sheets.check(path)
        for sheet in sheets.read(path):
            if not sheet.hidden:
                yield sheet.name, grid.SheetGrid(sheet.rows)
    else:
        text = files.text_of(path)
        yield "", grid.TextGrid(text, grid.delimiters(text)[0])


def _may_head(cells: Sequence[Any]) -> bool:
    """Whether a row may be a header: several short words, no numbers and no dates among them."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    if len(filled) < _FEWEST:
        return False
    return all(
        not isinstance(cell, int | float | date | timedelta)
        and len(word := str(cell).strip()) <= _LONGEST_TITLE
        and not word.replace(",", "").replace(".", "").replace("-", "").replace("%", "").isdigit()
        and "://" not in word
        for cell in filled
    )


def _recognised(titles: Sequence[str]) -> int:
    return sum(synonyms.known(title) for title in titles)


def _width(titles: Sequence[str]) -> int:
    return sum(map(bool, titles))


def _is_upper(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row is the upper half of a header: its gaps are filled below, and some of its words go
    through both rows or stand over the same words (次数, 人数, 次数, 人数).
    """
    width = max(len(above), len(below))
    upper, lower = (list(row) + [""] * (width - len(row)) for row in (above, below))
    pairs = list(zip(upper, lower, strict=True))
    gaps = any(not over and under for over, under in pairs)
    both = any(over and under for over, under in pairs)
    through = any(over and not under for over, under in pairs)
    words = list(filter(None, lower))
    return gaps and both and (through or len(words) > len(set(words))) and _width(above) >= _FEWEST


def _title(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")
