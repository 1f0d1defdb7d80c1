"""How far a sheet of a binary workbook (.xlsb) spans, from its records alone.

Source: [MS-XLSB] 2.1.4: a record is an id of one or two bytes, a length of up to four, and its data.
"""

from __future__ import annotations

__all__ = ["BinaryExtent"]

_ROW = 0
_CELLS = frozenset((*range(1, 12), 62))
_FORMULAS = frozenset(range(8, 12))
_ERRORS = frozenset((3, 11))
_LONGEST = 1 << 26
_NEEDED = 8
_MOST = 1 << 22


class BinaryExtent:
    """Rows and columns that a part's cells span, formulas and errors in it; fed with its bytes in pieces."""

    def __init__(self) -> None:
        self.rows = self.columns = self.formulas = self.errors = 0
        self._held = b""
        self._skip = 0
        self._row = 0

    def feed(self, piece: bytes) -> None:
        """Take the next bytes. Raises ValueError for records that no program writes."""
        if self._skip >= len(piece):
            self._skip -= len(piece)
            return
        data = self._held + piece[self._skip :]
        self._skip = 0
        place, end = 0, len(data)
        while True:
            start = place
            head = _head(data, place)
            if head is None:
                break
            record, size, place = head
            if record == _ROW or record in _CELLS:
                if place + min(size, _NEEDED) > end:
                    break
                self._take(record, data[place : place + min(size, _NEEDED)])
            place += size
            if place >= end:
                self._skip, start = place - end, end
                break
        self._held = data[start:]

    def _take(self, record: int, data: bytes) -> None:
        if len(data) < 4:
            raise ValueError("short record")
        number = int.from_bytes(data[:4], "little")
        if number >= _MOST:
            raise ValueError("out of the sheet")
        if record == _ROW:
            self._row = number
            return
        self.rows = max(self.rows, self._row + 1)
        self.columns = max(self.columns, number + 1)
        self.formulas += record in _FORMULAS
        self.errors += record in _ERRORS


def _head(data: bytes, place: int) -> tuple[int, int, int] | None:
    """Id, length and where the data begins; null where the head goes on in the next piece."""
    end = len(data)
    if place >= end:
        return None
    record = data[place]
    place += 1
    if record & 0x80:
        if place >= end:
            return None
        record = record & 0x7F | (data[place] & 0x7F) << 7
        place += 1
    size = shift = 0
    while True:
        if place >= end:
            return None
        byte = data[place]
        place += 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return record, size, place
        if shift > 21 or size > _LONGEST:
            raise ValueError("endless record")
