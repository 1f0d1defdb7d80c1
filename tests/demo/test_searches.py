"""Hits of a keyword search: some posts once more, seen earlier, with fewer responses."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jianwei.demo import searches, times
from jianwei.demo.world import World
from tests.demo.reading import rows_of


@pytest.fixture(scope="module")
def hits(made_world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("searches")
    count = searches.write(
        folder, made_world.cast, made_world.posts, made_world.words.words, np.random.default_rng(3),
        but=made_world.without_posts,
    )  # fmt: skip
    (path,) = folder.iterdir()
    source, tables = rows_of(path)
    assert (source.scope, source.rows_quarantined, source.rows_duplicate) == ("search", 0, 0)
    return count, tables["readings"]


def test_every_hit_is_a_post_of_before_the_search(
    hits: tuple[int, list[dict[str, Any]]], made_world: World
) -> None:
    count, rows = hits
    assert count == len(rows) > 10
    posts = made_world.posts
    at = {f"weibo:{mid}": (account, second) for mid, account, second in zip(
        posts.mid, posts.account, posts.at, strict=True)}  # fmt: skip
    for row in rows:
        account, second = at[row["post_key"]]
        assert account not in made_world.without_posts
        assert row["account_id"] == made_world.cast.accounts[account].account_id
        assert row["published_at"] == times.moment(second).replace(second=0)
        assert row["published_at"].date() < searches.DAY == row["observed_at"].date()


def test_they_show_fewer_responses_and_large_ones_rounded(
    hits: tuple[int, list[dict[str, Any]]], made_world: World
) -> None:
    posts = made_world.posts
    last = {f"weibo:{mid}": int(n) for mid, n in zip(posts.mid, posts.reposts, strict=True)}
    for row in hits[1]:
        assert row["reposts"] <= last[row["post_key"]]
        exact = last[row["post_key"]] * 4 // 5
        assert abs(row["reposts"] - exact) <= (500 if exact >= 10_000 else 0)


def test_originals_and_reposts_are_told_apart(
    hits: tuple[int, list[dict[str, Any]]], made_world: World
) -> None:
    posts = made_world.posts
    original = {f"weibo:{mid}": bool(o) for mid, o in zip(posts.mid, posts.original, strict=True)}
    assert {row["original"] for row in hits[1]} == {True, False}
    assert all(row["original"] == original[row["post_key"]] for row in hits[1])
