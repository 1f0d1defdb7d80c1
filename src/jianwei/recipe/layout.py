"""A recipe as tables: one of indicators, one of its head, one of own inputs; and back to its text.

The table of indicators has a row a node: level, code, parent, direction, weight, low, high, name,
then whatever else is declared. That table alone is a recipe too: an indicator without a formula
reads the input of its own code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jianwei.errors import RecipeError, suggest
from jianwei.recipe.grammar import HEAD, INPUT, LEAF_ONLY, NODE, NODE_ONLY, Key
from jianwei.recipe.tree import Node, Recipe
from jianwei.recipe.vocabulary import MEASURES
from jianwei.recipe.writing import section

__all__ = ["HEAD_SHEET", "INPUT_SHEET", "NODE_SHEET", "PAIR_SHEET", "Table", "from_tables", "tables"]

Table = tuple[tuple[Any, ...], ...]
"""Rows of cells, the header first; None where a cell is blank."""

NODE_SHEET, HEAD_SHEET, INPUT_SHEET, PAIR_SHEET = "指标", "方案", "输入", "判断"

FIRST = ("level", "code", "parent", "direction", "weight", "low", "high", "name")
"""Columns that every table of indicators has, in this order."""

PAIR = ("parent", "one", "other", "times")
"""Columns of the table of judgements: the one matters so many times as much as the other."""

TITLES: Mapping[str, str] = {
    "级别": "level",
    "层级": "level",
    "代码": "code",
    "编码": "code",
    "上级": "parent",
    "方向": "direction",
    "权重": "weight",
    "下限": "low",
    "上限": "high",
    "名称": "name",
    "指标": "name",
    "指标名称": "name",
    "公式": "formula",
    "分母": "per",
    "平台": "platform",
    "变换": "transform",
    "系数": "factor",
    "合成": "combine",
    "单位": "unit",
    "说明": "note",
}
"""Chinese headings that are read as keys."""

_CODES = ("parent", "direction", "name", "formula", "platform", "scale", "combine", "transform")
"""Texts whose outer spaces mean nothing."""

_DIRECTIONS = {
    "1": "up",
    "-1": "down",
    "正": "up",
    "负": "down",
    "正向": "up",
    "负向": "down",
    "逆向": "down",
}


def tables(recipe: Recipe) -> dict[str, Table]:
    """The recipe as tables by sheet name; level 0 is the total, 1 what stands right below it."""
    pairs = [
        (parent, one, other, times)
        for parent, judged in recipe.judgements.items()
        for (one, other), times in judged.items()
    ]
    return {
        NODE_SHEET: _nodes(recipe),
        HEAD_SHEET: (("key", "value"), *((key, getattr(recipe, key)) for key in HEAD)),
        INPUT_SHEET: (
            ("code", *INPUT),
            *((name, one.title, one.unit or None, one.note or None) for name, one in recipe.inputs.items()),
        ),
        **({PAIR_SHEET: (PAIR, *pairs)} if pairs else {}),
    }


def from_tables(sheets: Mapping[str, Table], name: str) -> str:
    """The text of a recipe file from its tables, to be read and checked like any other.

    sheets: by sheet name; the first is taken for the indicators where none has that name.
    name: the recipe's, where the head does not say.
    Raises RecipeError where there is no table of indicators, a heading is unknown, or a level
    contradicts the parents.
    """
    if not sheets:
        raise RecipeError("没有表可读", hint="至少要有一张“指标”表")
    rows = _records(sheets.get(NODE_SHEET) or next(iter(sheets.values())), {"level", "code", *NODE}, TITLES)
    rows = [row for row in rows if row.get("code") is not None]
    if not rows:
        raise RecipeError("“指标”表没有指标", hint="每行一个节点，code 一列写代码")
    parents = {_text(row["code"]): _text(row.get("parent")) for row in rows}
    if len(parents) < len(rows):
        codes = [_text(row["code"]) for row in rows]
        twice = next(code for code in codes if codes.count(code) > 1)
        raise RecipeError(f"代码“{twice}”出现了不止一次", hint="每个节点的代码各不相同")
    _check_levels(rows, parents)
    inputs = _inputs(sheets.get(INPUT_SHEET, ()))
    nodes = [_node(row, parents, inputs) for row in rows]
    head = {"name": name} | _head(sheets.get(HEAD_SHEET, ()))
    parts = [section("recipe", head)]
    parts += [section(f"inputs.{_quoted(code)}", values) for code, values in inputs.items()]
    judged = _judged(sheets.get(PAIR_SHEET, ()))
    for code, values in nodes:
        if parents[code] in judged:
            values.pop("weight", None)
        parts.append(section(f"nodes.{_quoted(code)}", values))
    parts += [section(f"judgements.{_quoted(parent)}", pairs) for parent, pairs in judged.items()]
    return "\n".join(parts)


def _nodes(recipe: Recipe) -> Table:
    nodes = list(recipe.nodes.values())
    more = [key for key in NODE if key not in FIRST and any(_cell(node, key) is not None for node in nodes)]
    body = []
    for node in nodes:
        level = len(recipe.path(node.code)) - 1
        direction = node.direction if node.is_leaf else None
        cells = (node.parent or None, direction, node.weight, node.low, node.high, node.name or None)
        body.append((level, node.code, *cells, *(_cell(node, key) for key in more)))
    return ((*FIRST, *more), *body)


def _cell(node: Node, key: str) -> Any:
    """A node's value, None where it is the default; a formula is always told."""
    value = getattr(node, key)
    idle = NODE_ONLY if node.is_leaf else LEAF_ONLY
    return None if key in idle or value == NODE[key].default else value


