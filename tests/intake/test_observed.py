"""When the counts of a file were taken: told by the caller, by the row, by the file's name, by its last change."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.intake import template
from tests.intake import eras
from tests.intake.made import MID, NOW, UID, csv_file, hit, search_file, whole

CHANGED = datetime(2015, 6, 20, 8, 15)


def changed(path: Path) -> Path:
    then = (CHANGED - datetime(1970, 1, 1)).total_seconds() - 8 * 3600  # Asia/Shanghai
    os.utime(path, (then, then))
    return path


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("search_2015-05-06.csv", 6),
        ("微博20150506.csv", 6),
        ("微博_2015.05.06_重庆.csv", 6),
        ("微博2015_05_06.csv", 6),
        ("search_2015-05-01_2015-05-09.csv", 9),
        ("2015-05-09至2015-05-07.csv", 9),
    ],
)
def test_the_last_day_in_the_name(tmp_path: Path, name: str, day: int) -> None:
    found = whole(changed(search_file(tmp_path / name, [hit(1)])))
    assert found.readings[0]["observed_at"] == datetime(2015, 5, day, 23, 59, 59)
    assert (found.readings[0]["observed_from"], found.source.observed_from) == ("name", "name")


@pytest.mark.parametrize(
    "name", ["a.csv", "2015-05.csv", f"weibo_{MID}.csv", "2015-13-01.csv", "2015-02-30.csv", "2015-07-01.csv", "2051-05-05.csv"]
)  # fmt: skip
def test_a_name_without_a_day_that_is_over_leaves_the_files_last_change(tmp_path: Path, name: str) -> None:
    found = whole(changed(search_file(tmp_path / name, [hit(1)])))
    assert found.readings[0]["observed_at"] == CHANGED
    assert found.source.observed_from == "mtime"


def test_a_file_changed_in_the_future_was_changed_now(tmp_path: Path) -> None:
    assert whole(changed(search_file(tmp_path / "a.csv", [hit(1)])), now=datetime(2015, 6, 1)).readings[0][
        "observed_at"
    ] == datetime(2015, 6, 1)


def test_the_caller_knows_better_than_name_and_change(tmp_path: Path) -> None:
    path = changed(search_file(tmp_path / "2015-05-09.csv", [hit(1)]))
    found = whole(path, observed_at=datetime(2015, 5, 20, 12))
    assert found.readings[0]["observed_at"] == datetime(2015, 5, 20, 12)
    assert found.source.observed_from == "option"


def test_the_row_knows_best(tmp_path: Path) -> None:
    header = template.header("weibo_posts")
    row = dict.fromkeys(header, "") | {
        "UID": UID,
        "发布时间": "2015-05-05 10:00",
        "正文摘要": "一",
        "转发": "3",
    }
    rows = [header, list((row | {"取数时间": "2015-05-12 09:30"}).values()), list(row.values())]
    found = whole(csv_file(tmp_path / "2015-05-09.csv", rows), observed_at=datetime(2015, 5, 20))
    assert [row["observed_at"] for row in found.readings] == [
        datetime(2015, 5, 12, 9, 30),
        datetime(2015, 5, 20),
    ]
    assert [row["observed_from"] for row in found.readings] == ["row", "option"]


def test_no_post_is_seen_before_it_is_published(tmp_path: Path) -> None:
    """A file's name may tell when the crawl began, and posts came in while it ran."""
    path = changed(eras.timeline(tmp_path / "甲_2015-05-01" / f"{UID}.csv", "2025-12", [0, 2]))
    found = whole(path.rename(path.with_name(f"{UID}_2015-05-02.csv")))
    first, second = found.readings
    assert (first["observed_at"], first["observed_from"]) == (datetime(2015, 5, 2, 23, 59, 59), "name")
    assert second["published_at"] == datetime(2015, 5, 3, 10, 12, 33)
    assert (second["observed_at"], second["observed_from"]) == (CHANGED, "mtime")
    told = whole(path.with_name(f"{UID}_2015-05-02.csv"), observed_at=datetime(2015, 5, 2), now=NOW)
    assert [code for _, code, _ in told.refused] == ["observed_before_published"]
