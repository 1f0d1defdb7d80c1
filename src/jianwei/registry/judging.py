"""Rules between rows of one import and the registry: owners, duplicates, regions, superiors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from jianwei.errors import suggest
from jianwei.registry.rows import Row, key_of
from jianwei.roster.places import Places, valid

__all__ = ["judge", "region_fault"]

_YEARLY_UNTIL = 2011
"""Before this year the code tables are a year apart, and so may be their dates."""


def judge(
    rows: Iterable[Row], *, units: Mapping[str, str], owners: Mapping[tuple[str, str], str], places: Places
) -> None:
    """Add the problems that show only between rows; the order of rows and files does not matter
    but for duplicates, of which the first is taken.

    units: code to 全称 of those in the registry; owners: (family, uid) to unit code there.
    """
    rows = list(rows)
    _duplicates(rows)
    kept = [row for row in rows if not row.bad]
    codes = dict(units) | {
        row.values["code"]: row.values["name"] for row in kept if row.sheet.kind == "units"
    }
    for row in kept:
        match row.sheet.kind:
            case "units":
                _unit(row, codes, places)
            case "accounts":
                _owned(row, codes, "账号没有所属单位")
                _moved(row, owners)
            case "openings":
                _owned(row, codes, "开设情况没有所属单位")
            case "populations":
                if not places.known(row.values["adcode"]):
                    _unknown_region(row, "error")
            case _:
                pass


def _duplicates(rows: Iterable[Row]) -> None:
    first: dict[tuple[str, tuple[Any, ...]], Row] = {}
    for row in rows:
        if row.bad:
            continue
        key = row.sheet.kind, key_of(row.sheet, row.values)
        before = first.setdefault(key, row)
        if before is row:
            continue
        where = str(before.where)
        if before.values == row.values:
            row.say("warning", "duplicate_row", "", f"与 {where} 完全相同，只取一次")
        elif row.sheet.kind == "accounts" and before.values["unit"] != row.values["unit"]:
            what = f"同一 UID 已登记在单位 {before.values['unit']} 名下（{where}）"
            row.say("error", "uid_two_units", "uid", what, "一个账号只能属于一个单位，请核对后只留一行")
        else:
            name = row.sheet.key[1] if row.sheet.kind == "accounts" else row.sheet.key[0]
            row.say("error", "duplicate_row", name, f"与 {where} 是同一条，内容却不同", "请只留正确的一行")


def _unit(row: Row, codes: Mapping[str, str], places: Places) -> None:
    for name in ("parent", "supervisor", "predecessor"):
        code = row.values.get(name)
        if code and code not in codes:
            row.say("warning", "unknown_unit", name, f"单位编码“{code}”不在台账中", suggest(code, codes))
    adcode = row.values.get("adcode")
    if not adcode:
        return
    if not places.known(adcode):
        _unknown_region(row, "error")
    elif fault := region_fault(places, adcode, row.values.get("start")):
        row.say("warning", "region_day", "adcode", fault, "请核对区划代码或起始日期")


def _unknown_region(row: Row, level: Any) -> None:
    what = f"区划代码“{row.values['adcode']}”不在历年行政区划代码表（1980-12 至 2019-04）中"
    row.say(
        level,
        "unknown_region",
        "adcode",
        what,
        "如是新代码，请同时导入一张“区划”表（区划代码、名称、上级区划、起始、终止）",
    )


def region_fault(places: Places, adcode: str, day: Any) -> str:
    """What is wrong with a code on a day in Chinese, "" where nothing is or the day is unknown.

    Where the code tables are a year apart, a day up to a year before the first is not a fault.
    """
    spans = places.spans(adcode)
    if day is None or any(valid(span, day) for span in spans):
        return ""
    for span in spans:
        start = span["start"]
        if start and start.year < _YEARLY_UNTIL and start - timedelta(days=366) <= day < start:
            return ""
    told = "、".join(
        f"{span['name']}（{span['start'] or '……'} 至 {span['end'] - timedelta(days=1) if span['end'] else '今'}）"
        for span in spans
    )
    now = places.code_on(adcode, day)
    better = f"，当日应为 {now} {places.name_on(now, day)}" if now else ""
    return f"区划代码 {adcode} 在 {day} 无效：{told}{better}"


def _owned(row: Row, codes: Mapping[str, str], what: str) -> None:
    unit = row.values["unit"]
    if unit not in codes:
        hint = suggest(unit, codes) or "请先在“单位”表中登记这个单位"
        row.say("error", "unknown_unit", "unit", f"{what}：单位编码“{unit}”不在台账中", hint)


def _moved(row: Row, owners: Mapping[tuple[str, str], str]) -> None:
    key = key_of(row.sheet, row.values)
    before = owners.get((key[0], key[1])) if len(key) == 2 else None
    if before is not None and before != row.values["unit"]:
        row.say(
            "warning",
            "moved",
            "unit",
            f"账号原属单位 {before}，现改属 {row.values['unit']}",
            "如不是划转，请核对",
        )
