"""Weibo posts as weibo-crawler leaves them: one CSV an account, of several eras, with their flaws."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jianwei.demo import files, times
from jianwei.demo.apportion import Ints
from jianwei.demo.cast import Cast
from jianwei.demo.files import Words
from jianwei.demo.weibo import FORMS, WeiboPosts
from jianwei.demo.wording import take

__all__ = ["CRAWLED", "Crawled", "clocks", "write", "write_silent"]

CRAWLED = datetime(2015, 7, 8, 11, 20)
"""When the timelines were read: after every other reading of the same posts."""

_OWN = ("id", "bid", "正文", "头条文章url", "原始图片url", "视频url", "位置", "日期", "工具", "点赞数", "评论数",
        "转发数", "话题", "@用户")  # fmt: skip
_SOURCE = ("用户id", "用户昵称", "微博id", "微博bid", "微博正文", "微博头条文章url", "微博原始图片url", "微博视频url",
           "微博位置", "微博日期", "微博工具", "微博点赞数", "微博评论数", "微博转发数", "微博话题",
           "微博@用户")  # fmt: skip
_OLD = (*_OWN, "是否原创", *(f"源{name}" for name in _SOURCE))
_NEW = (*_OWN, "完整日期", "是否原创", *(f"源{name}" for name in _SOURCE), "源微博完整日期")

_SOURCES = ["9900000001,合成新闻", "9900000002,合成政务", "9900000003,合成气象"]
_TOOLS = ["微博 weibo.com", "iPhone客户端", "皮皮时光机"]
_EARLIER = 3600 << 22
"""What an hour makes in an id: a source post stands an hour before its repost."""

_OLD_SHARE, _TWICE, _BROKEN = 0.06, 0.02, 0.01
"""Share of files of the old era, with rows written twice, with a row cut short."""


class Crawled:
    """What the written files hold beyond the posts: counts by what is wrong with them."""

    def __init__(self) -> None:
        self.files = self.rows = self.twice = self.broken = self.misheaded = 0


def write(
    folder: Path,
    cast: Cast,
    made: WeiboPosts,
    words: Words,
    rng: np.random.Generator,
    *,
    but: frozenset[int] = frozenset(),
    flawed: bool = True,
) -> Crawled:
    """Write the posts of every account but those of `but` to `folder`/name/uid.csv."""
    old, new, misheaded = _rows(made, words)
    told = Crawled()
    starts = np.searchsorted(made.account, np.arange(len(cast.accounts) + 1))
    places = [n for n in range(len(cast.accounts)) if starts[n] < starts[n + 1] and n not in but]
    chance = rng.random((len(places), 3))
    for place, (era, twice, broken) in zip(places, chance, strict=True):
        first, last = int(starts[place]), int(starts[place + 1])
        account = cast.accounts[place]
        path = folder / account.name / f"{account.uid}.csv"
        header, rows = _NEW, files.listed(new[first:last])
        if flawed and told.misheaded == 0 and last - first > 60 and place in cast.levels:
            # A file begun by the old tool and carried on by the next: its header stays.
            half = (first + last) // 2
            header, rows = _OLD, files.listed(old[first:half]) + files.listed(misheaded[half:last])
            told.misheaded += 1
        elif flawed and era < _OLD_SHARE:
            header, rows = _OLD, files.listed(old[first:last])
        if flawed and twice < _TWICE:
            again = rows[-3:]
            rows += again
            told.twice += len(again)
        if flawed and broken < _BROKEN:
            rows.insert(len(rows) // 2, rows[0].split(",")[0] + ",," + "这一行在写入时中断")
            told.broken += 1
        files.text(path, header, rows, changed=CRAWLED)
        told.files += 1
        told.rows += len(rows)
    return told


def write_silent(folder: Path, cast: Cast) -> int:
    """The timeline of the account that fell silent: posts before and after the half-year, none within."""
    account = cast.accounts[cast.parts["silent"]]
    days = [date(2014, 11, 20), date(2014, 12, 15), date(2014, 12, 29), date(2015, 7, 2), date(2015, 7, 6)]
    at = np.array([times.seconds_of(day) + 36_000 for day in days], dtype=np.int64)
    count = len(at)
    zero = np.zeros(count, dtype=np.int64)
    made = WeiboPosts(
        np.full(count, cast.parts["silent"]),
        at,
        times.mids(at, np.random.default_rng(1)),
        zero == 0,
        zero,
        zero,
        zero,
        zero,
    )
    _, rows, _ = _rows(made, take(["统计公报发布，全文可在网站查阅"], zero))
    files.text(folder / account.name / f"{account.uid}.csv", _NEW, files.listed(rows), changed=CRAWLED)
    return count


def clocks(at: Ints, pattern: str) -> Words:
    """Naive seconds as text."""
    moments = pa.array(at.astype("datetime64[s]"), pa.timestamp("s"))
    found: Words = pc.strftime(moments, format=pattern)
    return found


def _rows(made: WeiboPosts, words: Words) -> tuple[Words, Words, Words]:
    """Rows of the old era, of the newer one, and of the one in between that kept the old header."""
    size = len(made)
    nothing, tab = _same("", size), _same("\t", size)
    form = {name: made.form == number for number, name in enumerate(FORMS)}
    short = pa.array(times.bids(made.mid).tolist(), pa.string())
    day, full = clocks(made.at, "%Y-%m-%d"), clocks(made.at, "%Y-%m-%d %H:%M:%S")
    counts = [files.numbers(values) for values in (made.likes, made.comments, made.reposts)]
    before = [
        files.joined(files.numbers(made.mid), tab),
        short,
        words,
        _link("https://weibo.com/ttarticle/p/show?id=", short, form["长微博"]),
        _link("https://wx1.sinaimg.cn/large/", short, form["图片"] | form["一图解说"]),
        _link("https://video.weibo.com/show?fid=", short, form["视频"]),
        nothing,
    ]
    after = [take(_TOOLS, made.mid % len(_TOOLS)), *counts, nothing, nothing]
    flag = take(["False", "True"], made.original.astype(np.int64))
    source = _source(made, day)
    dated = files.lines(source, full)
    old = files.joined(files.lines(*before, day, *after, flag), _of_reposts(made, source))
    between = files.joined(files.lines(*before, day, *after, full, flag), _of_reposts(made, dated))
    iso = clocks(made.at, "%Y-%m-%dT%H:%M:%S")
    new = files.joined(files.lines(*before, iso, *after, full, flag), _of_reposts(made, dated))
    return old, new, between


def _source(made: WeiboPosts, day: Words) -> Words:
    """The source post of a repost: its account, id, text, day, tool and counts."""
    size = len(made)
    who = take(_SOURCES, (made.mid // 7) % len(_SOURCES))
    mid = files.joined(files.numbers(made.mid - _EARLIER), _same("\t", size))
    return files.lines(
        who, mid, _same(",原文见源微博,,,,", size), day, _same("微博 weibo.com,120,80,300,,", size)
    )


def _of_reposts(made: WeiboPosts, cells: Words) -> Words:
    """The cells after a comma for reposts, nothing for originals."""
    found: Words = pc.if_else(
        pa.array(made.original), pa.scalar(""), files.joined(_same(",", len(made)), cells)
    )
    return found


def _link(start: str, key: Words, present: NDArray[np.bool_]) -> Words:
    whole = files.joined(_same(start, len(key)), key)
    found: Words = pc.if_else(pa.array(present), whole, pa.scalar(""))
    return found


def _same(word: str, size: int) -> Words:
    found: Words = pa.repeat(pa.scalar(word), size)
    return found
