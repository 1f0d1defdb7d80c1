"""The registry workbook (名册): units, accounts and openings as an office would hand them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jianwei.demo.cast import Cast
from jianwei.demo.files import MARK, book
from jianwei.model import Account, Opening, Unit

__all__ = ["write"]

_UNIT = ("单位编码", "排序号", "全称", "简称", "统一社会信用代码", "机构类型", "行政级别", "系统", "区划代码",
         "属地上级", "业务上级", "参评类别", "起始", "终止", "前身单位", "备注")  # fmt: skip
_ACCOUNT = ("单位编码", "平台", "账号名称", "UID/原始ID", "认证主体", "认证类型", "主账号", "开通日期", "状态",
            "注销日期", "备案号", "备案日期", "主管单位", "承办单位", "曾用名(起止)", "备注")  # fmt: skip
_OPENING = ("单位编码", "平台", "状态", "核实日期", "核实人")


def write(path: Path, cast: Cast) -> None:
    """Write all three sheets; the first unit's remark says that the data are made up."""
    book(
        path,
        {
            "单位": _sheet(_UNIT, map(_unit, cast.units)),
            "账号": _sheet(_ACCOUNT, map(_account, cast.accounts)),
            "开设情况": _sheet(_OPENING, map(_opening, cast.openings)),
        },
        changed=datetime(2015, 7, 1, 9),
    )


def _sheet(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield header
    yield from rows


def _unit(unit: Unit) -> tuple[Any, ...]:
    return (
        unit.code, str(unit.order), unit.name, unit.short_name, unit.credit_code, unit.organ_type, unit.level,
        unit.system, unit.adcode, unit.parent, unit.supervisor, unit.category, _day(unit.start), _day(unit.end),
        unit.predecessor, unit.note or MARK,
    )  # fmt: skip


def _account(account: Account) -> tuple[Any, ...]:
    main = {True: "是", False: "否", None: ""}[account.main]
    return (
        account.unit, account.platform, account.name, account.uid, account.certified_as, account.certified_type,
        main, _day(account.opened), account.status, _day(account.closed), account.filing, _day(account.filed),
        account.supervisor, account.operator, account.aliases, account.note or MARK,
    )  # fmt: skip


def _opening(opening: Opening) -> tuple[Any, ...]:
    return opening.unit, opening.platform, opening.status, _day(opening.checked), opening.checked_by


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
