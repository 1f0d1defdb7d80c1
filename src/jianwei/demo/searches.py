"""Some posts once more as keyword searches saw them in spring: fewer responses, large counts rounded."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import files, times
from jianwei.demo.cast import Cast
from jianwei.demo.files import Words
from jianwei.demo.timelines import clocks
from jianwei.demo.weibo import WeiboPosts
from jianwei.demo.wording import take

__all__ = ["DAY", "write"]

DAY = date(2015, 4, 30)
"""When the searches ran: the file's name says it, and the timelines were read later."""

_HEADER = ("id", "bid", "user_id", "用户昵称", "微博正文", "头条文章url", "发布位置", "艾特用户", "话题", "转发数",
           "评论数", "点赞数", "发布时间", "发布工具", "微博图片url", "微博视频url", "retweet_id")  # fmt: skip
_SHARE = 0.008


def write(
    folder: Path,
    cast: Cast,
    made: WeiboPosts,
    words: Words,
    rng: np.random.Generator,
    *,
    but: frozenset[int] = frozenset(),
) -> int:
    """Write the file of hits; returns how many. but: accounts that only reported sums."""
    seen = made.at < times.seconds_of(DAY) - 86_400
    seen &= rng.random(len(made)) < _SHARE
    seen &= ~np.isin(made.account, list(but))
    hits = np.flatnonzero(seen | _large(made, but))
    rows = [
        ",".join(row)
        for row in zip(
            *(files.listed(column) for column in _columns(cast, made, words, hits)),
            strict=True,
        )
    ]
    path = folder / f"search_重庆_{DAY.isoformat()}.csv"
    files.text(path, _HEADER, rows, changed=datetime(2015, 4, 30, 20, 30))
    return len(rows)


def _large(made: WeiboPosts, but: frozenset[int]) -> NDArray[np.bool_]:
    """Posts with so many reposts that the page shows 1.2万."""
    found: NDArray[np.bool_] = (made.reposts >= 12_000) & (made.at < times.seconds_of(DAY) - 86_400)
    return found & ~np.isin(made.account, list(but))


def _columns(cast: Cast, made: WeiboPosts, words: Words, hits: NDArray[np.int64]) -> list[Words]:
    accounts = made.account[hits]
    places = np.arange(len(hits))
    nothing = take([""], np.zeros(len(hits), dtype=np.int64))
    counts = [
        take([_shown(int(value) * 4 // 5) for value in values[hits]], places)
        for values in (made.reposts, made.comments, made.likes)
    ]
    return [
        files.numbers(made.mid[hits]),
        take(times.bids(made.mid[hits]).tolist(), places),
        take([cast.accounts[n].uid for n in accounts], places),
        take([cast.accounts[n].name for n in accounts], places),
        words.take(hits),
        nothing, nothing, nothing, nothing,
        *counts,
        clocks(made.at[hits], "%Y-%m-%d %H:%M"),
        take(["微博 weibo.com"], np.zeros(len(hits), dtype=np.int64)),
        nothing, nothing,
        take(["3800000000000001", ""], made.original[hits].astype(np.int64)),
    ]  # fmt: skip


def _shown(count: int) -> str:
    return str(count) if count < 10_000 else f"{count / 10_000:.1f}万".replace(".0万", "万")
