"""JSON and JSON-lines files as rows of objects, read as a stream; one that is broken is a broken row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Literal

import ijson

from jianwei.errors import DataError
from jianwei.intake.files import unusable
from jianwei.intake.grid import Row

__all__ = ["Kind", "Objects"]

Kind = Literal["object", "array", "lines"]

_AGAIN = "请从来源重新导出"
_LARGEST = 512 << 20
_LONGEST = 64 << 20
_SAMPLES = 50
_EXACT = 15
_DEEPEST = 500
_CUT = "不是完整的 JSON，可能被截断"


class Objects:
    """The objects of a file: `kind` says whether it is one object, an array of them, or one a line.

    Whole numbers of more than 15 digits are texts, so that ids stay exact whatever is done with them. `samples`: the first objects, at most 50.
    Iterating gives rows: number = place in an array or line of the file (1 = first), cells = what
    stands there, an object or not; `broken` where it is no JSON. To be iterated once.
    """

    def __init__(self, path: Path) -> None:
        """Look at the beginning of a file. Raises DataError where it is no JSON from its first object on."""
        self.path = path
        self.kind: Kind = _kind(path)
        self._rows = self._read()
        self._head = list(islice(self._rows, _SAMPLES))
        if self._head and self._head[0].broken:
            raise _unreadable(path, self._head[0])
        if not self._head:
            raise unusable(path, "header_only", "JSON 里没有一条记录", "请核对导出是否完整")
        self.samples: tuple[dict[str, Any], ...] = tuple(
            row.cells for row in self._head if isinstance(row.cells, dict)
        )

    @property
    def document(self) -> dict[str, Any]:
        """The object of a file that is one object; an empty one for others."""
        return self.samples[0] if self.kind == "object" and self.samples else {}

    def have(self, *keys: str) -> bool:
        """Whether every sampled object has these keys, and there is one."""
        return bool(self.samples) and all(key in sample for sample in self.samples for key in keys)

    def __iter__(self) -> Iterator[Row]:
        """The rows, the sampled ones first."""
        return chain(self._head, self._rows)

    def _read(self) -> Iterator[Row]:
        if self.kind == "lines":
            return _lines(self.path)
        return _array(self.path) if self.kind == "array" else iter((Row(1, _whole(self.path)),))


def _kind(path: Path) -> Kind:
    """How a file holds its objects: an array, or by whether its first line is a whole object."""
    with path.open("rb") as file:
        line = b""
        while not line.strip():
            line = file.readline(_LONGEST).removeprefix(b"\xef\xbb\xbf")
            if not line:
                return "object"
        if line.lstrip().startswith(b"["):
            return "array"
        below = next((one for one in iter(lambda: file.readline(_LONGEST), b"") if one.strip()), b"")
    if not below:
        return "object"
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        # A damaged first line of many is still one of many.
        return "lines" if below.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") else "object"
    return "lines"


def _lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(_LONGEST), b""), start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if not line.strip():
                continue
            words = (line.decode("utf-8", "replace"),)
            try:
                yield Row(number, json.loads(line, parse_int=_integer), words)
            except UnicodeDecodeError:
                yield Row(number, None, words, "含有不是 UTF-8 的字节")
            except (ValueError, RecursionError):
                yield Row(number, None, words, _CUT)


def _array(path: Path) -> Iterator[Row]:
    number = 0
    with path.open("rb") as file:
        _after_mark(file)
        try:
            for number, item in enumerate(ijson.items(_Shallow(file), "item", use_float=True), start=1):
                yield Row(number, _exact(item))
        except (ijson.JSONError, UnicodeDecodeError, RecursionError, ValueError, OverflowError) as error:
            what = "含有不是 UTF-8 的字节" if "UTF-8" in str(error) else _CUT
            yield Row(number + 1, None, (f"（第 {number + 1} 条起读不出来）",), what)


class _Shallow:
    """A file of JSON that refuses what nests without end: the parser's time grows with the square of depth."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises ValueError where far more is opened in them than closed."""
        piece = self._file.read(size)
        if piece.count(b"[") + piece.count(b"{") - piece.count(b"]") - piece.count(b"}") > _DEEPEST:
            raise ValueError("nested too deeply")
        return piece


def _integer(digits: str) -> int | str:
    """A whole number; as text where a spreadsheet could not hold it."""
    return int(digits) if len(digits) <= _EXACT else digits


def _exact(item: Any) -> Any:
    if isinstance(item, dict):
        return {key: _exact(value) for key, value in item.items()}
    if isinstance(item, list):
        return [_exact(value) for value in item]
    if isinstance(item, int) and not isinstance(item, bool) and len(str(item)) > _EXACT:
        return str(item)
    return item


def _after_mark(file: IO[bytes]) -> None:
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)


def _whole(path: Path) -> dict[str, Any]:
    if path.stat().st_size > _LARGEST:
        what = f"是一个超过 {_LARGEST >> 20} MB 的 JSON 对象"
        raise unusable(path, "too_large", what, "请分批导出，或导出为逐行的 JSON（JSONL）")
    try:
        found = json.loads(path.read_text("utf-8-sig"), parse_int=_integer)
    except UnicodeDecodeError as error:
        raise unusable(path, "encoding", "不是 UTF-8 编码的 JSON", _AGAIN) from error
    except json.JSONDecodeError as error:
        raise unusable(path, "bad_json", _CUT, _AGAIN, error.lineno) from error
    except (RecursionError, MemoryError, ValueError) as error:
        raise unusable(path, "bad_json", "层次太深或太大，不是正常的 JSON", _AGAIN) from error
    return found if isinstance(found, dict) else {}


def _unreadable(path: Path, row: Row) -> DataError:
    code = "encoding" if "UTF-8" in row.broken else "bad_json"
    return unusable(path, code, f"第 {row.number} 条记录{row.broken}", _AGAIN, row.number)
