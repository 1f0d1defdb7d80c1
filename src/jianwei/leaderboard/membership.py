"""Which accounts count in a period, and for which unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jianwei.period import Period
from jianwei.roster import Roster
from jianwei.roster.succession import unit_alive

__all__ = ["members"]


def members(
    roster: Roster, period: Period, families: Iterable[str], *, unidentified: bool = False
) -> list[dict[str, Any]]:
    """Accounts on these platforms that were open at some time of the period, each once.

    Each stands under the unit that answers for it at the period's end (successors included); one
    that went from unit to unit under the last. An account is open until before its day of closing.
    unidentified: whether accounts whose uid is unknown count; they have no data.
    """
    wanted = set(families)
    units = roster.units.select(["code", "predecessor"]).to_pylist()
    predecessor = {str(unit["code"]): str(unit["predecessor"] or "") for unit in units}
    alive = {str(code) for code in roster.on(period.end).units["code"].to_pylist()}
    found: dict[object, dict[str, Any]] = {}
    for place, account in enumerate(roster.accounts.to_pylist()):
        key = account["account_id"] or place
        if account["family"] not in wanted or not (account["account_id"] or unidentified):
            continue
        if account["opened"] and account["opened"] > period.end:
            continue
        if account["closed"] and account["closed"] <= period.start:
            continue
        heir = unit_alive(str(account["unit"]), alive, predecessor) or account["unit"]
        one = account | {"unit": heir}
        found[key] = _joined(found[key], one) if key in found else one
    return list(found.values())


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """One account of two units in succession: the later one's, open as long as both were."""
    earlier, later = sorted((first, second), key=lambda one: one["closed"] or date.max)
    opened = None if None in (earlier["opened"], later["opened"]) else min(earlier["opened"], later["opened"])
    return later | {"opened": opened}
