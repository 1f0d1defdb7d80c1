"""weibo-crawler's comment files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jianwei.intake.commenter import pseudonym
from tests.intake.made import MID, csv_file, whole

HEADER = ["id", "weibo_id", "created_at", "user_screen_name", "text", "pic_url", "like_count"]


def row(number: int, who: str = "甲", likes: str = "2") -> list[str]:
    return [str(5000000000000000 + number), f"{MID}\t", "2015-05-06T08:00:00", who, "好，赞", "", likes]


def test_comments_are_no_posts_and_nobody_is_named(tmp_path: Path) -> None:
    rows = [HEADER, row(1), row(2, "重庆微发布", ""), row(3)[:-1], HEADER]
    found = whole(csv_file(tmp_path / "重庆微发布_comments.csv", rows), secret=b"s" * 32)
    assert found.readings == []
    first, own = found.tables["comments"]
    assert (first["post_key"], first["likes"], first["by_account"]) == (f"weibo:{MID}", 2, False)
    assert (own["by_account"], own["likes"]) == (True, None)
    assert first["commenter"] == pseudonym("甲", b"s" * 32)
    assert first["published_at"] == datetime(2015, 5, 6, 8)
    assert found.source.scope == "comments"
    assert [code for _, code, _ in found.refused] == ["row_width"]
