"""The truth about who leads: shuangwei-2015 and WCI 2.0 worked out once more, from the arrays.

The preset's weights and bounds are read from its file; its formulas are written out here, so that
a fault of the engine or of a measure shows as a difference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.truth import inputs
from jianwei.demo.truth.inputs import Floats
from jianwei.demo.world import World

__all__ = ["leaders"]

_Unit = Mapping[str, Floats]


def _each(part: Floats, posts: Floats) -> Floats:
    """A part of the posts; nothing published has none of it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(posts == 0, 0.0, part / posts)


def _grown(m: _Unit) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return (m["followers"] - m["followers_start"]) / m["followers_start"] * 180 / m["days"]


_LEAVES: dict[str, Callable[[_Unit, _Unit], Floats]] = {
    "wb_posts_day": lambda m, _: m["posts"] / m["days"],
    "wb_originals_day": lambda m, _: m["originals"] / m["days"],
    "wb_reposts_day": lambda m, _: m["reposts"] / m["days"],
    "wx_reads_day": lambda m, _: m["reads"] / m["days"],
    "wx_reads_post": lambda m, _: _each(m["reads"], m["posts"]),
    "wx_headline_reads": lambda m, _: np.where(m["posts"] == 0, 0.0, m["headline_reads"] / m["headlines"]),
    "wb_comments_day": lambda m, _: m["comments"] / m["days"],
    "wb_likes_day": lambda m, _: m["likes"] / m["days"],
    "wb_comments_post": lambda m, _: _each(m["comments"], m["posts"]),
    "wb_replied": lambda m, _: m["posts"] * np.nan,
    "wx_likes_day": lambda m, _: m["likes"] / m["days"],
    "wx_comments_post": lambda m, _: np.where(m["posts"] == 0, 0.0, np.nan),
    "wb_original_share": lambda m, _: _each(m["originals"], m["posts"]),
    "wb_multimedia_share": lambda m, _: _each(m["multimedia"], m["posts"]),
    "wb_median_response": lambda m, _: np.where(m["posts"] == 0, 0.0, m["median_response"]),
    "wx_declared_share": lambda m, _: _each(m["declared_originals"], m["posts"]),
    "wx_service_share": lambda m, _: _each(m["service_posts"], m["posts"]),
    "wx_infographic_share": lambda m, _: _each(m["infographics"], m["posts"]),
    "wb_followers": lambda m, _: m["followers"],
    "wb_followers_residents": lambda m, u: m["followers"] * 1000 / u["residents"],
    "wx_followers": lambda m, _: m["followers"],
    "subordinates_active": lambda _, u: np.where(
        u["subordinates"] > 0, u["subordinates_active"] / np.maximum(u["subordinates"], 1), np.nan
    ),
    "platforms_open": lambda _, u: np.minimum(u["platforms_open"], 2),
    "wb_follower_growth": lambda m, _: _grown(m),
    "wb_response_growth": lambda m, _: (m["response"] + 10) / (m["response_before"] + 10),
    "wx_follower_growth": lambda m, _: _grown(m),
    "wx_response_growth": lambda m, _: (m["response"] + 10) / (m["response_before"] + 10),
}


def leaders(made: World) -> dict[str, Any]:
    """T2 to T5 and the firsts: full names of units in order, ties at the cut kept."""
    score, nodes = _shuangwei(made)
    units = made.cast.units
    alive = np.array([unit.end is None and unit.category != "不参评" for unit in units])
    city = np.array([unit.adcode == "500000" for unit in units])
    one = np.array([unit.code.endswith("001") and unit.code[:6] == unit.adcode for unit in units]) & ~city
    police = np.array([unit.system == "公安" for unit in units])
    districts = alive & one
    return {
        "T2.leaders": _first(made, score, alive & city, 5),
        "T3.leaders": _first(made, score, districts, 10),
        "T4.leaders": _first(made, score, alive & police, 10),
        "T5.leaders": _first(made, score, alive & ~city & ~one, 10),
        "T3.spread_first": _top(made, np.where(np.isnan(score), np.nan, nodes["spread"]), districts),
        "T3.interact_first": _top(made, np.where(np.isnan(score), np.nan, nodes["interact"]), districts),
        "T2.wechat_first": _wechat_first(made),
    }


