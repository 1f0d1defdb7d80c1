"""A recipe as the text of a recipe file: what is at its default is left out, nothing else is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.recipe.grammar import HEAD, INPUT, LEAF_ONLY, NODE, NODE_ONLY, Key
from jianwei.recipe.judging import section_of
from jianwei.recipe.tree import Recipe

__all__ = ["section", "toml"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")

_ALWAYS = frozenset({"name", "title", "version", "kind", "status", "source"})


def toml(recipe: Recipe) -> str:
    """The recipe as TOML; reading it gives an equal recipe. Comments and `[defaults]` are not kept."""
    parts = [section("recipe", _given({key: getattr(recipe, key) for key in HEAD}, HEAD, _ALWAYS))]
    for name, one in recipe.inputs.items():
        values = {"name": one.title, "unit": one.unit, "note": one.note}
        parts.append(section(f"inputs.{name}", _given(values, INPUT, {"name"})))
    for code, node in recipe.nodes.items():
        idle = NODE_ONLY if node.is_leaf else LEAF_ONLY
        values = {key: getattr(node, key) for key in NODE if key not in idle}
        always = {"parent", "weight"} if node.parent else set()
        if node.parent in recipe.judgements:
            always -= {"weight"}
            del values["weight"]
        if node.is_leaf:
            always |= {"formula"}
        parts.append(section(f"nodes.{_key(code)}", _given(values, NODE, always)))
    for parent, pairs in recipe.judgements.items():
        parts.append(section(f"judgements.{_key(parent)}", section_of(pairs)))
    return "\n".join(parts)


def section(path: str, values: Mapping[str, Any]) -> str:
    """One section of a TOML file. values: texts and numbers."""
    lines = [f"[{path}]", *(f"{_key(key)} = {_value(value)}" for key, value in values.items())]
    return "\n".join(lines) + "\n"


def _given(values: Mapping[str, Any], rules: Mapping[str, Key], always: Iterable[str]) -> dict[str, Any]:
    kept = set(always)
    return {key: value for key, value in values.items() if key in kept or value != rules[key].default}


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
