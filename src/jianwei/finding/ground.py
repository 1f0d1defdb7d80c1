"""What findings stand on: one connection with the period's measures and the roster's populations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from jianwei import cohort
from jianwei.coverage import bounds
from jianwei.finding.model import Finding
from jianwei.lake import ask
from jianwei.leaderboard.membership import members
from jianwei.measure import engine
from jianwei.measure.engine import Conventions, Measures
from jianwei.period import Period
from jianwei.roster import Roster

if TYPE_CHECKING:
    import duckdb

__all__ = ["SCORED", "Ground", "census", "lay", "members_of_accounts", "own_organs"]

SCORED: tuple[str, ...] = ("weibo", "wechat")
"""Platform families of the 双微 findings."""

_UNCERTIFIED = ("未认证", "无", "否")


@dataclass(frozen=True)
class Ground:
    """A period's ground: DuckDB tables `census` (accounts open in the period, with flags) and
    `of_accounts` (their activity, coverage and followers), and who made them.

    Flags of `census`: open_at_end, certified (null = not registered), main, analysed (参评),
    municipal (市直), district (a region's own organ), and the unit's code, name, adcode, system,
    region. An account whose uid is unknown has an account_id that no source knows (`weibo:?7`).
    own: a region's own organs by adcode, with or without accounts.
    """

    con: duckdb.DuckDBPyConnection
    roster: Roster
    period: Period
    conventions: Conventions
    root: str
    measures: Measures
    lake_version: str
    certification_known: bool
    main_known: bool
    regions: Mapping[str, str] = field(default_factory=dict)  # adcode -> name, those below the root
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)  # adcode -> unit codes

    def finding(self, id: str, value: Any, unit: str, definition: str, **more: Any) -> Finding:
        """A Finding with this ground's versions filled in."""
        return Finding(
            id=id,
            value=value,
            unit=unit,
            definition=definition,
            lake_version=self.lake_version,
            roster_version=self.roster.version,
            **more,
        )

    def absent(self, id: str, unit: str, definition: str, reason: str, **more: Any) -> Finding:
        """A Finding without a value, and why."""
        return self.finding(id, None, unit, definition, absent=reason, **more)

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Rows of a query as dicts; the period's bounds are there as parameters."""
        values = bounds(self.period).parameters() | parameters
        return ask.rows(self.con, sql, values)

    def one(self, sql: str, **parameters: Any) -> dict[str, Any]:
        """The only row of a query."""
        return self.rows(sql, **parameters)[0]


def census(roster: Roster, period: Period, root: str, regions: Mapping[str, str]) -> pa.Table:
    """Accounts of the scored platforms that were open at some time of the period, with their flags.

    Accounts whose unit is unknown are left out; dates that are unknown exclude nobody.
    """
    at_end = roster.on(period.end)
    municipal = _codes(cohort.select(cohort.load("市直机关"), at_end, root=root))
    district = {code for codes in own_organs(roster, period, root).values() for code in codes}
    analysed = _codes(cohort.marked(at_end))
    units = {unit["code"]: unit for unit in roster.units.to_pylist()}
    still_open = {_identity(account) for account in at_end.accounts.to_pylist()}
    rows: list[dict[str, Any]] = []
    for account in members(roster, period, SCORED, unidentified=True):
        unit = units.get(account["unit"])
        if unit is None:
            continue
        adcode = _code_on(roster, unit["adcode"], period)
        rows.append(
            {
                "account_id": account["account_id"] or f"{account['family']}:?{len(rows)}",
                "platform": account["family"],
                "account_name": account["name"],
                "opened": account["opened"],
                "closed": account["closed"],
                "open_at_end": _identity(account) in still_open,
                "certified": _certified(account),
                "main": account["main"],
                "unit": unit["code"],
                "unit_name": unit["name"],
                "unit_order": unit["order"],
                "adcode": adcode,
                "region": regions.get(adcode, ""),
                "system": unit["system"] or "",
                "analysed": unit["code"] in analysed,
                "municipal": unit["code"] in municipal,
                "district": unit["code"] in district,
            }
        )
    return pa.Table.from_pylist(rows, schema=_CENSUS)


def members_of_accounts(accounts: pa.Table) -> pa.Table:
    """Each account as its own key, for measures by account."""
    return pa.table(
        {
            "key": accounts["account_id"],
            "account_id": accounts["account_id"],
            "platform": accounts["platform"],
        }
    )


def lay(
    con: duckdb.DuckDBPyConnection,
    roster: Roster,
    period: Period,
    conventions: Conventions,
    *,
    root: str,
    regions: Mapping[str, str],
    lake_version: str,
) -> Ground:
    """Measure the period for every account of the roster and make the ground's tables."""
    accounts = census(roster, period, root, regions)
    measures = engine.measure(con, accounts, members_of_accounts(accounts), period, conventions)
    con.register("census_rows", accounts)
    con.execute("CREATE OR REPLACE TEMP TABLE census AS SELECT * FROM census_rows")
    con.unregister("census_rows")
    return Ground(
        con=con,
        roster=roster,
        period=period,
        conventions=conventions,
        root=root,
        measures=measures,
        lake_version=lake_version,
        certification_known=accounts["certified"].null_count < accounts.num_rows,
        main_known=any(accounts["main"].to_pylist()),
        regions=regions,
        own=own_organs(roster, period, root),
    )


def own_organs(roster: Roster, period: Period, root: str) -> dict[str, frozenset[str]]:
    """A region's own organs (区县本级) at the period's end: adcode of that day → unit codes."""
    own: dict[str, set[str]] = {}
    for unit in cohort.select(replace(cohort.load("区县"), prefer=None), roster.on(period.end), root=root):
        own.setdefault(_code_on(roster, unit["adcode"], period), set()).add(str(unit["code"]))
    return {adcode: frozenset(codes) for adcode, codes in own.items()}


def _identity(account: Mapping[str, Any]) -> tuple[str, str]:
    """What tells an account from others, its uid known or not."""
    return str(account["platform"]), str(account["account_id"] or account["name"])


def _certified(account: Mapping[str, Any]) -> bool | None:
    """Whether an account is certified (认证); None where the registry says nothing of it."""
    words = [word for name in ("certified_as", "certified_type") if (word := (account[name] or "").strip())]
    return not any(word in _UNCERTIFIED for word in words) if words else None


def _codes(units: list[dict[str, Any]]) -> set[str]:
    return {str(unit["code"]) for unit in units}


def _code_on(roster: Roster, adcode: str | None, period: Period) -> str:
    """The code that the unit's region has at the period's end; the registered one where none is known."""
    return (roster.places.code_on(adcode, period.end) or adcode) if adcode else ""


_CENSUS_FIELDS: list[tuple[str, pa.DataType]] = [
    ("account_id", pa.string()),
    ("platform", pa.string()),
    ("account_name", pa.string()),
    ("opened", pa.date32()),
    ("closed", pa.date32()),
    ("open_at_end", pa.bool_()),
    ("certified", pa.bool_()),
    ("main", pa.bool_()),
    ("unit", pa.string()),
    ("unit_name", pa.string()),
    ("unit_order", pa.int64()),
    ("adcode", pa.string()),
    ("region", pa.string()),
    ("system", pa.string()),
    ("analysed", pa.bool_()),
    ("municipal", pa.bool_()),
    ("district", pa.bool_()),
]
_CENSUS = pa.schema(_CENSUS_FIELDS)
