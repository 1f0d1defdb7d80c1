"""How much each account did in 2015H1: posts and responses, before they are spread over posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.apportion import Ints, apportion
from jianwei.demo.cast import Cast
from jianwei.demo.days import H1_2015
from jianwei.demo.targets import Targets

__all__ = ["Activity", "activity", "factor"]

_DAYS = 181
_POLICE = 2.6
"""How much more an ordinary account of the police publishes: theirs is the busiest system."""

_TIE = 0.50
"""Level of the two units that are planted to tie: high enough to be seen on a board."""


@dataclass(frozen=True)
class Activity:
    """By account. `posts` of both platforms; `reposts` and `comments` are wanted sums of named Weibo
    accounts (0 for others, which share what is left); `likes` per post; WeChat: `reads` per post,
    `like_rate` per read, `articles` of a push, `declared` share.
    """

    posts: Ints
    original_share: NDArray[np.float64]
    reposts: Ints
    comments: Ints
    likes: NDArray[np.float64]
    reads: NDArray[np.float64]
    like_rate: NDArray[np.float64]
    articles: Ints
    declared: NDArray[np.float64]
    fixed: NDArray[np.bool_]  # named or planted: sums given here


def factor(scale: float) -> float:
    """What the scale does to named accounts: less than to the others, so that boards keep their shape."""
    return float(scale**0.5) if scale < 1 else 1.0


def activity(cast: Cast, aims: Targets, scale: float, rng: np.random.Generator) -> Activity:
    """Amounts of every account; with the published targets, sums come out exactly."""
    size = len(cast.accounts)
    level = np.array([cast.levels.get(place, np.nan) for place in range(size)])
    level[[cast.parts["tie"], cast.parts["tie_too"]]] = _TIE
    named, weibo = ~np.isnan(level), cast.weibo
    level = np.nan_to_num(level)
    part = factor(scale)
    posts = np.zeros(size, dtype=np.int64)
    posts[named & weibo] = np.maximum(30, _DAYS * part * (21.0**level - 1))[named & weibo]
    posts[named & ~weibo] = np.maximum(24, _DAYS * part * (0.35 + 2.7 * level))[named & ~weibo]
    _ordinary(cast, aims, scale, posts, named, rng)
    reposts = np.where(named & weibo, _DAYS * part * (5001.0**level - 1) / 10, 0).astype(np.int64)
    comments = np.where(named & weibo, _DAYS * part * 0.85 * (2001.0**level - 1) / 10, 0).astype(np.int64)
    share = np.where(named, 0.34 + 0.5 * level, rng.beta(2.2, 3.2, size))
    likes = np.where(
        named,
        0.8 * (5001.0**level - 1) / 10 / (21.0 ** np.maximum(level, 0.05) - 1),
        rng.gamma(1.1, 1.1, size),
    )
    per_day = 11 * (50_001 / 11) ** level - 1
    reads = np.where(
        named, per_day / (0.35 + 2.7 * level), np.minimum(rng.lognormal(np.log(260), 0.7, size), 1800)
    )
    liked = np.where(
        named, (5001.0**level - 1) / 10 / np.maximum(per_day, 1), rng.uniform(0.002, 0.008, size)
    )
    articles = np.where(named, np.clip(np.round(1 + 3 * level), 1, 4), rng.integers(1, 5, size)).astype(
        np.int64
    )
    declared = np.where(named, 0.55 * level, rng.beta(1.3, 7, size))
    for values in (share, likes):
        values[cast.parts["tie_too"]] = values[cast.parts["tie"]]
    return Activity(posts, share, reposts, comments, likes, reads, liked, articles, declared, named)


def _ordinary(
    cast: Cast, aims: Targets, scale: float, posts: Ints, named: NDArray[np.bool_], rng: np.random.Generator
) -> None:
    """Share the posts that the named accounts leave over the others, by platform and 参评."""
    weibo, analysed = cast.weibo, cast.analysed
    planted = {
        "silent": 0,
        "not_collected": 0,
        "viral": 90,
        "festival_gap": 420,
        "closed": 120,
        "totals_only": 360,
    }
    for part, count in planted.items():
        posts[cast.parts[part]] = max(round(count * factor(scale)), 12) if count else 0
    free = ~named
    free[[cast.parts[part] for part in planted]] = False
    weights = rng.lognormal(0.0, 0.85, len(posts)) * _open_share(cast)
    weights *= np.where([cast.units[unit].system == "公安" for unit in cast.of], _POLICE, 1.0)
    others = aims.posts - aims.weibo_posts - aims.wechat_posts
    for group, wanted in (
        (weibo & analysed, aims.weibo_posts),
        (weibo & ~analysed, others),
        (~weibo, aims.wechat_posts),
    ):
        mine = free & group
        if not mine.any():
            continue
        held = int(posts[group].sum())
        left = wanted - held if aims.exact else round((wanted - held / factor(scale)) * scale)
        posts[mine] = apportion(max(left, 3 * int(mine.sum())), weights[mine], least=2)


def _open_share(cast: Cast) -> NDArray[np.float64]:
    """Share of the half-year's days that each account was open."""
    first, last = H1_2015
    days = [
        ((account.closed or last) - max(account.opened or date.min, first)).days + 1
        for account in cast.accounts
    ]
    share: NDArray[np.float64] = np.maximum(np.array(days), 1) / _DAYS
    return share
