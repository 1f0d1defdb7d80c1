"""One import: every row accounted for, repetitions told from later readings, times judged by the clock."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake import read, source
from jianwei.model import TABLES
from tests.intake.made import MID, NOW, hit, options, search_file, whole


def test_provenance_of_every_row(tmp_path: Path) -> None:
    path = search_file(tmp_path / "a.csv", [hit(1), hit(2, 转发数="很多")])
    found = whole(path)
    for table in ("readings", "texts", "quarantine"):
        [row] = found.tables[table]
        assert row["source_file"] == "a.csv"
        assert row["sha256"] == found.source.sha256
        assert (row["parser"], row["parser_version"]) == ("weibo-search", found.source.parser_version)
    assert found.tables["quarantine"][0]["source_row"] == 3
    assert len(found.source.sha256) == 64


def test_a_repetition_is_a_duplicate_and_other_counts_are_a_reading(tmp_path: Path) -> None:
    rows = [hit(1), hit(1), hit(1, 点赞数=46), hit(1, 微博正文="改过的正文"), hit(2), hit(1, 点赞数="")]
    found = whole(search_file(tmp_path / "a.csv", rows))
    assert [(row["post_key"][-1], row["likes"]) for row in found.readings] == [
        ("2", 45),
        ("2", 46),
        ("3", 45),
        ("2", None),
    ]
    assert (found.source.rows_read, found.source.rows_taken, found.source.rows_duplicate) == (6, 4, 2)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["1", "2", "", "x", "1.2万"])), max_size=40))
def test_each_row_is_taken_once_or_told(
    tmp_path_factory: pytest.TempPathFactory, posts: list[tuple[int, str]]
) -> None:
    rows = [hit(number, 转发数=count) for number, count in posts]
    found = whole(search_file(tmp_path_factory.mktemp("source") / "a.csv", [hit(9), *rows]))
    assert found.source.rows_read == len(posts) + 1
    assert found.source.rows_quarantined == sum(count == "x" for _, count in posts)
    assert found.source.rows_taken == len({post for post in posts if post[1] != "x"}) + 1
    assert len(found.readings) == found.source.rows_taken


def test_batches_are_bounded_and_hold_everything_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_BATCH", 10)
    path = search_file(tmp_path / "a.csv", [hit(n, 转发数="x" if n % 5 == 0 else n) for n in range(95)])
    [found] = read(path, options())
    sizes, keys, refused = [], [], 0
    for table, rows in found.batches():
        assert rows.schema == TABLES[table]
        sizes.append(rows.num_rows)
        if table == "readings":
            keys += rows["post_key"].to_pylist()
        refused += rows.num_rows if table == "quarantine" else 0
    assert max(sizes) <= 10
    assert keys == [f"weibo:{MID + n}" for n in range(95) if n % 5]
    assert refused == 19


def test_many_problems_of_one_kind_are_summed_up_and_all_kept(tmp_path: Path) -> None:
    rows = [hit(n, 转发数="x") for n in range(50)] + [hit(51, 发布时间="x")]
    found = whole(search_file(tmp_path / "a.csv", [hit(99), *rows]))
    counts = [issue for issue in found.source.issues if issue.code == "bad_count"]
    assert len(counts) == 21
    assert counts[-1].what == "同类问题共 50 行，以上列出前 20 行"
    assert len(found.tables["quarantine"]) == 51
    assert found.issue("bad_time").where.row == 53


def test_times_for_rows_without_their_own(tmp_path: Path) -> None:
    row = hit(1, 发布时间="2015-05-05 10:12")
    path = search_file(tmp_path / "a.csv", [row])
    changed = datetime(2015, 6, 1, 8)
    os.utime(path, (0, (changed - timedelta(hours=8) - datetime(1970, 1, 1)).total_seconds()))
    found = whole(path)
    assert (found.readings[0]["observed_at"], found.readings[0]["observed_from"]) == (changed, "mtime")
    assert (found.source.observed_at, found.source.observed_from) == (changed, "mtime")
    told = whole(path, observed_at=datetime(2015, 5, 20))
    assert (told.readings[0]["observed_at"], told.readings[0]["observed_from"]) == (
        datetime(2015, 5, 20),
        "option",
    )
    named = whole(search_file(tmp_path / "搜索_2015-05-18.csv", [row, hit(2, 发布时间="2015-05-19 08:00")]))
    assert [(r["observed_at"].day, r["observed_from"]) for r in named.readings] == [
        (18, "name"),
        (1, "mtime"),
    ]
    assert named.readings[1]["observed_at"] == NOW


@pytest.mark.parametrize(
    "name", ["搜索_2015-07-01.csv", "搜索_2015-08-01.csv", "搜索_2015-02-30.csv", "搜索_20150.csv"]
)
def test_a_day_in_the_name_that_is_not_over_or_no_day_says_nothing(tmp_path: Path, name: str) -> None:
    assert whole(search_file(tmp_path / name, [hit(1)])).source.observed_from == "mtime"


def test_what_lies_after_the_clock_is_refused(tmp_path: Path) -> None:
    rows = [
        hit(1, 发布时间="2015-07-01 09:30"),
        hit(2, 发布时间="2015-07-01 09:31"),
        hit(3, 发布时间="2051-05-05 10:00"),
    ]
    found = whole(search_file(tmp_path / "a.csv", rows))
    assert found.refused == [(3, "future", "发布时间"), (4, "future", "发布时间")]
    assert [row["post_key"] for row in found.readings] == [f"weibo:{MID + 1}"]


def test_a_post_after_the_declared_time_of_taking_is_refused(tmp_path: Path) -> None:
    rows = [hit(1), hit(2, 发布时间="2015-05-06 10:12")]
    found = whole(search_file(tmp_path / "a.csv", rows), observed_at=datetime(2015, 5, 5, 23))
    assert found.refused == [(3, "observed_before_published", "发布时间")]
    assert "--observed-at" in found.issue("observed_before_published").hint


def test_span_of_the_taken_posts(tmp_path: Path) -> None:
    rows = [hit(n, 发布时间=f"2015-05-{day:02d} 08:00") for n, day in enumerate((9, 3, 20))]
    found = whole(search_file(tmp_path / "a.csv", [*rows, hit(8, 发布时间="2015-01-01", 转发数="x")]))
    assert (found.source.first_published, found.source.last_published) == (
        datetime(2015, 5, 3, 8),
        datetime(2015, 5, 20, 8),
    )


def test_an_unclosed_quote_swallows_no_row(tmp_path: Path) -> None:
    path = search_file(tmp_path / "a.csv", [hit(n) for n in range(6)])
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    lines[2] = lines[2].replace("第1条，政策解读", '"第1条，政策解读')
    path.write_text("".join(lines), "utf-8-sig", newline="")
    found = whole(path)
    assert [row["source_row"] for row in found.readings] == [2, 4, 5, 6, 7]
    assert [row[:2] for row in found.refused] == [(3, "row_width")]


def test_a_quote_that_swallows_rows_without_breaking_the_csv_gives_them_back(tmp_path: Path) -> None:
    path = search_file(tmp_path / "a.csv", [hit(n) for n in range(6)])
    lines = path.read_text("utf-8-sig").splitlines(keepends=True)
    lines[2] = lines[2].replace("第1条，政策解读", '"第1条，政策解读')
    lines[4] = lines[4].replace(",重庆微发布,", ',重庆微发布",')
    path.write_text("".join(lines), "utf-8-sig", newline="")
    found = whole(path)
    assert [row["source_row"] for row in found.readings] == [2, 4, 5, 6, 7]
    assert [row[:2] for row in found.refused] == [(3, "row_width")]
