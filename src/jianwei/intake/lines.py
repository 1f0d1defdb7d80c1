"""Cells of a row by name; what cannot be read refuses the row and says which field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from jianwei.intake import times, values
from jianwei.intake.grid import Row

__all__ = ["CellReader", "Refused", "half", "whole"]

T = TypeVar("T")


class Refused(ValueError):  # noqa: N818 - a row is refused, the reading goes on
    """A row that cannot be taken, and why; the row goes to quarantine."""

    def __init__(self, code: str, field: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.code, self.field, self.reason, self.hint = code, field, reason, hint


class CellReader:
    """Reads cells of one row by name. titles: what people call the columns, where names are ours."""

    __slots__ = ("_at", "_titles")

    def __init__(self, at: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> None:
        self._at = at
        self._titles = titles or {}

    def __call__(self, name: str, read: Callable[[Any], T]) -> T:
        """What `read` makes of a cell; None is given where the column is not there. Raises Refused."""
        try:
            return read(self._at.get(name))
        except values.CellError as error:
            raise Refused(error.code, self._titles.get(name, name), error.reason, error.hint) from error

    def moment(self, name: str, anchor: datetime | None = None) -> datetime:
        """The time in a cell. Raises Refused."""
        return self(name, lambda cell: times.moment(cell, anchor=anchor))


def whole(row: Row) -> None:
    """Refuse a row whose quotes do not match."""
    if row.broken:
        what = f"这一行读不完整：{row.broken}"
        raise Refused("row_width", "", what, "请从来源重新导出")


def half(row: Row, width: int) -> Refused:
    """The refusal of a file's last row that ends too early. width: cells that it should have."""
    what = f"只有 {len(row.cells)} 格，应有 {width} 格，文件在这一行中断"
    return Refused("row_width", "", what, "请从来源重新导出")
