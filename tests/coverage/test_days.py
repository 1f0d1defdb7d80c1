"""Days: every expected day has one state and its reasons, and they sum up to the ledger."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jianwei import coverage
from jianwei.coverage.ledger import query
from jianwei.coverage.reasons import REASONS, RULES, UNSEEN
from jianwei.period import Period
from tests.world import Rows, Source, World, follower, form, post, profiles, search, timeline, total

KEY = "weibo:1"


def known(folder: Path, *sources: Source, period: str = "2015H1") -> tuple[dict[date, Any], dict[str, Any]]:
    """The days of one account and its row of the ledger."""
    accounts = pa.table(
        {
            "account_id": pa.array([KEY]),
            "opened": pa.array([None], pa.date32()),
            "closed": pa.array([None], pa.date32()),
        }
    )
    when = Period.parse(period)
    with World(folder, sources=sources).connect() as con:
        coverage.choose_totals(con, when)
        (row,) = coverage.ledger(con, accounts, when).to_pylist()
        days = coverage.days(con, accounts, when).to_pylist()
    return {one["day"]: one for one in days}, row


def daily(first: str, days: int, *, but: range = range(0), **more: Any) -> list[Rows]:
    """A post a day from a day on, without those of the places in `but`."""
    start = date.fromisoformat(first)
    return [
        post(KEY, f"{start + timedelta(days=place)}T10:00", **more)
        for place in range(days)
        if place not in but
    ]


def tally(days: dict[date, Any]) -> dict[str, int]:
    return dict(Counter(one["state"] for one in days.values()))


def test_a_silent_day_between_posts_is_complete_and_days_without_a_source_are_none(tmp_path: Path) -> None:
    file = timeline("a", post(KEY, "2015-01-11T10:00"), post(KEY, "2015-04-30T10:00"))
    days, row = known(tmp_path, file)
    assert tally(days) == {"complete": 116, "none": 65}  # 8 January to 3 May
    assert days[date(2015, 2, 1)] | {"imports": 0} == {
        "account_id": KEY, "day": date(2015, 2, 1), "state": "complete", "reasons": [], "posts": 0,
        "files": [days[date(2015, 1, 11)]["files"][0]], "imports": 0,
    }  # fmt: skip
    assert days[date(2015, 1, 1)]["reasons"] == ["unvouched"]
    assert (row["covered_days"], row["grade"]) == (116, "partial")


def test_a_gap_out_of_all_rhythm_is_partial_and_not_covered(tmp_path: Path) -> None:
    file = timeline("a", *daily("2015-01-01", 181, but=range(59, 90)))  # without March
    days, row = known(tmp_path, file)
    march = [day for day, one in days.items() if one["reasons"] == ["gap"]]
    assert (min(march), max(march), len(march)) == (date(2015, 3, 1), date(2015, 3, 31), 31)
    assert tally(days) == {"complete": 150, "partial": 31}
    assert (row["covered_days"], row["unseen_days"], row["share"], row["grade"]) == (
        150,
        31,
        150 / 181,
        "partial",
    )


def test_a_gap_is_seen_from_within_its_own_month(tmp_path: Path) -> None:
    days, row = known(tmp_path, timeline("a", *daily("2015-01-01", 181, but=range(59, 90))), period="2015-03")
    assert tally(days) == {"partial": 31}
    assert (row["source"], row["share"], row["grade"]) == ("posts", 0.0, "partial")


@pytest.mark.parametrize("silent", [13, 7])
def test_a_short_silence_is_silence(tmp_path: Path, silent: int) -> None:
    days, _ = known(tmp_path, timeline("a", *daily("2015-01-01", 181, but=range(60, 60 + silent))))
    assert tally(days) == {"complete": 181}


def test_an_account_that_posts_seldom_may_be_silent_long(tmp_path: Path) -> None:
    """Every six days, once not for a month: five times the usual distance is no evidence."""
    places = [*range(0, 90, 6), *range(120, 181, 6)]
    start = date(2015, 1, 1)
    file = timeline("a", *(post(KEY, f"{start + timedelta(days=place)}T10:00") for place in places))
    assert tally(known(tmp_path, file)[0]) == {"complete": 181}


def test_an_account_that_only_began_to_post_left_no_gap_before(tmp_path: Path) -> None:
    file = timeline("a", post(KEY, "2015-01-01T10:00"), *daily("2015-03-01", 122))
    assert tally(known(tmp_path, file)[0]) == {"complete": 181}


def test_a_profile_that_counts_more_posts_makes_its_days_partial(tmp_path: Path) -> None:
    """From 10 to 20 March ten posts are held (the first reading stands after the day's post), 微博数 grew by 30."""
    seen = [follower(KEY, day, 9) | {"statuses": n} for day, n in (("2015-03-10", 100), ("2015-03-20", 130))]
    file = timeline("a", *daily("2015-01-01", 181))
    days, row = known(tmp_path, file, profiles("p", *seen), period="2015-03")
    partial = [day for day, one in days.items() if one["reasons"] == ["profile"]]
    assert (min(partial), max(partial), len(partial)) == (date(2015, 3, 10), date(2015, 3, 20), 11)
    assert (row["share"], row["doubted_days"], row["grade"]) == (1.0, 11, "partial")


def test_a_profile_that_agrees_says_nothing(tmp_path: Path) -> None:
    seen = [follower(KEY, day, 9) | {"statuses": n} for day, n in (("2015-03-10", 100), ("2015-03-20", 111))]
    file = timeline("a", *daily("2015-01-01", 181))
    assert tally(known(tmp_path, file, profiles("p", *seen), period="2015-03")[0]) == {"complete": 31}


@pytest.mark.parametrize(("rows", "partial"), [(200, 1), (199, 0), (100, 0), (300, 1), (250, 0)])
def test_a_file_of_whole_pages_may_have_been_cut_at_its_oldest_day(
    tmp_path: Path, rows: int, partial: int
) -> None:
    """Posts from 11 January on: the three days of the margin and the oldest day itself."""
    start = datetime(2015, 1, 11, 10)
    posts = [post(KEY, (start + timedelta(hours=12 * place)).isoformat()) for place in range(rows)]
    days, _ = known(tmp_path, timeline("a", *posts))
    cut = [day for day, one in days.items() if one["reasons"] == ["page_limit"]]
    assert cut == [date(2015, 1, day) for day in range(8, 12)] * partial


def test_hits_of_a_search_are_partial_on_their_day_only(tmp_path: Path) -> None:
    days, row = known(tmp_path, search("s", post(KEY, "2015-03-05T10:00")))
    assert tally(days) == {"partial": 1, "none": 180}
    assert days[date(2015, 3, 5)]["reasons"] == ["search"]
    assert (row["source"], row["share"]) == ("fragments", None)


def test_totals_are_complete_and_say_what_they_are(tmp_path: Path) -> None:
    days, _ = known(tmp_path, form("f", total(KEY, "2015-03", posts=3)))
    assert tally(days) == {"complete": 31, "none": 150}
    assert days[date(2015, 3, 5)]["reasons"] == ["totals"]


@pytest.mark.parametrize("end", ["……展开全文", "…展开全文", "...全文", "…展开全文c "])
def test_a_cut_text_is_told_and_takes_nothing_from_the_day(tmp_path: Path, end: str) -> None:
    days, row = known(tmp_path, timeline("a", *daily("2015-01-01", 181, text=f"通知{end}")))
    assert {tuple(one["reasons"]) for one in days.values()} == {("text",)}
    assert row["grade"] == "complete"


def test_days_and_ledger_tell_the_same(tmp_path: Path) -> None:
    sources = [
        timeline("a", *daily("2015-01-10", 100, but=range(30, 60))),
        search("s", post(KEY, "2015-06-20T10:00")),
    ]
    days, row = known(tmp_path, *sources)
    weak = {"search", "gap"}
    seen = [one for one in days.values() if one["state"] != "none" and not weak & set(one["reasons"])]
    assert len(days) == row["expected_days"]
    assert len(seen) == row["covered_days"]


def test_every_rule_has_words_and_the_unseen_are_what_the_sql_says() -> None:
    assert set(REASONS) > UNSEEN == {"gap"}
    assert "d.code IN ('gap')" in query("ledger")
    assert set(RULES) == {
        "gap_days", "gap_times", "gap_known", "gap_sides", "gap_around", "page_rows", "page_least", "profile_share",
        "profile_posts",
    }  # fmt: skip
