"""Followers of every account near 2014-06-30, 2014-12-31 and 2015-06-30."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.apportion import Ints, apportion
from jianwei.demo.cast import Cast
from jianwei.demo.districts import DISTRICTS, people
from jianwei.demo.targets import Targets

__all__ = ["DAYS", "NONE", "Audience", "audience"]

DAYS = (date(2014, 6, 30), date(2014, 12, 31), date(2015, 6, 30))
"""Days that the readings are near to."""

NONE = -1
"""No reading: the account was not open yet, or nobody read it."""

_LEADING = ("大渡口区", "南岸区", "江津区")
_LEAST = 60


@dataclass(frozen=True)
class Audience:
    """Followers by account at the three days (NONE where unread); `shortened`: written as 1.2万."""

    before: Ints
    start: Ints
    end: Ints
    shortened: NDArray[np.bool_]


def audience(cast: Cast, aims: Targets, scale: float, rng: np.random.Generator) -> Audience:
    """Follower counts that give the wanted sums, growth on the year before and share of growing units."""
    end = _at_end(cast, aims, scale, rng)
    shortened = _shorten(cast, end, rng)
    if (other := cast.parts["tie_too"]) is not None:
        _move(cast, end, other, cast.parts["tie"], rng)
    start = _at_start(cast, aims, end, rng)
    before = _year_before(cast, aims, end, start, rng)
    for counts in (start, before):
        counts[cast.parts["tie_too"]] = counts[cast.parts["tie"]]
    return Audience(before, start, end, shortened)


def _opened_by(cast: Cast, day: date) -> NDArray[np.bool_]:
    return np.array([account.opened is not None and account.opened < day for account in cast.accounts])


def _at_end(cast: Cast, aims: Targets, scale: float, rng: np.random.Generator) -> Ints:
    end = np.full(len(cast.accounts), NONE, dtype=np.int64)
    for place, followers in cast.followers.items():
        end[place] = followers
    own = np.flatnonzero(cast.district_main)
    open_own = own[end[own] == NONE]
    weights = np.array([cast.levels[place] ** 3 for place in open_own])
    weights *= np.where(cast.weibo[open_own], 1.0, 0.18)
    end[open_own] = apportion(aims.district_followers - int(end[own][end[own] > 0].sum()), weights)
    _grassroots(cast, aims, scale, end, rng)
    for part in ("not_collected", "closed"):
        end[cast.parts[part]] = NONE
    return end


def _grassroots(cast: Cast, aims: Targets, scale: float, end: Ints, rng: np.random.Generator) -> None:
    """Fill each district up to its planned 覆盖系数; the districts that do not lead share what is left."""
    adcodes = cast.adcodes
    skipped = [cast.parts["not_collected"], cast.parts["closed"]]
    planned = {}
    for district in DISTRICTS:
        here = np.flatnonzero(adcodes == district.adcode)
        here = np.setdiff1d(here, skipped)
        known = int(end[here][end[here] > 0].sum())
        ordinary = here[end[here] == NONE]
        wanted = district.reach * people(district.adcode) - known
        planned[district.name] = (ordinary, max(wanted, _LEAST * 2 * len(ordinary)))
    fixed = int(end[end > 0].sum()) + sum(planned[name][1] for name in _LEADING)
    rest = sum(wanted for name, (_, wanted) in planned.items() if name not in _LEADING)
    factor = (aims.followers - fixed) / rest if scale == 1.0 else 0.93 * min(1.0, scale) ** 0.5
    sums = [wanted * (1.0 if name in _LEADING else factor) for name, (_, wanted) in planned.items()]
    whole = int(sum(sums)) if scale != 1.0 else aims.followers - int(end[end > 0].sum())
    counts = apportion(
        whole, [0.0 if len(o) == 0 else s for s, (o, _) in zip(sums, planned.values(), strict=True)]
    )
    for count, (ordinary, _) in zip(counts, planned.values(), strict=True):
        if len(ordinary):
            end[ordinary] = apportion(int(count), _appeal(cast, ordinary, rng), least=_LEAST)


def _appeal(cast: Cast, places: Ints, rng: np.random.Generator) -> NDArray[np.float64]:
    weights = rng.lognormal(0.0, 0.9, len(places))
    police = np.array([cast.units[cast.of[place]].system == "公安" for place in places])
    justice = np.array([cast.units[cast.of[place]].system == "司法" for place in places])
    weights *= np.where(police, 5.0, np.where(justice, 1.8, 1.0))
    weights *= np.where(cast.weibo[places], 1.0, 0.3)
    late = np.array([(cast.accounts[place].opened or date.min) > date(2014, 7, 1) for place in places])
    return weights * np.where(late, 0.3, 1.0)


def _shorten(cast: Cast, end: Ints, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Accounts whose count an office writes as 1.2万; what that cuts off goes to a neighbour's."""
    shortened = np.zeros(len(end), dtype=np.bool_)
    taken = set(cast.levels) | set(cast.parts.values())
    large = [place for place in np.flatnonzero(end >= 11_000) if place not in taken]
    for place in rng.permutation(np.array(large, dtype=np.int64))[:24]:
        cut = int(end[place] % 1000)
        if cut and _move_by(
            cast, end, int(place), -cut, rng, taken | set(np.flatnonzero(shortened).tolist())
        ):
            shortened[place] = True
    return shortened


