"""Weibo-archiver's file: seen when exported, a timeline only where it holds every post."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.intake.made import MID, UID, whole

USER = {
    "uid": UID,
    "name": "重庆微发布",
    "followers": 3125000,
    "postCount": 2,
    "exportedAt": "2015-06-01 08:00:00",
}


def post(number: int, **known: Any) -> dict[str, Any]:
    return {"id": str(MID + number), "mblogid": "", "userId": UID, "text": "通知", "imgs": ["a", "b"],
            "createdAt": "2015-05-05 10:12:33", "repostsCount": 12, "commentsCount": 0, "likesCount": 3} | known  # fmt: skip


def archive(path: Path, posts: list[Any], **user: Any) -> Path:
    path.write_text(
        json.dumps({"weibo": posts, "user": USER | user, "followings": []}, ensure_ascii=False), "utf-8"
    )
    return path


def test_a_whole_archive(tmp_path: Path) -> None:
    repost = post(2, retweet={"id": str(MID + 9)}, likesCount=None)
    found = whole(archive(tmp_path / "weibo-data-重庆微发布.json", [post(1), repost]))
    first, second = found.readings
    assert (first["reposts"], first["comments"], first["likes"], first["pictures"]) == (12, 0, 3, 2)
    assert (first["observed_at"], first["observed_from"]) == (datetime(2015, 6, 1, 8), "row")
    assert (second["original"], second["repost_of"], second["likes"]) == (False, f"weibo:{MID + 9}", None)
    [audience] = found.tables["followers"]
    assert (audience["followers"], audience["statuses"], audience["observed_at"]) == (
        3125000,
        2,
        datetime(2015, 6, 1, 8),
    )
    assert (found.source.format, found.source.scope) == ("Weibo-archiver", "timeline")


def test_a_part_is_no_timeline_and_bad_posts_are_kept_aside(tmp_path: Path) -> None:
    posts = [post(1), "x", post(3, repostsCount="x"), post(4, id="1e15"), post(5, createdAt="")]
    found = whole(archive(tmp_path / "weibo-data-a.json", posts, postCount=900, exportedAt=None))
    assert found.source.scope == "listing"
    assert found.issue("not_whole")
    assert found.readings[0]["observed_from"] == "mtime"
    assert [(number, field) for number, _, field in found.refused] == [
        (3, ""),
        (4, "repostsCount"),
        (5, "id"),
        (6, "createdAt"),
    ]
