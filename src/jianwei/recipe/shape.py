"""The shape of a recipe's tree: one root, no orphans, weights, goalposts, scales that fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from jianwei.errors import suggest
from jianwei.method.scale import TRANSFORMS
from jianwei.recipe.problems import Problems
from jianwei.recipe.tree import Node

__all__ = ["inspect_shape"]


def inspect_shape(
    nodes: Mapping[str, Node],
    given: Mapping[str, Mapping[str, Any]],
    head: Mapping[str, Any],
    problems: Problems,
) -> None:
    """Report everything wrong with the tree.

    given: the tables as written, to tell a missing weight from a declared one.
    """
    before = len(problems.issues)
    _family(nodes, problems)
    rings = _rings(nodes)
    for ring in rings:
        problems.add(
            "cycle",
            f"nodes.{ring[0]}.parent",
            "上级互相指向：" + " → ".join([*ring, ring[0]]),
            "改正其中一个 parent",
        )
    for code, node in nodes.items():
        if node.parent:
            _weight(code, node, given[code], problems)
        if node.is_leaf:
            _goalposts(code, node, head["kind"], problems)
        else:
            _combination(code, node, head, problems)
    if head["kind"] == "composite" and not any(issue.level == "error" for issue in problems.issues[before:]):
        _spans(nodes, problems)


def _family(nodes: Mapping[str, Node], problems: Problems) -> None:
    parents = {node.parent for node in nodes.values()}
    roots = [code for code, node in nodes.items() if not node.parent]
    if not roots:
        problems.add("root", "nodes", "没有总指数：每个节点都有上级", "总指数不写 parent")
    for code in roots[1:]:
        problems.add(
            "root", f"nodes.{code}.parent", f"总指数只能有一个，已有“{roots[0]}”", "给这个节点写上 parent"
        )
    for code, node in nodes.items():
        if node.parent and node.parent not in nodes:
            problems.add(
                "orphan",
                f"nodes.{code}.parent",
                f"没有名为“{node.parent}”的节点",
                suggest(node.parent, nodes),
            )
        if node.is_leaf and code in parents:
            problems.add(
                "leaf_with_children",
                f"nodes.{code}",
                "指标（有公式的节点）不能有下级",
                "删去公式，或改正下级的 parent",
            )
        if node.is_leaf and not node.parent:
            problems.add("root", f"nodes.{code}", "总指数不能直接是一个指标", "在它上面加一个总指数节点")
        if not node.is_leaf and code not in parents:
            problems.add(
                "childless", f"nodes.{code}", "既没有公式，也没有下级", "写上 formula，或删去这个节点"
            )


def _rings(nodes: Mapping[str, Node]) -> list[list[str]]:
    """Cycles of the parent relation, each once, from its first code in the file."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in nodes:
        path: list[str] = []
        code = start
        while code in nodes and code not in done and code not in path:
            path.append(code)
            code = nodes[code].parent
        if code in path:
            found.append(path[path.index(code) :])
        done.update(path)
    return found


def _weight(code: str, node: Node, given: Mapping[str, Any], problems: Problems) -> None:
    path = f"nodes.{code}.weight"
    if "weight" not in given:
        problems.add("weight", path, "没有写权重", "各级只看相对大小，等权可都写 1")
    elif node.weight <= 0:
        problems.add("weight", path, f"权重应大于零，而不是 {node.weight}", "不用的节点请删去")


def _goalposts(code: str, node: Node, kind: str, problems: Problems) -> None:
    path = f"nodes.{code}"
    if node.low is None and node.high is None:
        if kind == "composite":
            problems.add(
                "goalposts", path, "综合评价的指标须声明目标界限", "写上 low 和 high（与公式结果同一单位）"
            )
        elif node.direction == "down":
            problems.add(
                "goalposts",
                f"{path}.direction",
                "没有目标界限就没有方向",
                "写上 low 和 high，或删去 direction",
            )
        return
    if node.low is None or node.high is None:
        problems.add("goalposts", path, "目标界限只写了一半", "low 和 high 都要写")
    elif node.low >= node.high:
        problems.add(
            "goalposts",
            f"{path}.low",
            f"下限 {node.low:g} 应小于上限 {node.high:g}",
            '方向相反的指标写 direction = "down"',
        )
    elif node.factor > 0:
        ends = TRANSFORMS[node.transform](np.array([node.low, node.high]), node.factor)
        if np.isnan(ends).any():
            problems.add(
                "goalposts",
                f"{path}.low",
                f"下限 {node.low:g} 不在变换 {node.transform} 的定义域内",
                "提高下限，或换一种变换",
            )


def _combination(code: str, node: Node, head: Mapping[str, Any], problems: Problems) -> None:
    path = f"nodes.{code}"
    if node.combine == "geometric" and head["kind"] == "composite" and node.floor is None:
        problems.add(
            "floor", path, "几何平均须声明大于零的下限 floor", "例如 floor = 0.01，低于它的分值按它计"
        )
    if node.floor is not None and (node.combine != "geometric" or node.floor <= 0):
        problems.add("floor", f"{path}.floor", "只有几何平均可声明 floor，且应大于零", "改正或删去")
    if node.combine == "sum" and head["absent"] == "renormalise":
        problems.add(
            "sum", f"{path}.combine", "按系数求和不能分摊未开通平台的权重", "改用 arithmetic，或改 absent"
        )


def _spans(nodes: Mapping[str, Node], problems: Problems) -> None:
    """What a mean combines must run over the same range, or a weight means nothing."""

    def span(code: str) -> float:
        """The greatest value that a node can reach; leaves run from 0 to 1."""
        node = nodes[code]
        children = [child for child in nodes.values() if child.parent == code]
        if node.is_leaf:
            return 1.0
        tops = {child.code: span(child.code) for child in children}
        if node.combine == "sum":
            top = sum(child.weight * tops[child.code] for child in children)
        else:
            top = max(tops.values())
            odd = [child for child, value in tops.items() if not math.isclose(value, top)]
            if odd:
                told = "、".join(f"{child} 到 {tops[child]:g}" for child in odd)
                problems.add(
                    "span",
                    f"nodes.{code}",
                    f"下级的量程不一致：最大 {top:g}，而 {told}",
                    "用 times 使同一节点的下级量程一致",
                )
        return float(node.times * top**node.power)

    span(next(code for code, node in nodes.items() if not node.parent))
