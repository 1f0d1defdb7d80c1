"""Inputs from one plain table: a row a unit, a column a measure, as `index RECIPE TABLE` takes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from jianwei.errors import DataError, Issue, Level, Place, suggest
from jianwei.model import PLATFORMS
from jianwei.recipe import Recipe
from jianwei.scorecard.inputs import PLAIN, Inputs
from jianwei.scorecard.sheet import Sheet, open_sheet

__all__ = ["UNIT_COLUMNS", "table"]

UNIT_COLUMNS: tuple[str, ...] = ("unit", "单位", "单位名称", "name", "名称")
"""Headers of the column of units, the first that stands there wins."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d{1,3})?")
_BLANKS = frozenset({"", "-", "--", "—", "——", "/", "na", "n/a", "nan", "null", "none", "缺失", "暂缺"})


@dataclass
class _Reader:
    """One table being read: its issues so far."""

    sheet: Sheet
    recipe: Recipe
    issues: list[Issue] = field(default_factory=list)

    def add(
        self, level: Level, code: str, what: str, hint: str = "", *, row: int | None = None, column: str = ""
    ) -> None:
        self.issues.append(Issue(level, code, Place(self.sheet.name, row, column), what, hint))


def table(
    path: Path, recipe: Recipe, *, rename: Mapping[str, str] | None = None, days: float | None = None
) -> tuple[Inputs, list[Issue]]:
    """Inputs for a recipe from a CSV or XLSX file, and what is wrong with its cells.

    The unit stands in a column `unit` (单位, name …), else in the first column of text, with a
    note. Blank cells are missing; a cell that is no plain number is missing too and an error
    Issue with row and field. rename: header in the file to input name. days: for a table
    without such a column. Columns that are not needed are ignored.
    Raises DataError where the file cannot be used or a needed column is not there (a composite
    goes on without it as long as any column is there, with a warning).
    """
    sheet = open_sheet(path)
    reader = _Reader(sheet, recipe)
    header = _renamed(reader, rename or {})
    place = _unit_column(reader, header)
    wanted = _wanted(recipe)
    found = _found(reader, header, wanted, days)
    names, rows = _units(reader, place)
    columns: dict[str, pa.Array[Any]] = {}
    for name, position in found.items():
        values = [
            _number(reader, number, name, row[position] if position < len(row) else None)
            for number, row in rows
        ]
        columns[name] = pa.array(np.array(values, dtype=np.float64))
    if days is not None and "days" in wanted and not any(_bare(name) == "days" for name in found):
        columns["days"] = pa.array(np.full(len(rows), float(days)))
    return Inputs(
        names, names, {PLAIN: pa.table(columns)}, groups=_groups(reader, header, rows)
    ), reader.issues


def _groups(
    reader: _Reader, header: tuple[str, ...], rows: list[tuple[int, tuple[Any, ...]]]
) -> dict[str, tuple[str, ...]]:
    """Each unit's group where the recipe asks for one; "" where the cell is blank."""
    name = reader.recipe.group
    if not name:
        return {}
    if name not in header:
        raise DataError(
            f"{reader.sheet.name} 缺少分组列“{name}”", hint=suggest(name, [one for one in header if one])
        )
    place = header.index(name)
    cells = [_text(row[place]) if place < len(row) else "" for _, row in rows]
    return {name: tuple("" if cell.lower() in _BLANKS else cell for cell in cells)}


def _renamed(reader: _Reader, rename: Mapping[str, str]) -> tuple[str, ...]:
    """The header in input names: renamed as asked, Chinese titles read as what they mean."""
    header = reader.sheet.header
    for old in rename:
        if old not in header:
            raise DataError(
                f"{reader.sheet.name} 没有列“{old}”", hint=suggest(old, [name for name in header if name])
            )
    titles = {reader.recipe.measure(name).title: name for name in reader.recipe.needs}
    told = [rename.get(name, titles.get(name, name)) for name in header]
    for name in dict.fromkeys(told):
        if name and told.count(name) > 1:
            reader.add(
                "error", "duplicate_column", f"有 {told.count(name)} 列都叫“{name}”，只用第一列", column=name
            )
    return tuple(told)


