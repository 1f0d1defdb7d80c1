"""What a recipe declares about scales: bounds and targets of leaves, ranges of what is combined."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from jianwei.method.pairwise import RELATIVE
from jianwei.method.scale import TRANSFORMS
from jianwei.recipe.grammar import RELATIVE_SCALES
from jianwei.recipe.problems import Problems
from jianwei.recipe.tree import Node

__all__ = ["inspect_leaf", "inspect_spans", "positive"]

_ENDLESS = (-math.inf, math.inf)


def inspect_leaf(code: str, node: Node, head: Mapping[str, Any], problems: Problems) -> None:
    """Report what is wrong with a leaf's scale, filling and treatment."""
    path = f"nodes.{code}"
    _bounds(path, node, head["kind"], problems)
    if node.top <= node.bottom:
        problems.add(
            "range", f"{path}.top", f"满分 {node.top:g} 应大于底分 {node.bottom:g}", "改正 bottom 和 top"
        )
    elif node.scaling in ("none", "zscore") and (node.bottom, node.top) != (0, 1):
        problems.add(
            "range", f"{path}.bottom", "这种换算没有底分和满分", "删去 bottom 和 top，或换一种 scale"
        )
    if (node.aim is None) == node.scaling.startswith("target"):
        told = "没有写目标值" if node.aim is None else "只有 scale 为 target 才有目标值"
        problems.add("aim", f"{path}.aim", told, "写上或删去 aim（与公式结果同一单位）")
    if node.outlier == "treat" and (node.scaling not in ("minmax", "zscore", "percentile") or node.bounded):
        problems.add(
            "outlier",
            f"{path}.outlier",
            "treat 可能改取对数，与声明的界限或目标不在同一单位",
            '改为 outlier = "winsorise"，或用 minmax、zscore、percentile',
        )
    if node.points < 1:
        problems.add("points", f"{path}.points", f"应为正整数，而不是 {node.points}", "默认为 5")
    if head["kind"] != "composite" and node.impute != "none":
        problems.add("impute", f"{path}.impute", "公式指数不填补缺失：缺一项就无法计算", "删去 impute")
    if node.impute == "group-mean" and not head["group"]:
        problems.add("group", f"{path}.impute", "按组均值填补须声明分组", '在 [recipe] 中写 group = "列名"')
    if node.scaling == "zscore" and node.platform and head["absent"] == "zero":
        problems.add(
            "absent", f"{path}.scale", "z 分数没有零点，未开通的平台无法计 0", "改 scale，或改 absent"
        )


def _bounds(path: str, node: Node, kind: str, problems: Problems) -> None:
    """Goalposts, or the ends of a min-max scale, as declared."""
    if node.low is None and node.high is None:
        if node.scaling == "goalposts" or (kind == "composite" and node.scaling == "none"):
            problems.add(
                "goalposts", path, "综合评价的指标须声明目标界限", "写上 low 和 high（与公式结果同一单位）"
            )
        elif node.scaling == "none" and node.direction == "down":
            problems.add(
                "goalposts",
                f"{path}.direction",
                "没有目标界限就没有方向",
                "写上 low 和 high，或删去 direction",
            )
        return
    if node.scaling in RELATIVE_SCALES - {"minmax"}:
        problems.add(
            "goalposts", f"{path}.low", f"scale 为 {node.scaling} 时不看界限", "删去 low 和 high，或改 scale"
        )
    elif node.low is None or node.high is None:
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


def positive(node: Node) -> bool:
    """Whether a leaf's scale lies above zero altogether, so that its logarithm is safe."""
    return (
        node.bottom > 0
        and node.scaling in ("goalposts", "percentile", "minmax")
        and not (
            node.scaling == "minmax" and node.bounded  # declared ends do not cut off
        )
    )


def inspect_spans(nodes: Mapping[str, Node], problems: Problems) -> None:
    """What a mean combines must run over the same range, or a weight means nothing."""

    def span(code: str) -> tuple[float, float]:
        """The least and greatest value that a node can reach; endless for z-scores and places."""
        node = nodes[code]
        if node.is_leaf:
            return _ENDLESS if node.scaling == "zscore" else (node.bottom, node.top)
        children = [child for child in nodes.values() if child.parent == code]
        spans = {child.code: span(child.code) for child in children}
        if node.combine == "sum":
            low = sum(child.weight * spans[child.code][0] for child in children)
            high = sum(child.weight * spans[child.code][1] for child in children)
        else:
            low, high = _widest(code, spans, problems)
        if node.combine in RELATIVE:
            low, high = (0.0, 1.0) if node.combine == "topsis" else _ENDLESS
        if math.isinf(high):
            return _ENDLESS
        foot = max(low, 0.0) if node.floor is None else max(low, node.floor)
        return node.times * (low if node.power == 1 else foot**node.power), node.times * high**node.power

    span(next(code for code, node in nodes.items() if not node.parent))


def _widest(code: str, spans: Mapping[str, tuple[float, float]], problems: Problems) -> tuple[float, float]:
    """The range of the children; a problem where they differ."""
    low, high = min(low for low, _ in spans.values()), max(high for _, high in spans.values())
    odd = [child for child, ends in spans.items() if not _same(ends, (low, high))]
    if odd:
        told = "、".join(f"{child} {_range(*spans[child])}" for child in odd)
        problems.add(
            "span",
            f"nodes.{code}",
            f"下级的量程不一致：最宽 {_range(low, high)}，而 {told}",
            "用 times（或指标的 bottom、top）使同一节点的下级量程一致",
        )
    return low, high


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(a == b or math.isclose(a, b, abs_tol=1e-12) for a, b in zip(one, other, strict=True))


def _range(low: float, high: float) -> str:
    return "没有边界" if math.isinf(high) else f"{low:g} 到 {high:g}"
