"""What offices hand in by template: WeChat articles, follower counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import files, times
from jianwei.demo.apportion import Ints
from jianwei.demo.audience import DAYS, NONE, Audience
from jianwei.demo.cast import Cast
from jianwei.demo.districts import DISTRICTS
from jianwei.demo.files import MARK, Words
from jianwei.demo.timelines import clocks
from jianwei.demo.wechat import CAP, Articles
from jianwei.demo.wording import take
from jianwei.intake.template import header

__all__ = ["BAD_FOLLOWERS", "followers", "wechat"]

HANDED_IN = datetime(2015, 7, 6, 9, 30)
"""When the half-year's forms came in."""

BAD_FOLLOWERS: tuple[tuple[str, ...], ...] = (
    ("2015-06-29", "微博", "某街道发布", "9000000001", "约三万"),
    ("2015-06-29", "人人网", "某中心", "9000000002", "1200"),
)
"""Rows that nobody can read: they are to stand in quarantine."""

_COLUMNS = (
    "公众号",
    "微信号/原始ID",
    "标题",
    "链接",
    "发布时间",
    "头条",
    "声明原创",
    "阅读次数",
    "点赞",
    "取数时间",
)


def wechat(folder: Path, cast: Cast, made: Articles, titles: Words) -> None:
    """A workbook of the city's own accounts, a CSV for each district, one of them in GB18030."""
    columns = _columns(cast, made, titles)
    adcodes = cast.adcodes[made.account]
    titles_in_order = header("wechat_posts")
    city = np.flatnonzero(adcodes == "500000")
    sheet = [files.listed(columns[name].take(city)) if name in columns else None for name in titles_in_order]
    files.book(
        folder / "市直机关微信明细.xlsx",
        {"微信明细": _rows(titles_in_order, sheet, len(city))},
        changed=HANDED_IN,
    )
    for place, district in enumerate(DISTRICTS):
        here = np.flatnonzero(adcodes == district.adcode)
        if len(here) == 0:
            continue
        nothing = take([""], np.zeros(len(here), dtype=np.int64))
        cells = [columns[name].take(here) if name in columns else nothing for name in titles_in_order]
        files.text(
            folder / f"{district.name}微信明细.csv",
            titles_in_order,
            files.listed(files.lines(*cells)),
            changed=HANDED_IN,
            encoding="gb18030" if place == 1 else "utf-8-sig",
            before=MARK,
        )


def followers(folder: Path, cast: Cast, read: Audience) -> None:
    """One workbook a reading day: who had how many followers; unread accounts are not listed."""
    for day, counts in zip(DAYS, (read.before, read.start, read.end), strict=True):
        shortened = read.shortened if day == DAYS[2] else np.zeros(len(counts), dtype=np.bool_)
        rows = list(_readings(cast, day, counts, shortened))
        if day == DAYS[2]:
            rows[1:1] = BAD_FOLLOWERS
        files.book(
            folder / f"粉丝读数_{day.isoformat()}.xlsx",
            {"粉丝读数": [(MARK,), header("followers"), *rows]},
            changed=HANDED_IN,
        )


def _readings(cast: Cast, day: date, counts: Ints, shortened: NDArray[np.bool_]) -> Iterator[tuple[str, ...]]:
    seen = day.replace(day=day.day - 1)
    for account, count, short in zip(cast.accounts, counts, shortened, strict=True):
        if count == NONE:
            continue
        said = f"{count / 10_000:g}万" if short else str(count)
        yield seen.isoformat(), account.platform, account.name, account.uid, said


def _columns(cast: Cast, made: Articles, titles: Words) -> dict[str, Words]:
    """The columns that offices fill, as text; 2015 knew no 在看 and no numbers of readers."""
    of, size = made.account, len(made)
    names = [account.name for account in cast.accounts]
    uids = [account.uid for account in cast.accounts]
    message = files.numbers(200_000_000 + made.push)
    link = files.joined(
        take([f"https://mp.weixin.qq.com/s?__biz={biz}&mid=" for biz in cast.biz], of),
        message,
        take([f"&idx={place}&sn=demo" for place in range(10)], made.place),
    )
    reads = [_reads(int(n), bool(r)) for n, r in zip(made.reads, made.rounded, strict=True)]
    same = np.zeros(size, dtype=np.int64)
    cells = (
        take(names, of),
        take(uids, of),
        titles,
        link,
        clocks(made.at, "%Y-%m-%d %H:%M"),
        take(["否", "是"], made.headline.astype(np.int64)),
        take(["否", "是"], made.declared.astype(np.int64)),
        take(reads, np.arange(size)),
        files.numbers(made.likes),
        take([times.moment(times.seconds_of(date(2015, 7, 5)) + 36_000).strftime("%Y-%m-%d %H:%M")], same),
    )
    return dict(zip(_COLUMNS, cells, strict=True))


def _reads(count: int, rounded: bool) -> str:
    if count == CAP:
        return "10万+"
    return f"{count / 10_000:g}万" if rounded else str(count)


def _rows(titles: Sequence[str], columns: Sequence[list[str] | None], count: int) -> Iterator[Sequence[Any]]:
    yield (MARK,)
    yield titles
    for place in range(count):
        yield [None if column is None else column[place] for column in columns]
