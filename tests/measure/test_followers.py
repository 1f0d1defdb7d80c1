"""followers.sql by hand: the nearest reading to either end, within the declared days, never one for both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.world import Rows, World, account, follower, form, profiles, total, unit

KEY = "weibo:1"


def ends(folder: Path, *rows: Rows, period: str = "2015H1", **rules: Any) -> tuple[int | None, int | None]:
    world = World(folder, [unit("A")], [account("A", "1")], sources=[profiles("a", *rows)])
    (found,) = world.accounts(period, **rules).values()
    return found["followers_start"], found["followers"]


def test_the_nearest_reading_to_each_end(tmp_path: Path) -> None:
    rows = [
        follower(KEY, "2014-12-20", 90),
        follower(KEY, "2015-01-05", 100),  # 5 days from the eve, the other 11
        follower(KEY, "2015-06-01", 150),
        follower(KEY, "2015-07-10", 170),
    ]
    assert ends(tmp_path, *rows) == (100, 170)


def test_of_two_readings_as_near_the_later_counts(tmp_path: Path) -> None:
    assert ends(tmp_path, follower(KEY, "2015-06-28", 1), follower(KEY, "2015-07-02", 2)) == (None, 2)


def test_a_reading_too_far_from_the_end_is_missing(tmp_path: Path) -> None:
    rows = [follower(KEY, "2014-11-30", 5), follower(KEY, "2015-07-31", 9)]  # each 31 days away
    assert ends(tmp_path / "a", *rows) == (5, 9)
    assert ends(tmp_path / "b", *rows, followers_within=30) == (None, None)


def test_one_reading_never_stands_for_both_ends(tmp_path: Path) -> None:
    assert ends(tmp_path, follower(KEY, "2015-06-15", 7), period="2015-06") == (None, 7)


def test_an_unknown_count_is_no_reading(tmp_path: Path) -> None:
    assert ends(tmp_path, follower(KEY, "2015-06-30", None), follower(KEY, "2015-06-20", 4)) == (None, 4)


def test_growth_of_a_unit_is_that_of_all_its_accounts_or_missing(tmp_path: Path) -> None:
    rows = [follower("weibo:1", "2015-01-01", 100), follower("weibo:1", "2015-06-30", 130)]
    more = [follower("weibo:2", "2015-01-01", 50), follower("weibo:2", "2015-06-30", 40)]
    accounts = [account("A", "1"), account("A", "2")]
    found = World(tmp_path / "a", [unit("A")], accounts, sources=[profiles("a", *rows, *more)]).units(
        "2015H1"
    )
    one = found["A", "weibo"]
    assert (one["followers_start"], one["followers"], one["new_followers"]) == (150, 170, 20)
    found = World(tmp_path / "b", [unit("A")], accounts, sources=[profiles("a", *rows, more[1])]).units(
        "2015H1"
    )
    one = found["A", "weibo"]
    assert (one["followers_start"], one["followers"], one["new_followers"]) == (None, 170, None)


def test_followers_of_a_unit_are_missing_where_one_account_has_none(tmp_path: Path) -> None:
    rows = [follower("weibo:1", "2015-01-01", 100), follower("weibo:1", "2015-06-30", 130)]
    accounts = [account("A", "1"), account("A", "2")]
    one = World(tmp_path, [unit("A")], accounts, sources=[profiles("a", *rows)]).units("2015H1")["A", "weibo"]
    assert (one["followers_start"], one["followers"], one["new_followers"]) == (None, None, None)


def test_a_form_tells_growth_where_readings_do_not(tmp_path: Path) -> None:
    source = form("a", total(KEY, "2015H1", posts=1, new_followers=30, lost_followers=4))
    found = World(tmp_path, [unit("A")], [account("A", "1")], sources=[source]).units("2015H1")
    assert found["A", "weibo"]["new_followers"] == 26
    assert found["A", "weibo"]["followers"] is None
