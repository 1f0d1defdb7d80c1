"""Timelines as the crawler leaves them: every era reads back to the posts that were made."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pytest

from jianwei.demo import timelines, times
from jianwei.demo.timelines import CRAWLED, Crawled
from jianwei.demo.weibo import FORMS
from jianwei.demo.world import World
from tests.demo.reading import readings_of, rows_of


@pytest.fixture(scope="module")
def flawed(made_world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Crawled]:
    folder = tmp_path_factory.mktemp("timelines")
    told = timelines.write(
        folder, made_world.cast, made_world.posts, made_world.words.words, np.random.default_rng(3),
        but=made_world.without_posts,
    )  # fmt: skip
    return folder, told


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.csv"))


def test_every_account_but_those_left_out_has_a_file_of_its_own(
    flawed: tuple[Path, Crawled], made_world: World
) -> None:
    folder, told = flawed
    posting = set(made_world.posts.account.tolist()) - made_world.without_posts
    wanted = {made_world.cast.accounts[place] for place in posting}
    assert {(path.parent.name, path.stem) for path in _files(folder)} == {
        (account.name, account.uid) for account in wanted
    }
    assert told.files == len(wanted)


def test_flaws_are_few_and_of_every_kind(flawed: tuple[Path, Crawled]) -> None:
    folder, told = flawed
    assert (told.misheaded, told.broken > 0, told.twice > 0) == (1, True, True)
    text = [path.read_bytes().decode("utf-8-sig") for path in _files(folder)]
    assert sum("这一行在写入时中断" in one for one in text) == told.broken
    assert sum(one.count("\r\n") - 1 for one in text) == told.rows
    headers = Counter(one.split("\r\n", 1)[0].count(",") for one in text)
    assert len(headers) == 2
    assert min(headers.values()) > 1


def test_what_is_read_back_is_what_was_made(flawed: tuple[Path, Crawled], made_world: World) -> None:
    folder, told = flawed
    found = [rows_of(path) for path in _files(folder)]
    assert sum(source.rows_duplicate for source, _ in found) == told.twice
    assert sum(source.rows_quarantined for source, _ in found) == told.broken
    readings = {row["post_key"]: row for _, tables in found for row in tables["readings"]}
    posts, who = made_world.posts, made_world.cast
    kept = np.flatnonzero(~np.isin(posts.account, list(made_world.without_posts)))
    assert len(readings) == len(kept)
    for place in kept.tolist():
        row = readings[f"weibo:{posts.mid[place]}"]
        assert row["account_id"] == who.accounts[posts.account[place]].account_id
        counts = (posts.reposts[place], posts.comments[place], posts.likes[place])
        assert (row["reposts"], row["comments"], row["likes"]) == counts
        assert row["original"] == posts.original[place]
        form = FORMS[posts.form[place]]
        assert bool(row["video"]) == (form == "视频")
        assert bool(row["long_text"]) == (form == "长微博")
        assert bool(row["pictures"]) == (form in ("图片", "一图解说"))
        assert row["observed_at"] == CRAWLED


def test_times_are_read_back_to_the_second_and_of_the_old_era_to_the_day(
    flawed: tuple[Path, Crawled], made_world: World
) -> None:
    posts = made_world.posts
    at = {f"weibo:{mid}": times.moment(second) for mid, second in zip(posts.mid, posts.at, strict=True)}
    by_day = 0
    for row in readings_of(_files(flawed[0])):
        exact = at[row["post_key"]]
        assert row["published_at"] in (exact, datetime.combine(exact.date(), time()))
        by_day += row["published_at"] != exact
    assert 0 < by_day < 0.2 * len(posts)


def test_eras_are_those_that_intake_knows(flawed: tuple[Path, Crawled]) -> None:
    eras = Counter(rows_of(path)[0].era for path in _files(flawed[0]))
    assert len(eras) >= 2


def test_without_flaws_every_file_is_whole(made_world: World, tmp_path: Path) -> None:
    told = timelines.write(
        tmp_path, made_world.cast, made_world.earlier, made_world.earlier_words.words,
        np.random.default_rng(3), flawed=False,
    )  # fmt: skip
    assert (told.twice, told.broken, told.misheaded) == (0, 0, 0)
    assert told.rows == len(made_world.earlier) == len(readings_of(_files(tmp_path)))


def test_the_silent_account_posted_before_and_after_the_half_year(made_world: World, tmp_path: Path) -> None:
    count = timelines.write_silent(tmp_path, made_world.cast)
    rows = readings_of(_files(tmp_path))
    assert len(rows) == count == 5
    silent = made_world.cast.accounts[made_world.cast.parts["silent"]]
    assert {row["account_id"] for row in rows} == {silent.account_id}
    halves = {(row["published_at"].year, row["published_at"].month > 6) for row in rows}
    assert halves == {(2014, True), (2015, True)}


def test_clocks_are_written_in_the_wanted_pattern() -> None:
    at = np.array([times.seconds_of(CRAWLED.date()) + 3661])
    assert timelines.clocks(at, "%Y-%m-%d %H:%M:%S").to_pylist() == ["2015-07-08 01:01:01"]
