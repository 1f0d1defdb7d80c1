"""A census (账号普查): own registry × exports of the national system × accounts seen in the lake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jianwei.errors import Issue, Place
from jianwei.model import Platform
from jianwei.registry import certifying, filing, held, naming, pairing, posting
from jianwei.registry.entry import KINDS, Entry
from jianwei.registry.national import Export
from jianwei.registry.posting import After
from jianwei.registry.sighting import Sighting
from jianwei.roster import Roster

__all__ = ["NEED_EXPORT", "Census", "take"]

NEED_EXPORT = ("not_filed", "not_registered")
"""Kinds that cannot be told without an export of the national system."""

_FEW = 10
"""Own accounts below which a poor match of registers says nothing."""

_PLATFORMS = {platform.value: place for place, platform in enumerate(Platform)}


@dataclass
class Census:
    """What a census found: entries by kind, each kind's in 建制顺序; and what was compared.

    skipped: kinds that were not judged, with the reason.
    """

    as_of: date
    as_of_from: str
    lake_version: str
    roster_version: str
    exports: list[Export] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    compared: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        """The entries of a kind."""
        return [entry for entry in self.entries if entry.kind == kind]

    @property
    def counts(self) -> dict[str, Counter[str]]:
        """Kind to number of entries by confidence, every kind in order."""
        return {kind: Counter(entry.confidence for entry in self.of(kind)) for kind in KINDS}

    @property
    def issues(self) -> list[Issue]:
        """Problems met in the exports, and what makes their comparison doubtful."""
        found = [issue for export in self.exports for issue in export.issues]
        own, paired = self.compared.get("own", 0), self.compared.get("paired", 0)
        if self.exports and own >= _FEW and paired < own / 2:
            what = f"本台账 {own:,} 个账号只有 {paired:,} 个与导出对上"
            hint = "请先核对导出的地区、单位和平台是否齐全，否则“未备案”会多出许多"
            found.append(Issue("warning", "few_paired", Place(self.exports[0].path.name), what, hint))
        return found

    @property
    def exit_code(self) -> int:
        """1 where something needs a person; what is merely 未掌握 does not."""
        found = any(entry.kind != "unknown" for entry in self.entries)
        return int(found or any(export.rejected for export in self.exports))

    def to_json(self) -> dict[str, Any]:
        """The census as plain JSON."""
        return {
            "as_of": self.as_of.isoformat(),
            "as_of_from": self.as_of_from,
            "lake_version": self.lake_version,
            "roster_version": self.roster_version,
            "exports": [export.to_json() for export in self.exports],
            "compared": self.compared,
            "issues": [issue.to_json() for issue in self.issues],
            "counts": {
                KINDS[kind].title: {"total": counts.total(), **counts} for kind, counts in self.counts.items()
            },
            "skipped": {KINDS[kind].title: why for kind, why in self.skipped.items()},
            "findings": [entry.to_json() for entry in self.entries],
        }


def take(
    census: Census,
    roster: Roster | None,
    seen: Mapping[str, Sighting],
    after: After,
    places: Collection[str],
) -> Census:
    """Fill a census whose day, versions and exports are set; the same census comes back.

    seen: accounts of the lake up to the day. places: names and stems of divisions, which tell
    offices apart.
    """
    filed = [row for export in census.exports for row in export.accounts]
    ledger = pairing.ledger(roster, filed)
    census.compared = {
        "own": len(ledger.owns),
        "filed": len(filed),
        "paired": len(ledger.pairs),
        "seen": len(seen),
    }
    found: list[Entry] = []
    if census.exports:
        found += filing.not_filed(ledger, seen, census.as_of)
        found += filing.not_registered(ledger, census.as_of)
    else:
        why = "没有给出全国政务新媒体信息报送系统的导出，不判断"
        census.skipped = dict.fromkeys(NEED_EXPORT, why)
    found += _rest(ledger, seen, after, places, census.as_of)
    census.entries = _ordered(found)
    return census


def _rest(
    ledger: pairing.Ledger,
    seen: Mapping[str, Sighting],
    after: After,
    places: Collection[str],
    day: date,
) -> Iterator[Entry]:
    everybody = list(held.everybody(ledger, day))
    yield from posting.posting_after_closing(everybody, seen, day, after)
    yield from posting.silent(everybody, seen, day)
    yield from naming.renamed(ledger, seen)
    yield from filing.several(ledger, day)
    yield from naming.lookalikes(ledger, seen, places)
    yield from certifying.certified_otherwise(ledger, seen, day)


def _ordered(entries: Sequence[Entry]) -> list[Entry]:
    """By kind, then in 建制顺序; units without a place in it come last, by name."""
    kinds = list(KINDS)

    def key(entry: Entry) -> tuple[Any, ...]:
        return (
            kinds.index(entry.kind),
            entry.order is None,
            entry.order or 0,
            entry.unit_code == "",
            entry.unit_code,
            entry.unit,
            _PLATFORMS.get(entry.platform, len(_PLATFORMS)),
            entry.account,
            entry.uid,
        )

    return sorted(entries, key=key)
