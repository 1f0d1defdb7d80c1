"""nghuyong/WeiboSpider JSON lines: posts with the time of the crawl, profiles."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.intake.made import MID, UID, whole

USER = {"_id": UID, "nick_name": "重庆微发布", "verified": True, "verified_type": 1, "verified_reason": "官方微博",
        "followers_count": 3125000, "statuses_count": 51234}  # fmt: skip


def tweet(number: int, **known: Any) -> dict[str, Any]:
    return {"crawl_time": 1435000000, "_id": str(MID + number), "mblogid": "", "created_at": "2015-05-05 10:12:33",
            "reposts_count": 12, "comments_count": 0, "attitudes_count": 3, "content": "通知", "pic_num": 2,
            "isLongText": False, "is_retweet": False, "user": USER, **known}  # fmt: skip


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows),
        "utf-8",
    )
    return path


def test_posts_are_seen_when_they_were_crawled(tmp_path: Path) -> None:
    rows = [
        tweet(1, reads_count=5000),
        tweet(2, is_retweet=True, retweet_id=str(MID + 9), video="v"),
        '{"_id": "3',
        tweet(4, user={}),
        tweet(5, reposts_count="x"),
    ]
    found = whole(lines(tmp_path / "tweet.jsonl", rows))
    first, second = found.readings
    assert (first["reads"], first["read_basis"], first["reposts"], first["likes"], first["pictures"]) == (
        5000,
        "views",
        12,
        3,
        2,
    )
    assert first["observed_at"] == datetime(2015, 6, 23, 3, 6, 40)
    assert first["observed_from"] == "row"
    assert (second["original"], second["repost_of"], second["video"], second["read_basis"]) == (
        False,
        f"weibo:{MID + 9}",
        True,
        None,
    )
    assert [row["followers"] for row in found.tables["followers"]] == [3125000]
    assert [code for _, code, _ in found.refused] == ["row_width", "bad_id", "bad_count"] or len(
        found.refused
    ) == 3
    assert found.source.scope == "listing"


def test_profiles(tmp_path: Path) -> None:
    found = whole(
        lines(
            tmp_path / "user.jsonl",
            [USER | {"crawl_time": 1435000000}, USER | {"crawl_time": 1435100000, "followers_count": None}],
        )
    )
    first, second = found.tables["followers"]
    assert (first["followers"], first["statuses"], first["verified_type"]) == (3125000, 51234, "1")
    assert second["followers"] is None
    assert found.source.format == "WeiboSpider-users"
