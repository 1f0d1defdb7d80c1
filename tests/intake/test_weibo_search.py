"""weibo-search: every generation of its header, files that grew, and what its zeros and marks mean."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import weibo_search
from tests.intake.made import (
    MID,
    NOW,
    SEARCH,
    SEARCH_WIDTHS,
    UID,
    book,
    csv_file,
    hit,
    search_file,
    search_header,
    whole,
)

COUNTS = ("reposts", "comments", "likes")


def counts(rows: list[dict[str, Any]]) -> list[tuple[int | None, ...]]:
    return [tuple(row[name] for name in COUNTS) for row in rows]


def test_the_columns_are_the_newest_generations() -> None:
    assert list(weibo_search.COLUMNS) == SEARCH
    assert weibo_search.fits(search_header(16))
    assert not weibo_search.fits(search_header()[1:])


@pytest.mark.parametrize("width", SEARCH_WIDTHS)
def test_every_generation_gives_the_same_post(tmp_path: Path, width: int) -> None:
    row = hit(1, width, 微博图片url="a,b", 微博视频url="v", 话题="一图读懂")
    found = whole(search_file(tmp_path / "a.csv", [row], width))
    [reading] = found.readings
    assert (found.source.format, found.source.era, found.source.scope) == (
        "weibo-search",
        f"{width} 列",
        "search",
    )
    assert (reading["post_key"], reading["account_id"]) == (f"weibo:{MID + 1}", f"weibo:{UID}")
    assert reading["published_at"] == datetime(2015, 5, 5, 10, 12)
    assert counts([reading]) == [(12, 3, 45)]
    assert (reading["pictures"], reading["video"], reading["original"]) == (2, True, True)
    assert reading["long_text"] is (None if width == 16 else False)
    assert (reading["account_name"], reading["scope"], reading["source_row"]) == ("重庆微发布", "search", 2)
    [text] = found.tables["texts"]
    assert (text["text"], text["topics"]) == ("第1条，政策解读", "一图读懂")


@pytest.mark.parametrize("first", SEARCH_WIDTHS)
def test_a_file_that_grew_is_read_row_by_row(tmp_path: Path, first: int) -> None:
    rows = [hit(n, width, 转发数=n) for n, width in enumerate(SEARCH_WIDTHS)]
    rows += [search_header(21), hit(9, 21, 转发数=9)]
    found = whole(search_file(tmp_path / "a.csv", rows, first))
    assert [row["reposts"] for row in found.readings] == [0, 1, 2, 3, 4, 9]
    assert counts(found.readings)[1:5] == [(n, 3, 45) for n in range(1, 5)]
    assert found.source.rows_read == 6
    assert found.refused == []


@pytest.mark.parametrize("width", [width for width in range(1, 25) if width not in SEARCH_WIDTHS])
def test_a_row_of_no_generations_width_is_refused(tmp_path: Path, width: int) -> None:
    odd = [*hit(2), "", "", "", ""][:width]
    found = whole(search_file(tmp_path / "a.csv", [hit(1), odd, hit(3)]))
    assert found.refused == [(3, "row_width", "")]
    assert len(found.readings) == 2


def test_a_column_of_the_users_own_does_no_harm(tmp_path: Path) -> None:
    header = ["序号", *search_header(17), "备注"]
    found = whole(csv_file(tmp_path / "a.csv", [header, ["1", *hit(1, 17), "x"], hit(2, 17)]))
    assert counts(found.readings) == [(12, 3, 45)]
    assert found.refused == [(3, "row_width", "")]


def test_marks_and_blanks_of_counts(tmp_path: Path) -> None:
    row = hit(转发数="1.2万", 评论数="100万+", 点赞数="赞")
    [reading] = whole(search_file(tmp_path / "a.csv", [row, hit(2, 转发数=0)])).readings[:1]
    assert counts([reading]) == [(12_000, 1_000_000, None)]
    assert (reading["rounded"], reading["censored"]) == ("reposts", "comments")


def test_a_repost_names_its_source(tmp_path: Path) -> None:
    found = whole(search_file(tmp_path / "a.csv", [hit(retweet_id=MID + 7), hit(2)]))
    assert [(row["original"], row["repost_of"]) for row in found.readings] == [
        (False, f"weibo:{MID + 7}"),
        (True, None),
    ]


def test_a_column_that_is_not_there_is_not_known(tmp_path: Path) -> None:
    keep = [place for place, name in enumerate(SEARCH) if "url" not in name and name != "retweet_id"]
    rows = [[row[place] for place in keep] for row in (search_header(), hit(1))]
    [reading] = whole(csv_file(tmp_path / "a.csv", rows)).readings
    assert [reading[name] for name in ("original", "pictures", "video", "long_text")] == [None] * 4
    assert counts([reading]) == [(12, 3, 45)]


def test_a_workbook_of_it_reads_the_same(tmp_path: Path) -> None:
    rows = [hit(1, 转发数="1.2万"), hit(2, retweet_id=MID), hit(3)]
    text = whole(search_file(tmp_path / "a.csv", rows))
    rows[2][12] = datetime(2015, 5, 5, 10, 12)  # type: ignore[call-overload]
    sheet = whole(book(tmp_path / "a.xlsx", {"结果": [search_header(), *rows]}))
    same = ["post_key", "published_at", "original", "repost_of", "pictures", "video", *COUNTS, "rounded"]
    assert [[row[name] for name in same] for row in text.readings] == [
        [row[name] for name in same] for row in sheet.readings
    ]
    assert len(sheet.readings) == 3


def test_ids_are_numbers_and_not_rounded_ones(tmp_path: Path) -> None:
    true = {"id": "3501756485200075", "bid": "z0JH2lOMb"}
    rounded = true | {"id": "3501756485200070"}
    rows = [
        hit(**true),
        hit(**rounded),
        hit(id="3.83837E+15"),
        hit(id=""),
        hit(user_id="重庆"),
        hit(retweet_id="1E+15"),
    ]
    found = whole(search_file(tmp_path / "a.csv", rows))
    assert [row["post_key"] for row in found.readings] == ["weibo:3501756485200075"]
    assert found.tables["texts"][0]["link"] == f"https://weibo.com/{UID}/z0JH2lOMb"
    assert found.refused == [
        (3, "mangled_id", "id"),
        (4, "mangled_id", "id"),
        (5, "missing_id", "id"),
        (6, "bad_id", "user_id"),
        (7, "mangled_id", "retweet_id"),
    ]


@pytest.mark.parametrize("width", range(1, 21))
def test_half_a_row_at_the_end_is_never_taken(tmp_path: Path, width: int) -> None:
    path = search_file(tmp_path / "a.csv", [hit(1), hit(2)])
    cut = ",".join(hit(3)[:width])
    path.write_bytes(path.read_bytes() + cut.encode())
    found = whole(path, now=NOW)
    assert len(found.readings) == 2
    assert [row[:2] for row in found.refused] == [(4, "row_width")]


def test_the_real_file(shared: Path) -> None:
    path = shared / "data" / "weibo" / "search_museumday_2020-05-18_institutions.csv"
    found = whole(path, now=datetime(2026, 1, 1))
    assert (found.source.rows_read, found.source.rows_taken) == (653, 653)
    assert found.source.observed_from == "name"
    assert all(None not in row for row in counts(found.readings))


@pytest.mark.parametrize(
    ("mark", "known"),
    [("蓝V", True), ("蓝v", True), ("黄V", True), ("普通用户", False), ("", None), ("未知", None)],
)
def test_the_mark_beside_a_name_tells_who_is_certified(tmp_path: Path, mark: str, known: bool | None) -> None:
    rows = [hit(n, 21, user_authentication=mark) for n in (1, 2)]
    found = whole(search_file(tmp_path / "a.csv", rows, 21))
    assert (found.source.rows_taken, len(found.readings)) == (2, 2)
    profiles = found.tables.get("followers", [])
    if known is None:
        assert profiles == []
    else:
        [one] = profiles
        assert (one["verified"], one["verified_type"]) == (known, mark.upper())
        assert (one["followers"], one["account_id"]) == (None, f"weibo:{UID}")
