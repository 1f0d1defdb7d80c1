"""Boards: 1-2-2-4 on unrounded scores, changes, who is 未参评 and why, what adds up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jianwei.errors import RecipeError
from jianwei.leaderboard.rank import COMPARABLE
from tests.leaderboard.made import board, of, plain, recipe
from tests.world import Source, World, account, half, opening, post, timeline, unit


def test_ranks_are_those_of_competitions(tmp_path: Path) -> None:
    found = board(plain(tmp_path, {"A": 5, "B": 9, "C": 7, "D": 7, "E": 1}), recipe("reposts"))
    assert [(row.rank, row.code, row.tie) for row in found.rows] == [
        (1, "B", False), (2, "C", True), (2, "D", True), (4, "A", False), (5, "E", False),
    ]  # fmt: skip
    assert [row.score for row in found.rows] == pytest.approx([0.9, 0.7, 0.7, 0.5, 0.1])


def test_scores_that_look_equal_do_not_tie_and_duplicates_do(tmp_path: Path) -> None:
    many = 10**14
    found = board(
        plain(tmp_path, {"A": many, "B": many + 1, "C": many, "D": many - 1}), recipe("reposts", high=1e15)
    )
    assert len({f"{row.score:.12f}" for row in found.rows}) == 1
    assert [(row.rank, row.code, row.tie) for row in found.rows] == [
        (1, "B", False), (2, "A", True), (2, "C", True), (4, "D", False),
    ]  # fmt: skip


def test_units_alike_tie_whatever_accounts_they_stand_on(tmp_path: Path) -> None:
    """One account of 3 + 4 and two accounts of 3 and 4, and the same again as many platforms tell it."""
    units = [unit(code) for code in "ABC"]
    accounts = [account("A", "1"), account("B", "2"), account("B", "3"), account("C", "4")]
    sources = [
        half("1", post("weibo:1", "2015-03-01", reposts=3, likes=1), post("weibo:1", "2015-03-02", reposts=4, likes=2)),
        half("2", post("weibo:2", "2015-03-01", reposts=3, likes=1)),
        half("3", post("weibo:3", "2015-03-01", reposts=4, likes=2)),
        half("4", post("weibo:4", "2015-03-01", reposts=7, likes=0), post("weibo:4", "2015-03-01T01:00", reposts=0, likes=3)),
    ]  # fmt: skip
    world = World(tmp_path, units, accounts, sources=sources)
    found = board(world, recipe("reposts / days", "likes / days", "posts / days", high=7))
    assert [(row.rank, row.tie) for row in found.rows] == [(1, True)] * 3


def test_changes_are_places_won_since_the_period_before(tmp_path: Path) -> None:
    def year(uid: str, then: int | None, now: int) -> object:
        posts = [post(f"weibo:{uid}", "2015-03-01", reposts=now)]
        if then is not None:
            posts.append(post(f"weibo:{uid}", "2014-09-01", reposts=then))
        return timeline(
            uid, *posts, since="2014-07-01" if then is not None else "2015-01-01", until="2015-06-30"
        )

    sources = [year("A", 9, 1), year("B", 5, 5), year("C", 1, 9), year("D", None, 7)]
    world = World(
        tmp_path, [unit(code) for code in "ABCD"], [account(code, code) for code in "ABCD"], sources=sources
    )  # type: ignore[arg-type]
    found = board(world, recipe("reposts"), before="2014H2")
    assert {row.code: row.change for row in found.rows} == {"C": 2, "D": None, "B": -1, "A": -3}
    assert {row.change for row in board(world, recipe("reposts")).rows} == {None}


def test_no_change_is_told_where_few_were_ranked_before(tmp_path: Path) -> None:
    sources = [
        timeline(
            "A",
            post("weibo:A", "2014-09-01", reposts=2),
            post("weibo:A", "2015-03-01", reposts=2),
            since="2014-07-01",
            until="2015-06-30",
        )
    ]
    sources += [of(code, 5) for code in "BCD"]
    world = World(
        tmp_path, [unit(code) for code in "ABCD"], [account(code, code) for code in "ABCD"], sources=sources
    )
    assert COMPARABLE * 4 > 1
    found = board(world, recipe("reposts"), before="2014H2")
    assert {row.change for row in found.rows} == {None}


def test_a_board_of_a_lake_without_the_period_before_tells_no_change(tmp_path: Path) -> None:
    """Posts from 1 January on vouch for no day of the year before, so nobody was ranked then."""
    sources = [
        timeline(code, post(f"weibo:{code}", "2015-01-01", reposts=n), until="2015-06-30")
        for n, code in enumerate("ABCD")
    ]
    world = World(
        tmp_path, [unit(code) for code in "ABCD"], [account(code, code) for code in "ABCD"], sources=sources
    )
    found = board(world, recipe("reposts"), before="2014H2")
    assert {row.change for row in found.rows} == {None}
    assert len(found.rows) == 4


def test_who_is_not_ranked_and_why(tmp_path: Path) -> None:
    units = [unit(code, order=place) for place, code in enumerate("ABCDEFG", 1)]
    accounts = [
        account("A", "1"), account("A", "gh_1", "微信订阅号"),
        account("B", "2"),  # nothing collected
        account("D", "gh_4", "微信订阅号"),
        account("G", ""),
    ]  # fmt: skip
    openings = [
        opening("C", "微博", "确认未开通"), opening("C", "微信订阅号", "确认未开通"),
        opening("E", "微博", "未普查"), opening("E", "微信订阅号", "未普查"),
        opening("F", "微博", "有账号"), opening("F", "微信订阅号", "确认未开通"), opening("F", "微信服务号", "未普查"),
    ]  # fmt: skip
    sources = [of("1", 5), half("gh_1", post("wechat:gh_1", "2015-03-01", reposts=4))]
    world = World(tmp_path, units, accounts, openings, sources)
    found = board(world, recipe("reposts", platforms=("weibo", "wechat"), head='absent = "zero"\nneed = 0.6'))
    assert [row.code for row in found.rows] == ["A"]
    assert [one.code for one in found.unranked] == ["B", "C", "D", "E", "F", "G"]  # 建制顺序
    reasons = {one.code: one.reason for one in found.unranked}
    assert "微博有账号 1 个，本期没有数据" in reasons["B"]
    assert "微信未普查，台账中没有账号" in reasons["B"]
    assert reasons["C"] == "未开通微博、微信账号"
    assert "微信有账号 1 个，本期没有数据" in reasons["D"]
    assert "微博未普查，台账中没有账号" in reasons["E"]
    assert "微博登记为有账号，但台账中没有该账号的 UID" in reasons["F"]
    assert "微信未普查" in reasons["F"]  # 订阅号 was never opened, 服务号 was never surveyed
    assert "微博登记为有账号，但台账中没有该账号的 UID" in reasons["G"]
    assert all(one.reason for one in found.unranked)


def test_a_unit_without_data_changes_no_other_score(tmp_path: Path) -> None:
    made = recipe("reposts", "posts / days")
    few = board(plain(tmp_path / "few", {"A": 5, "B": 9, "C": 7}), made)
    more = board(plain(tmp_path / "more", {"X": None, "A": 5, "B": 9, "Y": None, "C": 7}), made)
    assert [(row.rank, row.code, row.score) for row in more.rows] == [
        (row.rank, row.code, row.score) for row in few.rows
    ]
    assert {one.code for one in more.unranked} == {"X", "Y"}


def test_contributions_add_up_to_the_score(tmp_path: Path) -> None:
    made = recipe(
        "reposts", "likes", "comments", platforms=("weibo", "wechat"), head='absent = "zero"\nneed = 0.3'
    )
    units = [unit(code) for code in "ABC"]
    accounts = [account("A", "1"), account("A", "gh_1", "微信订阅号"), account("B", "2"), account("C", "3")]
    sources = [
        half("1", post("weibo:1", "2015-03-01", reposts=300, likes=20, comments=7)),
        half("gh_1", post("wechat:gh_1", "2015-03-01", reposts=1, likes=90, comments=3)),
        half("2", post("weibo:2", "2015-03-01", reposts=30, likes=20)),  # comments missing: weight shared out
        half("3", post("weibo:3", "2015-03-01", reposts=30, likes=20, comments=2000)),  # beyond the goalpost
    ]
    world = World(tmp_path, units, accounts, [opening("B", "微信订阅号", "确认未开通")], sources)
    found = board(world, made)
    assert {row.code for row in found.rows} == {"A", "B", "C"}
    for row in found.rows:
        points = [value for value in (row.contributions or {}).values() if value is not None]
        assert sum(points) == pytest.approx(row.score, abs=1e-12), row.code
    by_code = {row.code: row for row in found.rows}
    assert by_code["B"].score == pytest.approx(50 * (1 / 3 * 0.03 + 2 / 3 * 0.02))  # WeChat half is zero
    assert by_code["C"].score == pytest.approx(
        100 * (1 / 6 * 0.03 + 2 / 6 * 0.02 + 3 / 6 * 1)
    )  # WeChat unknown
    assert by_code["B"].nodes["wechat"] == 0
    assert by_code["C"].nodes["wechat"] is None


def test_marks_and_coverage_say_what_the_numbers_stand_on(tmp_path: Path) -> None:
    from tests.world import form, search, total

    units = [unit(code) for code in "ABCD"]
    accounts = [account("A", "1"), account("B", "2"), account("C", "3"), account("D", "4"), account("D", "5")]
    sources = [
        of("1", 5),
        form("2", total("weibo:2", "2015H1", posts=3, reposts=4)),
        search("3", post("weibo:3", "2015-03-01", reposts=3)),
        of("4", 2),
    ]
    found = {
        row.code: row
        for row in board(World(tmp_path, units, accounts, sources=sources), recipe("reposts")).rows
    }
    assert {code: row.marks for code, row in found.items()} == {
        "A": (), "B": ("含汇总数据",), "C": ("检索片段",), "D": ("部分账号缺数据",),
    }  # fmt: skip
    assert {code: row.coverage for code, row in found.items()} == {"A": 1.0, "B": 1.0, "C": None, "D": 0.5}


def test_a_board_by_account_names_the_owner_and_the_reason(tmp_path: Path) -> None:
    units = [unit("A"), unit("B")]
    accounts = [
        account("A", "1"),
        account("A", "2"),
        account("B", "3"),
        account("B", "4", closed=date(2015, 1, 1)),
    ]
    world = World(tmp_path, units, accounts, sources=[of("1", 5), of("2", 8)])
    found = board(world, recipe("reposts"), by="account")
    assert [(row.rank, row.code, row.unit, row.owner) for row in found.rows] == [
        (1, "weibo:2", "微博2", "单位A"), (2, "weibo:1", "微博1", "单位A"),
    ]  # fmt: skip
    assert [(one.code, one.reason) for one in found.unranked] == [("weibo:3", "本期没有数据")]


def test_a_recipe_of_two_platforms_cannot_rank_accounts(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="合评多个平台"):
        board(plain(tmp_path, {"A": 1}), recipe("reposts", platforms=("weibo", "wechat")), by="account")


def test_an_account_handed_over_keeps_its_place_of_before(tmp_path: Path) -> None:
    units = [
        unit("OLD", end=date(2015, 3, 31)),
        unit("NEW", start=date(2015, 4, 1), predecessor="OLD"),
        unit("B"),
    ]
    sources = [
        timeline(uid, post(f"weibo:{uid}", "2014-09-01", reposts=n), post(f"weibo:{uid}", "2015-03-01", reposts=9 - n),
                 since="2014-07-01", until="2015-06-30")
        for uid, n in (("1", 3), ("2", 5))
    ]  # fmt: skip
    world = World(tmp_path, units, [account("OLD", "1"), account("B", "2")], sources=sources)
    found = board(world, recipe("reposts"), by="account", before="2014H2")
    assert [(row.code, row.owner, row.change) for row in found.rows] == [
        ("weibo:1", "单位NEW", 1),
        ("weibo:2", "单位B", -1),
    ]


def year_of(uid: str, then: int, now: int) -> Source:
    """A timeline of a whole year with one post in either half."""
    posts = [
        post(f"weibo:{uid}", "2014-09-01", reposts=then),
        post(f"weibo:{uid}", "2015-03-01", reposts=now),
    ]
    return timeline(uid, *posts, since="2014-07-01", until="2015-06-30")


def test_a_successor_is_compared_with_the_unit_it_came_from(tmp_path: Path) -> None:
    """SPLIT has two heirs, so neither has its place; TAKER took SMALL in and keeps its own."""
    end, start = {"end": date(2015, 3, 31)}, {"start": date(2015, 4, 1)}
    units = [
        unit("OLD", **end), unit("NEW", predecessor="OLD", **start), unit("B"),
        unit("SPLIT", **end), unit("HEIR1", predecessor="SPLIT", **start), unit("HEIR2", predecessor="SPLIT", **start),
        unit("SMALL", **end), unit("TAKER", predecessor="SMALL"),
    ]  # fmt: skip
    owners = ("OLD", "B", "SPLIT", "HEIR1", "TAKER", "SMALL")
    accounts = [account(owner, str(uid)) for uid, owner in enumerate(owners, 1)]
    counts = [(3, 90), (5, 80), (7, 1), (1, 70), (4, 40), (2, 10)]
    sources = [year_of(str(uid), then, now) for uid, (then, now) in enumerate(counts, 1)]
    found = board(World(tmp_path, units, accounts, sources=sources), recipe("reposts"), before="2014H2")
    # then: SPLIT 8, B 5, TAKER 4, OLD 3, SMALL 2; now: NEW 90, B 80, HEIR1 70, TAKER 50
    assert {row.code: (row.rank, row.change) for row in found.rows} == {
        "NEW": (1, 3), "B": (2, 0), "HEIR1": (3, None), "TAKER": (4, -1),
    }  # fmt: skip


def test_a_cohort_that_did_not_exist_before_has_no_changes(tmp_path: Path) -> None:
    units = [unit(code, start=date(2015, 1, 1)) for code in "AB"]
    world = World(
        tmp_path,
        units,
        [account("A", "1"), account("B", "2")],
        sources=[year_of("1", 3, 9), year_of("2", 5, 8)],
    )
    found = board(world, recipe("reposts"), before="2014H2")
    assert [(row.code, row.change) for row in found.rows] == [("A", None), ("B", None)]
    assert [row.rank for row in found.rows] == [1, 2]
