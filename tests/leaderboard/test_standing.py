"""Standing: measures of units, three kinds of empty, what is told at unit level."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jianwei.leaderboard.standing import Standing, conventions
from jianwei.recipe import load
from tests.leaderboard.made import of, plain, shared, standing
from tests.leaderboard.made import recipe as made_of
from tests.world import World, account, half, opening, post, timeline, unit

BOTH = ("weibo", "wechat")


def never(world: World, code: str, platform: str = "wechat") -> bool:
    return standing(world, made_of("posts", platforms=BOTH)).never(code, platform)


@pytest.mark.parametrize(
    ("told", "is_never"),
    [
        ({}, False),
        ({"微信订阅号": "确认未开通"}, True),
        ({"微信订阅号": "确认未开通", "微信服务号": "确认未开通"}, True),
        ({"微信订阅号": "确认未开通", "微信服务号": "未普查"}, False),
        ({"微信订阅号": "未普查"}, False),
        ({"微信订阅号": "有账号"}, False),
        ({"微博": "确认未开通"}, False),
    ],
)
def test_never_opened_is_only_what_the_registry_says_so(
    tmp_path: Path, told: dict[str, str], is_never: bool
) -> None:
    world = World(
        tmp_path, [unit("A")], [account("A", "1")], [opening("A", name, word) for name, word in told.items()]
    )
    assert never(world, "A") is is_never


def test_an_account_stands_against_a_wrong_survey(tmp_path: Path) -> None:
    told = [opening("A", "微信订阅号", "确认未开通"), opening("B", "微信订阅号", "确认未开通")]
    world = World(
        tmp_path,
        [unit("A"), unit("B")],
        [account("A", "gh_1", "微信订阅号"), account("B", "", "微信订阅号")],
        told,
    )
    assert not never(world, "A")
    assert not never(world, "B")  # an account whose UID is unknown is an account


def test_what_was_surveyed_of_a_unit_holds_for_its_successor(tmp_path: Path) -> None:
    units = [unit("OLD", end=date(2015, 3, 31)), unit("NEW", start=date(2015, 4, 1), predecessor="OLD")]
    world = World(tmp_path, units, [], [opening("OLD", "微信订阅号", "确认未开通")])
    assert never(world, "NEW")


UNIT_LEVEL = """
[recipe]
name = "t"
absent = "zero"
need = 0.1
[nodes.root]
[nodes.weibo]
parent = "root"
weight = 1
platform = "weibo"
formula = "posts"
low = 0
high = 10
[nodes.wechat]
parent = "root"
weight = 1
platform = "wechat"
formula = "posts"
low = 0
high = 10
[nodes.active]
parent = "root"
weight = 1
formula = "subordinates_active / subordinates"
low = 0
high = 1
[nodes.open]
parent = "root"
weight = 1
formula = "platforms_open"
low = 0
high = 2
[nodes.people]
parent = "root"
weight = 1
formula = "residents"
low = 0
high = 1000
"""


def unit_level(now: Standing, *units: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = now.inputs(units).measures[""].to_pylist()
    return rows


def test_subordinates_count_as_they_are_known(tmp_path: Path) -> None:
    """Of those below: two active, one silent, one that never opened, one gone; two are not known whole."""
    units = [
        unit("A"), unit("B", parent="A"), unit("C", supervisor="A"), unit("D", parent="A"), unit("E", parent="A"),
        unit("F", parent="A"), unit("G", parent="A", end=date(2014, 12, 31)), unit("H", parent="B"),
        unit("I", parent="A"),
    ]  # fmt: skip
    accounts = [account(code, code) for code in "BCDFHI"] + [account("I", "I2")]
    told = [opening(code, name, "确认未开通") for code in "BCDI" for name in ("微信订阅号",)]
    told += [opening("E", "微博", "确认未开通"), opening("E", "微信订阅号", "确认未开通")]
    silent = timeline("D", post("weibo:D", "2014-01-01"), until="2015-06-30")
    quiet = timeline("I", post("weibo:I", "2014-01-01"), until="2015-06-30")  # its second account is unseen
    world = World(tmp_path, units, accounts, told, [of("B", 1), of("C", 1), silent, quiet])
    rows = unit_level(standing(world, shared(UNIT_LEVEL)), units[0], units[1], units[2])
    assert [(row["subordinates_active"], row["subordinates"]) for row in rows] == [(2, 4), (0, 0), (0, 0)]


def test_platforms_count_where_all_are_known(tmp_path: Path) -> None:
    units = [unit(code) for code in "ABC"]
    accounts = [account("A", "1"), account("A", "gh_1", "微信订阅号"), account("B", "2"), account("C", "3")]
    world = World(tmp_path, units, accounts, [opening("B", "微信订阅号", "确认未开通")])
    rows = unit_level(standing(world, shared(UNIT_LEVEL)), *units)
    assert [row["platforms_open"] for row in rows] == [2, 1, None]  # C was never surveyed


def test_residents_are_those_of_the_last_year_end_before_the_period(tmp_path: Path) -> None:
    units = [unit("A"), unit("T", adcode="500223"), unit("U", adcode="500152"), unit("N", adcode="")]
    rows = unit_level(standing(World(tmp_path, units), shared(UNIT_LEVEL)), *units)
    assert rows[0]["residents"] == 29_914_000  # 2014 year's end, not 2015's
    assert rows[1]["residents"] == rows[2]["residents"] is not None  # one place under two codes
    assert rows[3]["residents"] is None


def test_inputs_keep_the_order_of_the_units_and_miss_what_is_missing(tmp_path: Path) -> None:
    world = plain(tmp_path, {"A": 5, "B": None, "C": 0})
    now = standing(world, made_of("reposts"))
    units = [unit("C"), unit("Z"), unit("A"), unit("B")]
    table = now.inputs(units).measures["weibo"].to_pylist()
    assert [row["reposts"] for row in table] == [0, None, 5, None]


def test_conventions_are_those_of_the_recipe() -> None:
    found = conventions(load("shuangwei-2015"), 0.9)
    assert (found.days, found.read_basis, found.reading, found.followers_within, found.known) == (
        "30-day-months", "views", "latest", 31, 0.9,
    )  # fmt: skip


def test_standing_by_account_keys_by_account(tmp_path: Path) -> None:
    world = World(
        tmp_path,
        [unit("A")],
        [account("A", "1"), account("A", "2")],
        sources=[of("1", 3), half("2", post("weibo:2", "2015-03-01", reposts=4))],
    )
    now = standing(world, made_of("reposts"), by="account")
    assert {key: row["reposts"] for key, row in now.rows.items()} == {
        ("weibo:1", "weibo"): 3,
        ("weibo:2", "weibo"): 4,
    }