def _shuangwei(made: World) -> tuple[Floats, dict[str, Floats]]:
    """Score by unit (NaN = 未参评) and the values of all nodes."""
    text = resources.files("jianwei.presets").joinpath("recipes/shuangwei-2015.toml").read_text("utf-8")
    preset = tomllib.loads(text)
    tree: dict[str, dict[str, Any]] = preset["nodes"]
    both = {platform: inputs.on_platform(made, platform) for platform in ("weibo", "wechat")}
    never = {platform: inputs.decided(made, platform) for platform in both}
    units = inputs.of_units(made)
    values: dict[str, Floats] = {}
    told: dict[str, NDArray[np.bool_]] = {}
    for code, node in tree.items():
        if code in _LEAVES:
            platform = node.get("platform", "")
            raw = _LEAVES[code](both.get(platform, units), units)
            values[code] = _between(raw, node)
            told[code] = ~np.isnan(values[code])
            if platform:
                values[code] = np.where(never[platform], 0.0, values[code])
                told[code] |= never[platform]
    share = _shares(tree)
    present = sum(share[code] * told[code] for code in _LEAVES)
    _join(tree, "total", values)
    nowhere = never["weibo"] & never["wechat"]
    score = np.where((present < preset["recipe"]["need"] - 1e-12) | nowhere, np.nan, values["total"])
    return score, values


def _between(raw: Floats, node: Mapping[str, Any]) -> Floats:
    """0 at the lower bound, 1 at the upper one, both transformed like the value."""
    factor = float(node.get("factor", 1))
    turn: Callable[[Any], Any] = {
        "ln1p": lambda x: np.log(factor * np.asarray(x, dtype=float) + 1),
        "ln": lambda x: np.log(np.asarray(x, dtype=float)),
        "": lambda x: np.asarray(x, dtype=float),
    }[node.get("transform", "")]
    low, high = turn(node["low"]), turn(node["high"])
    found: Floats = np.clip((turn(raw) - low) / (high - low), 0, 1)
    return found


def _join(tree: Mapping[str, Mapping[str, Any]], code: str, values: dict[str, Floats]) -> Floats:
    """A node's value: the weighted mean of the children that are known, times its factor."""
    if code in _LEAVES:
        return values[code]
    below = [child for child, node in tree.items() if node.get("parent") == code]
    parts = np.column_stack([_join(tree, child, values) for child in below])
    weights = np.where(np.isnan(parts), 0.0, [float(tree[child]["weight"]) for child in below])
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(parts * weights, axis=1) / weights.sum(axis=1)
    values[code] = mean * float(tree[code].get("times", 1))
    return values[code]


def _shares(tree: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """Weight of each leaf in the whole."""
    sums: dict[str, float] = {}
    for node in tree.values():
        if "parent" in node:
            sums[node["parent"]] = sums.get(node["parent"], 0.0) + float(node["weight"])
    found = {}
    for code in _LEAVES:
        share, at = 1.0, code
        while "parent" in tree[at]:
            share *= float(tree[at]["weight"]) / sums[tree[at]["parent"]]
            at = tree[at]["parent"]
        found[code] = share
    return found


def _first(made: World, score: Floats, who: NDArray[np.bool_], most: int) -> list[str]:
    mine = np.flatnonzero(who & ~np.isnan(score))
    order = sorted(mine, key=lambda n: (-score[n], made.cast.units[n].order or 0))
    ranks = [1 + int((score[mine] > score[n]).sum()) for n in order[: most * 3]]
    return [made.cast.units[n].name for n, rank in zip(order, ranks, strict=False) if rank <= most]


def _top(made: World, values: Floats, who: NDArray[np.bool_]) -> str | list[str]:
    most = np.nanmax(np.where(who, values, np.nan))
    names = [made.cast.units[n].name for n in np.flatnonzero(who & (values == most))]
    return names[0] if len(names) == 1 else names


def _wechat_first(made: World) -> str:
    """The unit of the account with the highest WCI 2.0 (清博, 2014)."""
    told, who = made.articles, made.cast
    size, days = len(who.accounts), 180.0
    posts = np.bincount(told.account, minlength=size)
    reads, likes = (np.bincount(told.account, values, size) for values in (told.reads, told.likes))
    most = [np.zeros(size), np.zeros(size)]
    for held, values in zip(most, (told.reads, told.likes), strict=True):
        np.maximum.at(held, told.account, values)
    with np.errstate(invalid="ignore", divide="ignore"):
        terms = (
            (0.40, reads / days, 1), (0.45, reads / posts, 1), (0.15, most[0], 1),
            (0.40, 10 * likes / days, 2), (0.45, 10 * likes / posts, 2), (0.15, 10 * most[1], 2),
        )  # fmt: skip
        parts = [np.sum([w * np.log(x + 1) for w, x, kind in terms if kind == one], axis=0) for one in (1, 2)]
        wci = (0.8 * parts[0] + 0.2 * parts[1]) ** 2 * 10
    mine = [n for n in range(size) if posts[n] and who.units[who.of[n]].category != "不参评"]
    return who.units[who.of[max(mine, key=lambda n: wci[n])]].name
