"""What each unit's numbers are on a platform, as NaN where they cannot be known."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.audience import NONE
from jianwei.demo.days import H2_2014
from jianwei.demo.districts import people
from jianwei.demo.weibo import FORMS
from jianwei.demo.wording import FUNCTIONS
from jianwei.demo.world import World
from jianwei.roster.populations import shipped

__all__ = ["Floats", "decided", "of_units", "on_platform"]

Floats = NDArray[np.float64]
_COMPLETE = 0.95


def on_platform(made: World, platform: str) -> dict[str, Floats]:
    """By unit: sums over its accounts on one platform; a unit without any account there has NaN.

    An account that nobody collected adds nothing, but hides the followers of its unit.
    """
    who = made.cast
    mine = who.weibo if platform == "weibo" else ~who.weibo
    told = mine.copy()
    told[who.parts["not_collected"]] = False
    sums = _weibo(made) if platform == "weibo" else _wechat(made)
    found = {name: _over(made, values, told, told) for name, values in sums.items()}
    for name, counts in (("followers", made.followers.end), ("followers_start", made.followers.start)):
        found[name] = _over(made, np.where(counts == NONE, np.nan, counts), mine, mine)
    found["median_response"] = _medians(made) if platform == "weibo" else found["posts"] * np.nan
    found["response_before"] = _over(made, _before(made, platform), told, told)
    found["days"] = np.full(len(who.units), 180.0)
    return found


def of_units(made: World) -> dict[str, Floats]:
    """By unit: subordinates, how many of them were active, platforms open, residents of its place."""
    who, size = made.cast, len(made.cast.units)
    posts = {platform: on_platform(made, platform)["posts"] for platform in ("weibo", "wechat")}
    never = {platform: decided(made, platform) for platform in posts}
    active = np.any([np.nan_to_num(values) > 0 for values in posts.values()], axis=0)
    known = active | np.all([(posts[name] == 0) | never[name] for name in posts], axis=0)
    below, below_active = Counter[str](), Counter[str]()
    for unit, told, live in zip(who.units, known, active, strict=True):
        if told and unit.end is None:
            for above in {unit.parent, unit.supervisor} - {""}:
                below[above] += 1
                below_active[above] += bool(live)
    has = {name: np.isin(np.arange(size), np.array(who.of)[_on(made, name)]) for name in posts}
    opened = np.sum([has[name] for name in posts], axis=0).astype(float)
    sure = np.all([has[name] | never[name] for name in posts], axis=0)
    return {
        "subordinates": np.array([below[unit.code] for unit in who.units], dtype=float),
        "subordinates_active": np.array([below_active[unit.code] for unit in who.units], dtype=float),
        "platforms_open": np.where(sure, opened, np.nan),
        "residents": np.array([_residents(unit.adcode) for unit in who.units]),
    }


def decided(made: World, platform: str) -> NDArray[np.bool_]:
    """By unit: has no account on a platform, and said that it wants none."""
    word = "微博" if platform == "weibo" else "微信"
    said = {
        row.unit for row in made.cast.openings if row.platform.startswith(word) and row.status == "确认未开通"
    }
    has = {made.cast.of[place] for place in np.flatnonzero(_on(made, platform))}
    return np.array([unit.code in said and n not in has for n, unit in enumerate(made.cast.units)])


def _on(made: World, platform: str) -> NDArray[np.bool_]:
    return made.cast.weibo if platform == "weibo" else ~made.cast.weibo


def _weibo(made: World) -> dict[str, Floats]:
    posts, size = made.posts, len(made.cast.accounts)

    def total(values: Any) -> Floats:
        return np.bincount(posts.account, values, size).astype(np.float64)

    media = total(posts.form != FORMS.index("文字"))
    media[made.cast.parts["totals_only"]] = np.nan
    return {
        "posts": total(np.ones(len(posts))),
        "originals": total(posts.original),
        "reposts": total(posts.reposts),
        "comments": total(posts.comments),
        "likes": total(posts.likes),
        "response": total(posts.reposts + posts.comments + posts.likes),
        "multimedia": media,
    }


def _wechat(made: World) -> dict[str, Floats]:
    told, size = made.articles, len(made.cast.accounts)

    def total(values: Any) -> Floats:
        return np.bincount(told.account, values, size).astype(np.float64)

    return {
        "posts": total(np.ones(len(told))),
        "headlines": total(told.headline),
        "reads": total(told.reads),
        "headline_reads": total(np.where(told.headline, told.reads, 0)),
        "likes": total(told.likes),
        "response": total(told.likes),
        "declared_originals": total(told.declared),
        "service_posts": total(made.titles.function == FUNCTIONS.index("便民服务")),
        "infographics": total(made.titles.explains),
        "max_reads": np.array([0.0] * size) if not len(told) else _largest(told.account, told.reads, size),
        "max_likes": np.array([0.0] * size) if not len(told) else _largest(told.account, told.likes, size),
    }


def _largest(account: Any, values: Any, size: int) -> Floats:
    found = np.zeros(size)
    np.maximum.at(found, account, values)
    return found


def _over(made: World, values: Floats, counted: NDArray[np.bool_], must_know: NDArray[np.bool_]) -> Floats:
    """Sum by unit over its counted accounts; NaN without one, or if one of them is not known."""
    unit, size = np.array(made.cast.of), len(made.cast.units)
    sums = np.bincount(unit[counted], np.nan_to_num(values[counted]), size)
    there = np.bincount(unit[counted], minlength=size)
    unknown = np.bincount(unit[must_know], np.isnan(values[must_know]), size)
    return np.where((there > 0) & (unknown == 0), sums, np.nan)


def _medians(made: World) -> Floats:
    """Median response of a unit's posts; NaN where it has none, or an account gave sums instead."""
    posts = made.posts
    unit = np.array(made.cast.of)[posts.account]
    response = posts.reposts + posts.comments + posts.likes
    order = np.argsort(unit, kind="stable")
    starts = np.searchsorted(unit[order], np.arange(len(made.cast.units) + 1))
    found = np.full(len(made.cast.units), np.nan)
    for place, (first, last) in enumerate(pairwise(starts)):
        if first < last:
            found[place] = float(np.median(response[order[first:last]]))
    found[made.cast.of[made.cast.parts["totals_only"]]] = np.nan
    return found


def _before(made: World, platform: str) -> Floats:
    """Responses of 2014H2 by account, where its forms cover nearly all the days that it was open."""
    form = made.before[0 if platform == "weibo" else 1]
    responses = ("reposts", "comments", "likes") if platform == "weibo" else ("likes",)
    size = len(made.cast.accounts)
    sums, covered = np.zeros(size), np.zeros(size)
    for place, month, counts in form.rows:
        sums[place] += sum(counts[name] for name in responses)
        covered[place] += ((month.replace(day=28) + timedelta(days=4)).replace(day=1) - month).days
    first, last = H2_2014
    expected = np.array(
        [(last - max(account.opened or first, first)).days + 1 for account in made.cast.accounts], dtype=float
    )
    whole = (covered > 0) & (covered >= _COMPLETE * expected)
    return np.where(whole, sums, np.nan)


@cache
def _residents(adcode: str) -> float:
    """Residents at the end of 2014."""
    if adcode != "500000":
        return float(people(adcode)) if adcode != "500223" else np.nan
    rows = [row for row in shipped().to_pylist() if row["adcode"] == adcode and row["kind"] == "常住"]
    return next(float(row["people"]) for row in rows if row["year"] == 2014)
