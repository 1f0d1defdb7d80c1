"""S4, S5, F4 against the oracle, the holiday effect by hand, and their absence."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from jianwei.finding import activity
from jianwei.period import Period
from tests.finding.city import City, by_id, lay
from tests.world import World, account, form, half, post, timeline, total, unit

NAMES = ("posts", "reposts", "comments")


def test_sums_of_the_analysed_accounts(city: City) -> None:
    found, oracle = by_id(activity.sums(city.ground)), city.oracle
    assert {id: one.value for id, one in found.items()} == {f"S4.{name}": oracle.sum(name) for name in NAMES}
    # By hand, posts: 60 + 40 + 12 (M1, M2), 210 of M3's totals, 45 + 30 + 25, 6 found, 33 summed, 8 + 5; 52 and 95 are out.
    assert found["S4.posts"].value == 60 + 40 + 12 + 210 + 45 + 30 + 25 + 6 + 33 + 8 + 5
    detail = found["S4.posts"].detail[0]
    mine = oracle.analysed()
    assert detail["accounts"] == len(mine)
    for source, column in (("totals", "from_totals"), ("fragments", "from_fragments")):
        assert detail[column] == sum(one["source"] == source for one in mine)
    assert detail["with_data"] == sum(one["source"] != "none" for one in mine)
    assert (
        detail["comments_known"] == sum(one.get("comments") is not None for one in mine) < detail["with_data"]
    )


def test_daily_means_by_both_conventions(city: City) -> None:
    sums = activity.sums(city.ground)
    found = by_id(activity.daily(city.ground, sums))
    for total_ in sums:
        one = found[total_.id.replace("S4", "S5")]
        assert (one.value, one.alt) == (total_.value / 180, total_.value / 181)
        assert "180" in one.definition
        assert one.unit.endswith("/日")


def test_the_seed_reports_own_division() -> None:
    """Its daily means come out by 180 days and not by the calendar's 181."""
    half_year = Period.parse("2015H1")
    for total_, by_rule, by_calendar in ((241139, 1340, 1332), (393009, 2183, 2171), (131330, 730, 726)):
        assert round(total_ / half_year.days("30-day-months")) == by_rule
        assert round(total_ / half_year.calendar_days) == by_calendar


def test_months_add_up(city: City) -> None:
    found = by_id(activity.monthly(city.ground))["F4.monthly"]
    wanted: dict[str, Counter[str]] = {}
    for one in city.oracle.analysed():
        for row in one.get("mine", ()):
            month = wanted.setdefault(f"{row['published_at']:%Y-%m}", Counter())
            month["posts"] += 1
            month.update(
                {
                    name: row[name]
                    for name in (*NAMES[1:], "likes")
                    if one[name] is not None and row[name] is not None
                }
            )
        for row in one.get("totals", ()):
            if row["start"].month == row["end"].month:
                month = wanted.setdefault(f"{row['start']:%Y-%m}", Counter())
                month.update({name: row[name] for name in (*NAMES, "likes") if one[name] is not None})
    told = {row["month"]: {name: row[name] for name in (*NAMES, "likes")} for row in found.value}
    assert told == {
        month: {name: counted[name] for name in (*NAMES, "likes")}
        for month, counted in sorted(wanted.items())
    }
    assert [row["days"] for row in found.value] == [31, 28, 31, 30, 31, 30]
    # Everything but 大渡口教委's one sum of the half-year, which no month can have.
    sums = by_id(activity.sums(city.ground))
    assert sum(row["posts"] for row in found.value) == sums["S4.posts"].value - 33
    assert sum(row["reposts"] for row in found.value) == sums["S4.reposts"].value - 57
    assert sum(row["comments"] for row in found.value) == sums["S4.comments"].value


def holiday(folder: Path, months: dict[str, int], period: str = "2015H1") -> object:
    """F4.holiday of one account with so many posts a month."""
    posts = [
        post("weibo:1", f"{month}-{1 + n % 27:02d}T10:{n // 27:02d}")
        for month, count in months.items()
        for n in range(count)
    ]
    world = World(folder, [unit("A")], [account("A", "1")], sources=[half("1", *posts)])
    with world.connect() as con:
        return by_id(activity.monthly(lay(con, world, Period.parse(period))))["F4.holiday"]


def test_the_spring_festival_per_working_day(tmp_path: Path) -> None:
    """2015: January had 21 working days (1 and 2 off, Sunday the 4th worked), February 17 (18 to 24
    off, Sunday the 15th and Saturday the 28th worked).
    """
    found = holiday(tmp_path, {"2015-01": 42, "2015-02": 17, "2015-03": 5})
    assert [(row["month"], row["posts"], row["workdays"]) for row in found.detail] == [
        ("2015-01", 42, 21),
        ("2015-02", 17, 17),
    ]  # type: ignore[attr-defined]
    assert found.value == pytest.approx(1 / 2 - 1)  # type: ignore[attr-defined]


