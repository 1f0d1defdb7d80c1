"""A recipe in memory: a checked, frozen tree of indicators."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Literal

from jianwei.method.pairwise import RELATIVE
from jianwei.period import DayConvention
from jianwei.recipe.grammar import (
    HEAD,
    KINDS,
    LEAF_ONLY,
    NODE,
    NODE_ONLY,
    ON_REQUEST,
    RELATIVE_SCALES,
    STATUSES,
)
from jianwei.recipe.vocabulary import MEASURES, Measure

__all__ = ["Judgements", "Node", "Recipe"]

Judgements = Mapping[tuple[str, str], float]
"""How many times the first of two siblings matters as much as the second, every pair once."""

_WORDS = frozenset({"name", "title", "version", "status", "source", "purpose", "note", "unit"})
"""Keys that explain and change no number."""


@dataclass(frozen=True)
class Node:
    """One node of the tree; a leaf where it has a formula.

    weight: relative among the children of a mean, a coefficient in a sum. A node's value is
    times · combination ** power. exponent: of a power-mean.
    A leaf's value is formula / per, gaps filled as `impute` says, transformed, outliers treated
    (`points` at most), brought to bottom..top by `scale`. low and high are in the units of
    formula / per, and so is aim, the target.
    names, sql and per_sql: what formula and per read, and their guarded SQL.
    """

    code: str
    parent: str = ""
    name: str = ""
    weight: float = 1.0
    note: str = ""
    combine: str = "arithmetic"
    exponent: float | None = None
    power: float = 1.0
    times: float = 1.0
    floor: float | None = None
    platform: str = ""
    formula: str = ""
    per: str = ""
    impute: Literal["none", "mean", "median", "group-mean", "worst"] = "none"
    outlier: Literal["none", "winsorise", "treat"] = "none"
    points: int = 5
    unit: str = ""
    transform: str = "none"
    factor: float = 1.0
    scale: str = ""
    low: float | None = None
    high: float | None = None
    bottom: float = 0.0
    top: float = 1.0
    aim: float | None = None
    direction: Literal["up", "down"] = "up"
    names: tuple[str, ...] = ()
    sql: str = ""
    per_sql: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether the node is an indicator with a formula."""
        return bool(self.formula)

    @property
    def title(self) -> str:
        """What screens call it."""
        return self.name or self.code

    @property
    def bounded(self) -> bool:
        """Whether it has both bounds."""
        return self.low is not None and self.high is not None

    @property
    def scaling(self) -> str:
        """How it comes to its scale: a word of SCALES, or `none`."""
        return self.scale or ("goalposts" if self.bounded else "none")

    @property
    def relative(self) -> bool:
        """Whether its value hangs on the other units."""
        if not self.is_leaf:
            return self.combine in RELATIVE
        by_scale = self.scaling in RELATIVE_SCALES and not (self.scaling == "minmax" and self.bounded)
        return by_scale or self.impute != "none" or self.outlier != "none"


