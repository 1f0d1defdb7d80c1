"""What changed between two recipes, in plain Chinese, key by key."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.recipe.grammar import HEAD, LEAF_ONLY, NODE, NODE_ONLY
from jianwei.recipe.tree import Node, Recipe
from jianwei.recipe.words import OF_HEAD, OF_NODE, OF_VALUES

__all__ = ["Change", "diff"]


@dataclass(frozen=True)
class Change:
    """One change: at which key path, in Chinese, and whether it can change a score."""

    key: str
    what: str
    scores: bool

    def __str__(self) -> str:
        return self.what

    def to_json(self) -> dict[str, Any]:
        """The change as plain JSON."""
        return dict(vars(self))


def diff(old: Recipe, new: Recipe) -> tuple[Change, ...]:
    """Every change from one recipe to another: the head first, then nodes, then what follows from it.

    () where they are equal. The order of nodes is no change.
    """
    renamed = _renamed(old, new)
    changes = _of_head(old, new) + _of_inputs(old, new)
    for code, node in old.nodes.items():
        twin = new.nodes.get(renamed.get(code, code))
        if twin is None:
            share = _percent(old.effective[code])
            changes.append(
                Change(
                    f"nodes.{code}", f"删去{_kind(node)}{_called(node)}（原有效权重 {share}）", scores=True
                )
            )
        else:
            changes += _of_node(old, new, node, twin, renamed)
    kept = {renamed.get(code, code) for code in old.nodes}
    for code, node in new.nodes.items():
        if code not in kept:
            changes.append(Change(f"nodes.{code}", _added(new, node), scores=True))
    return tuple(changes + _shifted(old, new, renamed))


def _of_head(old: Recipe, new: Recipe) -> list[Change]:
    found = []
    for key in HEAD:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            words = f"{OF_HEAD[key]}由{_quoted(key, before)}改为{_quoted(key, after)}"
            found.append(Change(f"recipe.{key}", words.rstrip(), scores=key not in _SAY_ONLY))
    return found


def _of_inputs(old: Recipe, new: Recipe) -> list[Change]:
    found = []
    for name in dict.fromkeys((*old.inputs, *new.inputs)):
        before, after = old.inputs.get(name), new.inputs.get(name)
        if before is None and after is not None:
            words = f"新增输入 {name}（{after.title}）"
        elif before is not None and after is None:
            words = f"删去输入 {name}（{before.title}）"
        elif before != after:
            words = f"输入 {name} 的名称、单位或说明有改动"
        else:
            continue
        found.append(Change(f"inputs.{name}", words, scores=False))
    return found


def _of_node(old: Recipe, new: Recipe, before: Node, after: Node, renamed: Mapping[str, str]) -> list[Change]:
    """Changes of a node that both have."""
    path, called = f"nodes.{after.code}", _called(after)
    found = []
    if before.code != after.code:
        found.append(Change(path, f"{called}的代码由 {before.code} 改为 {after.code}", scores=False))
    if before.name != after.name:
        found.append(Change(f"{path}.name", f"“{before.title}”改名为“{after.title}”", scores=False))
    if renamed.get(before.parent, before.parent) != after.parent:
        words = f"{called}由“{_title(old, before.parent)}”之下移到“{_title(new, after.parent)}”之下"
        found.append(Change(f"{path}.parent", words, scores=True))
    if before.weight != after.weight and after.parent:
        shares = f"{_percent(old.effective[before.code])} → {_percent(new.effective[after.code])}"
        words = f"{called}的权重由 {before.weight:g} 改为 {after.weight:g}（有效权重 {shares}）"
        found.append(Change(f"{path}.weight", words, scores=True))
    if before.is_leaf != after.is_leaf:
        words = f"{called}由{_kind(before)}改为{_kind(after)}"
        return [*found, Change(path, words, scores=True)]
    if (before.low, before.high) != (after.low, after.high):
        unit = f"（{after.unit}）" if after.unit else ""
        words = f"{called}的目标界限由 {_bounds(before)} 改为 {_bounds(after)}{unit}"
        found.append(Change(f"{path}.low", words, scores=True))
    for key in NODE:
        if key in _TOLD or key in (NODE_ONLY if after.is_leaf else LEAF_ONLY):
            continue
        one, other = getattr(before, key), getattr(after, key)
        if one != other:
            same_sql = (
                key in ("formula", "per") and before.sql == after.sql and before.per_sql == after.per_sql
            )
            note = "（写法不同，算法相同）" if same_sql else ""
            words = f"{called}的{OF_NODE[key]}由{_quoted(key, one)}改为{_quoted(key, other)}{note}"
            found.append(
                Change(f"{path}.{key}", words.rstrip(), scores=key not in ("note", "unit") and not same_sql)
            )
    return found


def _added(new: Recipe, node: Node) -> str:
    place = f"（在“{_title(new, node.parent)}”之下，有效权重 {_percent(new.effective[node.code])}）"
    how = f"，公式 {node.formula}" if node.is_leaf else ""
    return f"新增{_kind(node)}{_called(node)}{place if node.parent else ''}{how}"


def _shifted(old: Recipe, new: Recipe, renamed: Mapping[str, str]) -> list[Change]:
    """Leaves whose share of the whole moved though nobody touched their own weight."""
    moved = []
    for leaf in old.leaves:
        twin = new.nodes.get(renamed.get(leaf.code, leaf.code))
        if twin is None or not twin.is_leaf or twin.weight != leaf.weight:
            continue
        before, after = old.effective[leaf.code], new.effective[twin.code]
        if not math.isclose(before, after, rel_tol=1e-9):
            moved.append(f"“{twin.title}”{_percent(before)} → {_percent(after)}")
    if not moved:
        return []
    return [Change("nodes", f"有效权重随之变动：{'、'.join(moved)}", scores=True)]


def _renamed(old: Recipe, new: Recipe) -> dict[str, str]:
    """Nodes that went on under another code: gone here, new there, and alike in all else."""
    gone = [code for code in old.nodes if code not in new.nodes]
    come = [code for code in new.nodes if code not in old.nodes]
    found: dict[str, str] = {}
    for code in gone:
        alike = [other for other in come if _alike(old.nodes[code], new.nodes[other])]
        if len(alike) == 1 and alike[0] not in found.values():
            found[code] = alike[0]
    return found


def _alike(one: Node, other: Node) -> bool:
    """Whether two nodes tell the same of themselves: a leaf its formula, another its name."""
    if one.is_leaf != other.is_leaf:
        return False
    if one.is_leaf:
        return (one.platform, one.sql, one.per_sql) == (other.platform, other.sql, other.per_sql)
    return bool(one.name) and one.name == other.name


def _called(node: Node) -> str:
    return f"“{node.title}”"


def _kind(node: Node) -> str:
    return "指标" if node.is_leaf else "上级节点"


def _title(recipe: Recipe, code: str) -> str:
    return recipe.nodes[code].title if code in recipe.nodes else "（顶层）"


def _bounds(node: Node) -> str:
    return f"{node.low:g}–{node.high:g}" if node.low is not None and node.high is not None else "不设"


def _percent(share: float) -> str:
    return f"{share:.2%}"


def _quoted(key: str, value: Any) -> str:
    if value is None or value == "":
        return "“未写”"
    word = OF_VALUES.get(key, {}).get(str(value), value)
    return f" {word:g} " if isinstance(word, float) else f" {word} " if isinstance(word, int) else f"“{word}”"


_SAY_ONLY = frozenset({"name", "title", "version", "status", "source", "purpose", "note"})

_TOLD = frozenset({"parent", "name", "weight", "low", "high"})
