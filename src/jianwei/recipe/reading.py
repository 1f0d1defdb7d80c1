"""From the text of a recipe file to a checked Recipe and everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from jianwei.errors import suggest
from jianwei.recipe import formula, judging
from jianwei.recipe.grammar import DEFAULTS, HEAD, INPUT, LEAF_ONLY, NODE, NODE_ONLY, SECTIONS
from jianwei.recipe.problems import Problems
from jianwei.recipe.shape import inspect_shape
from jianwei.recipe.tree import Node, Recipe
from jianwei.recipe.vocabulary import DISCOURAGED, DISCOURAGED_WORDS, MEASURES, Measure

__all__ = ["read"]


def read(text: str, file: str = "") -> tuple[Recipe | None, Problems]:
    """Read a recipe. Returns it (None where an error forbids that) and all problems at once."""
    problems = Problems(file)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        problems.add("toml", "", f"不是合法的 TOML：{error}", "按提示的行列检查引号、括号和等号")
        return None, problems
    for section in data:
        if section not in SECTIONS:
            problems.add("unknown_key", section, "不认识的一节", suggest(section, SECTIONS))
    head = _head(problems.section(data, "recipe"), problems)
    inputs = _inputs(problems.section(data, "inputs"), problems)
    given = {
        code: table
        for code, table in problems.section(data, "nodes").items()
        if _is_node(code, table, problems)
    }
    declared = given
    given = _with_defaults(given, _defaults(problems.section(data, "defaults"), problems))
    nodes = {code: _node(code, table, inputs, problems) for code, table in given.items()}
    pairs = problems.section(data, "judgements")
    nodes, judged = judging.read(pairs, nodes, declared, problems)
    given = {
        code: {"weight": nodes[code].weight} | dict(table) if nodes[code].parent in pairs else table
        for code, table in given.items()
    }
    if not nodes:
        problems.add("no_nodes", "nodes", "没有任何节点", "至少写一个总指数和一个指标")
    else:
        inspect_shape(nodes, given, head, problems)
    if head["purpose"] == "考核":
        _warn_of_pressure(nodes, inputs, problems)
    if head["purpose"] in ("公布", "考核"):
        _warn_of_company(nodes, problems)
    if problems.fatal:
        return None, problems
    return Recipe(**head, nodes=nodes, inputs=inputs, judgements=judged), problems


def _defaults(table: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    """What nodes take that do not declare the key themselves; wrong values are reported here, once."""
    values = problems.values(table, DEFAULTS, "defaults")
    return {key: values[key] for key in table if key in DEFAULTS}


def _with_defaults(
    given: Mapping[str, Mapping[str, Any]], defaults: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """The tables of nodes with defaults filled in where they mean something."""
    found: dict[str, Mapping[str, Any]] = {}
    for code, table in given.items():
        idle = NODE_ONLY if "formula" in table else LEAF_ONLY
        found[code] = {key: value for key, value in defaults.items() if key not in idle} | dict(table)
    return found


def _head(table: Mapping[str, Any], problems: Problems) -> dict[str, Any]:
    head = problems.values(table, HEAD, "recipe")
    name = head["name"]
    if not name or any(char.isspace() or char in "/\\:#" for char in name):
        problems.add("name", "recipe.name", "缺少名称，或名称含空格、/、\\、:、#", "例如 shuangwei-2015")
    if not head["title"]:
        problems.add(
            "title", "recipe.title", "没有标题，榜单将直接显示名称", "写一个中文标题", level="warning"
        )
        head["title"] = name
    if not head["source"]:
        problems.add("source", "recipe.source", "没有写明出处", "写明公式和权重从何而来", level="warning")
    if not 0 < head["need"] <= 1:
        problems.add(
            "need", "recipe.need", f"应大于 0、不超过 1，而不是 {head['need']}", "例如 0.667，即三分之二"
        )
    _ages(head, problems)
    if head["followers_within"] < 0:
        problems.add("followers_within", "recipe.followers_within", "天数不能为负", "例如 31")
    return head


def _ages(head: Mapping[str, Any], problems: Problems) -> None:
    """Report rules about a reading's age that cannot mean anything."""
    if not 0 <= head["reading_least"] <= 1:
        problems.add("reading_least", "recipe.reading_least", "应在 0 与 1 之间", "例如 0.5")
    if head["reading"] == "latest":
        for key in ("reading_missing", "mature"):
            if head[key] != HEAD[key].default:
                problems.add(
                    "reading",
                    f"recipe.{key}",
                    "只用于指定了读数时点的方案",
                    '写上 reading = "7d"，或删去此项',
                )
    elif head["mature"] != "no" and head["reading_missing"] == "missing":
        problems.add(
            "mature", "recipe.mature", "没有可校正的读数：缺该时点读数的内容按缺失",
            '写上 reading_missing = "nearest" 或 "latest"，或删去 mature',
        )  # fmt: skip
    elif head["mature"] != "no" and head["reading"] == "24h":
        problems.add("mature", "recipe.mature", "24 小时是最早的时点，没有更早的可推算", "删去 mature")


