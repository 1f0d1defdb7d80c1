"""Names of accounts: 改名 under one UID, and 疑似仿冒 under others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jianwei.errors import Place
from jianwei.model import PLATFORMS, account_id
from jianwei.registry.entry import LIKELY, OPEN, SURE, Entry, Evidence
from jianwei.registry.likeness import Likeness, Names, bare, plain
from jianwei.registry.national import Filed
from jianwei.registry.pairing import Ledger, Own
from jianwei.registry.sighting import Certified, Named, Sighting

__all__ = ["PERSONAL", "UNCERTIFIED", "lookalikes", "renamed"]

UNCERTIFIED = frozenset(("-1", "普通用户"))
"""verified_type of Weibo accounts without any certification."""

PERSONAL = frozenset(("0", "200", "220", "黄V", "红V", "金V"))
"""verified_type of Weibo accounts of persons and 达人."""

_SEEN_AS = {"shown": "平台显示名称", "folder": "采集文件夹以此命名", "form": "填报为"}


def renamed(ledger: Ledger, seen: Mapping[str, Sighting]) -> Iterator[Entry]:
    """Accounts that one UID shows under several names of which the own registry does not know all."""
    filed = {id(pair.own): pair for pair in ledger.pairs}
    for own in ledger.owns:
        one = seen.get(ledger.id_of(own))
        pair = filed.get(id(own))
        names = one.names if one is not None else []
        yield from _renamed(own, names, pair.filed.name if pair and pair.rule != _BY_FORMER else "",
                            pair.filed.where if pair else Place())  # fmt: skip
    for row in ledger.filed_only:
        one = seen.get(account_id(row.family, row.uid)) if row.uid else None
        names = [] if one is None else [name for name in one.names if plain(name.name) != plain(row.name)]
        if shown := [name for name in names if name.how != "form"]:
            evidence = (Evidence(f"全国系统登记为“{row.name}”", row.where), *map(_told, shown))
            unit = ledger.units.get(plain(row.unit), {})
            yield Entry(
                "renamed", row.platform or PLATFORMS[row.family], row.name, row.uid, LIKELY,
                "同一 UID，数据中的名称与全国系统的不同", evidence, "核实现用名称，更正全国系统", row.unit,
                str(unit.get("code") or ""), unit.get("order"),
            )  # fmt: skip


_BY_FORMER = "与登记的曾用名相同"


def _renamed(own: Own, names: list[Named], filed_name: str, filed_where: Place) -> Iterator[Entry]:
    known = {plain(own.name), *(plain(former.name) for former in own.former)}
    # What people write in forms is not what the platform shows.
    new = [name for name in names if name.how != "form" and plain(name.name) not in {"", *known}]
    differs = bool(filed_name) and plain(filed_name) not in known
    if not new and not differs:
        return
    shown = [name for name in new if name.how == "shown"]
    every = {plain(name.name) for name in names if name.how == "shown"}
    evidence = [Evidence(f"台账登记为“{own.name}”{_former(own)}")]
    evidence += [_told(name) for name in sorted(names, key=lambda name: (name.first, name.name))]
    if filed_name:
        evidence.append(Evidence(f"全国系统登记为“{filed_name}”", filed_where))
    others = [name.name for name in new] + ([filed_name] if differs else [])
    if all(bare(name) == bare(own.name) for name in others):
        confidence, rule = OPEN, "只差“官方”“发布”等前后缀或形近的字，也可能是登记时简写"
    elif shown and len(every) > 1:
        confidence, rule = SURE, "同一 UID 在数据中先后显示不同的名称"
    elif shown:
        confidence, rule = LIKELY, "同一 UID，平台显示的名称与台账不同，也可能是台账登记有误"
    elif differs:
        confidence, rule = LIKELY, "同一账号在两份台账中名称不同"
    else:
        confidence, rule = OPEN, "名称来自采集文件夹，可能不是账号的显示名称"
    yield Entry(
        "renamed", own.platform, own.name, own.uid, confidence, rule, tuple(evidence),
        "核实改名的日期，更新台账的账号名称和曾用名（起止），并在全国系统变更",
        own.unit_name, own.account["unit"], own.unit.get("order"),
    )  # fmt: skip


def _former(own: Own) -> str:
    return f"，曾用名{'、'.join(f'“{one.name}”' for one in own.former)}" if own.former else ""


def _told(name: Named) -> Evidence:
    seen = _days(name.first.date(), name.last.date()) + ("" if name.dated else "（文件的修改时间）")
    posts = f"，内容发布于 {_days(*name.posts)}" if name.posts else ""
    return Evidence(f"{_SEEN_AS[name.how]}“{name.name}”，{seen} 见到 {name.rows:,} 次{posts}", name.where)


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} 至 {last}"


def lookalikes(ledger: Ledger, seen: Mapping[str, Sighting], places: Collection[str]) -> Iterator[Entry]:
    """Accounts of the lake in no register whose name could be taken for a registered account's or unit's.

    疑似仿冒, always 待核实, where the account is known not to be certified as an institution; 未掌握
    where nobody knows. `unit` is the one whose name is like it.
    """
    for one, likeness, bearers in _like(ledger, seen, places):
        known = one.certified
        if known is None:
            yield _alike(
                "unknown", one, likeness, bearers, Evidence("数据中没有它的认证情况"),
                "认证情况未知，不判断是否仿冒", "采集它的主页资料（是否认证、认证类型）后再普查",
            )  # fmt: skip
        elif _uncertified(known):
            yield _alike(
                "lookalike", one, likeness, bearers, _certification(known),
                "名称相近且没有机构认证，是否仿冒须由人核实",
                "人工核对主页、简介和内容；确属仿冒的，保存证据并向平台投诉；属于本单位的，补办认证和备案",
            )  # fmt: skip


def _uncertified(known: Certified) -> bool:
    return _plainly(known) or known.kind in PERSONAL


def _plainly(known: Certified) -> bool:
    """Whether there is no certification at all."""
    return known.verified is False or known.kind in UNCERTIFIED


def _certification(known: Certified) -> Evidence:
    if _plainly(known):
        told = "主页显示没有认证"
    else:
        told = f"认证为个人（类型 {known.kind}）{'：' + known.reason if known.reason else ''}"
    return Evidence(f"{told}，{known.seen:%Y-%m-%d} 所见", known.where)


@dataclass(frozen=True)
class _Bearer:
    """What bears a registered name: in Chinese, and the unit behind it."""

    told: str
    unit: str
    code: str = ""
    order: int | None = None


def _like(
    ledger: Ledger, seen: Mapping[str, Sighting], places: Collection[str]
) -> Iterator[tuple[Sighting, list[Likeness], Mapping[str, list[_Bearer]]]]:
    bearers = _registered(ledger)
    index = Names(bearers, places)
    everyone: list[Own | Filed] = [*ledger.owns, *ledger.filed]
    unidentified = {(one.family, plain(one.name)) for one in everyone if not one.uid}
    for key, one in sorted(seen.items()):
        name = one.name
        if key in ledger.known or not name or one.family not in PLATFORMS:
            continue
        if (one.family, plain(name)) in unidentified:  # may well be that account itself
            continue
        found = index.like(name)
        known = one.certified
        # A person's certified account may share a word with an office; only a name that looks the same tells.
        if known is not None and not _plainly(known):
            found = [likeness for likeness in found if likeness.rule != "one_sign"]
        if found:
            yield one, found, bearers


def _registered(ledger: Ledger) -> dict[str, list[_Bearer]]:
    """Registered names to what bears them."""
    bearers: dict[str, list[_Bearer]] = defaultdict(list)
    for own in ledger.owns:
        who = (own.unit_name, str(own.account["unit"]), own.unit.get("order"))
        bearers[own.name].append(_Bearer(f"{who[0] or who[1]}的{own.platform}账号", *who))
        for former in own.former:
            bearers[former.name].append(_Bearer(f"{who[0] or who[1]}的{own.platform}账号的曾用名", *who))
        for name, word in (("name", "全称"), ("short_name", "简称")):
            if own.unit.get(name) and own.unit[name] != own.name:
                bearers[own.unit[name]].append(_Bearer(f"单位{word}", *who))
    for filed in ledger.filed_only:
        told = f"{filed.unit or '主办单位未填'}在全国系统登记的账号"
        bearers[filed.name].append(_Bearer(told, filed.unit))
    return {name: list(dict.fromkeys(found)) for name, found in bearers.items()}


def _alike(
    kind: str,
    one: Sighting,
    likeness: list[Likeness],
    bearers: Mapping[str, list[_Bearer]],
    known: Evidence,
    rule: str,
    advice: str,
) -> Entry:
    shown = next((name.where for name in one.names if name.name == one.name), Place())
    evidence = [
        Evidence(
            f"与“{same.other}”（{'、'.join(who.told for who in bearers[same.other][:3])}）{same.told}", shown
        )
        for same in likeness[:3]
    ]
    evidence += [known, Evidence("UID 不在登记的账号之中")]
    if one.last is not None:
        evidence.append(Evidence(f"数据中有 {one.posts:,} 条发布内容", one.last.where))
    first = bearers[likeness[0].other][0]
    return Entry(
        kind, PLATFORMS[one.family], one.name, one.uid, OPEN, rule, tuple(evidence), advice,
        first.unit, first.code, first.order,
    )  # fmt: skip
