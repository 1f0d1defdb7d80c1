"""How far the sheets of an old workbook (.xls, .et) span, from its records alone.

Sources: [MS-CFB] for the file of streams (sectors, chains, directory), [MS-XLS] for records of cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["LARGEST", "OldExtent", "extent"]

LARGEST = 256 << 20
"""Bytes that an old workbook may have: 65,536 rows in each of many sheets have less."""

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_HEAD = 512
_NAMES = ("workbook", "book")
_SHEET, _PASSWORD, _LAST = 0x0085, 0x002F, 0x000A
_ONE_CELL = frozenset(
    (
        0x0006,
        0x0201,
        0x0203,
        0x0204,
        0x0205,
        0x00D6,
        0x00FD,
        0x027E,
        0x0406,
        0x0206,
        0x0001,
        0x0002,
        0x0003,
        0x0004,
        0x0005,
    )
)
_SEVERAL = frozenset((0x00BD, 0x00BE))
_FORMULAS = frozenset((0x0006, 0x0206, 0x0406))


@dataclass
class OldExtent:
    """Cells that the sheets span, the rows and columns of the last, formulas; whether there is a password."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    formulas: int = 0
    locked: bool = False


def extent(path: Path, most: int) -> OldExtent | None:
    """Measure the sheets of a workbook; ends early where they span more than `most` cells.

    Null where no workbook is in the file. Raises ValueError where it is not whole.
    """
    stream = _stream(path.read_bytes())
    if stream is None:
        return None
    found = OldExtent()
    places: list[int] = []
    for record, body in _records(stream, 0):
        found.locked |= record == _PASSWORD
        if record == _SHEET and len(body) >= 4:
            places += struct.unpack_from("<I", body)
    # Sheets are read from where the list of them says, wherever that is.
    for place in places or [0]:
        sheet = _sheet(stream, place, most - found.cells)
        found.cells += sheet.rows * sheet.columns
        found.formulas += sheet.formulas
        found.rows, found.columns = sheet.rows, sheet.columns
        if found.cells > most:
            break
    return found


def _sheet(stream: bytes, place: int, most: int) -> OldExtent:
    sheet = OldExtent()
    for record, body in _records(stream, place):
        if record in _ONE_CELL and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
        elif record in _SEVERAL and len(body) >= 6:
            (row,), (column,) = struct.unpack_from("<H", body), struct.unpack_from("<H", body, len(body) - 2)
        else:
            continue
        sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)
        sheet.formulas += record in _FORMULAS
        if sheet.rows * sheet.columns > most:
            break
    return sheet


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place to the end of their part."""
    end = len(stream)
    while place + 4 <= end:
        record, size = struct.unpack_from("<HH", stream, place)
        if record == _LAST:
            return
        yield record, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _stream(data: bytes) -> bytes | None:
    """The workbook's stream, null where there is none. Raises ValueError."""
    if len(data) < _HEAD:
        raise ValueError("short")
    (version,), (shift, small) = struct.unpack_from("<H", data, 26), struct.unpack_from("<HH", data, 30)
    if version not in {3, 4} or shift not in {9, 12} or small != 6:
        raise ValueError("no compound file")
    size = 1 << shift
    first_directory, _, cutoff, first_small = struct.unpack_from("<IIII", data, 48)
    table = _table(data, size)
    directory = b"".join(_chain(data, size, table, first_directory))
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    for entry in entries:
        if entry[66] == 2 and _name(entry).casefold() in _NAMES:
            start, length = struct.unpack_from("<IQ", entry, 116)
            length &= 0xFFFFFFFF
            if length >= cutoff:
                return b"".join(_chain(data, size, table, start))[:length]
            (root_start,) = struct.unpack_from("<I", entries[0], 116)
            held = b"".join(_chain(data, size, table, root_start))
            small_table = _words(b"".join(_chain(data, size, table, first_small)))
            return b"".join(_chain(held, 64, small_table, start, before=0))[:length]
    return None


def _table(data: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows which."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if following >= _END:
            break
        words = _words(_sector(data, size, following))
        sectors += words[:-1]
        following = words[-1]
    return _words(b"".join(_sector(data, size, one) for one in sectors if one < _END - 4))


def _chain(
    data: bytes, size: int, table: tuple[int, ...], start: int, before: int | None = None
) -> Iterator[bytes]:
    """The sectors from one on; a chain longer than the file is a ring. Raises ValueError."""
    for _ in range(len(data) // size + 2):
        if start >= len(table):
            return
        yield _sector(data, size, start, before)
        start = table[start]
    raise ValueError("a ring of sectors")


def _sector(data: bytes, size: int, number: int, before: int | None = None) -> bytes:
    """A sector; the file's head takes the place of one before the first."""
    place = number * size + (size if before is None else before)
    return data[place : place + size]


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _name(entry: bytes) -> str:
    length = min(struct.unpack_from("<H", entry, 64)[0], 64)
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
