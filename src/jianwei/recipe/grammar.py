"""The closed words of a recipe file: which keys, of which type, with which values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.method.combine import COMBINATIONS
from jianwei.method.pairwise import RELATIVE
from jianwei.method.scale import TRANSFORMS
from jianwei.model import AGES, PLATFORMS

__all__ = [
    "COMBINE",
    "DEFAULTS",
    "HEAD",
    "INPUT",
    "KINDS",
    "LEAF_ONLY",
    "NODE",
    "NODE_ONLY",
    "ON_REQUEST",
    "PURPOSES",
    "RELATIVE_SCALES",
    "SCALES",
    "SECTIONS",
    "STATUSES",
    "Key",
]

KINDS: Mapping[str, str] = {"composite": "综合评价", "formula": "公式指数", "published": "已公布的合成指数"}
"""composite: goalposts and weights, missing parts shared out. formula: absolute, ln terms,
declared coefficients. published: a published aggregation of given parts."""

STATUSES: Mapping[str, str] = {
    "verified": "已对照公布数据验证",
    "partly": "部分见于公开来源",
    "recalled": "凭记录，未见原始来源",
    "declared": "本方案自行声明",
}

PURPOSES: tuple[str, ...] = ("", "公布", "研究", "内部", "考核")
"""What a scheme is for. A 考核 scheme draws a warning where it scores followers and the like."""

SECTIONS: tuple[str, ...] = ("recipe", "defaults", "inputs", "nodes", "judgements")

COMBINE: tuple[str, ...] = (*COMBINATIONS, "power-mean", *RELATIVE)
"""How a node may combine its children; the words of RELATIVE look at other units."""

SCALES: Mapping[str, str] = {
    "": "有界限按界限，否则不换算",
    "goalposts": "目标界限",
    "minmax": "极差标准化",
    "zscore": "z 分数",
    "percentile": "百分位",
    "target": "与目标的距离",
    "target-capped": "与目标的距离（到达即满分）",
}
"""How a leaf comes to a common scale. "" is goalposts where low and high are declared."""

RELATIVE_SCALES: frozenset[str] = frozenset({"minmax", "zscore", "percentile", "target", "target-capped"})
"""Scales whose parameters come from the units (minmax only where low and high are not declared)."""


@dataclass(frozen=True)
class Key:
    """A key of a recipe file: its type, what it is when left out, and its closed values if any."""

    kind: type
    default: Any
    values: tuple[str, ...] = ()


HEAD: Mapping[str, Key] = {
    "name": Key(str, ""),
    "title": Key(str, ""),
    "version": Key(str, "1"),
    "kind": Key(str, "composite", tuple(KINDS)),
    "status": Key(str, "declared", tuple(STATUSES)),
    "source": Key(str, ""),
    "purpose": Key(str, "", PURPOSES),
    "note": Key(str, ""),
    "days": Key(str, "calendar", ("calendar", "30-day-months")),
    "absent": Key(str, "zero", ("zero", "renormalise", "unranked")),
    "need": Key(float, 0.667),
    "read_basis": Key(str, "views", ("views", "users", "any")),
    "followers_within": Key(int, 31),
    "reading": Key(str, "latest", ("latest", *AGES)),
    "reading_missing": Key(str, "missing", ("missing", "nearest", "latest")),
    "reading_least": Key(float, 0.5),
    "mature": Key(str, "no", ("no", "curve")),
    "group": Key(str, ""),
    "parameters": Key(str, "period", ("period", "panel")),
}
"""Keys of `[recipe]`."""

INPUT: Mapping[str, Key] = {
    "name": Key(str, ""),
    "unit": Key(str, ""),
    "note": Key(str, ""),
}
"""Keys of `[inputs.<name>]`, an input that is no measure of ours (a column of a given table)."""

NODE: Mapping[str, Key] = {
    "parent": Key(str, ""),
    "name": Key(str, ""),
    "weight": Key(float, 1.0),
    "note": Key(str, ""),
    "combine": Key(str, "arithmetic", COMBINE),
    "exponent": Key(float, None),
    "power": Key(float, 1.0),
    "times": Key(float, 1.0),
    "floor": Key(float, None),
    "platform": Key(str, "", tuple(PLATFORMS)),
    "formula": Key(str, ""),
    "per": Key(str, ""),
    "impute": Key(str, "none", ("none", "mean", "median", "group-mean", "worst")),
    "outlier": Key(str, "none", ("none", "winsorise", "treat")),
    "points": Key(int, 5),
    "unit": Key(str, ""),
    "transform": Key(str, "none", tuple(TRANSFORMS)),
    "factor": Key(float, 1.0),
    "scale": Key(str, "", tuple(SCALES)),
    "low": Key(float, None),
    "high": Key(float, None),
    "bottom": Key(float, 0.0),
    "top": Key(float, 1.0),
    "aim": Key(float, None),
    "direction": Key(str, "up", ("up", "down")),
}
"""Keys of `[nodes.<code>]`; a node with `formula` is a leaf."""

NODE_ONLY: frozenset[str] = frozenset({"combine", "exponent", "power", "times", "floor"})
"""Keys that mean nothing on a leaf."""

LEAF_ONLY: frozenset[str] = frozenset(NODE) - NODE_ONLY - {"parent", "name", "weight", "note"}
"""Keys that mean nothing on a node with children."""

DEFAULTS: Mapping[str, Key] = {
    key: rule
    for key, rule in NODE.items()
    if key not in ("parent", "name", "note", "formula", "floor", "aim")
}
"""Keys of `[defaults]`: what a node takes that does not declare the key itself."""

ON_REQUEST: frozenset[str] = frozenset(
    {
        *("group", "parameters", "reading_missing", "reading_least", "mature"),
        *("exponent", "per", "impute", "outlier", "points", "scale", "bottom", "top", "aim"),
    }
)
"""Keys that enter a recipe's hash only where they differ from their default, so that schemes which
do not use them keep their hash."""
