"""Sums by account: of the posts that were made, and those that are handed in by month instead of posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import files, times
from jianwei.demo.apportion import Ints, apportion
from jianwei.demo.cast import Cast
from jianwei.demo.files import MARK
from jianwei.demo.wechat import Articles
from jianwei.demo.weibo import WeiboPosts
from jianwei.intake.template import header

__all__ = [
    "BEFORE_WECHAT",
    "BEFORE_WEIBO",
    "Form",
    "Sums",
    "half_before",
    "instead_of_posts",
    "of_articles",
    "of_posts",
    "write",
]

Sums = Mapping[str, Ints]
"""Name of a count → its sum by account, or by account and month."""

BEFORE_WEIBO = {
    "posts": "发布数",
    "originals": "原创数",
    "reposts": "转发",
    "comments": "评论",
    "likes": "点赞",
}
BEFORE_WECHAT = {"pushes": "推送次数", "posts": "篇数", "declared_originals": "声明原创数", "reads": "阅读次数",
                 "headline_reads": "头条阅读次数", "likes": "点赞"}  # fmt: skip
"""Counts of the forms of sums → their titles there."""


@dataclass(frozen=True)
class Form:
    """Rows of a form of sums: account, month, counts."""

    platform: str
    titles: Mapping[str, str]
    rows: list[tuple[int, date, dict[str, int]]]


def of_posts(made: WeiboPosts, accounts: int) -> dict[str, Ints]:
    """Weibo: posts, originals, responses of each account."""
    return {
        "posts": _sum(made.account, np.ones(len(made), dtype=np.int64), accounts),
        "originals": _sum(made.account, made.original.astype(np.int64), accounts),
        "reposts": _sum(made.account, made.reposts, accounts),
        "comments": _sum(made.account, made.comments, accounts),
        "likes": _sum(made.account, made.likes, accounts),
    }


def of_articles(made: Articles, accounts: int) -> dict[str, Ints]:
    """WeChat: pushes, articles, declared originals, reads, headline reads, likes of each account."""
    leads = made.headline
    return {
        "pushes": _sum(made.account, leads.astype(np.int64), accounts),
        "posts": _sum(made.account, np.ones(len(made), dtype=np.int64), accounts),
        "declared_originals": _sum(made.account, made.declared.astype(np.int64), accounts),
        "reads": _sum(made.account, made.reads, accounts),
        "headline_reads": _sum(made.account, np.where(leads, made.reads, 0), accounts),
        "likes": _sum(made.account, made.likes, accounts),
    }


def half_before(cast: Cast, weibo: Sums, wechat: Sums, rng: np.random.Generator) -> tuple[Form, Form]:
    """The sums of 2014H2 by month of every account that was open then: a little less than a year later."""
    pace = rng.uniform(0.72, 0.98, len(cast.accounts))
    pace[cast.parts["tie_too"]] = pace[cast.parts["tie"]]
    skipped = {cast.parts[part] for part in ("silent", "not_collected")}
    forms = []
    for platform, titles, sums in (("weibo", BEFORE_WEIBO, weibo), ("wechat", BEFORE_WECHAT, wechat)):
        rows: list[tuple[int, date, dict[str, int]]] = []
        for place, account in enumerate(cast.accounts):
            months = _months(account.opened)
            if cast.weibo[place] != (platform == "weibo") or place in skipped or not months:
                continue
            share = pace[place] * len(months) / 6
            split = {
                name: apportion(int(values[place] * share), np.ones(len(months)))
                for name, values in sums.items()
            }
            rows += [
                (place, month, {name: int(values[n]) for name, values in split.items()})
                for n, month in enumerate(months)
            ]
        forms.append(Form(platform, titles, rows))
    return forms[0], forms[1]


def instead_of_posts(made: WeiboPosts, place: int) -> Form:
    """The sums of 2015H1 by month of the account that hands in nothing else."""
    mine = made.account == place
    rows = []
    for month in range(1, 7):
        first = times.seconds_of(date(2015, month, 1))
        last = times.seconds_of(date(2015, month + 1, 1))
        here = mine & (made.at >= first) & (made.at < last)
        rows.append((place, date(2015, month, 1), {
            "posts": int(here.sum()),
            "originals": int(made.original[here].sum()),
            "reposts": int(made.reposts[here].sum()),
            "comments": int(made.comments[here].sum()),
            "likes": int(made.likes[here].sum()),
        }))  # fmt: skip
    return Form("weibo", BEFORE_WEIBO, rows)


def write(path: Path, cast: Cast, form: Form) -> None:
    """Write a form of sums as CSV; what nobody counted stays blank."""
    titles = header("weibo_totals" if form.platform == "weibo" else "wechat_totals")
    files.text(path, titles, _lines(cast, form, titles), changed=datetime(2015, 7, 6, 9), before=MARK)


def _lines(cast: Cast, form: Form, titles: list[str]) -> Iterator[str]:
    name, uid = ("账号", "UID") if form.platform == "weibo" else ("公众号", "微信号/原始ID")
    for place, month, counts in form.rows:
        account = cast.accounts[place]
        cells = {
            "月份": f"{month:%Y-%m}",
            name: account.name,
            uid: account.uid,
            "取数时间": "2015-07-03 10:00",
        }
        cells |= {form.titles[key]: str(count) for key, count in counts.items()}
        yield ",".join(cells.get(title, "") for title in titles)


def _months(opened: date | None) -> list[date]:
    """Whole months of 2014H2 in which an account was open."""
    first = [date(2014, month, 1) for month in range(7, 13)]
    return [month for month in first if opened is None or opened <= month]


def _sum(account: Ints, values: Ints | NDArray[np.int64], accounts: int) -> Ints:
    return np.bincount(account, weights=values, minlength=accounts).astype(np.int64)
