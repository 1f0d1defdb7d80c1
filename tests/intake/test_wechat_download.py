"""wechatDownload CSV: escaped links, `{}`, and zeros that mean not fetched."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.intake.made import csv_file, whole

HEADER = ["title", "url", "time", "like_num", "read_num", "share_num", "comment_count"]


def row(number: int, *counts: str, idx: int = 1) -> list[str]:
    link = f"http://mp.weixin.qq.com/s?__biz=MzI4NjAxNjY4Nw==&amp;mid={2650239213 + number}&amp;idx={idx}&amp;sn=3"
    return [f"标题{number}", link, "2015-05-05 08:35:06", *counts]


def test_counts_caps_and_what_was_not_fetched(tmp_path: Path) -> None:
    rows = [HEADER, row(1, "179", "15984", "481", "46"), row(2, "0", "0", "0", "{}"), row(3, "0", "0", "0", "0", idx=2),
            row(4, "5", "100001", "0", "{}"), row(5, "0", "7", "0", "0")]  # fmt: skip
    found = whole(csv_file(tmp_path / "文章.csv", rows, encoding="utf-8"))
    counts = [
        [reading[name] for name in ("reads", "likes", "shares", "comments")] for reading in found.readings
    ]
    assert counts == [[15984, 179, 481, 46], [None] * 4, [None] * 4, [100001, 5, 0, None], [7, 0, 0, 0]]
    assert [reading["censored"] for reading in found.readings] == [None, None, None, "reads", None]
    assert [reading["headline"] for reading in found.readings] == [True, True, False, True, True]
    assert {reading["read_basis"] for reading in found.readings} == {"views", None}
    assert {reading["account_id"] for reading in found.readings} == {"wechat:MzI4NjAxNjY4Nw=="}
    assert found.source.scope == "listing"


def test_rows_that_cannot_be_taken(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["无链接", "", "2015-05-05 08:35:06", "1", "2", "3", "4"],
        row(1, "1", "2"),
        row(2, "x", "2", "3", "4"),
        HEADER,
    ]
    found = whole(csv_file(tmp_path / "文章.csv", rows))
    assert [(code, field) for _, code, field in found.refused] == [
        ("no_link", "url"),
        ("row_width", ""),
        ("bad_count", "like_num"),
    ]


def test_real_files(shared: Path) -> None:
    folder = shared / "data" / "formats"
    found = whole(folder / "wechatDownload_2024-12-07.csv", now=datetime(2026, 11, 23))
    assert (found.source.rows_taken, found.readings[0]["reads"], found.readings[0]["likes"]) == (
        30,
        15984,
        179,
    )
    bare = whole(folder / "wechatDownload_2024-11-06_nostats.csv", now=datetime(2026, 11, 23))
    assert {reading["reads"] for reading in bare.readings} == {None}
