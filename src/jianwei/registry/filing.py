"""Two registers compared: 未备案, 系统有本台账无, 一单位同平台多号."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from jianwei.errors import Place
from jianwei.model import PLATFORMS
from jianwei.registry.entry import LIKELY, OPEN, SURE, Entry, Evidence
from jianwei.registry.likeness import plain
from jianwei.registry.national import Filed
from jianwei.registry.pairing import Ledger, Own, apart
from jianwei.registry.sighting import Sighting
from jianwei.roster.published import CLOSED

__all__ = ["GOVERNMENT", "in_use", "not_filed", "not_registered", "several"]

GOVERNMENT = "1"
"""verified_type of government accounts on Weibo."""

_INSTITUTION = ("", "蓝V")
"""Certified kinds that leave open whether it is government."""

_OUTSIDE = frozenset(("党委", "人大", "政协", "监察委员会", "人民法院", "人民检察院", "党委部门", "人民团体"))
"""机构类型 that the State Council's documents do not bind."""

_REGISTERED = "台账登记为在用"


def in_use(filed: Filed, day: date) -> bool:
    """Whether the export has the account in use that day."""
    begun = filed.opened is None or filed.opened <= day
    return begun and not (filed.closed <= day if filed.closed else filed.status == CLOSED)


@dataclass
class _Rows:
    """One family's rows of the exports: how many, whether all have a UID, and by plain name."""

    count: int = 0
    identified: bool = True
    named: dict[str, list[Filed]] = field(default_factory=lambda: defaultdict(list))


def not_filed(ledger: Ledger, seen: Mapping[str, Sighting], day: date) -> Iterator[Entry]:
    """Own accounts in use, and collected accounts of the lake, that no export has."""
    rows: dict[str, _Rows] = defaultdict(_Rows)
    for filed in ledger.filed:
        one = rows[filed.family]
        one.count += 1
        one.identified = one.identified and bool(filed.uid)
        one.named[plain(filed.name)].append(filed)
    of_unit: dict[tuple[str, str], list[Filed]] = defaultdict(list)
    for filed in ledger.filed_only:
        of_unit[filed.family, plain(filed.unit)].append(filed)
    # Where the export has a party organ at all, the others are expected there too.
    reported = {str(pair.own.unit.get("organ_type")) for pair in ledger.pairs}
    for own in ledger.own_only:
        if own.open(day):
            near = of_unit.get((own.family, plain(own.unit_name)), []) if own.unit_name else []
            yield _own_not_filed(own, rows[own.family], near, _OUTSIDE - reported)
    for account_id, sighting in seen.items():
        if account_id not in ledger.known and sighting.family in PLATFORMS:
            yield from _seen_not_filed(sighting, rows[sighting.family].count)


def _own_not_filed(own: Own, rows: _Rows, near: list[Filed], outside: Collection[str]) -> Entry:
    told = f"{_REGISTERED}：{own.platform}“{own.name}”"
    evidence = [Evidence(told + (f"，UID {own.uid}" if own.uid else "，没有登记 UID"))]
    same = rows.named.get(plain(own.name), [])
    if not rows.count:
        confidence, rule = OPEN, "导出中没有任何该平台的账号，也可能是没有导出该平台"
    elif same:
        for one in same[:3]:
            clash = "不同" if apart(own, one) else "，无法确认是同一个"
            evidence.append(Evidence(f"系统中有同名账号，UID {one.uid or '未填'}{clash}", one.where))
        confidence, rule = OPEN, "系统中有同名账号，须核对 UID"
    elif near:
        evidence += [Evidence(f"系统中该单位登记的是“{one.name}”", one.where) for one in near[:3]]
        confidence, rule = OPEN, "系统中该单位在同一平台登记了另一个名称，也可能是改名"
    elif own.unit.get("organ_type") in outside:
        confidence, rule = OPEN, f"主办单位是{own.unit['organ_type']}，可能不在全国系统的报送范围内"
    elif own.uid and rows.identified:
        confidence, rule = SURE, "导出中该平台的账号都有 UID，没有一个与之相同"
    else:
        confidence, rule = LIKELY, "有一方没有 UID，只能按名称核对"
    evidence.append(Evidence(f"导出中该平台 {rows.count} 个账号，按 UID、备案号、名称、曾用名都对不上"))
    if own.filing:
        evidence.append(Evidence(f"本台账填有备案号 {own.filing}"))
    return Entry(
        "not_filed", own.platform, own.name, own.uid, confidence, rule, tuple(evidence),
        "核实后在全国系统补备案；不再使用的，办理注销并在台账登记注销日期",
        own.unit_name, own.account["unit"], own.unit.get("order"),
    )  # fmt: skip


