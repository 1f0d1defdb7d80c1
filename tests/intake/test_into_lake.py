"""Bad input on its way into the lake: good rows are taken, the latest reading wins, all are kept."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.workspace import ingest, space
from jianwei.workspace.space import Workspace
from tests.intake import eras
from tests.intake.made import (
    MID,
    UID,
    csv_file,
    hit,
    search_file,
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return space.create(tmp_path / "space")


def test_duplicate_ids_with_other_counts(place: Workspace, tmp_path: Path) -> None:
    rows = [hit(1, 点赞数=5), hit(1, 点赞数=9), hit(1, 点赞数=9), hit(2)]
    early = search_file(tmp_path / "search_2015-05-06.csv", rows)
    late = search_file(tmp_path / "search_2015-06-06.csv", [hit(1, 点赞数=7)])
    assert ingest.ingest(place, [late]).exit_code == 0
    [told] = ingest.ingest(place, [early]).files
    assert (told.rows_read, told.rows_taken, told.rows_duplicate) == (4, 3, 1)
    with place.lake.connect() as con:
        ask = "SELECT {} FROM {} WHERE post_key = ? ORDER BY observed_at, likes"
        key = [f"weibo:{MID + 1}"]
        kept = con.execute(ask.format("observed_at, likes", "readings"), key).fetchall()
        assert kept == [
            (datetime(2015, 5, 6, 23, 59, 59), 5),
            (datetime(2015, 5, 6, 23, 59, 59), 9),
            (datetime(2015, 6, 6, 23, 59, 59), 7),
        ]
        assert con.execute(ask.format("likes, readings", "posts"), key).fetchall() == [(7, 3)]


def test_of_two_counts_at_one_time_the_later_row_wins(place: Workspace, tmp_path: Path) -> None:
    path = search_file(tmp_path / "search_2015-05-06.csv", [hit(1, 点赞数=9), hit(1, 点赞数=5)])
    ingest.ingest(place, [path])
    with place.lake.connect() as con:
        assert con.execute("SELECT likes FROM readings ORDER BY source_row").fetchall() == [(9,), (5,)]
        assert con.execute("SELECT likes FROM posts").fetchall() == [(5,)]


def test_all_of_it_at_once_leaves_the_good_rows(place: Workspace, tmp_path: Path) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    paths = [
        inbox / "没有.csv",
        search_file(inbox / "表头.csv", []),
        csv_file(inbox / "工资.csv", [["姓名", "工资"], ["张三", "1"]]),
        eras.timeline(inbox / "微博.csv", "2025-12"),
        inbox / "空.csv",
    ]
    paths[-1].touch()
    good = search_file(inbox / "好.csv", [hit(1), hit(2, 转发数="很多")])
    result = ingest.ingest(place, [*paths, good])
    assert result.exit_code == 1
    assert [told.unusable for told in result.files] == [True] * len(paths) + [False]
    assert ingest.ingest(place, paths).exit_code == 2
    counts = place.lake.counts()["tables"]
    assert (counts["readings"], counts["quarantine"], counts["imports"]) == (1, 1, 1)
    with place.lake.connect() as con:
        assert con.execute("SELECT code, field FROM quarantine").fetchall() == [("bad_count", "转发数")]


def test_files_of_every_era_are_the_same_posts(place: Workspace, tmp_path: Path) -> None:
    paths = [eras.timeline(tmp_path / era / "甲" / f"{UID}.csv", era) for era in eras.ERAS]
    for day, path in enumerate(paths, start=1):
        then = datetime(2016, 1, day).timestamp()
        os.utime(path, (then, then))
    told = ingest.ingest(place, paths).files
    assert [(one.rows_read, one.rows_taken) for one in told] == [(3, 3)] * len(paths)
    with place.lake.connect() as con:
        ask = "SELECT count(*), count(DISTINCT (likes, comments, reposts)) FROM readings GROUP BY post_key"
        assert con.execute(ask).fetchall() == [(len(eras.ERAS), 1)] * 3
        ask = "SELECT likes, comments, reposts, readings FROM posts ORDER BY post_key"
        posts = [eras.POSTS(number) for number in range(3)]
        assert con.execute(ask).fetchall() == [
            (post["点赞数"], post["评论数"], post["转发数"], len(eras.ERAS)) for post in posts
        ]
