"""What does not fit together in the registry as a whole; each Issue names the unit and the column."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jianwei.errors import Issue, Level, Place
from jianwei.model import Platform
from jianwei.registry.judging import region_fault
from jianwei.registry.models import Account, Alias, Opening, Unit
from jianwei.registry.regions import known_places
from jianwei.roster.published import CLOSED

__all__ = ["check"]

_SUPERIORS = {"parent": "属地上级", "supervisor": "业务上级", "predecessor": "前身单位"}
_SCORED = ("weibo", "wechat")
_MANGLED = re.compile(r"\d(?:\.\d+)?E\+?\d+|\d{13,}0{3}", re.IGNORECASE)

Rows = list[dict[str, Any]]


def check() -> list[Issue]:
    """All inconsistencies, by unit in 建制顺序."""
    units = list(Unit.objects.values())
    accounts = list(Account.objects.values())
    openings = list(Opening.objects.values())
    by_code = {unit["code"]: unit for unit in units}
    of_unit: dict[str, Rows] = defaultdict(list)
    for account in accounts:
        of_unit[account["unit_id"]].append(account)
    answers: dict[str, Rows] = defaultdict(list)
    for opening in openings:
        answers[opening["unit_id"]].append(opening)
    found = [
        *_orphans([*accounts, *openings], by_code),
        *_orders(units),
        *_same_names(units),
        *_regions(units),
        *_superiors(units, by_code),
        *(issue for unit in units for issue in _accounts(unit, of_unit[unit["code"]])),
        *(issue for unit in units for issue in _openings(unit, of_unit[unit["code"]], answers[unit["code"]])),
        *_ids(accounts, by_code),
        *_aliases(accounts, by_code),
    ]
    places = {_label(unit): place for place, unit in enumerate(units)}
    return sorted(found, key=lambda issue: places.get(issue.where.file, len(places)))


def _label(unit: Mapping[str, Any]) -> str:
    return f"{unit['code']} {unit['name']}"


def _issue(level: Level, code: str, unit: Mapping[str, Any], field: str, what: str, hint: str = "") -> Issue:
    return Issue(level, code, Place(_label(unit), None, field), what, hint)


def _is_open(account: Mapping[str, Any]) -> bool:
    return account["closed"] is None and account["status"] != CLOSED


def _orphans(rows: Sequence[Mapping[str, Any]], by_code: Mapping[str, Any]) -> Iterator[Issue]:
    for row in rows:
        if row["unit_id"] not in by_code:
            what = f"{row['platform']} {row.get('name', '')} 没有所属单位（编码 {row['unit_id']}）"
            yield Issue("error", "orphan_account", Place("", None, "单位编码"), what, "请补登单位")


def _orders(units: Rows) -> Iterator[Issue]:
    numbers = Counter(unit["order"] for unit in units)
    for unit in units:
        if unit["order"] is None:
            what = "没有排序号，各种名单中排在最后"
            yield _issue("warning", "order_missing", unit, "排序号", what, "请按建制顺序填写")
        elif numbers[unit["order"]] > 1:
            what = f"排序号 {unit['order']} 与其他单位重复，按单位编码排先后"
            yield _issue("warning", "order_doubled", unit, "排序号", what, "请按建制顺序改为不同的号")


def _same_names(units: Rows) -> Iterator[Issue]:
    by_name: dict[str, Rows] = defaultdict(list)
    for unit in units:
        by_name[unit["name"]].append(unit)
    for unit in units:
        others = [other for other in by_name[unit["name"]] if other is not unit and _overlap(unit, other)]
        if others:
            codes = "、".join(other["code"] for other in others)
            yield _issue(
                "warning", "same_name", unit, "全称", f"与单位 {codes} 全称相同", "请合并，或写明区别"
            )


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    apart = (one["end"] and other["start"] and one["end"] < other["start"]) or (
        other["end"] and one["start"] and other["end"] < one["start"]
    )
    return not apart


def _regions(units: Rows) -> Iterator[Issue]:
    places = known_places()
    for unit in units:
        if not unit["adcode"]:
            continue
        if not places.known(unit["adcode"]):
            what = f"区划代码 {unit['adcode']} 不在行政区划代码表中"
            yield _issue("error", "unknown_region", unit, "区划代码", what, "请核对；新代码可用“区划”表补充")
        elif fault := region_fault(places, unit["adcode"], unit["start"]):
            yield _issue("warning", "region_day", unit, "区划代码", fault, "请核对区划代码或起始日期")


def _superiors(units: Rows, by_code: Mapping[str, Any]) -> Iterator[Issue]:
    for field, title in _SUPERIORS.items():
        above = {unit["code"]: unit[field] for unit in units}
        for unit in units:
            if unit[field] and unit[field] not in by_code:
                what = f"{title} {unit[field]} 不在台账中"
                yield _issue("warning", "unknown_unit", unit, title, what, "请补登该单位，或改正编码")
            circle = _circle(unit["code"], above)
            if circle and unit["code"] == min(circle):
                what = f"{title}绕成了圈：{' → '.join([*circle, circle[0]])}"
                yield _issue("error", "cycle", unit, title, what, "请改正其中一个")


def _circle(code: str, above: Mapping[str, str]) -> list[str]:
    """The codes of the circle that the code is in; empty where it is in none."""
    path = [code]
    while (upper := above.get(path[-1], "")) and upper not in path:
        path.append(upper)
    return path if upper == code else []


def _accounts(unit: Mapping[str, Any], accounts: Rows) -> Iterator[Issue]:
    open_ones = [account for account in accounts if _is_open(account)]
    by_platform: dict[str, Rows] = defaultdict(list)
    for account in open_ones:
        by_platform[account["platform"]].append(account)
    if open_ones and not any(account["main"] for account in open_ones):
        yield _issue(
            "warning", "no_main_account", unit, "主账号", "有账号，但没有一个标为主账号", "请标出官方主账号"
        )
    for platform, group in by_platform.items():
        names = "、".join(account["name"] for account in group)
        if len(group) > 1:
            hint = "一个单位原则上在同一平台只开设一个账号（国办发〔2018〕123号），请整合或说明"
            yield _issue(
                "warning",
                "several_accounts",
                unit,
                "平台",
                f"{platform}有 {len(group)} 个账号：{names}",
                hint,
            )
        if sum(1 for account in group if account["main"]) > 1:
            what = f"{platform}有不止一个主账号：{names}"
            yield _issue("warning", "several_main", unit, "主账号", what, "请只留一个")
    if unit["end"] and open_ones:
        names = "、".join(account["name"] for account in open_ones)
        what = f"单位已于 {unit['end']} 终止，仍有未注销的账号：{names}"
        yield _issue(
            "warning", "closed_unit", unit, "终止", what, "请注销、划转账号，或在承接单位填写“前身单位”"
        )
    for account in accounts:
        if account["status"] == CLOSED and account["closed"] is None:
            what = f"{account['platform']}“{account['name']}”已注销，但没有注销日期"
            yield _issue(
                "warning", "closed_undated", unit, "注销日期", what, "请补填；补填前任何周期都不计入"
            )
        elif account["closed"] and account["status"] not in ("", CLOSED):
            what = f"{account['platform']}“{account['name']}”有注销日期，状态却是“{account['status']}”"
            yield _issue("warning", "closed_status", unit, "状态", what, "请核对状态或注销日期")


def _openings(unit: Mapping[str, Any], accounts: Rows, openings: Rows) -> Iterator[Issue]:
    families = {account["family"] for account in accounts}
    open_families = {account["family"] for account in accounts if _is_open(account)}
    for opening in openings:
        platform, family = opening["platform"], Platform(opening["platform"]).family
        same = [account for account in accounts if account["platform"] == platform and _is_open(account)]
        match opening["status"]:
            case "确认未开通" if same:
                what = f"{platform}确认未开通，台账中却有账号“{same[0]['name']}”"
                yield _issue("error", "opening_contradicted", unit, "开设情况", what, "请核实后改正其中之一")
            case "有账号" if family not in open_families:
                what = f"{platform}登记为有账号，台账中却没有在用的账号"
                yield _issue(
                    "warning", "opening_without", unit, "开设情况", what, "请补登账号，或改正开设情况"
                )
            case "未普查":
                what = f"{platform}未普查：有没有账号尚不清楚，开通率中单独列出"
                yield _issue(
                    "note", "not_surveyed", unit, "开设情况", what, "请核实后填“有账号”或“确认未开通”"
                )
            case _:
                pass
    told = families | {Platform(opening["platform"]).family for opening in openings}
    missing = [{"weibo": "微博", "wechat": "微信"}[family] for family in _SCORED if family not in told]
    if missing and not unit["end"]:
        what = f"{'、'.join(missing)}既没有账号，也没有登记开设情况，视为未普查"
        yield _issue("note", "not_surveyed", unit, "开设情况", what, "请在“开设情况”表中登记")


def _ids(accounts: Rows, by_code: Mapping[str, Any]) -> Iterator[Issue]:
    owners: dict[tuple[str, str], Rows] = defaultdict(list)
    named: dict[tuple[str, str], Rows] = defaultdict(list)
    for account in accounts:
        owners[account["family"], account["uid"]].append(account)
        if _is_open(account):
            named[account["platform"], account["name"]].append(account)
    for account in accounts:
        unit, uid = by_code.get(account["unit_id"]), account["uid"]
        if unit is None:
            continue
        told = f"{account['platform']}“{account['name']}”"
        if uid and len(owners[account["family"], uid]) > 1:
            yield _issue(
                "error", "duplicate_uid", unit, "UID/原始ID", f"{told}的 UID {uid} 重复", "请只留一个"
            )
        if _MANGLED.fullmatch(uid):
            what = f"{told}的 UID {uid} 像是被 Excel 改坏的近似数"
            yield _issue(
                "warning", "mangled_id", unit, "UID/原始ID", what, "请按账号主页核对并以文本格式重填"
            )
        twins = [
            one for one in named[account["platform"], account["name"]] if one["unit_id"] != account["unit_id"]
        ]
        if twins and _is_open(account):
            codes = "、".join(sorted({one["unit_id"] for one in twins}))
            what = f"{told}与单位 {codes} 的账号同名"
            yield _issue("warning", "same_account_name", unit, "账号名称", what, "请核对是否重复登记")


def _aliases(accounts: Rows, by_code: Mapping[str, Any]) -> Iterator[Issue]:
    by_id = {account["id"]: account for account in accounts}
    named: dict[tuple[str, str], Rows] = defaultdict(list)
    for account in accounts:
        named[account["family"], account["name"]].append(account)
    for alias in Alias.objects.values("account_id", "name"):
        former = by_id[alias["account_id"]]
        unit = by_code.get(former["unit_id"])
        for account in named[former["family"], alias["name"]]:
            if account["id"] != former["id"] and unit is not None:
                what = f"{former['platform']}“{former['name']}”的曾用名“{alias['name']}”是单位 {account['unit_id']} 现用的账号名"
                yield _issue("warning", "alias_in_use", unit, "曾用名(起止)", what, "请核对是否划转或仿冒")
