"""However often a thing is told, it counts once."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.world import (
    Rows,
    Source,
    World,
    account,
    follower,
    form,
    half,
    post,
    profiles,
    search,
    timeline,
    total,
    unit,
)

MEASURES = ("posts", "reposts", "comments", "likes", "response", "active_days", "originals", "followers")


def posts(uid: str, count: int, seed: int) -> list[Rows]:
    draw = random.Random(seed)
    return [
        post(
            f"weibo:{uid}", f"2015-0{draw.randrange(1, 7)}-{1 + n:02d}T{draw.randrange(24):02d}:00",
            reposts=draw.randrange(50), comments=draw.randrange(9), likes=draw.randrange(99), original=draw.random() < 0.5,
        )
        for n in range(count)
    ]  # fmt: skip


A, B = posts("1", 20, 1), posts("2", 12, 2)
PLAIN: list[Source] = [half("1", *A), half("2", *B), profiles("f", follower("weibo:1", "2015-06-30", 100))]

TOLD_AGAIN: dict[str, list[Source]] = {
    "the same posts in another file": [half("copy", *A)],
    "a file of all": [half("all", *A, *B)],
    "each half of it": [half("first", *A[:10]), half("second", *A[10:])],
    "hits of a search": [search("hits", *A[5:15], *B[:3])],
    "an older reading": [half("older", *[row | {"observed_at": row["published_at"], "reposts": 0} for row in A])],
    "the same sums as a form": [form("form", total("weibo:1", "2015H1", posts=20, reposts=999))],
    "sums by month and of the half-year": [
        form("form", *[total("weibo:2", f"2015-{month:02d}", posts=2) for month in range(1, 7)], total("weibo:2", "2015H1", posts=12))
    ],
    "a follower count further from the end": [profiles("g", follower("weibo:1", "2015-06-20", 90))],
}  # fmt: skip


def measured(folder: Path, sources: list[Source], units: list[Rows], accounts: list[Rows]) -> dict[str, Any]:
    found = World(folder, units, accounts, sources=sources).units("2015H1")
    return {key: {name: row[name] for name in MEASURES} for (key, _), row in found.items()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = measured(
        tmp_path_factory.mktemp("plain"),
        PLAIN,
        [unit("A"), unit("B")],
        [account("A", "1"), account("B", "2")],
    )
    assert found["A"]["posts"] == 20
    assert found["A"]["reposts"] == sum(row["reposts"] for row in A)
    assert found["B"]["likes"] == sum(row["likes"] for row in B)
    return found


@pytest.mark.parametrize("again", TOLD_AGAIN)
def test_what_is_told_again_changes_nothing(tmp_path: Path, plain: dict[str, Any], again: str) -> None:
    units, accounts = [unit("A"), unit("B")], [account("A", "1"), account("B", "2")]
    assert measured(tmp_path / "after", [*PLAIN, *TOLD_AGAIN[again]], units, accounts) == plain
    assert measured(tmp_path / "before", [*TOLD_AGAIN[again], *PLAIN], units, accounts) == plain


@pytest.mark.parametrize(
    ("units", "accounts"),
    [
        ([unit("A"), unit("B", parent="A", supervisor="A")], [account("A", "1"), account("B", "2")]),
        (
            [
                unit("OLD", end=date(2015, 3, 31)),
                unit("A", start=date(2015, 4, 1), predecessor="OLD"),
                unit("B"),
            ],
            [account("OLD", "1"), account("B", "2")],
        ),
        (
            [unit("A"), unit("B"), unit("X")],
            [
                account("X", "1", closed=date(2015, 2, 1)),
                account("A", "1", opened=date(2015, 2, 1)),
                account("B", "2"),
            ],
        ),
    ],
    ids=["a superior", "a succession", "an account handed over"],
)
def test_however_the_units_stand_to_each_other_each_post_counts_once(
    tmp_path: Path, plain: dict[str, Any], units: list[Rows], accounts: list[Rows]
) -> None:
    assert measured(tmp_path, PLAIN, units, accounts) == plain


def test_what_the_accounts_have_is_what_the_units_have_is_what_the_lake_has(tmp_path: Path) -> None:
    other = timeline("3", *[post("weibo:3", "2015-03-01", reposts=7)], since="2015-01-01", until="2015-06-30")
    world = World(
        tmp_path, [unit("A"), unit("B", parent="A")],
        [account("A", "1"), account("A", "2"), account("B", "3")],
        sources=[*PLAIN, other],
    )  # fmt: skip
    with world.connect() as con:
        lake = con.execute("SELECT count(*), sum(reposts) FROM posts").fetchone()
    for rows in (world.units("2015H1").values(), world.accounts("2015H1").values()):
        assert (sum(row["posts"] for row in rows), sum(row["reposts"] for row in rows)) == lake


def test_months_are_the_half_year_taken_apart(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], [account("A", "1")], sources=PLAIN)
    whole = world.accounts("2015H1")["weibo:1"]
    months = [world.accounts(f"2015-{month:02d}")["weibo:1"] for month in range(1, 7)]
    for name in ("posts", "reposts", "comments", "likes", "active_days", "originals"):
        assert sum(row[name] for row in months) == whole[name], name
