"""Own accounts and those of the national system side by side: which row means which account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from jianwei.model import account_id
from jianwei.registry import aliases
from jianwei.registry.aliases import Former
from jianwei.registry.cells import CellError
from jianwei.registry.entry import LIKELY, OPEN, SURE
from jianwei.registry.likeness import plain
from jianwei.registry.national import Filed
from jianwei.roster import Roster
from jianwei.roster.published import CLOSED

__all__ = ["Ledger", "Own", "Pair", "apart", "ledger", "pair"]


@dataclass(frozen=True)
class Own:
    """An account of the own registry with its unit's row ({} where the unit is missing)."""

    account: Mapping[str, Any]
    unit: Mapping[str, Any]
    former: tuple[Former, ...] = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self.account[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def unit_name(self) -> str:
        """全称 of the unit."""
        return str(self.unit.get("name") or "")

    def open(self, day: date) -> bool:
        """Whether the account is in use that day, as registered; unknown dates bound nothing."""
        begun = self.account["opened"] is None or self.account["opened"] <= day
        closed = self.account["closed"]
        return begun and not (closed <= day if closed else self.account["status"] == CLOSED)


@dataclass(frozen=True)
class Pair:
    """An own account and a row of the export that mean one account; rule says why."""

    own: Own
    filed: Filed
    confidence: str
    rule: str


@dataclass
class Ledger:
    """Everything that the two registers say: pairs and what stands in one of them alone."""

    pairs: list[Pair] = field(default_factory=list)
    own_only: list[Own] = field(default_factory=list)
    filed_only: list[Filed] = field(default_factory=list)
    registered: list[Mapping[str, Any]] = field(default_factory=list)  # units

    @property
    def owns(self) -> list[Own]:
        """All own accounts."""
        return [pair.own for pair in self.pairs] + self.own_only

    @property
    def filed(self) -> list[Filed]:
        """All accounts of the exports."""
        return [pair.filed for pair in self.pairs] + self.filed_only

    @cached_property
    def units(self) -> dict[str, Mapping[str, Any]]:
        """Rows of the own units by plain 全称 and 简称; the 全称 wins."""
        rows = self.registered
        return {plain(row["short_name"]): row for row in rows if row.get("short_name")} | {
            plain(row["name"]): row for row in rows
        }

    def id_of(self, own: Own) -> str:
        """The account's id in the lake by either register's UID, "" where neither has one."""
        return str(own.account_id or self._ids.get(id(own), ""))

    @cached_property
    def _ids(self) -> dict[int, str]:
        return {id(pair.own): _id(pair.filed) for pair in self.pairs if pair.filed.uid}

    @cached_property
    def known(self) -> frozenset[str]:
        """Ids of all accounts of both registers."""
        return frozenset({self.id_of(own) for own in self.owns} | {_id(one) for one in self.filed if one.uid})


def _id(filed: Filed) -> str:
    return account_id(filed.family, filed.uid)


def ledger(roster: Roster | None, filed: Iterable[Filed]) -> Ledger:
    """The registers side by side; no roster is an empty one."""
    if roster is None:
        return pair([], filed)
    units = {row["code"]: row for row in roster.units.to_pylist()}
    owns = [Own(row, units.get(row["unit"], {}), _former(row)) for row in roster.accounts.to_pylist()]
    found = pair(owns, filed)
    found.registered = list(units.values())
    return found


def _former(row: Mapping[str, Any]) -> tuple[Former, ...]:
    try:
        return aliases.read(row["aliases"])
    except CellError:
        return ()


def pair(owns: Iterable[Own], filed: Iterable[Filed]) -> Ledger:
    """Pair by UID, then 备案号, then name and unit, name alone, and former name.

    A key pairs only where it is unique on both sides; two accounts whose UIDs say that they are
    different are never paired by name.
    """
    found = Ledger(own_only=list(owns), filed_only=list(filed))
    for own_key, filed_key, confidence, rule in _STEPS:
        _step(found, own_key, filed_key, confidence, rule)
    return found


def apart(own: Own, filed: Filed) -> bool:
    """Whether two UIDs say that these are two accounts; ids of two sorts cannot be compared."""
    mine, theirs = own.uid.lower(), filed.uid.lower()
    return bool(mine and theirs) and mine != theirs and _sort(own.family, mine) == _sort(own.family, theirs)


def _sort(family: str, uid: str) -> str:
    """Which of a platform's sorts of id this is: Weibo's numbers and names, WeChat's gh_ and 微信号."""
    if family == "weibo":
        return "number" if uid.isdigit() else "name"
    return "gh" if family == "wechat" and uid.startswith("gh_") else ""


def _units(own: Own) -> set[str]:
    return {plain(own.unit[name]) for name in ("name", "short_name") if own.unit.get(name)}


Keys = Callable[[Any], Iterable[Hashable]]

_STEPS: tuple[tuple[Keys, Keys, str, str], ...] = (
    (
        lambda own: [(own.family, own.uid.lower())] if own.uid else [],
        lambda filed: [(filed.family, filed.uid.lower())] if filed.uid else [],
        SURE,
        "UID 相同",
    ),
    (
        lambda own: [(own.family, own.filing)] if own.filing else [],
        lambda filed: [(filed.family, filed.filing)] if filed.filing else [],
        SURE,
        "备案号相同",
    ),
    (
        lambda own: [(own.family, plain(own.name), unit) for unit in _units(own)],
        lambda filed: [(filed.family, plain(filed.name), plain(filed.unit))] if filed.unit else [],
        LIKELY,
        "名称和主办单位相同",
    ),
    (
        lambda own: [(own.family, plain(own.name))],
        lambda filed: [(filed.family, plain(filed.name))],
        LIKELY,
        "名称相同，且两边都只有一个",
    ),
    (
        lambda own: [(own.family, plain(former.name)) for former in own.former],
        lambda filed: [(filed.family, plain(filed.name))],
        OPEN,
        "与登记的曾用名相同",
    ),
)


def _step(found: Ledger, own_key: Keys, filed_key: Keys, confidence: str, rule: str) -> None:
    owns: dict[Hashable, list[Own]] = defaultdict(list)
    rows: dict[Hashable, list[Filed]] = defaultdict(list)
    for own in found.own_only:
        for key in set(own_key(own)):
            owns[key].append(own)
    for row in found.filed_only:
        for key in set(filed_key(row)):
            rows[key].append(row)
    taken_own: set[int] = set()
    taken_row: set[int] = set()
    for key, mine in owns.items():
        theirs = rows.get(key, [])
        if len(mine) != 1 or len(theirs) != 1:
            continue
        own, row = mine[0], theirs[0]
        if id(own) in taken_own or id(row) in taken_row or (rule != "UID 相同" and apart(own, row)):
            continue
        taken_own.add(id(own))
        taken_row.add(id(row))
        found.pairs.append(Pair(own, row, confidence, rule))
    found.own_only = [own for own in found.own_only if id(own) not in taken_own]
    found.filed_only = [row for row in found.filed_only if id(row) not in taken_row]
