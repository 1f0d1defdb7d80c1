"""What a later form changes: a number that is another one, and one that is not known any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from jianwei.forms import changes
from jianwei.forms.review import Floors
from jianwei.intake.records import Audience, Sum
from tests.forms.office import Bench, truth

AT = datetime(2015, 7, 2, 9)
EARLIER: dict[str, Any] = {
    "observed_at": AT,
    "posts": 10,
    "likes": 3,
    "comments": None,
    "followers": None,
    "followers_at": None,
}


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"posts": 10, "likes": 3}, []),
        (
            {"posts": 11, "likes": None, "comments": 0},
            [("posts", 10, 11), ("likes", 3, None), ("comments", None, 0)],
        ),
        ({"followers": 5}, []),  # nobody has said a number before
    ],
)
def test_only_what_is_another_number_is_a_change(later: dict[str, int | None], expected: list[Any]) -> None:
    assert changes.changes(EARLIER, later) == expected
    assert changes.changes(None, later) == []


def test_numbers_of_a_row_are_those_that_the_lake_gets(bench: Bench) -> None:
    judged = bench.judge("U01", truth)
    told = changes.numbers(judged.good[0])
    assert (told["posts"], told["reads"], told["followers"], told["asked"]) == (10, 50_000, 10_000, 5)


def test_the_last_of_several_files_counts(bench: Bench) -> None:
    old = bench.judge("U01", truth, lambda book: book["微博汇总"].put(3, 转发=1))
    new = bench.judge("U01", truth)
    assert changes.outdated([old, new]) == {
        ("weibo:9000000001", "2015-06"): changes.numbers(old.statements[0])
    }
    assert [issue.code for issue in old.refused.values()] == ["superseded"]
    assert old.statements[1].spot in old.skipped  # the same numbers on WeChat
    assert (new.refused, new.skipped) == ({}, set())
    assert changes.covers(new, old)
    part = bench.judge("U01", truth, lambda book: book.remove("微信汇总"))
    assert not changes.covers(part, old)


def test_a_later_statement_comes_after_an_earlier_one() -> None:
    floors = Floors({("weibo:1", "2015-06"): AT}, {("weibo:1", "2015-06"): AT})
    start, end = datetime(2015, 6, 1).date(), datetime(2015, 6, 30).date()
    for own, later in ((AT, True), (datetime(2015, 7, 1), True), (datetime(2015, 7, 3), False), (None, True)):
        lifted = floors.lifted(Sum("weibo:1", start, end, {}, own), AT)
        assert (lifted.observed_at == own) is not later
        assert lifted.observed_at is not None
        assert lifted.observed_at > AT
    other = Sum("weibo:2", start, end, {}, AT)
    assert floors.lifted(other, AT) is other
    followers = Audience("weibo:1", datetime(2015, 6, 30, 23, 59, 59), "row", 5)
    assert floors.lifted(followers, AT).observed_at > AT  # type: ignore[operator]
