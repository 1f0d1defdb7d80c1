"""Rows of posts without an id: the known post, another one, or nobody can say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from jianwei.forms import twins
from jianwei.forms.twins import Post
from tests.forms.filled import Book
from tests.forms.office import Bench, truth, uid

ACCOUNT = f"weibo:{uid('U01')}"
KNOWN = Post(
    "weibo:3860000000000001",
    datetime(2015, 6, 2, 9, 30, 12),
    "【提醒】今日起，机动车限行措施有调整，请市民留意",
)


@pytest.mark.parametrize(
    ("when", "words", "link", "outcome"),
    [
        ("2015-06-02 09:30", "【提醒】今日起机动车限行措施有调整…", None, KNOWN.key),
        (
            "2015-06-02 09:30:50",
            "提醒 今日起，机动车限行措施有调整，请市民留意",
            "http://t.cn/RyAbc",
            KNOWN.key,
        ),
        ("2015-06-02", "【提醒】今日起，机动车限行措施", None, KNOWN.key),  # the day alone
        ("2015-06-02 09:31", "【提醒】今日起，机动车限行措施", None, "other"),
        ("2015-06-02 09:30", "今日气温骤降", None, "other"),
        ("2015-06-02", "今日气温骤降", None, "other"),
        ("2015-06-03 09:30", "【提醒】今日起，机动车限行措施", None, "other"),
        ("2015-06-02 09:30", None, "http://t.cn/RyAbc", "unknown"),
        ("2015-06-02", "…", "http://t.cn/RyAbc", "unknown"),
        ("2015-06-02 09:31", "【提醒】今日起", "https://m.weibo.cn/detail/3860000000000009", "other"),
    ],
)
def test_which_post_a_row_is(bench: Bench, when: str, words: Any, link: Any, outcome: str) -> None:
    def edit(book: Book) -> None:
        book["微博明细"].paste([[link, when, words, "原创", "文字", 1, 0, 0, 0, None]])

    judged = bench.judge("U01", truth, edit)
    twins.resolve([judged], {(ACCOUNT, KNOWN.published_at.date()): [KNOWN]})
    assert [issue.code for issue in judged.to_mend] == (["no_link"] if outcome == "unknown" else [])
    if outcome != "unknown":
        assert (judged.details[0].seen.post_key == KNOWN.key) == (outcome == KNOWN.key)
        assert list(judged.keys.values()) == ([KNOWN.key] if outcome == KNOWN.key else [])


def test_two_known_posts_alike_are_one_too_many(bench: Bench) -> None:
    row = [None, "2015-06-02", "【提醒】今日起，机动车限行措施", "原创", "文字", 1, 0, 0, 0, None]
    judged = bench.judge("U01", truth, lambda book: book["微博明细"].paste([row]))
    again = KNOWN._replace(key="weibo:3860000000000002", published_at=datetime(2015, 6, 2, 20))
    twins.resolve([judged], {(ACCOUNT, KNOWN.published_at.date()): [KNOWN, again]})
    assert [issue.code for issue in judged.to_mend] == ["no_link"]
