"""The shape of a recipe's tree: one root, no orphans, weights, combinations that fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.errors import suggest
from jianwei.recipe.problems import Problems
from jianwei.recipe.scaling import inspect_leaf, inspect_spans, positive
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
            inspect_leaf(code, node, head, problems)
        else:
            _combination(code, node, nodes, head, problems)
    if head["kind"] == "composite" and not any(issue.level == "error" for issue in problems.issues[before:]):
        inspect_spans(nodes, problems)


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


def _combination(
    code: str, node: Node, nodes: Mapping[str, Node], head: Mapping[str, Any], problems: Problems
) -> None:
    path = f"nodes.{code}"
    lifted = node.combine in ("geometric", "harmonic") or (
        node.combine == "power-mean" and node.exponent is not None and node.exponent <= 0
    )
    if lifted and head["kind"] == "composite" and node.floor is None:
        below = [leaf for leaf in nodes.values() if leaf.is_leaf and _under(leaf, code, nodes)]
        if not all(positive(leaf) for leaf in below):
            problems.add(
                "floor",
                path,
                f"{_MEANS[node.combine]}须声明大于零的下限 floor",
                "例如 floor = 0.01，低于它的分值按它计；或让指标的 bottom 大于零",
            )
    if node.floor is not None and not (lifted and (node.floor > 0 or _zero_is_zero(node))):
        problems.add(
            "floor",
            f"{path}.floor",
            "只有几何平均、调和平均可声明 floor，且应大于零",
            "改正或删去；几何平均写 floor = 0 表示任一项为零则整体为零",
        )
    if (node.exponent is None) == (node.combine == "power-mean"):
        told = "幂平均没有写指数" if node.exponent is None else "只有幂平均才有指数"
        problems.add("exponent", f"{path}.exponent", told, "写上或删去 exponent")
    if node.combine == "sum" and head["absent"] == "renormalise":
        problems.add(
            "sum", f"{path}.combine", "按系数求和不能分摊未开通平台的权重", "改用 arithmetic，或改 absent"
        )


_MEANS = {"geometric": "几何平均", "harmonic": "调和平均", "power-mean": "指数不大于零的幂平均"}


def _zero_is_zero(node: Node) -> bool:
    return node.combine == "geometric" and node.floor == 0


def _under(leaf: Node, code: str, nodes: Mapping[str, Node]) -> bool:
    """Whether a leaf stands below a node; a ring is walked once."""
    seen: set[str] = set()
    at = leaf.parent
    while at in nodes and at not in seen:
        if at == code:
            return True
        seen.add(at)
        at = nodes[at].parent
    return False
