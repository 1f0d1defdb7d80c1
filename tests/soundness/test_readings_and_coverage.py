"""When a post was read and what was not collected never pass for what a unit achieved."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from jianwei.leaderboard import Leaderboard, Standing, by_unit, stand
from jianwei.period import Period
from tests.leaderboard.made import ALL, recipe
from tests.world import Source, World, account, half, post, timeline, unit

UNITS = [unit(code) for code in ("A", "B", "C")]
ACCOUNTS = [account(code, code) for code in ("A", "B", "C")]


def standing(world: World, *, head: str = "", period: str = "2015H1", least: float = 0.5) -> Standing:
    with world.connect() as con:
        made = recipe("reposts", head=head, high=10_000)
        return stand(con, world.roster, Period.parse(period), made, known=0.95, least=least)


def board(now: Standing, before: Standing | None = None) -> Leaderboard:
    return by_unit(now, before, now.roster.on(now.period.end).units.to_pylist(), ALL, lake_version="v")


def read(uid: str, day: str, reposts: int) -> Source:
    return half(
        f"{uid} {day}", post(f"weibo:{uid}", "2015-03-01T10:00", reposts=reposts, seen=f"{day}T10:00")
    )


def test_the_same_post_seen_on_day_one_and_on_day_nine_has_one_score_under_the_day_seven_rule(
    tmp_path: Path,
) -> None:
    """A was read on days 1, 7 and 9; B the same without day 1; C without day 9."""
    sources = [
        read("A", "2015-03-02", 10), read("A", "2015-03-08", 70), read("A", "2015-03-10", 90),
        read("B", "2015-03-08", 70), read("B", "2015-03-10", 90),
        read("C", "2015-03-02", 10), read("C", "2015-03-08", 70),
    ]  # fmt: skip
    world = World(tmp_path, UNITS, ACCOUNTS, sources=sources)
    aged = board(standing(world, head='reading = "7d"'))
    assert len({row.score for row in aged.rows}) == 1
    assert [row.rank for row in aged.rows] == [1, 1, 1]
    latest = board(standing(world))
    assert len({row.score for row in latest.rows}) == 2  # what the rule is there against


def test_a_post_seen_on_day_nine_only_is_within_the_window_of_day_seven(tmp_path: Path) -> None:
    world = World(
        tmp_path, UNITS[:2], ACCOUNTS[:2], sources=[read("A", "2015-03-10", 90), read("B", "2015-03-08", 90)]
    )
    rows = board(standing(world, head='reading = "7d"')).rows
    assert [row.score for row in rows] == [rows[0].score] * 2


def test_a_post_without_the_reading_is_missing_and_not_last(tmp_path: Path) -> None:
    world = World(
        tmp_path, UNITS[:2], ACCOUNTS[:2], sources=[read("A", "2015-03-02", 90), read("B", "2015-03-08", 5)]
    )
    found = board(standing(world, head='reading = "7d"'))
    assert [row.code for row in found.rows] == ["B"]
    assert [one.code for one in found.unranked] == ["A"]


def test_stand_ins_are_told_on_the_board(tmp_path: Path) -> None:
    sources = [read("A", "2015-03-08", 5)]
    sources.append(half("later", post("weibo:A", "2015-04-01T10:00", reposts=1, seen="2015-06-01T10:00")))
    world = World(tmp_path, UNITS[:1], ACCOUNTS[:1], sources=sources)
    (row,) = board(standing(world, head='reading = "7d"\nreading_missing = "latest"')).rows
    assert "微博满 7 天读数占 50%" in row.marks


def daily(uid: str, reposts: int, *, without: int = 0) -> Source:
    """A timeline of the half-year with a post a day, one month left out."""
    start = date(2015, 1, 1)
    days = [start + timedelta(days=place) for place in range(181)]
    return timeline(
        uid, *(post(f"weibo:{uid}", f"{day}T10:00", reposts=reposts) for day in days if day.month != without)
    )


def test_a_month_deleted_from_one_source_gives_partial_and_no_fall(tmp_path: Path) -> None:
    """A led B by a tenth in the period before; without March it would look as if it had fallen."""
    earlier = [
        timeline(
            f"{uid} before", post(f"weibo:{uid}", "2014-07-01T10:00", reposts=n),
            post(f"weibo:{uid}", "2014-12-31T10:00", reposts=n),
        )
        for uid, n in (("A", 30), ("B", 20), ("C", 10))
    ]  # fmt: skip
    sources = [daily("A", 11, without=3), daily("B", 10), daily("C", 1), *earlier]
    world = World(tmp_path, UNITS, ACCOUNTS, sources=sources)
    now, before = standing(world), standing(world, period="2014H2")
    rows = {row.code: row for row in board(now, before).rows}
    assert rows["A"].change is None
    assert "数据部分完整" in rows["A"].marks
    assert rows["A"].coverage == 150 / 181
    assert (rows["C"].change, rows["C"].marks, rows["C"].coverage) == (0, (), 1.0)


def test_in_the_deleted_month_itself_the_unit_is_unranked_with_the_reason(tmp_path: Path) -> None:
    world = World(tmp_path, UNITS[:2], ACCOUNTS[:2], sources=[daily("A", 11, without=3), daily("B", 10)])
    found = board(standing(world, period="2015-03"))
    assert [row.code for row in found.rows] == ["B"]
    (one,) = found.unranked
    assert (one.code, one.reason.split("；")[0]) == ("A", "数据不足：微博完整度 0%，低于 50%")


def test_without_a_threshold_nobody_is_unranked_for_it(tmp_path: Path) -> None:
    world = World(tmp_path, UNITS[:2], ACCOUNTS[:2], sources=[daily("A", 11, without=3), daily("B", 10)])
    assert board(standing(world, period="2015-03", least=0.0)).unranked == ()
