"""Gathering what is wrong with a recipe file: values read by their declared keys, all at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jianwei.errors import Issue, Level, Place, suggest
from jianwei.recipe.grammar import Key

__all__ = ["Problems"]

_TYPES = {str: "文字，用引号括起", float: "数字", int: "整数"}


@dataclass
class Problems:
    """The Issues of one recipe file, in the order found."""

    file: str
    issues: list[Issue] = field(default_factory=list)

    @property
    def fatal(self) -> bool:
        """Whether the recipe cannot be used."""
        return any(issue.level == "error" for issue in self.issues)

    def add(self, code: str, key: str, what: str, hint: str = "", *, level: Level = "error") -> None:
        """One more problem at a key path such as `nodes.spread.weight`."""
        self.issues.append(Issue(level, code, Place(self.file, None, key), what, hint))

    def section(self, data: Mapping[str, Any], name: str) -> dict[str, Any]:
        """A table of the file; {} and a problem where it is not a table."""
        value = data.get(name, {})
        if isinstance(value, dict):
            return value
        self.add("type", name, "应是一节", f"写成 [{name}] …")
        return {}

    def values(self, table: Mapping[str, Any], keys: Mapping[str, Key], path: str) -> dict[str, Any]:
        """The values of a table by its declared keys; a bad one is reported and its default taken."""
        for key in table:
            if key not in keys:
                self.add("unknown_key", f"{path}.{key}", f"不认识的项“{key}”", suggest(key, keys))
        return {key: self._value(table, key, rule, f"{path}.{key}") for key, rule in keys.items()}

    def _value(self, table: Mapping[str, Any], key: str, rule: Key, path: str) -> Any:
        if key not in table:
            return rule.default
        value: Any = table[key]
        accepted = (int, float) if rule.kind is float else rule.kind
        if not isinstance(value, accepted) or isinstance(value, bool):
            self.add("type", path, f"值的类型不对：{value!r}", f"应是{_TYPES[rule.kind]}")
            return rule.default
        if rule.kind is float:
            number = float(table[key])
            if not math.isfinite(number):
                self.add("number", path, "不是有限的数", "填普通数字")
                return rule.default
            return number
        if rule.values and value not in rule.values:
            known = [word for word in rule.values if word]
            hint = suggest(str(value), known) or "可用的有：" + "、".join(known)
            self.add("unknown_value", path, f"不能是“{value}”", hint)
            return rule.default
        return value
