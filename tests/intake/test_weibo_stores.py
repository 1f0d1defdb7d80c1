"""SQLite files of weibo-crawler and weibo-search, written here as the tools write them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from jianwei.intake.commenter import pseudonym
from tests.intake.made import MID, UID, Whole, whole, wholes

OTHER = "2803301701"
POST = ("id", "bid", "user_id", "screen_name", "text", "article_url", "topics", "at_users", "pics", "video_url",
        "live_photo_url", "location", "created_at", "source", "attitudes_count", "comments_count", "reposts_count",
        "retweet_id", "edited", "edit_count")  # fmt: skip
HIT = (*POST[:17], "retweet_id", "ip", "user_authentication", "vip_type", "vip_level")
USER = ("id", "nick_name", "gender", "follower_count", "follow_count")
COMMENT = (
    "id",
    "bid",
    "weibo_id",
    "root_id",
    "user_id",
    "created_at",
    "user_screen_name",
    "text",
    "like_count",
)


def store(path: Path, **tables: tuple[tuple[str, ...], list[dict[str, Any]]]) -> Path:
    with closing(sqlite3.connect(path)) as made:
        for name, (columns, rows) in tables.items():
            made.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            for row in rows:
                made.execute(
                    f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
                    [row.get(one) for one in columns],
                )
        made.commit()
    return path


def post(number: int, user: str = UID, **known: Any) -> dict[str, Any]:
    row = {"id": str(MID + number), "bid": "", "user_id": user, "screen_name": "重庆微发布", "text": f"第{number}条",
           "pics": "", "video_url": "", "created_at": "2015-05-05T10:12:33", "attitudes_count": 3, "comments_count": 0,
           "reposts_count": 12000, "retweet_id": ""}  # fmt: skip
    return row | known


def crawled(path: Path) -> dict[str, Whole]:
    posts = [
        post(1),
        post(2, OTHER, screen_name="人民日报"),
        post(3, retweet_id=str(MID + 2)),
        post(4, OTHER, created_at="2014-01-01T00:00:00"),
        post(5),
    ]
    said = {
        "id": "5001",
        "weibo_id": str(MID + 1),
        "created_at": "2015-05-06T08:00:00",
        "text": "好",
        "like_count": 2,
    }
    comments = [said | {"user_id": "777", "user_screen_name": "甲"},
                said | {"id": "5002", "root_id": "5001", "user_id": UID, "user_screen_name": "重庆微发布", "like_count": None}]  # fmt: skip
    user = {"id": UID, "nick_name": "重庆微发布", "follower_count": 3125000}
    made = store(path, user=(USER, [user]), weibo=(POST, posts), comments=(COMMENT, comments))
    return {one.source.name.split("〔")[1].rstrip("〕"): one for one in wholes(made, secret=b"k" * 32)}


def test_sources_of_reposts_are_read_apart_as_hits(tmp_path: Path) -> None:
    found = crawled(tmp_path / "weibodata.db")
    assert set(found) == {"user", "weibo", "weibo（原微博）", "comments"}
    mine, others = found["weibo"], found["weibo（原微博）"]
    assert [row["post_key"][-1] for row in mine.readings] == [str(MID + n)[-1] for n in (1, 3, 5)]
    assert {row["account_id"] for row in mine.readings} == {f"weibo:{UID}"}
    assert {row["account_id"] for row in others.readings} == {f"weibo:{OTHER}"}
    assert (mine.source.scope, others.source.scope) == ("timeline", "search")
    first, repost, _ = mine.readings
    assert (first["likes"], first["comments"], first["reposts"], first["original"]) == (3, 0, 12000, True)
    assert (repost["original"], repost["repost_of"]) == (False, f"weibo:{MID + 2}")
    assert mine.source.first_published == datetime(
        2015, 5, 5, 10, 12, 33
    )  # the old source post does not stretch it


def test_profiles_and_comments(tmp_path: Path) -> None:
    found = crawled(tmp_path / "weibodata.db")
    [audience] = found["user"].tables["followers"]
    assert (audience["account_id"], audience["followers"], audience["statuses"]) == (
        f"weibo:{UID}",
        3125000,
        None,
    )
    first, answer = found["comments"].tables["comments"]
    assert (first["post_key"], first["likes"], first["by_account"]) == (f"weibo:{MID + 1}", 2, False)
    assert (answer["reply_to"], answer["by_account"], answer["likes"]) == ("weibo:5001", True, None)
    assert first["commenter"] == pseudonym("777", b"k" * 32)
    assert "777" not in str(first)


def test_hits_with_counts_as_words(tmp_path: Path) -> None:
    rows = [post(1, reposts_count="1.2万", attitudes_count="100万+", created_at="2015-05-05 10:12", user_authentication="蓝V"),
            post(2, retweet_id=str(MID + 1), reposts_count="")]  # fmt: skip
    found = whole(store(tmp_path / "weibo.db", weibo=(HIT, rows)))
    first, second = found.readings
    assert (first["reposts"], first["rounded"], first["likes"], first["censored"]) == (
        12000,
        "reposts",
        1000000,
        "likes",
    )
    assert (second["original"], second["reposts"]) == (False, None)
    assert found.source.scope == "search"


def test_the_tools_own_files(shared: Path) -> None:
    folder = shared / "data" / "formats"
    assert [one.source.format for one in wholes(folder / "weibo-search.db", now=datetime(2026, 11, 23))] == [
        "weibo-search-db"
    ]
    found = wholes(folder / "weibo-crawler_weibodata.db", now=datetime(2026, 11, 23))
    assert [one.source.format for one in found] == [
        "weibo-crawler-db-users",
        "weibo-crawler-db",
        "weibo-crawler-db",
    ]
    assert sum(one.source.rows_quarantined for one in found) == 0
