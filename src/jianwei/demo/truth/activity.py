"""The truth about what was done and how well: S4, F4, F5, N3, G1, G2."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.audience import NONE
from jianwei.demo.days import workdays
from jianwei.demo.weibo import FORMS, WeiboPosts
from jianwei.demo.wording import FUNCTIONS
from jianwei.demo.world import World, by_month

__all__ = ["growth", "months", "quality", "sums"]

_JANUARY = (2015 - 1970) * 12


def sums(made: World) -> dict[str, Any]:
    """Posts and responses on Weibo of the accounts of 参评 units."""
    mine = _analysed(made, made.posts)
    return {
        "S4.posts": int(mine.sum()),
        "S4.reposts": int(made.posts.reposts[mine].sum()),
        "S4.comments": int(made.posts.comments[mine].sum()),
    }


def months(made: World) -> dict[str, Any]:
    """The same by month, and February against January per working day."""
    mine, month = _analysed(made, made.posts), by_month(made.posts.at)
    rows = []
    for number in range(6):
        here = mine & (month == _JANUARY + number)
        first = date(2015, number + 1, 1)
        last = date(2015, number + 2, 1) - timedelta(days=1)
        rows.append(
            {
                "month": f"{first:%Y-%m}",
                "posts": int(here.sum()),
                "reposts": int(made.posts.reposts[here].sum()),
                "comments": int(made.posts.comments[here].sum()),
                "likes": int(made.posts.likes[here].sum()),
                "days": last.day,
                "workdays": workdays(2015, number + 1),
            }
        )
    each = [row["posts"] / row["workdays"] for row in rows[:2]]  # type: ignore[operator]
    return {"F4.monthly": rows, "F4.holiday": each[1] / each[0] - 1}


def quality(made: World) -> dict[str, Any]:
    """Originals, forms, functions; posts that nobody has but as sums have no form and no function."""
    mine = _analysed(made, made.posts)
    seen = mine & _written(made, made.posts.account)
    form = made.posts.form[seen]
    media = form != FORMS.index("文字")
    pictures = np.isin(form, [FORMS.index("图片"), FORMS.index("长微博")])
    return {
        "F5.original_share": float(made.posts.original[mine].sum() / mine.sum()),
        "F5.multimedia_share": float(media.sum() / len(form)),
        "F5.picture_share": float(pictures.sum() / media.sum()),
        "F5.infographic_change": _explaining(made, seen),
        "N3.share": _functions(made, seen),
    }


def growth(made: World) -> dict[str, Any]:
    """Followers on Weibo a year before, and units that grew within the half-year; both ends read."""
    who, read = made.cast, made.followers
    open_weibo = who.open_at_end & who.weibo & (read.end != NONE)
    year = open_weibo & (read.before != NONE)
    half = open_weibo & (read.start != NONE)
    unit, size = np.array(who.of), len(who.units)
    ends = np.bincount(unit[half], read.end[half], size)
    starts = np.bincount(unit[half], read.start[half], size)
    there = np.bincount(unit[half], minlength=size) > 0
    return {
        "G1": int(read.end[year].sum()) / int(read.before[year].sum()) - 1,
        "G2": int((ends > starts)[there].sum()) / int(there.sum()),
    }


def _explaining(made: World, seen: NDArray[np.bool_]) -> float:
    """Change of the share of 一图解说 on the year before, over accounts that posted in both half-years."""
    then = _analysed(made, made.earlier)
    both = np.intersect1d(made.posts.account[seen], made.earlier.account[then])
    shares = []
    for posts, mine in ((made.posts, seen), (made.earlier, then)):
        form = posts.form[mine & np.isin(posts.account, both)]
        shares.append(float((form == FORMS.index("一图解说")).mean()))
    return shares[0] - shares[1]


def _functions(made: World, seen: NDArray[np.bool_]) -> dict[str, float]:
    """Share of each function among the posts and articles whose words tell one."""
    who = made.cast.analysed[made.articles.account]
    count = np.bincount(made.words.function[seen], minlength=len(FUNCTIONS))
    count += np.bincount(made.titles.function[who], minlength=len(FUNCTIONS))
    told = {name: int(n) for name, n in zip(FUNCTIONS, count, strict=True) if name}
    return {name: n / sum(told.values()) for name, n in told.items()}


def _analysed(made: World, posts: WeiboPosts) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = made.cast.analysed[posts.account]
    return found


def _written(made: World, accounts: NDArray[np.int64]) -> NDArray[np.bool_]:
    return ~np.isin(accounts, sorted(made.without_posts))