def _inputs(tables: Mapping[str, Any], problems: Problems) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for name, table in tables.items():
        path = f"inputs.{name}"
        if not isinstance(table, dict):
            problems.add("type", path, "应是一节", f"写成 [{path}]")
        elif name in MEASURES:
            problems.add("input", path, f"“{name}”是已有的指标名", "换一个名字，或删去这一节")
        elif not (name.isascii() and name.isidentifier()):
            problems.add("input", path, f"“{name}”不能用作指标名", "用英文字母、数字、下划线，字母开头")
        else:
            values = problems.values(table, INPUT, path)
            found[name] = Measure(
                name, values["name"] or name, values["unit"], negative=True, note=values["note"]
            )
    return found


def _is_node(code: str, table: Any, problems: Problems) -> bool:
    if not isinstance(table, dict):
        problems.add("type", f"nodes.{code}", "应是一节", f"写成 [nodes.{code}]")
        return False
    if not code.isidentifier():
        problems.add(
            "code", f"nodes.{code}", f"“{code}”不能用作节点代码", "用字母、汉字、数字、下划线，不以数字开头"
        )
        return False
    return True


def _node(code: str, table: Mapping[str, Any], inputs: Mapping[str, Measure], problems: Problems) -> Node:
    path = f"nodes.{code}"
    values = problems.values(table, NODE, path)
    leaf = "formula" in table
    for key in NODE_ONLY if leaf else LEAF_ONLY:
        if key in table:
            why = "指标（有公式的节点）没有下级可合成" if leaf else "只有指标（有公式的节点）才有这一项"
            problems.add("misplaced", f"{path}.{key}", why, "删去这一项")
    for key in ("times", "power", "factor"):
        if values[key] <= 0:
            problems.add("positive", f"{path}.{key}", f"应大于零，而不是 {values[key]}", "默认为 1")
    if not leaf:
        return Node(code, **values)
    try:
        checked = formula.read(values["formula"])
    except formula.FormulaError as error:
        problems.add("formula", f"{path}.formula", str(error), error.hint)
        return Node(code, **{**values, "formula": values["formula"] or "0"})
    for name in checked.names:
        _inspect_name(name, values["platform"], inputs, f"{path}.formula", problems)
    if not values["per"]:
        return Node(code, **values, names=checked.names, sql=checked.sql)
    try:
        per = formula.read(values["per"])
    except formula.FormulaError as error:
        problems.add("formula", f"{path}.per", str(error), error.hint)
        return Node(code, **values, names=checked.names, sql=checked.sql)
    for name in per.names:
        _inspect_name(name, values["platform"], inputs, f"{path}.per", problems)
    names = tuple(dict.fromkeys((*checked.names, *per.names)))
    return Node(code, **values, names=names, sql=checked.sql, per_sql=per.sql)


def _inspect_name(
    name: str, platform: str, inputs: Mapping[str, Measure], path: str, problems: Problems
) -> None:
    """An input must be known, and known on the leaf's platform."""
    if name in inputs:
        return
    measure = MEASURES.get(name)
    if measure is None:
        hint = suggest(name, [*MEASURES, *inputs]) or "自有的输入须先在 [inputs] 中声明"
        problems.add("unknown_measure", path, f"不认识的指标“{name}”", hint)
    elif measure.of_unit:
        return
    elif not platform:
        problems.add(
            "platform",
            path,
            f"“{name}”（{measure.title}）按平台统计",
            '给这个指标写上 platform，如 platform = "weibo"',
        )
    elif measure.platforms and platform not in measure.platforms:
        problems.add("platform", path, f"“{name}”（{measure.title}）在该平台没有数据", "换一个指标或平台")


def _warn_of_pressure(nodes: Mapping[str, Node], inputs: Mapping[str, Measure], problems: Problems) -> None:
    """A 考核 scheme that scores followers, reads, likes or forwarding is a named abuse."""
    for code, node in nodes.items():
        named = [MEASURES[name].title for name in node.names if name in DISCOURAGED]
        told = [inputs[name].title for name in node.names if name in inputs]
        named += [title for title in told if any(word in title for word in DISCOURAGED_WORDS)]
        if named:
            problems.add(
                "pressure",
                f"nodes.{code}",
                f"考核方案以{'、'.join(named)}计分",
                "防治“指尖上的形式主义”的规定不允许以粉丝、阅读、点赞、转发考核，请删去或改变用途",
                level="warning",
            )


def _warn_of_company(nodes: Mapping[str, Node], problems: Problems) -> None:
    """Where a unit's score hangs on the others, one that leaves can turn the order of the rest."""
    for code, node in nodes.items():
        if node.relative:
            problems.add(
                "relative",
                f"nodes.{code}",
                "得分随参评单位而变：一个单位进出，其他单位的先后可能颠倒",
                "对外公布或考核宜用声明的目标界限（low、high）",
                level="warning",
            )