def _unit_column(reader: _Reader, header: tuple[str, ...]) -> int:
    lowered = [name.lower() for name in header]
    for name in UNIT_COLUMNS:
        if name in lowered:
            return lowered.index(name)
    for position, name in enumerate(header):
        cells = [row[position] for _, row in reader.sheet.rows if position < len(row)]
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip().lower() not in _BLANKS]
        if texts and not any(_NUMBER.fullmatch(text.strip()) for text in texts):
            reader.add("note", "unit_column", f"没有名为 unit 或“单位”的列，以“{name}”列为单位", column=name)
            return position
    raise DataError(f"{reader.sheet.name} 没有单位列", hint="加一列 unit（或“单位”），写各单位的名称")


def _wanted(recipe: Recipe) -> dict[str, tuple[str, ...]]:
    """Input names to the headers that may hold them; several platforms need `weibo.posts`."""
    wanted: dict[str, list[str]] = {}
    for leaf in recipe.leaves:
        for name in leaf.names:
            shared = (
                len(recipe.platforms) < 2
                or name == "days"
                or recipe.measure(name).of_unit
                or not leaf.platform
            )
            headers = wanted.setdefault(name, [])
            joined = f"{leaf.platform}.{name}" if leaf.platform else name
            for header in (joined, *((name,) if shared else ())):
                if header not in headers:
                    headers.append(header)
    return {name: tuple(headers) for name, headers in wanted.items()}


def _found(
    reader: _Reader, header: tuple[str, ...], wanted: Mapping[str, tuple[str, ...]], days: float | None
) -> dict[str, int]:
    """Needed headers to their positions. Raises DataError where the recipe cannot do without."""
    spelled = [_latin(name) for name in header]
    found = {name: spelled.index(name) for names in wanted.values() for name in names if name in spelled}
    lacking = [
        _columns_for(name, names, found) for name, names in wanted.items() if not (name == "days" and days)
    ]
    gone = [name for names in lacking for name in names]
    if not gone:
        return found
    hints = "；".join(f"{name}：{near}" for name in gone if (near := suggest(_bare(name), header)))
    if reader.recipe.kind != "composite" or not found:
        told = "、".join(f"{name}（{reader.recipe.measure(_bare(name)).title}）" for name in gone)
        days_hint = "；天数也可用 --days 给出" if "days" in gone else ""
        raise DataError(
            f"{reader.sheet.name} 缺少方案需要的列：{told}", hint=(hints or "补上这些列") + days_hint
        )
    reader.add("warning", "missing_column", f"缺少列：{'、'.join(gone)}，按缺失处理", hints)
    return found


def _columns_for(name: str, headers: tuple[str, ...], found: Mapping[str, int]) -> list[str]:
    """The headers that are still to be wished for, given those that are there."""
    if name in found:
        return []
    joined = [header for header in headers if header != name]
    if name in headers and not any(header in found for header in joined):
        return [name]
    return [header for header in joined if header not in found]


def _latin(name: str) -> str:
    """`微博.posts` as `weibo.posts`."""
    for family, word in PLATFORMS.items():
        if name.startswith(f"{word}."):
            return f"{family}.{name.removeprefix(f'{word}.')}"
    return name


def _bare(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _units(reader: _Reader, place: int) -> tuple[tuple[str, ...], list[tuple[int, tuple[Any, ...]]]]:
    """Names of units and their rows; a row without a name or with one seen before is left out."""
    seen: dict[str, int] = {}
    rows = []
    for number, row in reader.sheet.rows:
        name = _text(row[place]) if place < len(row) else ""
        if not name:
            reader.add("error", "no_unit", "没有单位名称，这一行未计入", "补上单位名称", row=number)
        elif name in seen:
            what = f"单位“{name}”与第 {seen[name]} 行重复，这一行未计入"
            reader.add("error", "duplicate_unit", what, "每个单位只留一行", row=number)
        else:
            seen[name] = number
            rows.append((number, row))
    return tuple(seen), rows


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # Excel stores a code such as 500106 as a float
    return "" if cell is None else str(cell).strip()


def _number(reader: _Reader, row: int, name: str, cell: Any) -> float:
    """A cell as a number, NaN where blank; anything else is an Issue and missing."""
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in _BLANKS):
        return float("nan")
    value = float("nan")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        value = float(cell)
    elif isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        value = float(cell.strip().replace(",", ""))
    if not np.isfinite(value):
        reader.add(
            "error",
            "not_a_number",
            f"“{cell}”不是数字，按缺失处理",
            "填不带单位的数字，如 12000",
            row=row,
            column=name,
        )
        return float("nan")
    if value < 0 and not reader.recipe.measure(_bare(name)).negative:
        reader.add("error", "negative", f"“{cell}”小于零，按缺失处理", "核对原始数据", row=row, column=name)
        return float("nan")
    return value
