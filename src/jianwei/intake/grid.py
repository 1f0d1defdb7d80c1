"""Rows of cells with the number of the line each begins on, from CSV text or from a sheet."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jianwei.intake import files

__all__ = ["Grid", "Row", "from_sheet", "from_text"]

_CELL = 32 << 20
_DELIMITERS = ",\t;"


@dataclass(frozen=True)
class Row:
    """A row: its number (1 = first line), its cells, and the physical lines it came from."""

    number: int
    cells: list[Any]
    lines: tuple[str, ...] = ()
    broken: str = ""  # what the CSV reader said of it

    def raw(self) -> str:
        """The row as it stands in the file, for the quarantine."""
        if self.lines:
            return "".join(self.lines).rstrip("\r\n")
        return ",".join("" if cell is None else str(cell) for cell in self.cells)


class Grid:
    """An iterator of rows. `split(row)` gives back all but the first line of a row, to be read anew:
    a quote that was never closed must not swallow the rows below it."""

    def __init__(self, rows: Iterator[Row], feeder: _Feeder | None = None) -> None:
        self._rows = rows
        self._feeder = feeder
        self._held: deque[Row] = deque()

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        return self._held.popleft() if self._held else next(self._rows)

    def peek(self, count: int) -> list[Row]:
        """The next rows, which stay to be read."""
        while len(self._held) < count:
            row = next(self._rows, None)
            if row is None:
                break
            self._held.append(row)
        return list(self._held)[:count]

    def split(self, row: Row) -> Row:
        """The row cut to its first line, the others pushed back; the same row where it has one line."""
        if self._feeder is None or len(row.lines) < 2 or self._held:
            return row
        self._feeder.push_back(row.lines[1:])
        return Row(row.number, row.cells, row.lines[:1], row.broken)


class _Feeder:
    """Physical lines for the csv module, remembered since the last row began."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line

    def push_back(self, lines: tuple[str, ...]) -> None:
        """Put lines back in front."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def from_text(text: files.Text) -> Grid:
    """Rows of a CSV or TSV file; blank lines are passed over."""
    csv.field_size_limit(_CELL)
    feeder = _Feeder(files.lines(text))
    return Grid(_rows(feeder, _delimiter(text)), feeder)


def from_sheet(rows: list[list[Any]]) -> Grid:
    """Rows of a sheet; empty cells are None, blank rows are passed over."""
    return Grid(
        Row(number, [None if cell == "" else cell for cell in cells])
        for number, cells in enumerate(rows, start=1)
        if any(cell not in ("", None) for cell in cells)
    )


def _rows(feeder: _Feeder, delimiter: str) -> Iterator[Row]:
    while True:
        reader = csv.reader(feeder, delimiter=delimiter)
        back = False
        while not back:
            feeder.taken = []
            start = feeder.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(start, [], tuple(feeder.taken), str(error))
                break
            if not any(cell.strip() for cell in cells):
                continue
            taken = tuple(feeder.taken)
            before = feeder.number
            yield Row(start, cells, taken)
            back = feeder.number < before  # lines were pushed back: start afresh with them


def _delimiter(text: files.Text) -> str:
    source = files.lines(text)
    head = [line for line, _ in zip(source, range(12), strict=False)]
    counts = {mark: max((line.count(mark) for line in head), default=0) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counts[mark])
