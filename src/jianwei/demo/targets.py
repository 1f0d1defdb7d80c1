"""What a demo world adds up to: the seed report's published totals, or another world's own.

The only place in the package where a published total stands. Source of the published ones:
重庆市政务新媒体综合影响力报告 (2015-01-01..2015-06-30).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

__all__ = ["DEFAULT_SEED", "PUBLISHED", "Targets", "targets"]

DEFAULT_SEED = 2015
"""With this seed and scale 1 the world has the published totals."""


@dataclass(frozen=True)
class Targets:
    """Sums that the world is made to have.

    Accounts open at period end by platform (`weibo_accounts`, `wechat_accounts`), those of the
    six named systems, units marked 参评, posts of all accounts, of WeChat, and of Weibo of 参评
    units with their responses, share of originals, followers at period end in all and of 区县 main
    accounts, growth on the year before, share of units that grew over the half-year.
    exact: the sums hold to the last post; else they are for scale 1 and only guide the others.
    """

    weibo_accounts: int
    wechat_accounts: int
    six_systems: int
    units: int
    posts: int
    wechat_posts: int
    weibo_posts: int
    reposts: int
    comments: int
    original_share: float
    followers: int
    district_followers: int
    growth: float
    growing: float
    exact: bool = False


PUBLISHED = Targets(
    weibo_accounts=1916,  # "1900 余"
    wechat_accounts=1012,  # "1000 余"
    six_systems=487,  # about 16.63 % of 2928
    units=2000,
    posts=391_000,  # ours: the report has no total over both platforms
    wechat_posts=118_000,  # ours
    weibo_posts=241_139,
    reposts=393_009,
    comments=131_330,
    original_share=0.4292,
    followers=27_000_000,
    district_followers=3_200_000,  # "300 余万"
    growth=0.152,
    growing=0.728,
    exact=True,
)


def targets(seed: int, scale: float) -> Targets:
    """The published totals for the default seed at scale 1; else numbers of the world's own.

    Raises ValueError for a scale outside 0.01..4.
    """
    if not 0.01 <= scale <= 4:
        raise ValueError("scale must lie between 0.01 and 4")
    if seed == DEFAULT_SEED and scale == 1.0:
        return PUBLISHED
    rng = np.random.default_rng((seed, 1))
    names = ("posts", "wechat_posts", "weibo_posts", "reposts", "comments", "units")
    drawn: dict[str, Any] = {name: round(getattr(PUBLISHED, name) * rng.uniform(0.9, 1.1)) for name in names}
    drawn["posts"] = drawn["weibo_posts"] + drawn["wechat_posts"] + 32_000
    drawn |= {
        "original_share": float(rng.uniform(0.38, 0.5)),
        "growth": float(rng.uniform(0.08, 0.25)),
        "growing": float(rng.uniform(0.6, 0.85)),
    }
    return replace(PUBLISHED, exact=False, **drawn)