def _node(
    row: Mapping[str, Any], parents: Mapping[str, str], inputs: dict[str, dict[str, Any]]
) -> tuple[str, dict[str, Any]]:
    """A node's code and its section; an indicator without a formula reads the input of its code."""
    code = _text(row["code"])
    leaf = code not in parents.values()
    values = _typed({key: row.get(key) for key in NODE}, NODE)
    if not values.get("parent") and values.get("weight") == 1:
        del values["weight"]
    if "direction" in values:
        values["direction"] = _DIRECTIONS.get(values["direction"], values["direction"])
    if leaf and "formula" not in values:
        values["formula"] = code
        if code not in MEASURES and code not in inputs:
            inputs[code] = {"name": values.get("name", code)}
    if not leaf and values.get("direction") == "up":
        del values["direction"]
    return code, values


def _inputs(table: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    rows = _records(table, {"code", *INPUT}, {"代码": "code", "名称": "name", "单位": "unit", "说明": "note"})
    return {_text(row["code"]): _typed({key: row.get(key) for key in INPUT}, INPUT) for row in rows}


def _judged(table: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    """Judgements by parent; weights in the table of indicators are then what they came to."""
    titles = {"上级": "parent", "甲": "one", "乙": "other", "倍数": "times"}
    found: dict[str, dict[str, Any]] = {}
    for row in _records(table, set(PAIR), titles):
        one, other, times = _text(row.get("one")), _text(row.get("other")), row.get("times")
        value = _number(times) if isinstance(times, str) else times
        found.setdefault(_text(row.get("parent")), {})[f"{one}:{other}"] = value
    return found


def _head(table: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The head from rows of key and value, with or without the heading; unknown keys are kept to be told."""
    found = {_text(row[0]): row[1] for row in table if len(row) > 1 and row[0] is not None}
    found.pop("key", None)
    rules = {key: HEAD.get(key, Key(str, "")) for key in found}
    return _typed(found, rules)


def _typed(values: Mapping[str, Any], rules: Mapping[str, Key]) -> dict[str, Any]:
    """Cells as their keys want them; blanks left out, what does not fit left as it is, to be told."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == "":
            continue
        kind = rules[key].kind
        if kind is str:
            found[key] = value if isinstance(value, str) and key not in _CODES else _text(value)
        elif isinstance(value, str):
            found[key] = _number(value)
        else:
            found[key] = int(value) if kind is int and float(value).is_integer() else value
    return found


def _check_levels(rows: Sequence[Mapping[str, Any]], parents: Mapping[str, str]) -> None:
    """Levels are told for readers; one that contradicts the parents is a slip worth stopping at."""
    for row in rows:
        code, level = _text(row["code"]), row.get("level")
        if level is None or level == "":
            continue
        depth, at, seen = 0, code, {code}
        while parents.get(at) and parents[at] not in seen:
            at = parents[at]
            seen.add(at)
            depth += 1
        if _number(_text(level)) != depth:
            raise RecipeError(
                f"“{code}”的级别写的是 {_text(level)}，按上级应为 {depth}", hint="改正 parent，或删去 level"
            )


def _records(
    table: Sequence[Sequence[Any]], known: set[str], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Rows by key. Raises RecipeError for a heading that is no key."""
    if not table:
        return []
    keys = [titles.get(_text(cell), _text(cell)) for cell in table[0]]
    for key in keys:
        if key and key not in known:
            raise RecipeError(f"表中有不认识的列“{key}”", hint=suggest(key, sorted(known)))
    return [
        {key: cell for key, cell in zip(keys, row, strict=False) if key}
        for row in table[1:]
        if any(cell not in (None, "") for cell in row)
    ]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a workbook stores every number as a float
    return "" if cell is None else str(cell).strip()


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _quoted(code: str) -> str:
    plain = code.isascii() and code.replace("_", "").replace("-", "").isalnum()
    return code if plain else '"' + code.replace("\\", "\\\\").replace('"', '\\"') + '"'
