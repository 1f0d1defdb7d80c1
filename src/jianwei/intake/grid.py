"""Rows of cells with the number of the line each begins on, from CSV text or from a sheet."""

from __future__ import annotations

import csv
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from jianwei.intake import files

__all__ = ["Grid", "Row", "SheetGrid", "TextGrid", "delimiters"]

_CELL = 32 << 20
_MARKS = (",", "\t", ";")
_MOST_LINES = 4_000
_FEWEST_LINES = 60
_SHOWN_CELLS = 200
_SEEN_LINES = 13
_WHY = (
    ("expected after", "引号没有成对，或引号后少了分隔符"),
    ("unexpected end", "引号没有结束，文件可能被截断"),
    ("field larger", f"有一格超过 {_CELL >> 20} MB"),
    ("new-line", "格中有没加引号的换行"),
)
"""What the csv module says, in words for people."""


class Row(NamedTuple):
    """A row: its number (1 = first line), its cells, the physical lines it came from, what is broken in it."""

    number: int
    cells: Any
    lines: tuple[str, ...] = ()
    broken: str = ""

    @property
    def cut(self) -> bool:
        """Whether the file ends within or right after this row, without a line end: it may be half a row."""
        return bool(self.lines) and not self.lines[-1].endswith(("\n", "\r"))

    def raw(self, most: int) -> str:
        """The beginning of the row as it stands in the file; undecodable bytes as escapes."""
        if self.lines:
            text = "".join(self.lines[:most])
        elif isinstance(self.cells, list):
            text = ",".join("" if cell is None else str(cell)[:most] for cell in self.cells[:_SHOWN_CELLS])
        else:
            text = json.dumps(self.cells, ensure_ascii=False, default=str)
        return text[:most].rstrip("\r\n").encode("utf-8", "backslashreplace").decode()


class Grid:
    """Rows to read once; blank ones are passed over. Some can be looked at before, to know the layout."""

    padded = False
    """Whether every row is filled up to the widest one, so that its own width says nothing."""

    def __iter__(self) -> Iterator[Row]:
        """The grid itself."""
        return self

    def __next__(self) -> Row:
        """The next row."""
        raise NotImplementedError

    def peek(self, count: int) -> list[Row]:
        """The next rows, which stay to be read."""
        raise NotImplementedError

    def split(self, row: Row, fits: Callable[[Row], bool]) -> Row:
        """A row that was just read and is no layout's, without the lines that are rows of their own.

        fits: whether a row would be one. Those lines are read anew; in a sheet there are none.
        """
        del fits
        return row


class SheetGrid(Grid):
    """Rows of a sheet; empty cells are None."""

    padded = True

    def __init__(self, rows: Iterable[list[Any] | None]) -> None:
        self._rows = _filled(rows)
        self._held: deque[Row] = deque()

    def __next__(self) -> Row:
        """The next row."""
        return self._held.popleft() if self._held else next(self._rows)

    def peek(self, count: int) -> list[Row]:
        """The next rows, which stay to be read."""
        while len(self._held) < count and (row := next(self._rows, None)) is not None:
            self._held.append(row)
        return list(self._held)[:count]


class TextGrid(Grid):
    """Rows of a CSV or TSV file.

    A quote that was never closed must not swallow the rows below it: where quotes do not match
    (RFC 4180, taken strictly), only the first line is a broken row and reading begins anew below it.
    """

    def __init__(self, text: files.Text, delimiter: str = ",") -> None:
        csv.field_size_limit(_CELL)
        self._lines = files.lines(text)
        self._back: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 0
        self._most = _MOST_LINES
        self._delimiter = delimiter
        self._reader = self._fresh()

    def __next__(self) -> Row:
        """The next row."""
        while True:
            taken: list[str] = []
            self._taken = taken
            start = self._number + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                return self._broken(start, str(error))
            if cells and any(map(str.strip, cells)):
                return Row(start, cells, tuple(taken))

    def peek(self, count: int) -> list[Row]:
        """The next rows, which stay to be read."""
        start, most = self._number, self._most
        lines: list[str] = []
        rows: list[Row] = []
        while len(rows) < count:
            before = self._number
            row = next(self, None)
            if row is None:
                break
            # Blank lines before the row are counted when it is read again.
            lines += ["\n"] * (row.number - before - 1)
            lines += row.lines
            rows.append(row)
        self._most = most
        self._push_back(lines)
        self._number = start
        return rows

    def split(self, row: Row, fits: Callable[[Row], bool]) -> Row:
        """A row that was just read and is no layout's, without the lines that are rows of their own.

        fits: whether a row would be one. Those lines are read anew.
        """
        if len(row.lines) < 2:
            return row
        # The last of its lines may be the first of a row that goes on below it.
        lines = row.lines + self._ahead(_FEWEST_LINES)
        for place in range(1, len(row.lines)):
            below = lines[place : place + _FEWEST_LINES]
            reader = csv.reader(below, delimiter=self._delimiter, strict=True)
            try:
                cells = next(reader)
            except csv.Error:
                continue
            if fits(Row(row.number + place, cells, below[: reader.line_num])):
                self._push_back(row.lines[place:])
                return row._replace(lines=row.lines[:place])
        return row

    def _ahead(self, count: int) -> tuple[str, ...]:
        """The next lines, which stay to be read."""
        lines = [self._back.popleft() for _ in range(min(count, len(self._back)))]
        lines += islice(self._lines, count - len(lines))
        self._back.extendleft(reversed(lines))
        return tuple(lines)

    def _broken(self, start: int, why: str) -> Row:
        """The first line of what could not be read; the rest is pushed back."""
        lines = self._taken
        if len(lines) > self._most:
            why = f"引号没有成对，{self._most} 行内没有结束"
            # Many unclosed quotes must not cost thousands of lines each.
            self._most = max(_FEWEST_LINES, self._most // 2)
        self._push_back(lines[1:])
        told = next((words for sign, words in _WHY if sign in why), why)
        return Row(start, [], tuple(lines[:1]), told)

    def _push_back(self, lines: Iterable[str]) -> None:
        """Put lines back in front and start anew with them."""
        held = list(lines)
        self._back.extendleft(reversed(held))
        self._number -= len(held)
        self._reader = self._fresh()

    def _fresh(self) -> Iterator[list[str]]:
        return csv.reader(self._feed(), delimiter=self._delimiter, strict=True)

    def _feed(self) -> Iterator[str]:
        """Physical lines, remembered since the last row began."""
        back = self._back
        while True:
            line = back.popleft() if back else next(self._lines, None)
            if line is None:
                return
            self._number += 1
            self._taken.append(line)
            if len(self._taken) > self._most:
                raise csv.Error("too many lines")
            yield line


def _filled(rows: Iterable[list[Any] | None]) -> Iterator[Row]:
    """The rows of a sheet that are not blank."""
    for number, cells in enumerate(rows, start=1):
        if cells is None:
            yield Row(number, [], broken="有一格的时间或时长读不出来")
        elif any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells):
            yield Row(number, [None if cell == "" else cell for cell in cells])


def delimiters(text: files.Text) -> list[str]:
    """The marks that may part the cells of a file, the likeliest first."""
    head = [line for line, _ in zip(files.lines(text), range(_SEEN_LINES), strict=False)]
    counts = {mark: max((line.count(mark) for line in head), default=0) for mark in _MARKS}
    return sorted((mark for mark in _MARKS if counts[mark]), key=lambda mark: -counts[mark]) or [","]
