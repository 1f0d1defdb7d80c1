"""Social Feed Manager's export: only 转发 is counted, nothing else becomes a zero."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.intake.made import MID, UID, book, csv_file, whole

HEADER = ["created_at", "weibo_id", "screen_name", "followers_count", "friends_count", "reposts_count", "topics",
          "in_reply_to_screen_name", "weibo_url", "text", "url1", "url2", "retweeted_text", "retweeted_url1",
          "retweeted_url2"]  # fmt: skip


def row(number: int, **known: Any) -> list[Any]:
    cells = dict.fromkeys(HEADER, "") | {
        "created_at": "Tue May 05 10:12:33 +0800 2015", "weibo_id": str(MID + number), "screen_name": "重庆微发布",
        "followers_count": "3125000", "reposts_count": "12",
        "weibo_url": f"http://m.weibo.cn/{UID}/{MID + number}", "text": "通知",
    }  # fmt: skip
    return list((cells | known).values())


def test_rows_of_a_harvest(tmp_path: Path) -> None:
    rows = [row(1), row(1), HEADER, row(2, reposts_count="", retweeted_text="原文"), row(3, weibo_id=str(MID)[:-4] + "0000"),
            row(4, weibo_url=""), row(5)[:6], row(6, reposts_count="x")]  # fmt: skip
    found = whole(csv_file(tmp_path / "sfm.csv", [HEADER, *rows]))
    first, second = found.readings
    assert (first["reposts"], first["comments"], first["likes"], first["original"]) == (12, None, None, True)
    assert (second["reposts"], second["original"]) == (None, False)
    assert [(code, field) for _, code, field in found.refused] == [
        ("mangled_id", "weibo_id"), ("missing_link", "weibo_url"), ("row_width", ""), ("bad_count", "reposts_count"),
    ]  # fmt: skip
    assert (found.source.format, found.source.scope, found.source.rows_duplicate) == ("SFM", "search", 1)
    assert "followers" not in found.tables


def test_a_workbook(tmp_path: Path) -> None:
    found = whole(book(tmp_path / "sfm.xlsx", {"Sheet1": [HEADER, row(1)]}))
    assert [one["post_key"] for one in found.readings] == [f"weibo:{MID + 1}"]
