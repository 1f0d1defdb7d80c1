"""The registry's records, frozen, and their Arrow schemas."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import pyarrow as pa

from jianwei.model.platform import Platform, account_id

__all__ = ["Account", "Opening", "Population", "Region", "Unit", "schema_of"]


@dataclass(frozen=True)
class Unit:
    """A 单位: an organ, ranked with all its accounts. Column names as in the office template."""

    code: str  # 单位编码
    order: int | None  # 排序号 in 建制顺序
    name: str  # 全称
    short_name: str = ""  # 简称
    credit_code: str = ""  # 统一社会信用代码
    organ_type: str = ""  # 机构类型
    level: str = ""  # 行政级别
    system: str = ""  # 系统: 公安, 司法 …
    adcode: str = ""  # 区划代码, valid at `start`
    parent: str = ""  # 属地上级, unit code
    supervisor: str = ""  # 业务上级, unit code
    category: str = ""  # 参评类别, e.g. 参评
    start: date | None = None  # 起始
    end: date | None = None  # 终止
    predecessor: str = ""  # 前身单位, unit code
    note: str = ""  # 备注


@dataclass(frozen=True)
class Account:
    """An 账号 of a unit on a platform; contacts stay in the registry and never reach a roster."""

    unit: str  # 单位编码
    platform: str  # a Platform value
    name: str  # 账号名称
    uid: str  # UID/原始ID, text
    certified_as: str = ""  # 认证主体
    certified_type: str = ""  # 认证类型
    main: bool | None = None  # 主账号
    opened: date | None = None  # 开通日期
    status: str = ""  # 状态
    closed: date | None = None  # 注销日期
    filing: str = ""  # 备案号
    filed: date | None = None  # 备案日期
    supervisor: str = ""  # 主管单位
    operator: str = ""  # 承办单位
    aliases: str = ""  # 曾用名(起止)
    note: str = ""

    @property
    def family(self) -> str:
        """Platform family of the account."""
        return Platform(self.platform).family

    @property
    def account_id(self) -> str:
        """The account's id in the lake."""
        return account_id(self.family, self.uid)


@dataclass(frozen=True)
class Opening:
    """Whether a unit has an account on a platform: 有账号, 确认未开通 or 未普查."""

    unit: str
    platform: str
    status: str
    checked: date | None = None  # 核实日期
    checked_by: str = ""  # 核实人


@dataclass(frozen=True)
class Region:
    """An administrative division as named from `start` to before `end` (null = still)."""

    adcode: str
    name: str
    parent: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class Population:
    """People of a region at a year's end (or census day), by kind 常住 or 户籍."""

    adcode: str
    year: int
    kind: str
    people: int
    source: str
    estimate: bool


_ARROW: dict[str, pa.DataType] = {
    "str": pa.string(),
    "int": pa.int64(),
    "int | None": pa.int64(),
    "bool": pa.bool_(),
    "bool | None": pa.bool_(),
    "date | None": pa.date32(),
}


def schema_of(record: type[Any]) -> pa.Schema:
    """The Arrow schema of one of the frozen records above, in field order."""
    return pa.schema([pa.field(f.name, _ARROW[str(f.type)]) for f in fields(record)])