def _seen_not_filed(one: Sighting, rows: int) -> Iterator[Entry]:
    """An account of the lake alone: told where it is certified as government, or was collected on purpose
    and nothing says that it is something else.
    """
    known = one.certified
    government = known is not None and known.kind == GOVERNMENT and known.verified is not False
    open_kind = known is None or (known.verified is not False and known.kind in _INSTITUTION)
    other = not government and not open_kind
    if other or not (government or one.collected):
        return
    evidence = [Evidence(f"数据中有 {one.posts} 条发布内容", one.last.where if one.last else Place())]
    if government and known is not None:
        evidence.insert(0, Evidence(f"平台认证为政府（类型 1）：{known.reason or '未写明主体'}", known.where))
        confidence, rule = LIKELY, "认证为政府账号，两份台账中都没有"
    else:
        confidence, rule = OPEN, "采集了它的数据，两份台账中都没有；认证情况未知，未必是政务账号"
    evidence.append(Evidence(f"导出中该平台 {rows} 个账号，没有相同的 UID"))
    yield Entry(
        "not_filed", PLATFORMS[one.family], one.name or one.uid, one.uid, confidence, rule, tuple(evidence),
        "核实主办单位；属于政务账号的，补登台账并在全国系统备案（可用 registry draft 起草）",
    )  # fmt: skip


def not_registered(ledger: Ledger, day: date) -> Iterator[Entry]:
    """Rows of the exports, in use, that the own registry has not."""
    named: dict[tuple[str, str], list[Own]] = defaultdict(list)
    unidentified: set[str] = set()
    for own in ledger.owns:
        named[own.family, plain(own.name)].append(own)
        if not own.uid:
            unidentified.add(own.family)
    for filed in ledger.filed_only:
        if not in_use(filed, day):
            continue
        same = named.get((filed.family, plain(filed.name)), [])
        uid = f"，UID {filed.uid}" if filed.uid else "，没有 UID"
        told = f"系统登记：{filed.unit or '主办单位未填'}，{_platform(filed)}“{filed.name}”{uid}"
        evidence = [Evidence(told, filed.where)]
        if same:
            evidence += [Evidence(f"本台账有同名账号，UID {own.uid or '未填'}") for own in same[:3]]
            confidence, rule = OPEN, "本台账有同名账号，须核对 UID"
        elif filed.uid and filed.family not in unidentified:
            confidence, rule = SURE, "本台账该平台的账号都有 UID，没有一个与之相同"
        else:
            confidence, rule = LIKELY, "有一方没有 UID，只能按名称核对"
        unit = ledger.units.get(plain(filed.unit), {})
        yield Entry(
            "not_registered", _platform(filed), filed.name, filed.uid, confidence, rule, tuple(evidence),
            "核实后补登本台账；不属于本地区本系统的，请更正全国系统的主办单位",
            filed.unit, str(unit.get("code") or ""), unit.get("order"),
        )  # fmt: skip


def _platform(filed: Filed) -> str:
    return filed.platform or PLATFORMS[filed.family]


def several(ledger: Ledger, day: date) -> Iterator[Entry]:
    """Units with several accounts in use on one platform; 订阅号 and 服务号 are two platforms."""
    groups: dict[tuple[str, str], list[Own | Filed]] = defaultdict(list)
    for own in ledger.owns:
        if own.unit and own.open(day) and not _ended(own.unit, day):
            groups[own.account["unit"], own.platform].append(own)
    for filed in ledger.filed_only:
        unit = ledger.units.get(plain(filed.unit))
        if unit is not None and in_use(filed, day):
            kinds = (filed.platform,) if filed.platform else ("微信订阅号", "微信服务号")
            held = [kind for kind in kinds if (unit["code"], kind) in groups]
            groups[unit["code"], (held or [_platform(filed)])[0]].append(filed)
    by_code = {unit["code"]: unit for unit in ledger.units.values()}
    for (code, platform), group in groups.items():
        if len(group) < 2:
            continue
        confidence, rule = _how_sure(group)
        unit = by_code[code]
        yield Entry(
            "several", platform, "、".join(one.name for one in group),
            "、".join(one.uid for one in group if one.uid), confidence, rule, tuple(map(_told, group)),
            "整合为一个；确需保留的，请说明理由并报主管单位同意", str(unit["name"]), code, unit["order"],
        )  # fmt: skip


def _how_sure(group: list[Own | Filed]) -> tuple[str, str]:
    owns = [one for one in group if isinstance(one, Own)]
    rows = [one for one in group if isinstance(one, Filed)]
    if not rows:
        return SURE, "本台账登记为同一单位，都在用"
    if not all(row.platform for row in rows):
        return OPEN, "有的公众号没有写明订阅号还是服务号"
    if not all(apart(own, row) for own in owns for row in rows):
        return OPEN, "有一方没有 UID，可能是同一个账号的两个名称"
    return LIKELY, "有的账号只在全国系统中，按主办单位名称归到该单位"


def _told(one: Own | Filed) -> Evidence:
    if isinstance(one, Own):
        return Evidence(f"台账：{one.platform}“{one.name}”，UID {one.uid or '未填'}")
    return Evidence(f"系统：{_platform(one)}“{one.name}”，UID {one.uid or '未填'}", one.where)


def _ended(unit: Mapping[str, object], day: date) -> bool:
    end = unit.get("end")
    return isinstance(end, date) and end < day
