"""曾用名(起止): former names of an account in one cell.

Written `旧名(2012-03-01至2014-05-31)；更旧的名`: names in order, each with the days it was used
where known, separated by semicolons or line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jianwei.registry import cells
from jianwei.registry.cells import Cell, CellError

__all__ = ["Former", "read", "write"]

_DATED = re.compile(r"(?P<name>.*?)\s*[(（]\s*(?P<span>[^()（）]*\d{4}[^()（）]*)[)）]", re.DOTALL)
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|–|--|\s-\s)\s*")


@dataclass(frozen=True)
class Former:
    """A name that an account had from `start` to `end` (both counted, null = unknown)."""

    name: str
    start: date | None = None
    end: date | None = None


def read(cell: Cell) -> tuple[Former, ...]:
    """The former names in a cell. Raises CellError at a date that cannot be read."""
    text = cells.prose(cell)
    parts = [cells.line(part) for part in re.split(r"[；;\n]", text)]
    return tuple(_one(part) for part in parts if part)


def write(names: Iterable[Former]) -> str:
    """The cell that `read` gives back."""
    return "；".join(_text(former) for former in names)


def _one(part: str) -> Former:
    found = _DATED.fullmatch(part)
    if found is None or not found["name"]:
        return Former(part)
    span = found["span"]
    if not re.fullmatch(r"[\d\s年月日至到今前后起止./~～—–-]+", span):
        return Former(part)
    ends = _RANGE.split(span, maxsplit=1)
    if len(ends) == 1:
        ends = _dashed(span)
    first, last = (text.strip() for text in ends)
    start = cells.day(first.removesuffix("起")) if first else None
    end = None if last in ("", "今") else cells.day(last.removesuffix("止"), last=True)
    if start and end and end < start:
        raise CellError(f"曾用名“{found['name']}”的止日早于起日", "请核对起止日期")
    return Former(found["name"], start, end)


def _dashed(span: str) -> list[str]:
    """A range that is joined by a plain hyphen (2012.3-2014.5), or one day alone (起 or 止 say which)."""
    plain = span.strip()
    halves = [half for half in plain.split("-") if half.strip()]
    if len(halves) == 2 and not re.fullmatch(r"\d{4}-\d{1,2}", plain):
        return halves
    if plain.endswith(("前", "止")):
        return ["", plain.rstrip("前止")]
    return [plain.rstrip("起后"), ""]


def _text(former: Former) -> str:
    if former.start is None and former.end is None:
        return former.name
    start = former.start.isoformat() if former.start else ""
    end = former.end.isoformat() if former.end else ""
    return f"{former.name}({start}至{end})"
