"""How a node of a recipe is made, in words: from the plain JSON that `Recipe.to_json` gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.phrase import number
from jianwei.recipe.words import OF_NODE, OF_VALUES

__all__ = ["find", "leaf", "of_children"]

_TRANSFORMS = {
    "ln": "取自然对数 ln({x})",
    "ln1p": "取自然对数 ln({x}＋1)",
    "log10": "取常用对数 lg({x})",
    "log10p1": "取常用对数 lg({x}＋1)",
    "sqrt": "取平方根",
}


def find(nodes: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    """The node with this key, at any depth."""
    for node in nodes:
        if node.get("key") == key:
            return node
        inside = find(node.get("children") or (), key)
        if inside is not None:
            return inside
    return None


def of_children(node: Mapping[str, Any], children: Iterable[Mapping[str, Any]]) -> str:
    """The combination of a node's children: 30%×传播指数 ＋ …, with its factor and power."""
    combine = str(node.get("combine") or "arithmetic")
    parts = [_term(child, combine) for child in children]
    if not parts:
        return ""
    words = (" × " if combine == "geometric" else " ＋ ").join(parts)
    times, power = float(node.get("times") or 1), float(node.get("power") or 1)
    if power != 1:
        words = f"（{words}）的 {power:g} 次方"
    if times != 1:
        words = f"{times:g} ×（{words}）"
    if combine == "sum":
        return words
    means = {"arithmetic": "加权平均", "geometric": "加权几何平均", "harmonic": "加权调和平均"}
    return f"{words}（{means.get(combine) or OF_VALUES['combine'].get(combine, combine)}）"


def leaf(node: Mapping[str, Any]) -> str:
    """Formula, transform and goalposts of an indicator."""
    parts = []
    if node.get("formula"):
        unit = f"（{node['unit']}）" if node.get("unit") else ""
        per = f" ÷ {node['per']}" if node.get("per") else ""
        parts.append(f"{node['formula']}{per}{unit}")
    if node.get("transform"):
        factor = float(node.get("factor") or 1)
        inner = "x" if factor == 1 else f"{factor:g}·x"
        word = _TRANSFORMS.get(str(node["transform"]), f"变换 {node['transform']}")
        parts.append(word.format(x=inner))
    if node.get("low") is not None and node.get("high") is not None:
        low, high = (number.quantity(node[end], 4) for end in ("low", "high"))
        parts.append(f"界限 {low} 至 {high}")
    parts += [
        f"{OF_NODE[key]}：{OF_VALUES[key].get(str(node[key]), node[key])}"
        for key in ("impute", "outlier")
        if node.get(key)
    ]
    scale = str(node.get("scale") or "")
    if scale not in ("", "none", "goalposts"):
        parts.append(OF_VALUES["scale"].get(scale, scale))
    if node.get("direction") == "down":
        parts.append("越低越好")
    return "；".join(parts)


def _term(child: Mapping[str, Any], combine: str) -> str:
    title = str(child.get("title") or child.get("key"))
    if combine == "sum" and child.get("declared") is not None:
        return f"{float(child['declared']):g}×{title}"
    if child.get("weight") is None:
        return title
    share = number.percent(child["weight"])
    return f"{title}的 {share} 次方" if combine == "geometric" else f"{share}×{title}"