def _move(cast: Cast, end: Ints, place: int, model: int, rng: np.random.Generator) -> None:
    """Give an account its model's followers, taking the difference from a neighbour."""
    taken = set(cast.levels) | set(cast.parts.values())
    if not _move_by(cast, end, place, int(end[model] - end[place]), rng, taken):
        end[place] = end[model]


def _move_by(
    cast: Cast, end: Ints, place: int, change: int, rng: np.random.Generator, taken: set[int]
) -> bool:
    adcodes = cast.adcodes
    near = [
        other
        for other in np.flatnonzero((adcodes == adcodes[place]) & (end >= abs(change) + 2 * _LEAST))
        if other not in taken and other != place
    ]
    if not near:
        return False
    end[place] += change
    end[near[int(rng.integers(len(near)))]] -= change
    return True


def _at_start(cast: Cast, aims: Targets, end: Ints, rng: np.random.Generator) -> Ints:
    """Readings at 2014-12-31; of the Weibo panel's units exactly the wanted share have grown."""
    known = _opened_by(cast, DAYS[1]) & (end != NONE)
    start = np.full(len(end), NONE, dtype=np.int64)
    weibo, unit = cast.weibo, np.array(cast.of)
    panel = np.unique(unit[known & weibo & cast.open_at_end])
    named = {cast.of[place] for place in (*cast.levels, cast.parts["tie"], cast.parts["tie_too"])}
    certain = np.array([u for u in panel if u in named], dtype=np.int64)
    others = np.array([u for u in panel if u not in named], dtype=np.int64)
    grown = max(len(certain), round(aims.growing * len(panel)))
    growing = set(certain.tolist()) | set(rng.permutation(others)[: grown - len(certain)].tolist())
    for place in np.flatnonzero(known):
        level = cast.levels.get(int(place))
        if not weibo[place]:
            rate = 0.12 + 0.35 * level if level is not None else rng.uniform(0.05, 0.45)
        elif unit[place] in growing:
            rate = 0.04 + 0.09 * level if level is not None else rng.uniform(0.01, 0.16)
        else:
            rate = -rng.uniform(0.0, 0.03)
        start[place] = round(end[place] / (1 + rate))
        if weibo[place] and unit[place] in growing:
            start[place] = min(start[place], end[place] - 1)
        elif weibo[place]:
            start[place] = max(start[place], end[place])
    closed = cast.parts["closed"]
    start[closed] = 1_840
    return start


def _year_before(cast: Cast, aims: Targets, end: Ints, start: Ints, rng: np.random.Generator) -> Ints:
    """Readings at 2014-06-30; over the Weibo panel they give the wanted growth exactly."""
    known = _opened_by(cast, DAYS[0]) & (start != NONE) & (end != NONE)
    before = np.full(len(end), NONE, dtype=np.int64)
    wechat = np.flatnonzero(known & ~cast.weibo)
    before[wechat] = np.maximum(1, (start[wechat] / rng.uniform(1.1, 1.9, len(wechat))).astype(np.int64))
    panel = known & cast.weibo & cast.open_at_end
    wanted = round(int(end[panel].sum()) / (1 + aims.growth))
    fixed = np.array([place for place in np.flatnonzero(panel) if int(place) in cast.levels], dtype=np.int64)
    before[fixed] = np.round(end[fixed] / (1 + aims.growth) * rng.uniform(0.98, 1.02, len(fixed)))
    free = np.setdiff1d(np.flatnonzero(panel), fixed)
    free = np.setdiff1d(free, [cast.parts["tie"], cast.parts["tie_too"]])
    tied = round(end[cast.parts["tie"]] / (1 + aims.growth))
    before[[cast.parts["tie"], cast.parts["tie_too"]]] = tied
    rest = wanted - int(before[fixed].sum()) - 2 * tied
    before[free] = apportion(rest, start[free] * rng.uniform(0.85, 1.0, len(free)), least=1)
    before[cast.parts["closed"]] = 1_620
    return before
