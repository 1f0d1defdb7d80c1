"""Rows of posts without an id in their link, against posts that are known by theirs: the same one or another?

Counted beside each other they would be two. A row is the known post where account, time and words are
the same; it is another post where the time or the words differ; where neither can be said, it is kept out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from jianwei.errors import Issue, Place
from jianwei.forms.judged import Detail, Judged
from jianwei.lake import ask

if TYPE_CHECKING:
    import duckdb

__all__ = ["Post", "resolve", "seen"]

_HEAD = 12
"""Letters at the beginning that two texts must share: an office writes 正文摘要, not the text."""

_SILENT = re.compile(r"[\W_]+")

_SEEN = """
SELECT p.post_key AS post_key, p.account_id AS account_id, p.published_at AS published_at,
    coalesce(x.title, x.text) AS words
FROM posts AS p LEFT JOIN texts AS x ON x.post_key = p.post_key
WHERE p.account_id IN (SELECT unnest($accounts)) AND cast(p.published_at AS DATE) IN (SELECT unnest($days))
ORDER BY p.post_key
"""


class Post(NamedTuple):
    """A post that is known: its key, when it was published, its title or text."""

    key: str
    published_at: datetime
    words: str


Seen = dict[tuple[str, date], list[Post]]


def seen(con: duckdb.DuckDBPyConnection, judged: Iterable[Judged]) -> Seen:
    """Posts of the accounts and days of rows without an id, by account and day."""
    rows = [one for form in judged for one in form.details if _nameless(one)]
    if not rows:
        return {}
    found: Seen = defaultdict(list)
    values = {
        "accounts": sorted({one.account_id for one in rows}),
        "days": sorted({one.seen.published_at.date() for one in rows}),
    }
    for row in ask.rows(con, _SEEN, values):
        when = row["published_at"]
        found[row["account_id"], when.date()].append(Post(row["post_key"], when, row["words"] or ""))
    return found


def resolve(judged: Sequence[Judged], known: Seen) -> None:
    """Give each row without an id the key of the post it is, or keep it out where that cannot be said."""
    for form in judged:
        for place, one in enumerate(form.details):
            if not (_nameless(one) and form.takes(one.spot)):
                continue
            others = known.get((one.account_id, one.seen.published_at.date()), [])
            if any(other.key == one.seen.post_key for other in others):
                continue  # it came this way before
            answers = [(other, _same(one, other)) for other in others]
            twins = [other for other, same in answers if same]
            if len(twins) == 1:
                form.keys[one.spot] = twins[0].key
                form.details[place] = one._replace(seen=one.seen._replace(post_key=twins[0].key))
            elif twins or any(same is None for _, same in answers):
                where = Place(one.spot.page, one.spot.row, one.page.title("link"))
                what = "链接里没有内容编号，看不出是不是已采到的某一条，为免重复计算没有收入"
                hint = "请补上这条内容的网页链接，或写全发布时间和正文；汇总数不受影响"
                form.refuse(one.spot, Issue("error", "no_link", where, what, hint))


def _nameless(one: Detail) -> bool:
    """Whether a row's key is made of its words, not of an id."""
    return one.seen.post_key.startswith(f"{one.account_id}:")


def _same(one: Detail, other: Post) -> bool | None:
    """Whether a row is a known post of its day; None where it cannot be said."""
    mine, its = one.seen.published_at, other.published_at
    timed = mine.time() != time() and its.time() != time()  # some sources know the day alone
    if timed and mine.replace(second=0) != its.replace(second=0):
        return False
    words = _SILENT.sub("", one.seen.title or one.seen.text or ""), _SILENT.sub("", other.words)
    length = min(_HEAD, *map(len, words))
    if length == 0:
        return None
    return words[0][:length] == words[1][:length]