@dataclass(frozen=True)
class Recipe:
    """A declared method: how measures become a score. Made by `load`, already checked.

    judgements: by parent, where its children's weights were found by comparing them in pairs.
    """

    name: str
    title: str
    version: str
    kind: Literal["composite", "formula", "published"]
    status: str
    source: str
    purpose: str
    note: str
    days: DayConvention
    absent: Literal["zero", "renormalise", "unranked"]
    need: float
    read_basis: Literal["views", "users", "any"]
    followers_within: int
    reading: str
    nodes: Mapping[str, Node]
    inputs: Mapping[str, Measure]
    group: str = ""
    parameters: Literal["period", "panel"] = "period"
    reading_missing: Literal["missing", "nearest", "latest"] = "missing"
    reading_least: float = 0.5
    mature: Literal["no", "curve"] = "no"
    judgements: Mapping[str, Judgements] = field(default_factory=dict)

    @cached_property
    def root(self) -> Node:
        """The node without a parent, whose value is the score."""
        return next(node for node in self.nodes.values() if not node.parent)

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """The indicators, in the order of the file."""
        return tuple(node for node in self.nodes.values() if node.is_leaf)

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """Platform families that leaves read, in the order of the file."""
        return tuple(dict.fromkeys(leaf.platform for leaf in self.leaves if leaf.platform))

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names of all measures that formulas read."""
        return frozenset(name for leaf in self.leaves for name in leaf.names)

    @cached_property
    def relative(self) -> bool:
        """Whether a unit's score hangs on who else takes part; a board's should not."""
        return any(node.relative for node in self.nodes.values())

    @cached_property
    def pairwise(self) -> bool:
        """Whether any node combines by comparing units in pairs or with the best."""
        return any(not node.is_leaf and node.combine in RELATIVE for node in self.nodes.values())

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Chinese title of every node."""
        return {code: node.title for code, node in self.nodes.items()}

    @cached_property
    def upward(self) -> tuple[Node, ...]:
        """Nodes with children, each after all of its descendants: the order of combining."""
        order: list[Node] = []

        def visit(node: Node) -> None:
            for child in self.children(node.code):
                visit(child)
            if not node.is_leaf:
                order.append(node)

        visit(self.root)
        return tuple(order)

    @cached_property
    def effective(self) -> Mapping[str, float]:
        """Share of the whole weight that each node carries: product of shares down the tree.

        Under a sum it is the share of the declared coefficients.
        """
        shares: dict[str, float] = {self.root.code: 1.0}
        for node in reversed(self.upward):
            children = self.children(node.code)
            whole = sum(child.weight for child in sorted(children, key=lambda child: child.code))
            for child in children:
                shares[child.code] = shares[node.code] * child.weight / whole
        return {code: shares[code] for code in self.nodes}

    @cached_property
    def hash(self) -> str:
        """16 hex digits over what can change a score; not over words, order, spaces or comments."""
        head = {
            key: getattr(self, key)
            for key, rule in HEAD.items()
            if key not in _WORDS and (key not in ON_REQUEST or getattr(self, key) != rule.default)
        }
        nodes = {code: _meaning(node) for code, node in self.nodes.items()}
        text = json.dumps({"recipe": head, "nodes": nodes}, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]

    def children(self, code: str) -> tuple[Node, ...]:
        """The children of a node, in the order of the file."""
        return self._children.get(code, ())

    def path(self, code: str) -> tuple[Node, ...]:
        """The node and its ancestors, root last."""
        node = self.nodes[code]
        return (node, *self.path(node.parent)) if node.parent else (node,)

    def below(self, code: str) -> tuple[Node, ...]:
        """The leaves under a node, itself if it is one, in the order of the file."""
        return tuple(leaf for leaf in self.leaves if any(node.code == code for node in self.path(leaf.code)))

    def measure(self, name: str) -> Measure:
        """What an input is called and counted in."""
        return self.inputs.get(name) or MEASURES[name]

    def to_json(self) -> dict[str, Any]:
        """The recipe as plain JSON: its head, and `nodes` as a tree below the root.

        A node's `weight` is its share within its parent, `effective` its share of the whole,
        `declared` the number as written.
        """
        head = {key: getattr(self, key) for key in HEAD}
        root = {
            key: getattr(self.root, key) for key in ("code", "title", "combine", "power", "times", "note")
        }
        inputs = {name: {"title": one.title, "unit": one.unit} for name, one in self.inputs.items()}
        nodes = [self._told(node) for node in self.children(self.root.code)]
        if self.judgements:
            head["judgements"] = {
                parent: [
                    {"one": one, "other": other, "times": times} for (one, other), times in pairs.items()
                ]
                for parent, pairs in self.judgements.items()
            }
        told = {"hash": self.hash, "kind_title": KINDS[self.kind], "status_title": STATUSES[self.status]}
        return {**head, **told, "root": root, "inputs": inputs, "nodes": nodes}

    def _told(self, node: Node) -> dict[str, Any]:
        """A node and what is below it."""
        told: dict[str, Any] = {
            "key": node.code,
            "title": node.title,
            "weight": node.weight / sum(one.weight for one in self.children(node.parent)),
            "effective": self.effective[node.code],
            "declared": node.weight,
            "note": node.note,
        }
        if node.is_leaf:
            told |= {key: getattr(node, key) for key in NODE if key in LEAF_ONLY}
            none = {key: None for key in ("transform", "impute", "outlier") if told[key] == "none"}
            return told | none | {"scale": node.scaling}
        told |= {key: getattr(node, key) for key in NODE if key in NODE_ONLY}
        return told | {"children": [self._told(child) for child in self.children(node.code)]}

    @cached_property
    def _children(self) -> Mapping[str, tuple[Node, ...]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.parent:
                found.setdefault(node.parent, []).append(node)
        return {code: tuple(nodes) for code, nodes in found.items()}


def _meaning(node: Node) -> dict[str, Any]:
    """The fields of a node that can change a number; a formula by its canonical SQL."""
    idle = NODE_ONLY if node.is_leaf else LEAF_ONLY
    skip = _WORDS | idle | {"code", "formula", "per", "names"} | ({"weight"} if not node.parent else set())
    values = {item.name: getattr(node, item.name) for item in fields(node) if item.name not in skip}
    idle_now = {key for key in values if key in ON_REQUEST and values[key] == NODE[key].default}
    if not node.per:
        idle_now.add("per_sql")
    return {key: _number(value) for key, value in values.items() if key not in idle_now}


def _number(value: Any) -> Any:
    """Numbers in one spelling, so that 1 and 1.0 mean the same."""
    return repr(float(value)) if isinstance(value, int | float) else value
