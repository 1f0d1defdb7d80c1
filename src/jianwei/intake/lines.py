"""Rows as lines to parse, and cells by name with refusals that say which field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from jianwei.intake import times, values
from jianwei.intake.grid import Grid
from jianwei.intake.source import Line, Refused

__all__ = ["CellReader", "cell_reader", "numbered"]

T = TypeVar("T")


def numbered(grid: Grid) -> Iterator[Line]:
    """The rows of a grid as lines."""
    for row in grid:
        yield Line(row.number, row, row.raw)


class CellReader:
    """Reads cells of one row by name; what cannot be read refuses the row and names the field."""

    def __init__(self, at: Mapping[str, Any]) -> None:
        self._at = at

    def __call__(self, name: str, read: Callable[[Any], T]) -> T:
        cell = self._at.get(name)
        if type(cell) is str and not cell.isascii() and any("\udc80" <= c <= "\udcff" for c in cell):
            raise Refused("encoding", name, "有无法解码的字节", "请核对来源文件的编码")
        try:
            return read(cell)
        except values.Unreadable as error:
            raise Refused("unreadable", name, error.reason, error.hint) from error

    def moment(self, name: str, anchor: datetime | None = None) -> datetime:
        """The time in a cell."""
        return self(name, lambda cell: times.moment(cell, anchor=anchor))


def cell_reader(at: Mapping[str, Any]) -> CellReader:
    """A reader over a row's cells by column name."""
    return CellReader(at)
