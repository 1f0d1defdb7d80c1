"""SQLite files of crawlers, opened to be read only: their tables as rows of named cells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from jianwei.intake.files import unusable
from jianwei.intake.grid import Row

__all__ = ["Database"]

_AGAIN = "请关闭占用它的程序后重新复制，或从同一工具导出 CSV"
_LONGEST = 32 << 20
_PATIENCE = 1.0
"""Seconds to wait for a program that writes to the file."""


class Database:
    """The tables of a SQLite file and their columns; views and virtual tables are no data and are not read."""

    def __init__(self, path: Path) -> None:
        """Look at a file's tables. Raises DataError where it is no whole database."""
        self.path = path
        try:
            with closing(self._open()) as opened:
                names = opened.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                    "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
                ).fetchall()
                self.tables: dict[str, tuple[str, ...]] = {
                    str(name): tuple(
                        str(column)
                        for (column,) in opened.execute("SELECT name FROM pragma_table_info(?)", (name,))
                    )
                    for (name,) in names
                }
        except sqlite3.Error as error:
            what = f"是 SQLite 数据库，但打不开：{_why(error)}"
            raise unusable(path, "damaged", what, _AGAIN) from error

    def have(self, table: str, columns: Sequence[str]) -> bool:
        """Whether there is a table with at least these columns."""
        return set(columns) <= set(self.tables.get(table, ()))

    def rows(self, table: str, order: str = "rowid") -> Iterator[Row]:
        """The rows of a table: number = place (1 = first), cells = column → value as stored.

        table: one of `tables`. order: `rowid`, or a column of the table. A database that breaks off
        ends with a broken row. Raises KeyError for a table that is not there.
        """
        columns = self.tables[table]
        if order != "rowid" and order not in columns:
            raise KeyError(order)
        number = 0
        with closing(self._open()) as opened:
            try:
                told = opened.execute(
                    f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)} ORDER BY {_quoted(order)}"
                )
                for number, cells in enumerate(told, start=1):
                    yield Row(number, dict(zip(columns, map(_cell, cells), strict=True)))
            except sqlite3.Error as error:
                yield Row(number + 1, {}, broken=f"数据库从这里起读不出来：{_why(error)}")

    def _open(self) -> sqlite3.Connection:
        address = f"{self.path.absolute().as_uri()}?mode=ro"
        opened = sqlite3.connect(address, uri=True, timeout=_PATIENCE)
        opened.text_factory = _text
        opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        opened.execute("PRAGMA trusted_schema = OFF")
        opened.execute("PRAGMA query_only = ON")
        return opened


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def _cell(cell: Any) -> Any:
    """A stored value; bytes, which no column of these tools holds, as text."""
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else cell


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _why(error: sqlite3.Error) -> str:
    words = str(error)
    if "locked" in words:
        return "正被其他程序占用"
    if "malformed" in words or "not a database" in words:
        return "文件已损坏或没有复制完整"
    return words
