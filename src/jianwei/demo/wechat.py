"""The WeChat articles of 2015H1 as arrays: pushes of one to four articles, reads, likes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import times
from jianwei.demo.activity import Activity
from jianwei.demo.apportion import Ints
from jianwei.demo.cast import Cast
from jianwei.demo.days import H1_2015
from jianwei.demo.showcase import SHOWCASE, TEN_THOUSAND_PLUS, Special

__all__ = ["CAP", "Articles", "articles"]

CAP = 100_001
"""What stands for 10万+."""


@dataclass
class Articles:
    """Articles sorted by account and push; `push` numbers a message, `place` an article in it (from 1)."""

    account: Ints
    at: Ints
    push: Ints
    place: Ints
    declared: NDArray[np.bool_]
    reads: Ints
    likes: Ints
    rounded: NDArray[np.bool_]  # reads written as 1.3万
    special: dict[int, Special] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.account)

    @property
    def headline(self) -> NDArray[np.bool_]:
        """First article of its push."""
        found: NDArray[np.bool_] = self.place == 1
        return found


def articles(cast: Cast, act: Activity, rng: np.random.Generator) -> Articles:
    """All articles of 2015H1."""
    counts = np.where(cast.weibo, 0, act.posts)
    per = np.maximum(act.articles, 1)
    pushes = -(-counts // per)
    named = [place for place in cast.levels if not cast.weibo[place]]
    pushed_by = np.repeat(np.arange(len(counts)), pushes)
    day = times.days(pushed_by, cast, H1_2015, rng, whole=named)
    at = times.clock(day, H1_2015, rng)
    at = at[np.lexsort((at, pushed_by))]
    of = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    push = np.repeat(np.cumsum(pushes) - pushes, counts) + number // per[of]
    place = number % per[of] + 1
    reads = _reads(of, place, act, rng)
    likes = rng.binomial(reads, np.minimum(act.like_rate[of], 0.5)).astype(np.int64)
    rounding = rng.random(len(counts)) < 0.35
    rounding[named] = False
    rounded = rounding[of] & (reads >= 10_000)
    reads = np.where(rounded, np.round(reads, -2), reads)
    declared = rng.random(len(of)) < act.declared[of]
    made = Articles(of, at[push], push, place, declared, reads, likes, rounded)
    _place_specials(made, cast)
    return made


def _reads(of: Ints, place: Ints, act: Activity, rng: np.random.Generator) -> Ints:
    means = act.reads[of] * np.where(place == 1, 1.7, 0.62) * rng.lognormal(-0.18, 0.6, len(of))
    usual: Ints = np.clip(np.round(means), 3, 45_000).astype(np.int64)
    return usual


def _place_specials(made: Articles, cast: Cast) -> None:
    names = {account.name: place for place, account in enumerate(cast.accounts) if account.platform != "微博"}
    for special in (*SHOWCASE, *TEN_THOUSAND_PLUS):
        if special.platform == "微博":
            continue
        account = names[special.account]
        first, last = np.searchsorted(made.account, (account, account + 1))
        leads = np.flatnonzero(made.place[first:last] == 1) + first
        leads = np.array([n for n in leads if n not in made.special])
        near = int(leads[np.argmin(np.abs(made.at[leads] - times.seconds_of(special.day) - 43_200))])
        made.special[near] = special
        made.reads[near], made.likes[near] = special.reads, special.likes
        made.rounded[near] = False
        made.declared[near] = True
