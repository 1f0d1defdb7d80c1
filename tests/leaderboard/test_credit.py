"""A score without one post is the score of a lake that never held it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.cohort import select
from jianwei.leaderboard.credit import Credit, credits_of
from jianwei.leaderboard.rank import scorecard
from jianwei.recipe import Recipe
from tests.leaderboard.made import ALL, board, of, recipe, standing
from tests.world import Rows, World, account, form, half, post, total, unit

POSTS = [
    post("weibo:1", "2015-02-01", reposts=3, likes=9),
    post("weibo:1", "2015-03-01", reposts=300, likes=1, text="请联系13812345678"),
    post("weibo:1", "2015-04-01", reposts=20, likes=40),
]
MEASURES = ("reposts", "likes", "likes / posts", "median_response", "active_days")


def world(folder: Path, posts: list[Rows]) -> World:
    units = [unit("A"), unit("B")]
    # the first and the last post are not touched: what the file vouches for stays the same
    edges = [
        post("weibo:1", "2015-01-01", reposts=0, likes=0),
        post("weibo:1", "2015-06-30", reposts=0, likes=0),
    ]
    return World(folder, units, [account("A", "1"), account("B", "2")],
                 sources=[half("1", *edges, *posts), of("2", 100, likes=10)])  # fmt: skip


def found(place: World, made: Recipe, code: str = "A") -> tuple[Credit, ...]:
    now = standing(place, made)
    units = select(ALL, place.roster.on(now.period.end))
    with place.connect() as con:
        before = con.execute("SELECT count(*) FROM posts").fetchall()
        told = credits_of(con, now, units, scorecard(now, units), code, known=0.95)
        assert con.execute("SELECT count(*) FROM posts").fetchall() == before
    return told


@pytest.mark.parametrize("formula", MEASURES)
def test_without_a_post_as_if_it_had_never_been(tmp_path: Path, formula: str) -> None:
    made = recipe(formula, "reposts", head="need = 0.2")
    whole = world(tmp_path / "whole", POSTS)
    for one in found(whole, made):
        place = next(
            at for at, row in enumerate(POSTS) if f"{row['published_at']:%m}" == f"{one.published_at:%m}"
        )
        rest = world(tmp_path / f"without{place}", [row for at, row in enumerate(POSTS) if at != place])
        now = standing(rest, made)
        card = scorecard(now, select(ALL, rest.roster.on(now.period.end)))
        assert one.score == pytest.approx(float(card.score[0]), nan_ok=True)
        assert one.rank == card.rank[0]


def test_the_most_telling_first_with_its_share(tmp_path: Path) -> None:
    first, *rest = found(world(tmp_path, POSTS), recipe("reposts"))
    assert (first.counts["reposts"], first.title, first.account) == (300, "请联系138****5678", "微博1")
    assert first.shares["reposts"] == pytest.approx(300 / 323)
    assert first.gain == pytest.approx(100 * (323 - 23) / 1000)
    assert [one.counts["reposts"] for one in rest] == [20, 3]


def test_where_only_sums_are_known_no_post_can_be_named(tmp_path: Path) -> None:
    place = World(
        tmp_path, [unit("A")], [account("A", "1")], sources=[form("t", total("weibo:1", "2015H1", reposts=5))]
    )
    assert found(place, recipe("reposts")) == ()


def test_a_unit_without_accounts_has_none(tmp_path: Path) -> None:
    place = World(tmp_path, [unit("A"), unit("B")], [account("A", "1")], sources=[of("1", 5)])
    assert found(place, recipe("reposts"), "B") == ()
    assert [row.code for row in board(place, recipe("reposts")).rows] == ["A"]
