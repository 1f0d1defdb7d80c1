"""Whether an account is certified as the unit that runs it: 认证主体与主办单位不一致."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jianwei.errors import Place
from jianwei.registry.entry import LIKELY, OPEN, SURE, Entry, Evidence
from jianwei.registry.guess import unit_name
from jianwei.registry.likeness import distance, plain
from jianwei.registry.naming import PERSONAL
from jianwei.registry.outcome import Seen
from jianwei.registry.pairing import Ledger, Own
from jianwei.registry.sighting import Sighting

__all__ = ["certified_otherwise", "short"]

_SHORTER = (
    ("中国共产党", "中共"), ("中共", ""), ("人民政府", "政府"), ("人民法院", "法院"), ("人民检察院", "检察院"),
    ("共产主义青年团", "共青团"), ("中国共青团", "共青团"), ("委员会", "委"), ("办公室", "办"), ("维吾尔自治区", ""),
    ("壮族自治区", ""), ("回族自治区", ""), ("自治区", ""), ("特别行政区", ""),
)  # fmt: skip
_KINDS = re.compile("[省市区县]")
_ADVICE = "核对账号的认证主体：应为主办单位；台账填错的改正台账，认证未变更的向平台申请变更"


def short(name: str) -> str:
    """A body's name as offices shorten it: 中共重庆市委员会 and 重庆市委 are 重庆委."""
    text = plain(name)
    for long, brief in _SHORTER:
        text = text.replace(long, brief)
    return _KINDS.sub("", text) or text


class _Units:
    """The units of the registry by code and by short name."""

    def __init__(self, units: Iterable[Mapping[str, Any]]) -> None:
        self.rows = {str(unit["code"]): unit for unit in units}
        self._codes: dict[str, list[str]] = {}
        for code, unit in self.rows.items():
            self._codes.setdefault(short(str(unit["name"])), []).append(code)

    def named(self, body: str) -> list[str]:
        """Codes of the units whose name stands longest in a certified body's: 渝中分局 before 公安局."""
        for length in range(len(body), 2, -1):
            for start in range(len(body) - length + 1):
                if codes := self._codes.get(body[start : start + length]):
                    return codes
        return []


def certified_otherwise(ledger: Ledger, seen: Mapping[str, Sighting], day: date) -> Iterator[Entry]:
    """Own accounts in use whose certified body, by either register or the platform, is not their unit."""
    units = _Units(ledger.registered)
    filed = {id(pair.own): pair.filed for pair in ledger.pairs}
    for own in ledger.owns:
        if not own.unit or not own.open(day):
            continue
        told: list[tuple[str, Evidence]] = []
        if own.certified_as:
            told.append((own.certified_as, Evidence(f"本台账：认证主体“{own.certified_as}”")))
        row = filed.get(id(own))
        if row is not None and row.certified_as:
            told.append((row.certified_as, Evidence(f"全国系统：认证主体“{row.certified_as}”", row.where)))
        one = seen.get(ledger.id_of(own))
        known = one.certified if one is not None else None
        if known is not None and known.verified is not False and known.reason:
            what = f"平台认证“{known.reason}”（类型 {known.kind or '未知'}），{known.seen:%Y-%m-%d} 所见"
            told.append((known.reason, Evidence(what, known.where)))
        personal = own.certified_type == "个人" or (known is not None and known.kind in PERSONAL)
        yield from _judged(own, told, units, personal=personal)


def _judged(own: Own, told: list[tuple[str, Evidence]], units: _Units, *, personal: bool) -> Iterator[Entry]:
    worst: tuple[str, str] | None = None
    evidence: list[Evidence] = []
    for body, where in told:
        found = _differs(own, body, units)
        if found is None:
            continue
        evidence.append(where)
        if worst is None or _RANK[found[0]] > _RANK[worst[0]]:
            worst = found
    if personal:
        worst = worst or (LIKELY, "认证类型是个人")
        if not evidence:
            evidence = [*(where for _, where in told[-1:]), Evidence("认证类型是个人")]
    if worst is None:
        return
    unit = own.unit
    name = f"{own.unit_name}{'（' + str(unit['short_name']) + '）' if unit.get('short_name') else ''}"
    yield Entry(
        "certified_otherwise", own.platform, own.name, own.uid, *worst,
        (Evidence(f"主办单位：{name}", Place()), *evidence), _ADVICE, own.unit_name, own.account["unit"],
        unit.get("order"),
    )  # fmt: skip


_RANK = {OPEN: 0, LIKELY: 1, SURE: 2}


def _differs(own: Own, body: str, units: _Units) -> tuple[str, str] | None:
    """How sure it is that a certified body is not the account's unit, and by which rule; None where it is."""
    unit = own.unit
    code = own.account["unit"]
    said = short(unit_name(Seen("", own.family, "", certified_as=body)))
    names = [short(str(unit[key])) for key in ("name", "short_name") if unit.get(key)]
    named = units.named(short(body))
    if said in names or plain(body) == plain(own.name) or code in named:
        return None
    if named:
        return _other(units.rows[named[0]], unit)
    return _unnamed(own, said, names)


def _other(other: Mapping[str, Any], unit: Mapping[str, Any]) -> tuple[str, str]:
    """The rule where the certified body is another unit of the registry."""
    if other["code"] == unit.get("predecessor") or other.get("predecessor") == unit["code"]:
        return OPEN, f"认证主体是前身或承接单位“{other['name']}”，可能尚未变更认证"
    if other["code"] in (unit.get("parent"), unit.get("supervisor")):
        return OPEN, f"认证主体是上级单位“{other['name']}”"
    return SURE, f"认证主体是台账中的另一个单位“{other['name']}”"


def _unnamed(own: Own, said: str, names: Sequence[str]) -> tuple[str, str] | None:
    """The rule where the certified body is no unit of the registry; None where it is the unit in short."""
    if len(said) > 2 and any(name.endswith(said) or (len(name) > 2 and name in said) for name in names):
        return None
    if len(said) > 2 and any(name.startswith(said) for name in names):
        return OPEN, "主办单位的名称以认证主体开头，可能是上级单位"
    if len(said) > 3 and any(not Counter(said) - Counter(name) for name in names):
        return OPEN, "认证主体的字都在主办单位的名称中，可能是简称"
    if any(distance(name, said) <= 1 for name in names if len(name) > 3):
        return OPEN, "与主办单位的名称只差一字，也可能是写错"
    if said in {short(own.operator or ""), short(own.account.get("supervisor") or "")} - {""}:
        return OPEN, "认证主体是台账登记的承办或主管单位"
    return LIKELY, "认证主体与主办单位的全称、简称都不同，也不互相包含（已去掉“中共”“人民”“省市区县”等再比）"
