"""What the seed report published: the only literals of its totals in the package.

Source: 重庆市政务新媒体综合影响力报告 (2015-01-01 to 2015-06-30). Exact where it is exact there; the
round words (1900余, 2700万) became one number each. Other seeds and scales move all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

__all__ = ["DEFAULT_SEED", "Targets", "targets"]

DEFAULT_SEED = 2015


@dataclass(frozen=True)
class Targets:
    """Totals that a world is made to have; counts are exact, shares to four digits."""

    weibo_accounts: int = 1927  # 1900余
    wechat_accounts: int = 1013  # 1000余
    six_accounts: int = 489  # of both platforms: 16.63 %
    analysed_units: int = 2000
    posts: int = 241_139
    reposts: int = 393_009
    comments: int = 131_330
    original_share: float = 0.4292
    all_posts: int = 391_000  # Weibo and WeChat, all accounts
    other_weibo_posts: int = 26_400  # of accounts that are not analysed
    followers: int = 27_060_000  # 2700余万
    municipal_followers: int = 10_420_000  # 1000万以上
    district_followers: int = 3_380_000  # 300余万
    year_on_year: float = 0.152
    growing_share: float = 0.728


def targets(seed: int, scale: float) -> Targets:
    """The published totals at the default seed and scale 1; elsewhere scaled and moved at random."""
    whole = Targets()
    if seed == DEFAULT_SEED and scale == 1.0:
        return whole
    rng = np.random.default_rng([seed, 1])

    def moved(value: int, least: int, spread: float = 0.12) -> int:
        factor = 1.0 if seed == DEFAULT_SEED else float(rng.uniform(1 - spread, 1 + spread))
        return max(least, round(value * scale * factor))

    return replace(
        whole,
        weibo_accounts=moved(whole.weibo_accounts, 130),
        wechat_accounts=moved(whole.wechat_accounts, 60),
        six_accounts=moved(whole.six_accounts, 90),
        analysed_units=moved(whole.analysed_units, 110),
        posts=moved(whole.posts, 2_000),
        reposts=moved(whole.reposts, 25_000),
        comments=moved(whole.comments, 9_000),
        original_share=float(np.round(whole.original_share + rng.uniform(-0.03, 0.03), 4)),
        all_posts=moved(whole.all_posts, 3_800),
        other_weibo_posts=moved(whole.other_weibo_posts, 200),
        followers=moved(whole.followers, 15_600_000),
        year_on_year=float(np.round(whole.year_on_year + rng.uniform(-0.04, 0.04), 3)),
        growing_share=float(np.round(whole.growing_share + rng.uniform(-0.05, 0.05), 3)),
    )
