"""分榜, 单项榜, 热文榜."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.leaderboard.lists import account_list, hot_posts, hot_query, single
from jianwei.period import Period
from tests.leaderboard.made import board, of, plain, recipe, standing
from tests.world import World, account, half, post, unit

H1 = Period.parse("2015H1")


def test_the_list_of_accounts_carries_the_counts_behind_the_index(tmp_path: Path) -> None:
    sources = [
        half("1", post("weibo:1", "2015-03-01", original=True, reposts=6, comments=2), post("weibo:1", "2015-03-02", original=False, reposts=1, comments=0)),
        half("2", post("weibo:2", "2015-03-01", original=True, reposts=7, comments=1)),
        of("3", 1),
    ]  # fmt: skip
    world = World(
        tmp_path,
        [unit("A"), unit("B")],
        [account("A", "1"), account("A", "2"), account("B", "3")],
        sources=sources,
    )
    made = recipe("reposts")
    ranked = board(world, made, by="account")
    rows = account_list(ranked, standing(world, made, by="account"), top=1)
    assert [(row["rank"], row["account"], row["unit"]) for row in rows] == [
        (1, "微博1", "单位A"),
        (1, "微博2", "单位A"),
    ]  # a tie at the cut is kept
    first = rows[0]
    assert (first["posts"], first["original_share"], first["per_post"], first["reads_per_post"]) == (
        2,
        0.5,
        4.5,
        None,
    )


def test_a_list_by_one_measure_ranks_those_that_have_it(tmp_path: Path) -> None:
    world = plain(tmp_path, {"A": 5, "B": 9, "C": 5, "D": None, "E": 1, "F": 7})
    now = standing(world, recipe("reposts"), by="account")
    owners = {code: f"单位{code}" for code in "ABCDE"}  # F is of another cohort
    rows = single(now, owners, "reposts", top=2)
    assert [(row["rank"], row["unit"], row["value"]) for row in rows] == [
        (1, "单位B", 9),
        (2, "单位A", 5),
        (2, "单位C", 5),
    ]
    assert [row["rank"] for row in single(now, owners, "reposts", top=9)] == [1, 2, 2, 4]
    assert single(now, owners, "reads", top=9) == []


def posts_world(folder: Path) -> World:
    rows = [
        post("weibo:1", "2015-03-01", reposts=5, comments=5, likes=5, text="甲"),
        post("weibo:1", "2015-03-02", reposts=100, comments=0, text="点赞数不详"),
        post("weibo:2", "2015-03-03", reposts=1, comments=1, likes=30, title="题", text="乙"),
        post("weibo:2", "2015-03-01", reposts=15, comments=0, likes=0),
        post("weibo:3", "2015-03-01", reposts=999, comments=0, likes=0),
        post("weibo:1", "2014-12-31", reposts=999, comments=0, likes=0),
        post("wechat:gh_1", "2015-03-01", reads=10, title="微"),
    ]
    return World(folder, sources=[half("a", *rows)])


def test_hot_posts_are_those_with_the_most_responses(tmp_path: Path) -> None:
    with posts_world(tmp_path).connect() as con:
        rows = hot_posts(con, H1, "weibo", ["weibo:1", "weibo:2"], top=10)
        first = hot_posts(con, H1, "weibo", ["weibo:1", "weibo:2"], top=2)
        wechat = hot_posts(con, H1, "wechat", ["wechat:gh_1"], top=10)
        none = hot_posts(con, H1, "weibo", [], top=10)
    assert [(row["account_id"], f"{row['published_at']:%m-%d}", row["title"]) for row in rows] == [
        ("weibo:2", "03-03", "题"), ("weibo:1", "03-01", "甲"), ("weibo:2", "03-01", None),
    ]  # equal ones by time, then by key; what is not known whole is not on it  # fmt: skip
    assert first == rows[:2]
    assert [(row["title"], row["reads"]) for row in wechat] == [("微", 10)]
    assert none == []


@pytest.mark.parametrize("platform", ["weibo", "wechat"])
def test_the_query_is_whole(platform: str) -> None:
    assert "{" not in hot_query(platform)
