"""Addresses inside a finding: which row and field a number in a text or table stands for."""

from __future__ import annotations

from typing import Any

from jianwei.errors import RenderError
from jianwei.finding.model import Finding
from jianwei.phrase.span import Span

__all__ = ["in_row", "key_of", "row_span", "value_at"]

_KEYS = {
    "S2": "region",
    "F1": "region",
    "F2": "region",
    "F3": "system",
    "F4": "month",
    "F5": "kind",
    "N3": "function",
}


def key_of(finding: Finding, place: int) -> str:
    """The key of the detail row at this place: its region, system, month …, else its place from 1."""
    name = _KEYS.get(finding.id.partition(".")[0], "")
    value = finding.detail[place - 1].get(name)
    return str(value) if value not in (None, "") else str(place)


def in_row(finding: Finding, place: int, field: str) -> str:
    """The address of a field of the detail row at this place (from 1)."""
    return f"{finding.id}#{key_of(finding, place)}.{field}"


def row_span(finding: Finding, place: int, field: str, words: str, *, name: bool = False) -> Span:
    """Words that stand for a field of a detail row."""
    return Span(words, in_row(finding, place, field), name)


def value_at(finding: Finding, address: str) -> Any:
    """What an address of this finding names: its value, `#alt`, `#rows`, `#absent`, `#3` (list place), `#KEY.FIELD`.

    Raises RenderError when the finding has no such part.
    """
    _, _, part = address.partition("#")
    if not part:
        return finding.value
    if part in ("alt", "rows", "absent"):
        return getattr(finding, part)
    key, dot, field = part.rpartition(".")
    if not dot:
        names = finding.value if isinstance(finding.value, (list, tuple)) else ()
        if part.isdigit() and 0 < int(part) <= len(names):
            return names[int(part) - 1]
        raise RenderError(f"地址“{address}”无所指")
    for place, row in enumerate(finding.detail, 1):
        if key_of(finding, place) == key and field in row:
            return row[field]
    raise RenderError(f"地址“{address}”无所指")
