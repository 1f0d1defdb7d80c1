"""Weights judged in pairs (AHP): `[judgements.<node>]` of a recipe, turned into its children's weights."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from jianwei.errors import MethodError, suggest
from jianwei.method import weigh
from jianwei.method.weigh import Judgement
from jianwei.recipe.problems import Problems
from jianwei.recipe.tree import Judgements, Node

__all__ = ["judgement", "read", "section_of"]

_MARK = ":"


def read(
    tables: Mapping[str, Any],
    nodes: Mapping[str, Node],
    given: Mapping[str, Mapping[str, Any]],
    problems: Problems,
) -> tuple[dict[str, Node], dict[str, Judgements]]:
    """The nodes with judged weights, and the judgements by parent; what is wrong goes to `problems`.

    tables: `[judgements.<parent>]`, each `"one:other" = times`, every pair of children once. given:
    the tables of nodes, where a judged child must not declare a weight.
    """
    found = dict(nodes)
    judged: dict[str, Judgements] = {}
    for parent, table in tables.items():
        path = f"judgements.{parent}"
        children = [code for code, node in nodes.items() if node.parent == parent]
        if parent not in nodes or not children:
            known = {node.parent for node in nodes.values() if node.parent}
            problems.add("judgements", path, "不是有下级的节点", suggest(parent, known))
            continue
        if not isinstance(table, dict):
            problems.add("type", path, "应是一节", f'写成 [{path}]，下面每行一对，如 "甲:乙" = 3')
            continue
        if nodes[parent].combine == "sum":
            problems.add("judgements", path, "按系数求和的节点不用判断矩阵", "改 combine，或写明系数")
            continue
        pairs = _pairs(table, children, path, problems)
        if pairs is None:
            continue
        for code in children:
            if "weight" in given.get(code, {}):
                what = "权重已由两两判断得出，不能再写"
                problems.add("misplaced", f"nodes.{code}.weight", what, f"删去 weight，或删去 [{path}]")
        try:
            weights = judgement(children, pairs).weights
        except MethodError as error:
            problems.add("inconsistent", path, error.args[0], error.hint)
            continue
        judged[parent] = pairs
        for code, weight in zip(sorted(children), weights, strict=True):
            found[code] = replace(found[code], weight=float(weight))
    return found, judged


def judgement(children: list[str], pairs: Judgements) -> Judgement:
    """Weights of the children, in the order of their codes, with the consistency ratio.

    Raises MethodError where they contradict each other or are too many, naming the two codes.
    """
    codes = sorted(children)
    matrix = np.ones((len(codes), len(codes)))
    for (one, other), times in pairs.items():
        row, column = codes.index(one), codes.index(other)
        matrix[row, column], matrix[column, row] = times, 1 / times
    try:
        return weigh.judged(matrix)
    except MethodError as error:
        hint = f"{error.hint}；次序为 {'、'.join(codes)}" if error.hint else ""
        raise MethodError(error.args[0], hint=hint) from error


def section_of(pairs: Judgements) -> dict[str, float]:
    """A section of the file: `"one:other" = times`."""
    return {f"{one}{_MARK}{other}": times for (one, other), times in pairs.items()}


def _pairs(table: Mapping[str, Any], children: list[str], path: str, problems: Problems) -> Judgements | None:
    """Every pair of children once; None and problems where it is not so."""
    found: dict[tuple[str, str], float] = {}
    good = True
    for key, value in table.items():
        codes = [part.strip() for part in key.replace("：", _MARK).split(_MARK)]
        strange = next((code for code in codes if code not in children), "")
        if len(codes) != 2 or strange or codes[0] == codes[1]:
            hint = suggest(strange, children) or f'写成 "甲:乙"，两者都是下级：{"、".join(children)}'
            problems.add("judgements", f"{path}.{key}", "不是两个下级的比较", hint)
            good = False
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
            problems.add(
                "judgements", f"{path}.{key}", f"应是大于零的数字，而不是 {value!r}", "如 3 或 0.333"
            )
            good = False
        elif frozenset(codes) in map(frozenset, found):
            problems.add("judgements", f"{path}.{key}", "这一对已经比较过", "删去其中一行")
            good = False
        else:
            found[codes[0], codes[1]] = float(value)
    if not good:
        return None
    told = set(map(frozenset, found))
    lacking = [pair for pair in itertools.combinations(children, 2) if frozenset(pair) not in told]
    if lacking:
        words = "、".join(f"{one}:{other}" for one, other in lacking[:6])
        problems.add("judgements", path, f"还有 {len(lacking)} 对没有比较", f"补上 {words}")
        return None
    return found
