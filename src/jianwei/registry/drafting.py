"""A draft for accounts that the lake has and the registry has not: a filled template to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jianwei.model import Platform
from jianwei.registry import guess, writing
from jianwei.registry.columns import CONTACTS, SHEETS
from jianwei.registry.models import Account, Unit
from jianwei.registry.outcome import Seen
from jianwei.registry.writing import Page

__all__ = ["draft"]

_MARK = "待核对"
_STEP = 10
_SCORED = (Platform.WEIBO, Platform.WECHAT_SUBSCRIPTION)
_FIRST_OF_FAMILY = {platform.family: platform for platform in reversed(Platform)} | {
    "wechat": Platform.WECHAT_SUBSCRIPTION
}


def draft(seen: Iterable[Seen], path: Path) -> int:
    """Write 单位, 账号 and 开设情况 for the accounts that are unknown; returns how many there are.

    Accounts with one certified body make one unit; a unit of that 全称 or 简称 in the registry gets
    them. Codes and 排序号 depend only on the accounts and the registry, so a draft made twice is the
    same. Everything guessed is marked 待核对 in 备注. No file is written where nothing is unknown.
    """
    known = set(Account.objects.exclude(uid="").values_list("family", "uid"))
    unknown = {one.account_id: one for one in seen if one.uid and (one.family, one.uid) not in known}
    if not unknown:
        return 0
    accounts = [unknown[key] for key in sorted(unknown)]
    codes, units = _units(accounts)
    pages = [
        _page("units", units),
        _page("accounts", [_account(one, codes[one.account_id], accounts, codes) for one in accounts]),
        _page("openings", _openings(accounts, codes)),
    ]
    writing.write(path, pages)
    return len(accounts)


def _units(accounts: Sequence[Seen]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The unit code of each account, and the rows of the units that are new."""
    stored = list(Unit.objects.values("code", "order", "name", "short_name"))
    by_name = {unit["short_name"]: unit["code"] for unit in stored if unit["short_name"]}
    by_name |= {unit["name"]: unit["code"] for unit in stored}
    last = max((unit["order"] for unit in stored if unit["order"] is not None), default=0)
    names: dict[str, list[Seen]] = {}
    for one in accounts:
        names.setdefault(guess.unit_name(one)[:200], []).append(one)
    codes: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    order = last - last % _STEP
    for name in sorted(names):
        group = names[name]
        code = by_name.get(name)
        if code is None:
            order += _STEP
            code = f"D-{group[0].family}-{group[0].uid}"[:50]
            certified = any(one.certified_as for one in group)
            note = f"{_MARK}：据{'认证信息' if certified else '账号名称'}推测的单位，编码、全称、排序号和其他各项请核对"
            rows.append({"code": code, "order": order, "name": name, "note": note})
        codes |= {one.account_id: code for one in group}
    return codes, rows


def _account(seen: Seen, code: str, accounts: Sequence[Seen], codes: dict[str, str]) -> dict[str, Any]:
    alone = sum(1 for one in accounts if codes[one.account_id] == code and one.family == seen.family) == 1
    held = Account.objects.filter(unit_id=code, family=seen.family).exists()
    remarks = [f"数据中见到 {seen.posts} 条"]
    if seen.first and seen.last:
        remarks.append(f"{_day(seen.first)} 至 {_day(seen.last)}")
    if seen.family == "wechat":
        remarks.append("订阅号或服务号未知")
    return {
        "unit": code,
        "platform": _FIRST_OF_FAMILY.get(seen.family, Platform.OTHER).value,
        "name": (" ".join(seen.name.split()) or seen.uid)[:200],
        "uid": seen.uid,
        "certified_as": " ".join(seen.certified_as.split())[:200],
        "certified_type": seen.certified_type,
        "main": True if alone and not held else None,
        "status": "正常",
        "note": f"{_MARK}：" + "；".join(remarks),
    }


def _openings(accounts: Sequence[Seen], codes: dict[str, str]) -> list[dict[str, Any]]:
    """有账号 for what was seen; 未普查 for the scored platforms that nobody looked at."""
    seen = {(codes[one.account_id], _FIRST_OF_FAMILY.get(one.family, Platform.OTHER)) for one in accounts}
    rows = []
    for code in sorted({unit for unit, _ in seen}):
        for platform in Platform:
            if (code, platform) in seen:
                rows.append({"unit": code, "platform": platform.value, "status": "有账号"})
            elif platform in _SCORED and not _told(code, platform):
                rows.append({"unit": code, "platform": platform.value, "status": "未普查"})
    return rows


def _told(code: str, platform: Platform) -> bool:
    """Whether the registry knows about the unit on this platform's family."""
    return Account.objects.filter(unit_id=code, family=platform.family).exists()


def _day(when: date | datetime) -> str:
    return (when.date() if isinstance(when, datetime) else when).isoformat()


def _page(kind: str, rows: Sequence[dict[str, Any]]) -> Page:
    fields = tuple(column.field for column in SHEETS[kind].columns if column.field not in CONTACTS)
    return Page(kind, fields, rows)
