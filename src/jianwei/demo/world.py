"""A whole demo world in memory: cast, posts, articles, followers, sums of the half-year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from jianwei.demo import sums, wechat, weibo, wording
from jianwei.demo.activity import activity
from jianwei.demo.apportion import Ints
from jianwei.demo.audience import Audience, audience
from jianwei.demo.cast import Cast, cast
from jianwei.demo.districts import DISTRICTS, stem
from jianwei.demo.sums import Form
from jianwei.demo.targets import Targets, targets
from jianwei.demo.wechat import Articles
from jianwei.demo.weibo import WeiboPosts
from jianwei.demo.wording import Written

__all__ = ["World", "by_month", "world"]

_EARLY = date(2014, 1, 1)


@dataclass(frozen=True)
class World:
    """Everything that is written to files, and that the truth is told from."""

    seed: int
    scale: float
    aims: Targets
    cast: Cast
    posts: WeiboPosts
    words: Written
    earlier: WeiboPosts  # 2014H1
    earlier_words: Written
    articles: Articles
    titles: Written
    followers: Audience
    before: tuple[Form, Form]  # 2014H2, Weibo and WeChat

    @property
    def without_posts(self) -> frozenset[int]:
        """Accounts whose posts nobody has: sums only, or nothing at all."""
        return frozenset((self.cast.parts["totals_only"], self.cast.parts["not_collected"]))


def world(seed: int, scale: float) -> World:
    """Make a world; the same seed and scale make the same one. Raises ValueError for a scale outside 0.01..4."""
    aims = targets(seed, scale)
    rng = np.random.default_rng((seed, 2))
    who = cast(aims, scale, rng)
    acts = activity(who, aims, scale, rng)
    followers = audience(who, aims, scale, rng)
    posts = weibo.posts(who, acts, aims, rng)
    articles = wechat.articles(who, acts, rng)
    named = [
        place for place in who.levels if who.weibo[place] and (who.accounts[place].opened or _EARLY) < _EARLY
    ]
    earlier = weibo.of_2014(who, acts, named, rng)
    places = _places(who)
    words = wording.texts(posts.account, places, posts.form, posts.original, posts.special, rng)
    titles = wording.titles(articles.account, places, articles.special, rng)
    earlier_words = wording.texts(earlier.account, places, earlier.form, earlier.original, {}, rng)
    size = len(who.accounts)
    before = sums.half_before(who, sums.of_posts(posts, size), sums.of_articles(articles, size), rng)
    return World(
        seed, scale, aims, who, posts, words, earlier, earlier_words, articles, titles, followers, before
    )


def _places(who: Cast) -> list[str]:
    """The place that each account speaks of."""
    names = {district.adcode: stem(district.name) for district in DISTRICTS}
    return [names.get(code, "重庆") for code in who.adcodes]


def by_month(at: Ints) -> Ints:
    """Months since 1970 of naive seconds."""
    return at.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
