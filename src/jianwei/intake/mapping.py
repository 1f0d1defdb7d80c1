"""A mapping (映射): which column of a table, known by its very header, is which of a template's.

A user confirms it once; it holds for files of the same header and for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Words
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jianwei.intake.template import TEMPLATES, Kind, Template
from jianwei.period import Period

__all__ = ["ORDERS", "UNITS", "Mapping", "composed", "fingerprint", "words"]

UNITS: dict[str, int] = {
    "个": 1, "条": 1, "次": 1, "人": 1, "篇": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000,
}  # fmt: skip
"""Words for what one in a column stands for."""

ORDERS: tuple[str, ...] = ("自动", "年/月/日", "月/日/年", "日/月/年")
"""How a table writes its days; 自动 takes those that begin with a year of four digits."""

_BETWEEN = "·"
_SHORT_KEY = 12

_MORE: dict[str, dict[str, str]] = {
    "weibo_posts": {"发布时刻": "clock"},
    "wechat_posts": {"发布时刻": "clock"},
    "weibo_totals": {"日期": "day", "多媒体数": "multimedia"},
    "wechat_totals": {
        "日期": "day", "推送次数/篇数": "pushes_posts", "头条篇数": "headlines", "最高点赞": "max_likes", "头条点赞": "headline_likes",
        "最高在看": "max_wow", "头条在看": "headline_wow", "最高分享次数": "max_shares",
        "头条分享次数": "headline_shares",
    },
    "followers": {},
}  # fmt: skip
"""Words that a mapping has beyond the template's: a day's sums have 日期, a time of day of its own 发布时刻."""


def words(kind: Kind) -> dict[str, str]:
    """What a column may be in a table of this kind: word → field, in the template's order."""
    return {column.title: column.field for column in TEMPLATES[kind].columns} | _MORE[kind]


def composed(top: Sequence[Sequence[str]]) -> list[str]:
    """The titles of a header of one or two rows of stripped texts; 阅读 over 次数 and 人数 is 阅读·次数, 阅读·人数."""
    first = list(top[0])
    if len(top) == 1:
        return first
    width = max(map(len, top))
    upper, lower = (list(row) + [""] * (width - len(row)) for row in top)
    found, over = [], ""
    for above, below in zip(upper, lower, strict=True):
        # A merged cell stands in its first column only.
        over = above or (over if below else "")
        found.append(f"{over}{_BETWEEN}{below}" if over and below and over != below else below or above)
    return found


def fingerprint(header: Sequence[str]) -> str:
    """What a header is known by: its titles without regard to order, blanks at the ends and line breaks."""
    titles = sorted(title for cell in header if (title := " ".join(cell.split())))
    return hashlib.sha256(json.dumps(titles, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[
        :_SHORT_KEY
    ]


@dataclass(frozen=True)
class Mapping:
    """A user-made template. columns: title of a column → field it fills; those not taken are not in it.

    header: the titles it was made for; header_rows: rows that they stand in. units: title → what one
    stands for. account: id of the account whose table it is, where no column says; this, period and
    observed_at hold for the file that was confirmed with it, for later ones they are asked again.
    by_name: accounts are looked up in the registry by their names. only: title → the one word whose rows count.
    complete: whether such a table lists all posts of its accounts. text: the file as it stands.
    """

    title: str
    kind: Kind
    header: tuple[str, ...]
    columns: Words[str, str]
    header_rows: int = 1
    units: Words[str, int] = field(default_factory=dict)
    account: str | None = None
    platform: str | None = None
    period: Period | None = None
    observed_at: datetime | None = None
    by_name: bool = False
    dates: str = ORDERS[0]
    only: Words[str, str] = field(default_factory=dict)
    complete: bool = False
    text: str = ""

    @property
    def template(self) -> Template:
        """The template whose columns it fills."""
        return TEMPLATES[self.kind]

    @property
    def key(self) -> str:
        """The fingerprint of its header."""
        return fingerprint(self.header)

    @property
    def mark(self) -> str:
        """Which rows it takes, "" for all: what tells its import of a file from that of another mapping."""
        return "&".join(f"{title}={word}" for title, word in self.only.items())

    def apart(self, other: Mapping) -> bool:
        """Whether no row can be taken by both: they ask for different words in one column."""
        return any(other.only.get(title, word).strip() != word.strip() for title, word in self.only.items())

    @property
    def spanless(self) -> bool:
        """Whether it is one of sums whose columns do not say of which days."""
        return self.kind.endswith("totals") and not {"month", "day", "start"} & set(self.columns.values())

    @property
    def dayless(self) -> bool:
        """Whether it is one of followers whose columns do not say of which day."""
        return self.kind == "followers" and "date" not in self.columns.values()

    @property
    def says_whose(self) -> bool:
        """Whether columns say whose each row is; links of WeChat do."""
        taken = set(self.columns.values())
        by_link = self.kind == "wechat_posts" and "link" in taken
        return "uid" in taken or (self.by_name and "account_name" in taken) or by_link

    @property
    def version(self) -> str:
        """What tells two wordings of a mapping apart."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]

    def header_of(self, top: Sequence[Sequence[Any]], place: int) -> list[str] | None:
        """The header that begins in this row of stripped texts, null where it is not this mapping's."""
        rows = top[place : place + self.header_rows]
        if len(rows) < self.header_rows:
            return None
        found = composed(rows)
        return found if fingerprint(found) == self.key else None

    def difference(self, header: Sequence[str]) -> tuple[list[str], list[str]]:
        """Titles that another header lacks, and titles that it has more."""
        mine, its = ({" ".join(cell.split()) for cell in row} - {""} for row in (self.header, header))
        return (
            [title for title in self.header if " ".join(title.split()) in mine - its],
            [title for title in header if " ".join(title.split()) in its - mine],
        )
