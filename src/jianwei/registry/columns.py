"""The templates (名册模板): which sheets there are, their columns in order, and how each cell is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from jianwei.registry import aliases, cells, words
from jianwei.registry.cells import Cell

__all__ = ["CONTACTS", "SHEETS", "Column", "Sheet"]


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its title, other titles, how a cell is read.

    `words`: its vocabulary, if it has one; `required`: a row without it is left out; `longest`:
    characters that fit; `choices`: offered in a drop-down.
    """

    field: str
    title: str
    read: Callable[[Cell], Any]
    also: tuple[str, ...] = ()
    required: bool = False
    words: words.Words | None = None
    longest: int = 200
    choices: tuple[str, ...] = ()
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A kind of table: its name, the fields that tell it by, the fields that name a row, its columns."""

    kind: str
    title: str
    marks: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    absent: tuple[str, ...] = ()  # fields whose presence rules this kind out

    @property
    def by_field(self) -> Mapping[str, Column]:
        """Columns by field."""
        return {column.field: column for column in self.columns}


CONTACTS = ("leader", "responsible", "phone")
"""Fields of 账号 that are restricted."""

_last_day = partial(cells.day, last=True)
_YES_NO = ("是", "否")

_UNITS = Sheet(
    "units",
    "单位",
    ("code", "name"),
    ("code",),
    (
        Column("code", "单位编码", cells.code, ("编码", "单位代码", "机构编码"), required=True, longest=50),
        Column("order", "排序号", cells.number, ("序号", "排序", "建制顺序"), width=8),
        Column(
            "name", "全称", cells.line, ("单位全称", "单位名称", "机构名称", "名称"), required=True, width=32
        ),
        Column("short_name", "简称", cells.line, ("单位简称", "机构简称")),
        Column(
            "credit_code", "统一社会信用代码", cells.code, ("信用代码", "社会信用代码"), longest=50, width=22
        ),
        Column(
            "organ_type",
            "机构类型",
            cells.line,
            ("单位类型", "机构性质", "单位性质"),
            words=words.ORGANS,
            longest=50,
        ),
        Column(
            "level", "行政级别", cells.line, ("级别", "单位级别", "机构级别"), words=words.LEVELS, longest=50
        ),
        Column("system", "系统", cells.line, ("所属系统", "行业系统", "条线"), longest=50),
        Column("adcode", "区划代码", cells.code, ("行政区划代码", "地区代码", "行政区划"), longest=6),
        Column("parent", "属地上级", cells.code, ("属地上级编码", "上级单位", "上级单位编码"), longest=50),
        Column("supervisor", "业务上级", cells.code, ("业务上级编码", "业务主管单位"), longest=50),
        Column(
            "category", "参评类别", cells.line, ("参评", "是否参评"), longest=50, choices=("参评", "不参评")
        ),
        Column("start", "起始", cells.day, ("起始日期", "成立日期", "启用日期", "开始日期")),
        Column("end", "终止", _last_day, ("终止日期", "撤销日期", "结束日期", "停用日期")),
        Column("predecessor", "前身单位", cells.code, ("前身", "前身单位编码"), longest=50),
        Column("note", "备注", cells.prose, ("说明",), longest=10_000, width=30),
    ),
    absent=("platform",),
)

_ACCOUNTS = Sheet(
    "accounts",
    "账号",
    ("unit", "platform", "name"),
    ("platform", "uid", "name"),
    (
        Column("unit", "单位编码", cells.code, ("编码", "单位代码", "机构编码"), required=True, longest=50),
        Column(
            "platform",
            "平台",
            cells.plain,
            ("平台类型", "账号平台", "账号类型", "新媒体平台"),
            required=True,
            words=words.PLATFORMS,
        ),
        Column(
            "name", "账号名称", cells.line, ("账号", "名称", "昵称", "公众号名称"), required=True, width=24
        ),
        Column(
            "uid",
            "UID/原始ID",
            cells.identifier,
            ("UID", "原始ID", "账号ID", "微博UID", "微信号", "微信号/原始ID", "用户ID"),
            longest=100,
            width=22,
        ),
        Column("certified_as", "认证主体", cells.line, ("认证名称", "认证信息", "认证单位"), width=28),
        Column(
            "certified_type",
            "认证类型",
            cells.line,
            ("认证性质",),
            longest=50,
            choices=words.CERTIFIED.known,
        ),
        Column("main", "主账号", cells.truth, ("是否主账号", "主号"), choices=_YES_NO, width=8),
        Column("opened", "开通日期", cells.day, ("开通时间", "开设日期", "注册日期", "注册时间")),
        Column("status", "状态", cells.line, ("账号状态", "运行状态"), words=words.STATUSES, longest=50),
        Column("closed", "注销日期", cells.day, ("注销时间", "关停日期", "关闭日期")),
        Column("filing", "备案号", cells.identifier, ("备案编号",), longest=100),
        Column("filed", "备案日期", cells.day, ("备案时间",)),
        Column("supervisor", "主管单位", cells.line, ("主管部门",), width=24),
        Column("operator", "承办单位", cells.line, ("运营单位", "承办部门", "运维单位"), width=24),
        Column("leader", "分管领导", cells.line, (), longest=100),
        Column("responsible", "责任人", cells.line, ("负责人", "联系人", "管理员"), longest=100),
        Column("phone", "电话", cells.identifier, ("联系电话", "手机", "联系方式"), longest=100),
        Column("aliases", "曾用名(起止)", aliases.read, ("曾用名", "原名"), longest=2000, width=30),
        Column("note", "备注", cells.prose, ("说明",), longest=10_000, width=30),
    ),
)

_OPENINGS = Sheet(
    "openings",
    "开设情况",
    ("unit", "platform", "status"),
    ("unit", "platform"),
    (
        Column("unit", "单位编码", cells.code, ("编码", "单位代码", "机构编码"), required=True, longest=50),
        Column(
            "platform",
            "平台",
            cells.plain,
            ("平台类型", "账号平台", "新媒体平台"),
            required=True,
            words=words.PLATFORMS,
        ),
        Column(
            "status",
            "状态",
            cells.line,
            ("开设情况", "开设状态", "开通情况"),
            required=True,
            words=words.OPENINGS,
            longest=20,
        ),
        Column("checked", "核实日期", cells.day, ("核实时间", "普查日期")),
        Column("checked_by", "核实人", cells.line, ("普查人",), longest=100),
    ),
    absent=("name", "uid"),
)

_POPULATIONS = Sheet(
    "populations",
    "人口",
    ("adcode", "year", "people"),
    ("adcode", "year", "kind"),
    (
        Column(
            "adcode", "区划代码", cells.code, ("adcode", "行政区划代码", "地区代码"), required=True, longest=6
        ),
        Column("name", "名称", cells.line, ("name", "地区", "区县"), longest=100),
        Column("year", "年份", cells.number, ("year", "年度", "年"), required=True, width=8),
        Column(
            "kind", "口径", cells.line, ("kind", "人口口径"), required=True, words=words.KINDS, longest=20
        ),
        Column("people", "人口", cells.number, ("people", "人口数", "人口(人)"), required=True),
        Column("source", "来源", cells.line, ("source", "数据来源"), required=True, longest=500, width=40),
        Column(
            "estimate", "估计", cells.truth, ("estimate", "是否估计"), required=True, choices=_YES_NO, width=8
        ),
    ),
)

_REGIONS = Sheet(
    "regions",
    "区划",
    ("adcode", "name", "parent"),
    ("adcode", "name"),
    (
        Column("adcode", "区划代码", cells.code, ("行政区划代码",), required=True, longest=6),
        Column("name", "名称", cells.line, ("区划名称",), required=True, longest=100),
        Column("parent", "上级区划", cells.code, ("上级区划代码",), longest=6),
        Column("start", "起始", cells.day, ("起始日期", "启用日期")),
        Column("end", "终止", _last_day, ("终止日期", "停用日期")),
    ),
    absent=("people",),
)

SHEETS: Mapping[str, Sheet] = {
    sheet.kind: sheet for sheet in (_UNITS, _ACCOUNTS, _OPENINGS, _POPULATIONS, _REGIONS)
}
"""The kinds of table that the registry reads and writes, in the order they are taken."""