def test_working_days_count_swapped_weekends() -> None:
    assert activity.workdays(date(2015, 1, 1), date(2015, 1, 4)) == 1  # the Sunday
    assert activity.workdays(date(2015, 2, 1), date(2015, 2, 28)) == 17
    assert activity.workdays(date(2015, 3, 1), date(2015, 3, 31)) == 22
    assert activity.workdays(date(2003, 1, 1), date(2003, 1, 31)) is None


@pytest.mark.parametrize(
    ("months", "period", "reason"),
    [
        ({"2015-02": 4}, "2015H1", "没有同时含春节月及其上月的数据"),
        ({"2015-04": 4, "2015-05": 5}, "2015H1", "没有同时含春节月及其上月的数据"),
        (
            {"2015-01": 4, "2015-02": 5},
            "2015-01-01..2015-02-10",
            "没有同时含春节月及其上月的数据",
        ),  # ends before it
        ({}, "2015H1", "没有参评微博账号的分月数据"),
    ],
)
def test_no_holiday_effect_without_both_months(
    tmp_path: Path, months: dict[str, int], period: str, reason: str
) -> None:
    if not months:
        world = World(tmp_path, [unit("A")], [account("A", "1")])
        with world.connect() as con:
            found = by_id(activity.monthly(lay(con, world)))
        assert reason in found["F4.holiday"].absent
        assert reason in found["F4.monthly"].absent
        return
    assert reason in holiday(tmp_path, months, period).absent  # type: ignore[attr-defined]


def test_beyond_the_official_calendar_nothing_is_asserted(tmp_path: Path) -> None:
    posts = [post("weibo:1", f"2003-0{month}-05") for month in (1, 2)]
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[timeline("1", *posts)])
    with world.connect() as con:
        found = by_id(activity.monthly(lay(con, world, Period.parse("2003H1"))))
    assert "2004" in found["F4.holiday"].absent
    assert [row["workdays"] for row in found["F4.monthly"].value] == [None, None]


def test_totals_that_do_not_know_their_posts_make_no_holiday_effect(tmp_path: Path) -> None:
    rows = [total("weibo:1", "2015-01", posts=10, reposts=4), total("weibo:1", "2015-02", reposts=4)]
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[form("a", *rows)])
    with world.connect() as con:
        found = by_id(activity.monthly(lay(con, world)))
    assert found["F4.holiday"].absent
    assert [row["reposts"] for row in found["F4.monthly"].value] == [4, 4]
    assert [row["posts"] for row in found["F4.monthly"].value] == [None, None]


def test_absences_have_their_reason(tmp_path: Path) -> None:
    world = World(tmp_path / "a", [unit("A")], [account("A", "1"), account("A", "2")])
    with world.connect() as con:
        ground = lay(con, world)
        sums = activity.sums(ground)
        found = by_id([*sums, *activity.daily(ground, sums)])
    assert {found[id].absent for id in ("S4.posts", "S5.posts")} == {"2 个参评微博账号都没有本期的发布数"}
    assert all(one.value is None for one in found.values())
    world = World(tmp_path / "b", [unit("A")])
    with world.connect() as con:
        found = by_id(activity.sums(lay(con, world)))
    assert {one.absent for one in found.values()} == {"台账中没有参评的微博账号"}


def test_silence_is_a_sum_of_zero_and_no_absence(tmp_path: Path) -> None:
    silent = timeline("1", post("weibo:1", "2014-01-01"), until="2015-12-31")
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=[silent])
    with world.connect() as con:
        found = by_id(activity.sums(lay(con, world)))
    assert {id: one.value for id, one in found.items()} == {"S4.posts": 0, "S4.reposts": 0, "S4.comments": 0}


def test_months_leave_out_an_account_whose_sum_is_missing(tmp_path: Path) -> None:
    """Else the months would add up to more than the half-year."""
    whole = half("1", *[post("weibo:1", f"2015-0{month}-05", reposts=3, comments=1) for month in (1, 2)])
    part = half(
        "2", post("weibo:2", "2015-01-05", reposts=9, comments=50), post("weibo:2", "2015-01-06", reposts=9)
    )
    world = World(tmp_path, [unit("A")], [account("A", "1"), account("A", "2")], sources=[whole, part])
    with world.connect() as con:
        ground = lay(con, world)
        found = by_id([*activity.sums(ground), *activity.monthly(ground)])
    told = [
        (row["posts"], row["reposts"], row["comments"], row["likes"]) for row in found["F4.monthly"].value
    ]
    assert told == [(3, 21, 1, None), (1, 3, 1, None)]
    assert (found["S4.posts"].value, found["S4.reposts"].value, found["S4.comments"].value) == (4, 24, 2)
