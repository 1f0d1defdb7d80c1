"""Members: which accounts count in a period, each once, for which unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jianwei.leaderboard.membership import members
from jianwei.period import Period
from tests.world import World, account, unit

BOTH = ("weibo", "wechat")


def members_of(world: World, period: str, *families: str) -> list[tuple[str, str]]:
    return [
        (row["unit"], row["account_id"])
        for row in members(world.roster, Period.parse(period), families or BOTH)
    ]


def test_members_are_the_accounts_open_at_some_time_of_the_period(tmp_path: Path) -> None:
    accounts = [
        account("A", "1"),
        account("A", "2", opened=date(2015, 6, 30)),
        account("A", "3", opened=date(2015, 7, 1)),
        account("A", "4", closed=date(2015, 1, 2)),
        account("A", "5", closed=date(2015, 1, 1)),  # its last day was the one before
        account("A", "gh_6", "微信服务号"),
        account("A", "7", "抖音"),
        account("A", ""),
    ]
    world = World(tmp_path, [unit("A")], accounts)
    assert [key for _, key in members_of(world, "2015H1")] == ["weibo:1", "weibo:2", "weibo:4", "wechat:gh_6"]
    assert [key for _, key in members_of(world, "2015H1", "douyin")] == ["douyin:7"]


def test_an_account_stands_under_its_unit_of_the_periods_end(tmp_path: Path) -> None:
    units = [unit("OLD", end=date(2015, 3, 31)), unit("NEW", start=date(2015, 4, 1), predecessor="OLD")]
    world = World(tmp_path, units, [account("OLD", "1"), account("OLD", "2", closed=date(2015, 2, 1))])
    assert members_of(world, "2015H1") == [("NEW", "weibo:1"), ("NEW", "weibo:2")]
    assert members_of(world, "2014H2") == [("OLD", "weibo:1"), ("OLD", "weibo:2")]


def test_an_account_of_two_units_in_succession_is_one(tmp_path: Path) -> None:
    handed = [account("A", "1", closed=date(2015, 4, 1)), account("B", "1", opened=date(2015, 4, 1))]
    world = World(tmp_path, [unit("A"), unit("B")], handed)
    assert members_of(world, "2015H1") == [("B", "weibo:1")]
    (row,) = members(world.roster, Period.parse("2015H1"), BOTH)
    assert (row["opened"], row["closed"]) == (None, None)  # somebody had it all the time
    assert members_of(world, "2015Q1") == [("A", "weibo:1")]
