"""The coverage ledger of a workspace: every account of the roster, by period and by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from jianwei import coverage as ledgers
from jianwei.errors import DataError, suggest
from jianwei.lake import ask
from jianwei.leaderboard.membership import members
from jianwei.model import PLATFORMS
from jianwei.period import Period
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.rise import latest
from jianwei.workspace.space import Workspace

__all__ = ["Account", "Book", "Stretch", "coverage"]

_REMARKS = ("text", "totals")
"""Reasons that explain a day without taking anything from it."""


@dataclass(frozen=True)
class Stretch:
    """Days in a row of one state for one set of reasons. files: the sources that vouch for them."""

    start: date
    end: date
    state: str
    reasons: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Account:
    """What is known of an account. complete, partial, none: days, which make up `expected`.

    share: as on boards (null where only search hits are known). reasons: code → days. doubts: the
    figures behind what speaks against vouched days. calendar: every day, in stretches.
    """

    account_id: str
    account: str
    unit: str
    unit_code: str
    platform: str
    expected: int
    complete: int
    partial: int
    none: int
    source: str
    share: float | None
    grade: str
    reasons: Mapping[str, int]
    doubts: Sequence[Mapping[str, Any]] = ()
    calendar: Sequence[Stretch] = ()


@dataclass(frozen=True)
class Book:
    """The ledger of a period. least: the share below which a unit is 数据不足. unidentified: accounts
    of the roster without a uid, of which nothing can be known: (unit, account).
    """

    period: Period
    least: float
    lake_version: str
    roster_version: str
    accounts: tuple[Account, ...]
    unidentified: tuple[tuple[str, str], ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The ledger as plain JSON; reasons are codes with their words beside."""
        return {
            "period": self.period.label,
            "least": self.least,
            "lake_version": self.lake_version,
            "roster_version": self.roster_version,
            "words": dict(ledgers.REASONS),
            "accounts": [
                vars(one)
                | {
                    "doubts": [dict(doubt) for doubt in one.doubts],
                    "calendar": [vars(stretch) | {"days": stretch.days} for stretch in one.calendar],
                }
                for one in self.accounts
            ],
            "unidentified": [{"unit": unit, "account": name} for unit, name in self.unidentified],
        }


def coverage(
    space: Workspace, period: str | None = None, *, unit: str | None = None, account: str | None = None
) -> Book:
    """The ledger of a period (by default the latest half-year with more than stray posts).

    unit: code, 全称 or 简称. account: its id, uid or name. Raises DataError where there is no such
    unit or account, or no period and no post.
    """
    when = parsed(period or latest(space))
    with Desk(space, when) as desk:
        units = {row["code"]: (place, row) for place, row in enumerate(desk.roster.units.to_pylist())}
        found = _wanted(members(desk.roster, when, PLATFORMS, unidentified=True), units, unit, account)
        last: tuple[int, Mapping[str, Any]] = (len(units), {"name": ""})
        found.sort(key=lambda one: (units.get(one["unit"], last)[0], one["family"], one["account_id"] or ""))
        known = [one for one in found if one["account_id"]]
        rows, calendars, doubts = _asked(desk, known)
        accounts = []
        for one in known:
            id = str(one["account_id"])
            row, calendar = rows[id], calendars.get(id, [])
            states = Counter[str]()
            reasons = Counter[str]()
            for stretch in calendar:
                states[stretch.state] += stretch.days
                for code in stretch.reasons:
                    reasons[code] += stretch.days
            accounts.append(
                Account(
                    account_id=id,
                    account=one["name"],
                    unit=str(units.get(one["unit"], last)[1]["name"]),
                    unit_code=one["unit"],
                    platform=one["family"],
                    expected=row["expected_days"],
                    complete=states["complete"],
                    partial=states["partial"],
                    none=states["none"],
                    source=row["source"],
                    share=row["share"],
                    grade=row["grade"],
                    reasons=dict(sorted(reasons.items(), key=lambda pair: (pair[0] in _REMARKS, -pair[1]))),
                    doubts=doubts.get(id, ()),
                    calendar=tuple(calendar),
                )
            )
        unknown = tuple(
            (str(units.get(one["unit"], last)[1]["name"]), str(one["name"]))
            for one in found
            if not one["account_id"]
        )
        return Book(
            when, space.settings.least, desk.lake_version, desk.roster.version, tuple(accounts), unknown
        )


def _wanted(
    found: list[dict[str, Any]],
    units: Mapping[str, tuple[int, Mapping[str, Any]]],
    unit: str | None,
    account: str | None,
) -> list[dict[str, Any]]:
    if unit is not None:
        codes = {code for code, (_, row) in units.items() if unit in (code, row["name"], row["short_name"])}
        if not codes:
            names = [str(row["name"]) for _, row in units.values()]
            raise DataError(f"台账中没有单位“{unit}”", hint=suggest(unit, names))
        found = [one for one in found if one["unit"] in codes]
    if account is not None:
        picked = [one for one in found if account in (one["account_id"], one["uid"], one["name"])]
        if not picked:
            names = [str(one["name"]) for one in found]
            raise DataError(f"这一周期的台账中没有账号“{account}”", hint=suggest(account, names))
        found = picked
    return found


def _asked(
    desk: Desk, known: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, list[Stretch]], dict[str, list[dict[str, Any]]]]:
    """The ledger's rows, the calendars and the doubts, by account."""
    accounts = pa.table(
        {
            "account_id": pa.array([one["account_id"] for one in known], pa.string()),
            "opened": pa.array([one["opened"] for one in known], pa.date32()),
            "closed": pa.array([one["closed"] for one in known], pa.date32()),
        }
    )
    ledgers.choose_totals(desk.con, desk.period)
    rows = {row["account_id"]: row for row in ledgers.ledger(desk.con, accounts, desk.period).to_pylist()}
    doubts: dict[str, list[dict[str, Any]]] = {}
    for doubt in ask.rows(desk.con, "SELECT * FROM doubts ORDER BY account_id, first_day, code, last_day"):
        doubts.setdefault(doubt.pop("account_id"), []).append(doubt)
    calendars: dict[str, list[Stretch]] = {}
    desk.con.register("day_rows", ledgers.days(desk.con, accounts, desk.period))
    try:
        for row in ask.each(desk.con, _STRETCHES):
            calendars.setdefault(row["account_id"], []).append(
                Stretch(row["start"], row["end"], row["state"], tuple(row["reasons"]), tuple(row["files"]))
            )
    finally:
        desk.con.unregister("day_rows")
    return rows, calendars, doubts


_STRETCHES = """
SELECT account_id, min(day) AS start, max(day) AS "end", state, reasons, files
FROM (
    SELECT *, day - cast(row_number() OVER (
        PARTITION BY account_id, state, reasons, files ORDER BY day
    ) AS INTEGER) AS island
    FROM day_rows
)
GROUP BY account_id, state, reasons, files, island
ORDER BY account_id, start
"""
"""Days in a row that are alike, joined; from the table `day_rows`."""
