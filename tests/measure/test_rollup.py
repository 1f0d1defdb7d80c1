"""rollup.sql by hand: from accounts to units, nothing twice, nothing invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.world import World, account, form, half, post, search, total, unit


def test_two_accounts_of_a_unit_add_up_and_their_greatest_is_the_greatest(tmp_path: Path) -> None:
    sources = [
        half("1", post("wechat:gh_1", "2015-02-01", reads=100, likes=5), post("wechat:gh_1", "2015-02-02", reads=7, likes=1)),
        half("2", post("wechat:gh_2", "2015-02-01", reads=40, likes=9)),
    ]  # fmt: skip
    accounts = [account("A", "gh_1", "微信订阅号"), account("A", "gh_2", "微信服务号")]
    found = World(tmp_path, [unit("A")], accounts, sources=sources).units("2015H1")
    assert list(found) == [("A", "wechat")]  # both kinds of WeChat are one platform
    one = found["A", "wechat"]
    wanted = {
        "accounts": 2, "with_data": 2, "posts": 3, "works": 3, "reads": 147, "likes": 15, "max_reads": 100,
        "max_likes": 9, "active_days": 3, "from_totals": 0, "from_fragments": 0, "days": 181, "coverage": 1.0,
    }  # fmt: skip
    assert {name: one[name] for name in wanted} == wanted


def test_an_account_without_data_is_told_and_adds_nothing(tmp_path: Path) -> None:
    world = World(
        tmp_path, [unit("A")], [account("A", "1"), account("A", "2")],
        sources=[half("1", post("weibo:1", "2015-02-01", reposts=3))],
    )  # fmt: skip
    one = world.units("2015H1")["A", "weibo"]
    assert (one["accounts"], one["with_data"], one["posts"], one["reposts"]) == (2, 1, 1, 3)
    assert one["coverage"] == 0.5


def test_an_account_with_data_but_not_this_count_makes_it_missing(tmp_path: Path) -> None:
    world = World(
        tmp_path, [unit("A")], [account("A", "1"), account("A", "2")],
        sources=[
            half("1", post("weibo:1", "2015-02-01", reposts=3, likes=4)),
            half("2", post("weibo:2", "2015-02-01", reposts=2)),
        ],
    )  # fmt: skip
    one = world.units("2015H1")["A", "weibo"]
    assert (one["posts"], one["reposts"], one["likes"], one["max_likes"]) == (2, 5, None, None)


def test_nothing_collected_is_nothing_known(tmp_path: Path) -> None:
    one = World(tmp_path, [unit("A")], [account("A", "1")]).units("2015H1")["A", "weibo"]
    assert (one["accounts"], one["with_data"], one["coverage"]) == (1, 0, 0.0)
    unknown = set(one) - {
        "key",
        "platform",
        "accounts",
        "with_data",
        "from_totals",
        "from_fragments",
        "in_part",
        "coverage",
        "raised_posts",
        "days",
    }
    assert {name for name in unknown if one[name] is not None} == set()


def test_totals_and_posts_of_two_accounts_add_up_and_are_marked(tmp_path: Path) -> None:
    world = World(
        tmp_path, [unit("A")], [account("A", "1"), account("A", "2"), account("A", "3")],
        sources=[
            half("1", post("weibo:1", "2015-02-01", reposts=3)),
            form("2", total("weibo:2", "2015H1", posts=10, reposts=20), total("weibo:1", "2015H1", posts=99)),
            search("3", post("weibo:3", "2015-02-01", reposts=1)),
        ],
    )  # fmt: skip
    one = world.units("2015H1")["A", "weibo"]
    assert (one["posts"], one["reposts"]) == (12, 24)
    assert (one["from_totals"], one["from_fragments"]) == (1, 1)
    assert one["coverage"] is None  # fragments vouch for no day


def test_a_superior_does_not_count_the_posts_of_its_subordinates(tmp_path: Path) -> None:
    units = [unit("A"), unit("B", parent="A"), unit("C", parent="B", supervisor="A")]
    sources = [
        half("1", post("weibo:1", "2015-02-01", reposts=3)),
        half("2", post("weibo:2", "2015-02-01", reposts=5)),
    ]
    world = World(tmp_path, units, [account("A", "1"), account("C", "2")], sources=sources)
    found = world.units("2015H1")
    assert {key: row["posts"] for (key, _), row in found.items()} == {"A": 1, "C": 1}
    by_account = world.accounts("2015H1")
    assert (
        sum(row["posts"] for row in found.values()) == sum(row["posts"] for row in by_account.values()) == 2
    )


def test_an_account_follows_its_unit_into_the_successor_and_counts_once(tmp_path: Path) -> None:
    units = [unit("OLD", end=date(2015, 3, 31)), unit("NEW", start=date(2015, 4, 1), predecessor="OLD")]
    posts = [post("weibo:1", "2015-02-01", reposts=3), post("weibo:1", "2015-05-01", reposts=4)]
    world = World(tmp_path, units, [account("OLD", "1")], sources=[half("1", *posts)])
    assert {key: row["reposts"] for key, row in world.units("2015H1").items()} == {("NEW", "weibo"): 7}
    assert {key: row["reposts"] for key, row in world.units("2015-02").items()} == {("OLD", "weibo"): 3}


def test_an_account_handed_from_unit_to_unit_counts_once_under_the_last(tmp_path: Path) -> None:
    handed = [account("A", "1", closed=date(2015, 4, 1)), account("B", "1", opened=date(2015, 4, 1))]
    posts = [post("weibo:1", "2015-02-01", reposts=3), post("weibo:1", "2015-05-01", reposts=4)]
    world = World(tmp_path, [unit("A"), unit("B")], handed, sources=[half("1", *posts)])
    found = world.units("2015H1")
    assert {key: row["posts"] for key, row in found.items()} == {("B", "weibo"): 2}
    assert found["B", "weibo"]["accounts"] == 1
    assert found["B", "weibo"]["coverage"] == 1.0


def test_a_closed_account_counts_for_the_days_it_was_open(tmp_path: Path) -> None:
    accounts = [
        account("A", "1", closed=date(2015, 3, 2), status="已注销"),
        account("A", "2", closed=date(2015, 1, 1), status="已注销"),  # gone before the first day
        account("A", "3", opened=date(2015, 7, 1)),
    ]
    posts = [post("weibo:1", "2015-01-01", reposts=1), post("weibo:1", "2015-03-01", reposts=2)]
    world = World(tmp_path, [unit("A")], accounts, sources=[half("1", *posts)])
    found = world.accounts("2015H1")
    assert list(found) == ["weibo:1"]
    assert (found["weibo:1"]["posts"], found["weibo:1"]["expected_days"], found["weibo:1"]["share"]) == (
        2,
        60,
        1.0,
    )
    assert list(world.accounts("2015H2")) == ["weibo:3"]
