"""Regions as a reader looks them up: valid on a day, children, and one place under its several codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from jianwei.roster.divisions import stem

__all__ = ["Places", "full_code", "places", "valid"]

_RENAMED: Mapping[str, str] = {"500234": "500154"}
"""Successions that names do not show: 开县 became 开州区 (code tables of 2016-06 and 2016-08)."""


def full_code(adcode: str) -> str:
    """Six digits of a code that may be written short: `50` is 500000."""
    return adcode.ljust(6, "0")


def valid(row: Mapping[str, Any], day: date) -> bool:
    """Whether a region row (start, end; end excluded, null = unbounded) holds on that day."""
    return (row["start"] is None or row["start"] <= day) and (row["end"] is None or day < row["end"])


@dataclass(frozen=True, eq=False)
class Places:
    """An index over rows of regions (adcode, name, parent, start, end)."""

    rows: tuple[Mapping[str, Any], ...]
    _by_code: dict[str, list[Mapping[str, Any]]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._by_code.setdefault(row["adcode"], []).append(row)

    def known(self, adcode: str) -> bool:
        """Whether the code ever was one."""
        return full_code(adcode) in self._by_code

    def spans(self, adcode: str) -> list[Mapping[str, Any]]:
        """The rows of a code in order of time; empty for an unknown one."""
        return list(self._by_code.get(full_code(adcode), ()))

    def at(self, adcode: str, day: date) -> Mapping[str, Any] | None:
        """The row of this very code on that day."""
        return next((row for row in self.spans(adcode) if valid(row, day)), None)

    def same_place(self, adcode: str) -> tuple[str, ...]:
        """All codes that the place has had, oldest first: 500223 (潼南县), 500152 (潼南区).

        One code follows another when a single code of the same province with the same stem of
        name begins where the old one ends; an unclear succession is none.
        """
        chain = [full_code(adcode)]
        while (before := self._older.get(chain[0])) and before not in chain:
            chain.insert(0, before)
        while (after := self._newer.get(chain[-1])) and after not in chain:
            chain.append(after)
        return tuple(chain)

    def code_on(self, adcode: str, day: date) -> str | None:
        """The code that stands for the place on that day; None where there is none."""
        if self.at(adcode, day) is not None:
            return full_code(adcode)
        return next((code for code in self.same_place(adcode) if self.at(code, day) is not None), None)

    def name_on(self, adcode: str, day: date) -> str | None:
        """The place's name on that day, whichever of its codes is given."""
        code = self.code_on(adcode, day)
        row = self.at(code, day) if code else None
        return str(row["name"]) if row else None

    def children(self, adcode: str, day: date) -> list[Mapping[str, Any]]:
        """The rows one level below on that day, by adcode: the 38 of Chongqing (`50`)."""
        parent = full_code(adcode)
        found = [row for row in self.rows if row["parent"] == parent and valid(row, day)]
        return sorted(found, key=lambda row: str(row["adcode"]))

    @cached_property
    def _newer(self) -> dict[str, str]:
        begins: dict[tuple[str, bool, date, str], set[str]] = {}
        for code, rows in self._by_code.items():
            for row in rows:
                if row["start"] is not None:
                    begins.setdefault(_likeness(row, row["start"]), set()).add(code)
        found: dict[str, str] = {}
        for code, rows in self._by_code.items():
            last = rows[-1]
            if last["end"] is not None:
                heirs = begins.get(_likeness(last, last["end"]), set()) - {code}
                if len(heirs) == 1:
                    found[code] = heirs.pop()
        found.update({old: new for old, new in _RENAMED.items() if {old, new} <= self._by_code.keys()})
        return found

    @cached_property
    def _older(self) -> dict[str, str]:
        counted: dict[str, list[str]] = {}
        for old, new in self._newer.items():
            counted.setdefault(new, []).append(old)
        return {new: olds[0] for new, olds in counted.items() if len(olds) == 1}


def _likeness(row: Mapping[str, Any], day: date) -> tuple[str, bool, date, str]:
    """What a code and its heir share: province, level (county or above), day, stem of the name."""
    code = str(row["adcode"])
    return code[:2], code.endswith("00"), day, stem(str(row["name"]))


def places(rows: Iterable[Mapping[str, Any]]) -> Places:
    """The index over these rows."""
    return Places(tuple(rows))
