"""Where units and accounts stand in a period: their measures, what they never opened, what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from jianwei.leaderboard.membership import members
from jianwei.measure.engine import Conventions, Measures, measure
from jianwei.measure.fields import LABELLED
from jianwei.model import PLATFORMS, Platform
from jianwei.period import Period
from jianwei.recipe import Recipe
from jianwei.roster import Roster
from jianwei.scorecard import UNIT, Inputs

if TYPE_CHECKING:
    import duckdb

__all__ = ["Standing", "conventions", "members", "stand"]

_GROUPS = {
    "系统": "system",
    "机构类型": "organ_type",
    "行政级别": "level",
    "参评类别": "category",
    "地区": "adcode",
}
_UNIT_LEVEL = ("subordinates", "subordinates_active", "platforms_open", "residents")
_AGES = {"24h": "满 24 小时", "7d": "满 7 天", "30d": "满 30 天"}
_FAMILIES = {platform.value: platform.family for platform in Platform} | {"微信": "wechat"}


@dataclass(frozen=True)
class Standing:
    """Measures of every unit (or account) of a roster in a period, by platform, ready to be scored.

    rows: (key, platform) → row of measures. accounts: roster rows of the accounts that count.
    least: share of an own platform's account days from which its measures count; below it they are
    missing, all of the key's.
    """

    roster: Roster
    period: Period
    recipe: Recipe
    measures: Measures
    rows: Mapping[tuple[str, str], Mapping[str, Any]]
    accounts: Sequence[Mapping[str, Any]]
    least: float = 0.0

    def inputs(self, units: Sequence[Mapping[str, Any]]) -> Inputs:
        """Inputs of the recipe for these units (roster rows), in their order."""
        codes = tuple(str(unit["code"]) for unit in units)
        tables: dict[str, pa.Table] = {}
        structural: dict[str, np.ndarray[Any, np.dtype[np.bool_]]] = {}
        for platform in self.recipe.platforms:
            tables[platform] = self._table(codes, platform)
            structural[platform] = np.array([self.never(code, platform) for code in codes], dtype=np.bool_)
        tables[UNIT] = self._unit_level(units)
        names = tuple(str(unit["name"]) for unit in units)
        return Inputs(codes, names, tables, structural, self._groups(units))

    def account_inputs(self, accounts: Sequence[Mapping[str, Any]]) -> Inputs:
        """Inputs of a recipe of one platform for accounts, each standing for itself."""
        codes = tuple(str(account["account_id"]) for account in accounts)
        tables = {platform: self._table(codes, platform) for platform in self.recipe.platforms}
        owners = {row["code"]: row for row in self.roster.units.to_pylist()} if self.recipe.group else {}
        groups = self._groups([owners.get(account["unit"], {}) for account in accounts])
        return Inputs(codes, tuple(str(account["name"]) for account in accounts), tables, groups=groups)

    def _groups(self, units: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
        """Each unit's group by every grouping of the registry, for a recipe that compares within one."""
        if not self.recipe.group:
            return {}
        return {name: [str(unit.get(key) or "") for unit in units] for name, key in _GROUPS.items()}

    def never(self, unit: str, platform: str) -> bool:
        """Whether the registry says that a unit has no account on a platform by decision.

        An account stands against such a word, even one whose uid is unknown; of the two kinds of
        WeChat both must be decided where both were asked for.
        """
        if (unit, platform) in self.rows or (unit, platform) in self._registered:
            return False
        return self._statuses(unit, platform) == {"确认未开通"}

    def why_missing(self, unit: str) -> str:
        """What the registry or the lake lacks of a unit, by platform, in Chinese."""
        told = []
        for platform in self.recipe.platforms:
            word = PLATFORMS[platform]
            row = self.rows.get((unit, platform))
            if row is None and not self.never(unit, platform):
                listed = (unit, platform) in self._registered or "有账号" in self._statuses(unit, platform)
                gap = "登记为有账号，但台账中没有该账号的 UID" if listed else "未普查，台账中没有账号"
                told.append(word + gap)
            elif row is not None and not row["with_data"]:
                told.append(f"{word}有账号 {row['accounts']} 个，本期没有数据")
        told += self.insufficient(unit)
        return "；".join(told)

    def marks(self, key: str) -> tuple[str, ...]:
        """What a reader must know of a key's numbers."""
        found = [row for platform in self.recipe.platforms if (row := self.rows.get((key, platform)))]
        marks = []
        if any(row["from_totals"] for row in found):
            marks.append("含汇总数据")
        if any(row["from_fragments"] for row in found):
            marks.append("检索片段")
        if any(0 < row["with_data"] < row["accounts"] for row in found):
            marks.append("部分账号缺数据")
        marks += self._ages(found)
        if self.partial(key):
            marks.append("数据部分完整")
        return tuple(marks)

    def _ages(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """How many of the posts have a reading of the declared age, where the recipe asks for one."""
        age = self.recipe.reading
        if age == "latest":
            return []
        told = [
            f"{PLATFORMS[row['platform']]}{_AGES[age]}读数占 {_floored(row['aged'])}"
            for row in rows
            if row["aged"] is not None and row["aged"] < 1
        ]
        raised = sum(row["raised_posts"] for row in rows)
        return [*told, *([f"{raised} 条按增长曲线校正"] if raised else [])]

    def insufficient(self, key: str) -> list[str]:
        """Why too little is known of a key to rank it, by platform, in Chinese; [] where enough is."""
        return [
            f"数据不足：{PLATFORMS[platform]}完整度 {_floored(row['coverage'])}，低于 {self.least:.0%}"
            for platform in self.recipe.platforms
            if (row := self.rows.get((key, platform)))
            and row["with_data"]
            and row["coverage"] is not None
            and row["coverage"] < self.least
        ]

    def partial(self, key: str) -> bool:
        """Whether any of a key's accounts is known in part only: then its change of rank says nothing."""
        return any(
            row["in_part"] for platform in self.recipe.platforms if (row := self.rows.get((key, platform)))
        )

    def coverage(self, key: str) -> float | None:
        """Share of account days vouched for over the recipe's platforms; None where only fragments are."""
        shares = [
            (row["coverage"], row["accounts"])
            for platform in self.recipe.platforms
            if (row := self.rows.get((key, platform)))
        ]
        if not shares or any(share is None for share, _ in shares):
            return None
        return float(sum(share * n for share, n in shares) / sum(n for _, n in shares))

    def _statuses(self, unit: str, platform: str) -> set[str]:
        return self._openings.get((unit, platform), set())

    @cached_property
    def _today(self) -> Roster:
        """The roster as it stands at the period's end."""
        return self.roster.on(self.period.end)

    @cached_property
    def _registered(self) -> set[tuple[str, str]]:
        """Unit and platform of every account open at the period's end, with or without a uid."""
        return {(row["unit"], row["family"]) for row in self._today.accounts.to_pylist()}

    @cached_property
    def _openings(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = {}
        for row in self._today.openings.to_pylist():
            family = _FAMILIES.get(row["platform"], "")
            found.setdefault((row["unit"], family), set()).add(row["status"])
        return found

    def _table(self, codes: tuple[str, ...], platform: str) -> pa.Table:
        names = [name for name in self.measures.table.column_names if name not in _NOT_MEASURES]
        nothing: Mapping[str, Any] = {}
        rows = [
            nothing if self.insufficient(code) else self.rows.get((code, platform)) or nothing
            for code in codes
        ]
        return pa.table({name: pa.array([row.get(name) for row in rows], pa.float64()) for name in names})

    def _unit_level(self, units: Sequence[Mapping[str, Any]]) -> pa.Table:
        if not any(name in self.recipe.needs for name in _UNIT_LEVEL):
            return pa.table({"none": pa.nulls(len(units))})
        below: dict[str, set[str]] = {}
        for row in self._today.units.to_pylist():
            for superior in (row["parent"], row["supervisor"]):
                if superior and self._active(row["code"]) is not None:
                    below.setdefault(superior, set()).add(row["code"])
        year = self.period.start.year
        columns: dict[str, list[int | None]] = {name: [] for name in _UNIT_LEVEL}
        for unit in units:
            if self.insufficient(unit["code"]):
                for name in _UNIT_LEVEL:
                    columns[name].append(None)
                continue
            own = below.get(unit["code"], set())
            columns["subordinates"].append(len(own))
            columns["subordinates_active"].append(sum(self._active(code) is True for code in own))
            columns["platforms_open"].append(self._platforms_open(unit["code"]))
            columns["residents"].append(_residents(self.roster, unit["adcode"], year))
        return pa.table({name: pa.array(values, pa.float64()) for name, values in columns.items()})

    def _active(self, unit: str) -> bool | None:
        """Whether a unit published on any of the platforms; None where that cannot be told."""
        known = True
        for platform in self.recipe.platforms:
            row = self.rows.get((unit, platform))
            if row is not None and row["posts"]:
                return True
            silent = row is not None and row["posts"] == 0 and row["with_data"] == row["accounts"]
            known = known and (silent or self.never(unit, platform))
        return False if known else None

    def _platforms_open(self, unit: str) -> int | None:
        """How many of the platforms a unit has opened; None where one was never surveyed."""
        opened = {
            platform
            for platform in self.recipe.platforms
            if (unit, platform) in self.rows
            or (unit, platform) in self._registered
            or "有账号" in self._statuses(unit, platform)
        }
        rest = set(self.recipe.platforms) - opened
        return len(opened) if all(self.never(unit, platform) for platform in rest) else None


_NOT_MEASURES = ("key", "platform", "with_data", "from_totals", "from_fragments", "in_part", "coverage", "aged", "raised_posts",
                 "first_observed", "last_observed")  # fmt: skip


def conventions(recipe: Recipe, known: float) -> Conventions:
    """The counting conventions that a recipe declares."""
    return Conventions(recipe.days, recipe.read_basis, recipe.reading, recipe.followers_within, known,
                       recipe.reading_missing, recipe.reading_least, recipe.mature)  # fmt: skip


def stand(
    con: duckdb.DuckDBPyConnection | None,
    roster: Roster,
    period: Period,
    recipe: Recipe,
    *,
    known: float,
    by: str = "unit",
    least: float = 0.0,
    measuring: Callable[..., Measures] = measure,
) -> Standing:
    """Measure every unit (or every account) of the roster for a recipe.

    least: see Standing. measuring: takes what `measure.engine.measure` takes, for callers that keep its answers.
    """
    accounts = members(roster, period, recipe.platforms)
    ledger = pa.table(
        {
            "account_id": pa.array([a["account_id"] for a in accounts], pa.string()),
            "opened": pa.array([a["opened"] for a in accounts], pa.date32()),
            "closed": pa.array([a["closed"] for a in accounts], pa.date32()),
        }
    )
    keys = [a["unit"] if by == "unit" else a["account_id"] for a in accounts]
    table = pa.table(
        {
            "key": pa.array(keys, pa.string()),
            "account_id": ledger["account_id"],
            "platform": pa.array([a["family"] for a in accounts], pa.string()),
        }
    )
    labelled = {leaf.platform for leaf in recipe.leaves if set(LABELLED) & set(leaf.names)}
    measured = measuring(
        con, ledger, table, period, conventions(recipe, known),
        needs=recipe.needs, labelled=None if "" in labelled else labelled,
    )  # fmt: skip
    rows = {(row["key"], row["platform"]): row for row in measured.table.to_pylist()}
    return Standing(roster, period, recipe, measured, rows, accounts, least)


def _floored(share: float) -> str:
    """A share as whole percent, rounded down: what lies below a threshold never looks like it."""
    return f"{int(share * 100)}%"


def _residents(roster: Roster, adcode: str | None, year: int) -> int | None:
    """Residents at the newest year's end before the period, else the census before that."""
    if not adcode:
        return None
    for known_year in range(year - 1, year - 8, -1):
        found = roster.population(adcode, known_year)
        if found is not None:
            return found.people
    return None
