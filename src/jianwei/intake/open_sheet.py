"""How far the tables of an OpenDocument spreadsheet (.ods) span: empty cells and rows may be repeated without end.

Source: OpenDocument 1.3 part 3, 9.1 and 19.675/19.677 (number-columns-repeated, number-rows-repeated).
"""

from __future__ import annotations

from xml.parsers import expat

__all__ = ["OpenExtent"]

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_CELLS = (f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell")


class OpenExtent:
    """Cells that the tables of content.xml span, formulas in them; fed with its bytes in pieces.

    Repetitions of what is filled count, those of empty cells only where something filled follows.
    """

    def __init__(self) -> None:
        self.cells = self.formulas = 0
        self._rows = self._last = self._columns = 0
        self._column = self._filled = 0
        self._repeat = 1
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _no_doctype

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Take the next bytes. Raises ValueError where it is no such document."""
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error

    @property
    def spanned(self) -> int:
        """Cells of the tables so far, the one being read included."""
        return self.cells + self._last * self._columns

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._column += _count(attributes.get(f"{_TABLE} number-columns-repeated"))
            self.formulas += f"{_TABLE} formula" in attributes
            if f"{_OFFICE} value-type" in attributes:
                self._filled = self._column
        elif name == f"{_TABLE} table":
            self._depth += 1
            if self._depth > 1:
                raise ValueError("a table within a table")
        elif name == _PARAGRAPH:
            self._filled = self._column
        elif name == f"{_TABLE} table-row":
            self._column = self._filled = 0
            self._repeat = _count(attributes.get(f"{_TABLE} number-rows-repeated"))

    def _end(self, name: str) -> None:
        if name == f"{_TABLE} table-row":
            self._rows += self._repeat
            if self._filled:
                self._last = self._rows
                self._columns = max(self._columns, self._filled)
        elif name == f"{_TABLE} table":
            self._depth -= 1
            self.cells = self.spanned
            self._rows = self._last = self._columns = 0


def _count(word: str | None) -> int:
    """A number of repetitions, at least one. Raises ValueError for what is none."""
    if word is None:
        return 1
    if not (word.isascii() and word.isdigit()) or len(word) > 9:
        raise ValueError(word)
    return max(int(word), 1)


def _no_doctype(*_: object) -> None:
    raise ValueError("doctype")
