"""A published version of the registry: loaded, published, and seen as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from jianwei.errors import DataError, suggest
from jianwei.model import Account, Opening, Platform, Population, Region, Unit, account_id, schema_of
from jianwei.roster import shelf
from jianwei.roster.places import Places, full_code, places
from jianwei.roster.succession import handed_over

__all__ = ["ACCOUNTS", "CLOSED", "Roster"]

ACCOUNTS = pa.schema(
    [*schema_of(Account), pa.field("account_id", pa.string()), pa.field("family", pa.string())]
)
"""Columns of accounts: the record's fields, its id in the lake (null without a uid), its family."""

CLOSED = "已注销"
"""The 状态 of an account that was given up."""

_SCHEMAS: dict[str, pa.Schema] = {
    "units": schema_of(Unit),
    "accounts": ACCOUNTS,
    "openings": schema_of(Opening),
    "regions": schema_of(Region),
    "populations": schema_of(Population),
}
_PLATFORMS = {platform.value: place for place, platform in enumerate(Platform)}


@dataclass(frozen=True, eq=False)
class Roster:
    """Units, accounts, openings, regions and populations as published, lists in 建制顺序."""

    version: str
    units: pa.Table
    accounts: pa.Table
    openings: pa.Table
    regions: pa.Table
    populations: pa.Table
    all_regions: pa.Table | None = None  # of every day, where `regions` are those of one

    @classmethod
    def load(cls, folder: Path, version: str | None = None) -> Self:
        """A published version, the newest where none is named.

        Raises DataError when the folder holds none, or not this one, or one of other columns.
        """
        versions = shelf.published(folder)
        if not versions:
            hint = "请先用 jianwei registry import 导入单位和账号（可用 jianwei registry draft 起草）"
            raise DataError("还没有发布过台账", hint=hint)
        chosen = version or versions[-1]
        if chosen not in versions or not (folder / chosen).is_dir():
            raise DataError(f"没有版本为 {chosen} 的台账", hint=suggest(chosen, reversed(versions)))
        tables = shelf.take(folder, chosen, list(_SCHEMAS))
        for name, schema in _SCHEMAS.items():
            if not tables[name].schema.equals(schema):
                hint = "请重新导入台账，以发布新的版本"
                raise DataError(f"台账 {chosen} 的 {name} 表与本版软件的字段不符", hint=hint)
        return cls(chosen, **tables)

    @classmethod
    def publish(
        cls,
        folder: Path,
        *,
        units: pa.Table,
        accounts: pa.Table,
        openings: pa.Table,
        regions: pa.Table,
        populations: pa.Table,
    ) -> Self:
        """Write the tables as the newest version; the same content is the same version, written once.

        accounts: columns of model.Account; `account_id` and `family` are added here.
        """
        given = {
            "units": units,
            "accounts": _identified(accounts),
            "openings": openings,
            "regions": regions,
            "populations": populations,
        }
        ranks = _ranks(units)
        tables = {name: _in_order(name, table, ranks) for name, table in given.items()}
        version = shelf.digest(tables)
        shelf.put(folder, version, tables)
        return cls(version, **tables)

    def on(self, day: date) -> Self:
        """What exists that day: units from 起始 to 终止 (both counted), accounts from 开通日期 to
        before 注销日期, regions valid that day.

        An unknown date bounds nothing; an account that is 已注销 without a date is left out. An
        account (or 开设情况) whose unit did not exist yet, or no longer, stands under the
        predecessor or the only successor that does; where there is none it is left out.
        """
        units = self.units.filter(_within("start", "end", day, last_day_counts=True))
        alive = {str(code) for code in units["code"].to_pylist()}
        accounts = self.accounts.filter(_within("opened", "closed", day))
        kept = [
            status != CLOSED or closed is not None
            for status, closed in zip(
                accounts["status"].to_pylist(), accounts["closed"].to_pylist(), strict=True
            )
        ]
        found = replace(
            self,
            units=units,
            accounts=handed_over(accounts.filter(pa.array(kept, pa.bool_())), self.units, alive),
            openings=handed_over(self.openings, self.units, alive),
            regions=self.regions.filter(_within("start", "end", day)),
            all_regions=self.regions if self.all_regions is None else self.all_regions,
        )
        found.__dict__["places"] = self.places  # the index is of all days, so days share it
        return found

    @cached_property
    def places(self) -> Places:
        """The regions of all days as an index: names, children, one place under its several codes."""
        table = self.regions if self.all_regions is None else self.all_regions
        return places(table.to_pylist())

    def region_name(self, adcode: str, day: date) -> str | None:
        """The name on that day of the place that the code stands for (500223 is 潼南区 from 2015-06)."""
        return self.places.name_on(adcode, day)

    def children(self, adcode: str, day: date) -> list[Mapping[str, Any]]:
        """The regions one level below that day, by adcode: the 38 of Chongqing for `50`."""
        return self.places.children(adcode, day)

    def population(self, adcode: str, year: int, kind: str = "常住") -> Population | None:
        """People of the place at a year's end with source and estimate mark; None where unknown.

        Found under any code that the place has had, the given one first.
        """
        codes = dict.fromkeys([full_code(adcode), *reversed(self.places.same_place(adcode))])
        return next((row for code in codes if (row := self._people.get((code, year, kind)))), None)

    @cached_property
    def _people(self) -> dict[tuple[str, int, str], Population]:
        rows = [Population(**row) for row in self.populations.to_pylist()]
        return {(row.adcode, row.year, row.kind): row for row in rows}


def _within(start: str, end: str, day: date, *, last_day_counts: bool = False) -> pc.Expression:
    """The condition that a row's dates hold on the day; null = unbounded."""
    first, last = pc.field(start), pc.field(end)
    ends = last >= day if last_day_counts else last > day
    return (first.is_null() | (first <= day)) & (last.is_null() | ends)


def _identified(accounts: pa.Table) -> pa.Table:
    """The accounts with their family, and with their id in the lake where the uid is known."""
    family = [Platform(str(word)).family for word in accounts["platform"].to_pylist()]
    uids = accounts["uid"].to_pylist()
    ids = [account_id(kind, uid) if uid else None for kind, uid in zip(family, uids, strict=True)]
    kept = accounts.select([name for name in accounts.column_names if name not in ("account_id", "family")])
    return kept.append_column("account_id", pa.array(ids, pa.string())).append_column(
        "family", pa.array(family, pa.string())
    )


def _ranks(units: pa.Table) -> dict[str, int]:
    """Unit code to its place in 建制顺序: 排序号 (unknown last), then code."""
    keys = [(row["order"], str(row["code"])) for row in units.select(["order", "code"]).to_pylist()]
    ordered = sorted(keys, key=lambda key: (key[0] is None, key[0] or 0, key[1]))
    return {code: place for place, (_, code) in enumerate(ordered)}


def _in_order(name: str, table: pa.Table, ranks: Mapping[str, int]) -> pa.Table:
    def unit(row: Mapping[str, Any]) -> tuple[int, str, int]:
        return ranks.get(row["unit"], len(ranks)), row["unit"], _PLATFORMS.get(row["platform"], 99)

    def place(row: Mapping[str, Any]) -> Any:
        match name:
            case "units":
                return ranks[row["code"]]
            case "accounts":
                return *unit(row), not row["main"], row["uid"], row["name"]
            case "openings":
                return unit(row)
            case "regions":
                return row["adcode"], row["start"] or date.min
            case _:
                return row["adcode"], row["year"], row["kind"]

    return shelf.in_order(table, _SCHEMAS[name], place)
