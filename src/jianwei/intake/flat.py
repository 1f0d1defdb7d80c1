"""JSON objects and database rows as tables: a header of keys, and rows of cells under it."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from typing import Any

from jianwei.intake.databases import Database
from jianwei.intake.grid import Grid, Row
from jianwei.intake.objects import Objects

__all__ = ["KeyedGrid", "of_objects", "of_table"]

_MOST_KEYS = 500


class KeyedGrid(Grid):
    """Rows of objects as rows of cells in the order of `header`; what an object lacks is None.

    An object within an object is its JSON text. A row that is no object is a broken row. Keys that
    the header lacks are not read; `more` counts them.
    """

    padded = True

    def __init__(self, header: Sequence[str], rows: Iterable[Row]) -> None:
        self.header = list(header)
        self.more: Counter[str] = Counter()
        self._known = frozenset(header)
        self._rows = map(self._laid_out, rows)
        self._held: deque[Row] = deque()

    def __next__(self) -> Row:
        """The next row."""
        return self._held.popleft() if self._held else next(self._rows)

    def peek(self, count: int) -> list[Row]:
        """The next rows, which stay to be read."""
        while len(self._held) < count and (row := next(self._rows, None)) is not None:
            self._held.append(row)
        return list(self._held)[:count]

    def _laid_out(self, row: Row) -> Row:
        if row.broken:
            return row
        if not isinstance(row.cells, dict):
            return row._replace(broken="不是一个对象")
        if not row.cells.keys() <= self._known:
            self.more.update(key for key in row.cells if key not in self._known)
        # An object's line in its file is no row of cells: its width says nothing.
        return Row(row.number, [_cell(row.cells.get(key)) for key in self.header])


def of_objects(objects: Objects) -> KeyedGrid | None:
    """The objects of an array or of lines as a table; null where a file is one object, or holds too many keys."""
    if objects.kind == "object" or not objects.samples:
        return None
    keys = list(dict.fromkeys(str(key) for sample in objects.samples for key in sample))
    return KeyedGrid(keys, iter(objects)) if 0 < len(keys) <= _MOST_KEYS else None


def of_table(database: Database, name: str) -> KeyedGrid:
    """A table of a database."""
    return KeyedGrid(database.tables[name], database.rows(name))


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return None if value == "" else value
