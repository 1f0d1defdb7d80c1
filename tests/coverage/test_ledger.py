"""Ledger: which days the imports vouch for, and which source stands for an account."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jianwei import coverage
from jianwei.period import Period
from tests.world import Source, World, form, post, search, timeline, total

KEY = "weibo:1"


def ledger(
    folder: Path,
    *sources: Source,
    period: str = "2015H1",
    opened: date | None = None,
    closed: date | None = None,
) -> dict[str, Any]:
    """The ledger's row of one account."""
    accounts = pa.table(
        {
            "account_id": pa.array([KEY]),
            "opened": pa.array([opened], pa.date32()),
            "closed": pa.array([closed], pa.date32()),
        }
    )
    when = Period.parse(period)
    with World(folder, sources=sources).connect() as con:
        coverage.choose_totals(con, when)
        (row,) = coverage.ledger(con, accounts, when).to_pylist()
    found: dict[str, Any] = row
    return found


def seen(name: str, first: str, last: str, *, scope: str = "timeline") -> Source:
    """A file with a post of the account on its first and on its last day."""
    return timeline(name, post(KEY, f"{first}T10:00"), post(KEY, f"{last}T10:00"), scope=scope)


def test_the_bounds_of_a_period_are_half_open_times_and_closed_days() -> None:
    found = coverage.bounds(Period.parse("2015-06-30"))
    assert found.parameters() == {
        "start": datetime(2015, 6, 30),
        "stop": datetime(2015, 7, 1),
        "first_day": date(2015, 6, 30),
        "last_day": date(2015, 6, 30),
        "first_month": "2015-06",
        "last_month": "2015-06",
    }


@pytest.mark.parametrize(
    ("period", "days"), [("2015-06-30", 0), ("2015W05", 1), ("2015-02", 1), ("2015Q1", 3), ("2015H1", 3)]
)
def test_a_longer_period_vouches_a_little_beyond_its_posts(period: str, days: int) -> None:
    assert coverage.margin(Period.parse(period)) == days


@pytest.mark.parametrize("scope", ["timeline", "listing"])
def test_a_timeline_vouches_from_its_first_to_its_last_post(tmp_path: Path, scope: str) -> None:
    found = ledger(tmp_path, seen("a", "2015-01-11", "2015-04-30", scope=scope))
    assert found["posts_days"] == 110 + 2 * 3  # the margin on either side
    assert (found["expected_days"], found["source"], found["grade"]) == (181, "posts", "partial")
    assert (found["share"], found["search_posts"]) == (116 / 181, 0)


def test_files_that_overlap_vouch_for_a_day_once(tmp_path: Path) -> None:
    sources = [
        seen("a", "2015-01-04", "2015-03-01"),
        seen("inside a", "2015-01-10", "2015-01-20"),
        seen("b", "2015-02-01", "2015-03-28"),
        seen("apart", "2015-05-01", "2015-05-01"),
    ]
    found = ledger(tmp_path, *sources)
    assert found["posts_days"] == 90 + 7  # 1 January to 31 March; 28 April to 4 May


def test_a_range_that_holds_the_period_vouches_for_no_more_than_it(tmp_path: Path) -> None:
    found = ledger(tmp_path, seen("a", "2014-01-01", "2016-01-01"))
    assert (found["posts_days"], found["share"], found["grade"]) == (181, 1.0, "complete")


def test_a_file_vouches_only_for_the_accounts_it_names(tmp_path: Path) -> None:
    other = timeline("b", post("weibo:2", "2015-01-01"), post("weibo:2", "2015-06-30"))
    found = ledger(tmp_path, other)
    assert (found["posts_days"], found["source"], found["grade"], found["share"]) == (0, "none", "none", 0.0)


def test_a_listing_of_several_vouches_for_each_over_its_whole_range(tmp_path: Path) -> None:
    shared = timeline(
        "a", post("weibo:2", "2015-01-01"), post(KEY, "2015-03-01"), post("weibo:2", "2015-06-30"), scope="listing"
    )  # fmt: skip
    assert ledger(tmp_path, shared)["posts_days"] == 181


