"""Levers: what a unit can change by itself, what a change costs and how far it may go, as declared."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib import resources
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Issue, Place, RecipeError, cause, suggest
from jianwei.model import PLATFORMS

__all__ = ["APART", "LIFTS", "OWN", "UPDATES", "WITHIN", "WITH_UPDATE", "Lever", "Levers", "load"]

UPDATES = "active_days"
"""更新 is counted in days with an update: a day without one gets one, no day gets a second."""

WITH_UPDATE = ("posts", "works", "pushes", "headlines")
"""Measures that grow by one with each further day of update."""

WITHIN: Mapping[str, tuple[str, ...]] = {
    "originals": ("posts",),
    "declared_originals": ("posts", "originals"),
    "service_posts": ("posts",),
    "infographics": ("posts",),
    "replied": ("asked",),
}
"""Measures that a lever's never exceeds; the first of them is what its share is of."""

LIFTS: Mapping[str, str] = {"infographics": "multimedia"}
"""A measure that is never below the lever's."""

APART = ("service_posts", "infographics")
"""Levers that one post never serves at once: the word lists give it one function, and 图解 is another."""

OWN: tuple[str, ...] = (UPDATES, *WITHIN)
"""The measures that a unit itself decides on, in the order in which their bounds depend on each other.

Followers, reads, likes, forwards and comments are the public's: no file can declare them.
"""


@dataclass(frozen=True)
class Lever:
    """A measure that a unit can raise by itself.

    cost: of one more (更新: of one more day), `cost_on` by platform. weekly: of 更新 only, days with
    an update a week and account in all, `weekly_on` by platform. share: of all others, at most
    this share of the posts as changed (回复: of what was asked) more.
    why, why_bound: reasons for cost and bound, in Chinese.
    """

    name: str
    title: str
    cost: float
    why: str
    why_bound: str
    cost_on: Mapping[str, float] = field(default_factory=dict)
    weekly: float = 0.0
    weekly_on: Mapping[str, float] = field(default_factory=dict)
    share: float = 0.0

    @property
    def more(self) -> bool:
        """Whether it means publishing more rather than better."""
        return self.name == UPDATES

    def price(self, platform: str) -> float:
        """Cost of one more on a platform."""
        return self.cost_on.get(platform, self.cost)

    def regular(self, platform: str) -> float:
        """Days with an update a week and account that are enough on a platform."""
        return self.weekly_on.get(platform, self.weekly)


@dataclass(frozen=True)
class Levers:
    """A declared set of levers, in the order of `OWN`."""

    version: str
    cost_unit: str
    levers: tuple[Lever, ...]


def load(path: Path | None = None) -> Levers:
    """The levers of a file, the shipped ones without.

    Raises RecipeError with every problem at once, DataError where the file cannot be read.
    """
    name = "levers.toml" if path is None else path.name
    try:
        if path is None:
            text = resources.files("jianwei.presets").joinpath("levers.toml").read_text("utf-8")
        else:
            text = path.read_text("utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise DataError(
            f"读不出 {name}：{cause(error)}", hint="核对文件和权限，或删去它改用随附的"
        ) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{name} 不是 UTF-8 编码", hint="另存为 UTF-8 后再试") from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"{name} 不是有效的 TOML：{error}", hint="对照随附的 levers.toml 改正") from error
    found, issues = _read(raw, name)
    if issues:
        raise RecipeError(f"可动事项 {name} 有 {len(issues)} 处错误", issues=issues)
    return found


_HEAD = ("version", "cost_unit", "levers")
_KEYS = {item.name for item in fields(Lever)} - {"name"}
_WORDS = ("title", "why", "why_bound")
_BY_PLATFORM = ("cost_on", "weekly_on")
_MOST = {"cost": math.inf, "weekly": 7.0, "share": 1.0, "cost_on": math.inf, "weekly_on": 7.0}


def _read(raw: Mapping[str, Any], name: str) -> tuple[Levers, list[Issue]]:
    issues: list[Issue] = []

    def add(key: str, what: str, fix: str = "") -> None:
        issues.append(Issue("error", "levers", Place(name, field=key), what, fix))

    for key in sorted(raw.keys() - set(_HEAD)):
        add(key, f"不认识的键“{key}”", suggest(key, _HEAD) or "只写 " + "、".join(_HEAD))
    for key in ("version", "cost_unit"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            add(key, "缺少，或不是文字", '如 version = "1"、cost_unit = "人时"')
    declared = raw.get("levers")
    if not isinstance(declared, dict) or not declared:
        add("levers", "没有声明任何可动事项", "至少写一节，如 [levers.originals]")
        declared = {}
    for lever in sorted(declared.keys() - set(OWN)):
        fix = suggest(lever, OWN) or "阅读、转评赞、粉丝由公众决定；可写：" + "、".join(OWN)
        add(f"levers.{lever}", f"“{lever}”不是单位自己能改变的量", fix)
    found = []
    for lever in (one for one in OWN if one in declared):
        problems = _problems(lever, declared[lever])
        for key, what, fix in problems:
            add(f"levers.{lever}{key and '.' + key}", what, fix)
        if not problems:
            found.append(Lever(name=lever, **declared[lever]))
    return Levers(str(raw.get("version", "")), str(raw.get("cost_unit", "")), tuple(found)), issues


def _problems(name: str, raw: Any) -> list[tuple[str, str, str]]:
    """What is wrong with a lever: key, what, what to do."""
    if not isinstance(raw, dict):
        return [("", "应是一节键值", f"如 [levers.{name}]，下面写 title、cost、why……")]
    bound, foreign = ("weekly", ("share",)) if name == UPDATES else ("share", ("weekly", "weekly_on"))
    found = [(key, f"不认识的键“{key}”", suggest(key, _KEYS)) for key in sorted(raw.keys() - _KEYS)]
    found += [(key, "不用于这一项", f"上限写 {bound}") for key in foreign if key in raw]
    found += [
        (key, "缺少说明", "用中文写一句")
        for key in _WORDS
        if not isinstance(raw.get(key), str) or not raw[key].strip()
    ]
    found += [(key, "没有写", "写大于零的数") for key in ("cost", bound) if key not in raw]
    for key in (one for one in _MOST if one in raw):
        value = raw[key]
        numbers = value.values() if key in _BY_PLATFORM and isinstance(value, dict) else [value]
        known = not isinstance(value, dict) or value.keys() <= PLATFORMS.keys()
        if isinstance(value, dict) != (key in _BY_PLATFORM) or not known:
            found.append((key, "应按平台写" if key in _BY_PLATFORM else "应是数", "如 { wechat = 2 }"))
        elif not all(_within(number, _MOST[key]) for number in numbers):
            most = "" if math.isinf(_MOST[key]) else f"、不大于 {_MOST[key]:g} "
            found.append((key, f"应是大于零{most}的数", f"现为 {value!r}"))
    return found


def _within(value: Any, most: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 < value <= most and math.isfinite(value)