def test_a_search_vouches_for_no_day(tmp_path: Path) -> None:
    found = ledger(
        tmp_path, search("a", post(KEY, "2015-01-01"), post(KEY, "2015-06-30"), post(KEY, "2015-07-01"))
    )
    assert (found["posts_days"], found["search_posts"], found["covered_days"]) == (0, 2, 0)
    assert (found["source"], found["grade"], found["share"]) == ("fragments", "fragments", None)


def test_a_file_of_another_period_does_not_reach_in_by_its_margin(tmp_path: Path) -> None:
    before, after = seen("a", "2014-10-01", "2014-12-31"), seen("b", "2015-07-01", "2015-09-01")
    found = ledger(tmp_path, before, after)
    assert (found["posts_days"], found["source"]) == (0, "none")


def test_days_count_from_opening_to_before_closing(tmp_path: Path) -> None:
    whole = seen("a", "2014-01-01", "2016-01-01")
    found = ledger(tmp_path, whole, opened=date(2015, 2, 1), closed=date(2015, 3, 1))
    assert (found["expected_days"], found["posts_days"], found["grade"]) == (28, 28, "complete")
    sums = form("b", total(KEY, "2015H1", posts=3))
    found = ledger(tmp_path / "sums", sums, opened=date(2015, 6, 21))
    assert (found["expected_days"], found["totals_days"], found["share"]) == (10, 10, 1.0)


def test_totals_stand_for_an_account_when_they_vouch_for_more_days(tmp_path: Path) -> None:
    two = [total(KEY, "2015-01", posts=1), total(KEY, "2015-02", posts=1)]
    found = ledger(tmp_path / "more", form("sums", *two), seen("a", "2015-03-01", "2015-03-05"))
    assert (found["totals_days"], found["posts_days"], found["source"]) == (59, 11, "totals")
    assert found["covered_days"] == 59  # not 70: only one source stands for an account
    found = ledger(
        tmp_path / "same", form("sums", total(KEY, "2015H1", posts=1)), seen("a", "2014-12-01", "2015-07-01")
    )
    assert (found["totals_days"], found["posts_days"], found["source"]) == (181, 181, "posts")
    found = ledger(tmp_path / "search", form("sums", *two), search("a", post(KEY, "2015-03-01")))
    assert (found["source"], found["search_posts"]) == ("totals", 1)


def test_sums_without_any_activity_vouch_for_nothing(tmp_path: Path) -> None:
    found = ledger(tmp_path, form("a", total(KEY, "2015H1", asked=3, replied=2, new_followers=9)))
    assert (found["totals_days"], found["source"]) == (0, "none")


def test_overlapping_sums_count_a_day_once(tmp_path: Path) -> None:
    rows = [total(KEY, name, posts=1) for name in ("2015Q1", "2015-01", "2015-03-20..2015-04-10", "2015-05")]
    assert ledger(tmp_path, form("a", *rows))["totals_days"] == 90 + 31


def test_the_totals_that_stand_for_a_period(tmp_path: Path) -> None:
    names = ("2015-01-01..2015-01-20", "2015-01-15..2015-02-03", "2015-02-10..2015-02-12", "2014-12", "2015")
    rows = [total(KEY, name, posts=place) for place, name in enumerate(names)]
    again = total(KEY, "2015-02-10..2015-02-12", posts=50, seen="2015-08-01")
    with World(tmp_path, sources=[form("a", *rows), form("b", again)]).connect() as con:
        coverage.choose_totals(con, Period.parse("2015H1"))
        found = con.execute("SELECT start, posts FROM totals_of_period ORDER BY start").fetchall()
    assert found == [(date(2015, 1, 1), 0), (date(2015, 2, 10), 50)]  # of two as long the earlier; the newest


@pytest.mark.parametrize(
    ("share", "source", "word"),
    [
        (1.0, "posts", "完整"),
        (0.95, "totals", "完整"),
        (0.9499, "posts", "部分"),
        (0.0, "posts", "部分"),
        (None, "fragments", "检索片段"),
        (None, "posts", "部分"),
        (0.0, "none", "无数据"),
        (None, "none", "无数据"),
    ],
)
def test_the_grade_in_words(share: float | None, source: str, word: str) -> None:
    assert coverage.grade(share, source=source) == word
