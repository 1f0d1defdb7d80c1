"""MediaCrawler of both eras: who wrote a note is known by name, by the hash of a registered uid, or not."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.made import MID, UID, book, csv_file, whole, wholes

NEW = [
    "note_id",
    "content",
    "create_time",
    "create_date_time",
    "liked_count",
    "comments_count",
    "shared_count",
    "last_modify_ts",
    "note_url",
    "creator_hash",
    "nickname",
    "source_keyword",
]
OLD = [*NEW[:9], "ip_location", "user_id", "nickname", "gender", "profile_url", "avatar", "source_keyword"]
HASH = hashlib.sha256(UID.encode()).hexdigest()[:16]


def note(number: int = 0, **known: Any) -> dict[str, Any]:
    mid = str(MID + number)
    return {"note_id": mid, "content": "一图读懂", "create_time": "1430791953", "create_date_time": "2015-05-05 10:12:33+08:00",
            "liked_count": "321", "comments_count": "45", "shared_count": "1.2万", "last_modify_ts": "1435000000330",
            "note_url": f"https://m.weibo.cn/detail/{mid}", "creator_hash": HASH, "nickname": "重***布", "source_keyword": "",
            "user_id": UID, "ip_location": "重庆", "gender": "m", "profile_url": "", "avatar": "", **known}  # fmt: skip


def rows(header: list[str], *notes: dict[str, Any]) -> list[list[Any]]:
    return [header, *([one[name] for name in header] for one in notes)]


def test_the_older_era_names_the_author(tmp_path: Path) -> None:
    old = [note(), note(1, user_id="", nickname=""), note(2, liked_count="-")]
    found = whole(
        csv_file(
            tmp_path / "creator_contents_2026-05-01.csv",
            rows(OLD, *(one | {"nickname": "重庆微发布"} for one in old)),
        )
    )
    first, second = found.readings
    assert (
        first["account_id"],
        first["account_name"],
        first["likes"],
        first["comments"],
        first["reposts"],
    ) == (f"weibo:{UID}", "重庆微发布", 321, 45, 12000)
    assert (first["published_at"], first["observed_at"]) == (
        datetime(2015, 5, 5, 10, 12, 33),
        datetime(2015, 6, 23, 3, 6, 40),
    )
    assert (first["original"], first["pictures"], first["rounded"], second["likes"]) == (
        None,
        None,
        "reposts",
        None,
    )
    assert [field for _, _, field in found.refused] == ["user_id"]


@pytest.mark.parametrize("registered", [(), (f"weibo:{UID}", "wechat:gh_1")])
def test_the_newer_era_knows_the_registered_only(tmp_path: Path, registered: tuple[str, ...]) -> None:
    path = csv_file(tmp_path / "a.csv", rows(NEW, note(), note(1, creator_hash="0" * 16)))
    known, stranger = whole(path, registered=registered).readings
    assert known["account_id"] == (f"weibo:{UID}" if registered else f"weibo:~{HASH}")
    assert stranger["account_id"] == f"weibo:~{'0' * 16}"
    assert (known["account_name"], stranger["account_name"]) == (None, None)


def test_ids_that_a_spreadsheet_has_mangled_come_from_the_link(tmp_path: Path) -> None:
    made = rows(NEW, note(note_id=3.83837e15), note(1, note_id="3.83837E+15", note_url=""))
    found = whole(book(tmp_path / "weibo.xlsx", {"Contents": made}))
    assert [row["post_key"] for row in found.readings] == [f"weibo:{MID}"]
    assert [field for _, _, field in found.refused] == ["note_id"]


def comment(number: int, **known: Any) -> dict[str, Any]:
    return {"comment_id": str(5000000000000000 + number), "create_time": "1430791960", "note_id": str(MID), "content": "好", "sub_comment_count": "0",
            "comment_like_count": "2", "last_modify_ts": "1435000000330", "parent_comment_id": "0", "creator_hash": "ab", "nickname": "甲*", **known}  # fmt: skip


def test_json_lines_and_comments(tmp_path: Path) -> None:
    path = tmp_path / "search_comments_2026-07-02.jsonl"
    path.write_text(
        "\n".join(
            map(
                json.dumps,
                [comment(1), comment(2, parent_comment_id="5000000000000001", comment_like_count="")],
            )
        ),
        "utf-8",
    )
    first, second = whole(path).tables["comments"]
    assert (first["likes"], first["reply_to"], second["likes"], second["reply_to"]) == (
        2,
        None,
        None,
        "weibo:5000000000000001",
    )
    assert first["commenter"] == second["commenter"]
    assert first["commenter"] != "ab"
    notes = tmp_path / "contents.json"
    notes.write_text(json.dumps([note(), note(1, create_time=None)]), "utf-8")
    found = whole(notes)
    assert (len(found.readings), [field for _, _, field in found.refused]) == (1, ["create_time"])


def test_the_database_with_creators(tmp_path: Path) -> None:
    path = tmp_path / "sqlite_tables.db"
    creator = {
        "user_id": UID,
        "nickname": "重庆微发布",
        "fans": "312.5万",
        "follows": "880",
        "last_modify_ts": "1435000000330",
    }
    with closing(sqlite3.connect(path)) as made:
        for name, one in (
            ("weibo_note", note()),
            ("weibo_note_comment", comment(1)),
            ("weibo_creator", creator),
            ("xhs_note", {"a": 1}),
        ):
            made.execute(f"CREATE TABLE {name} ({', '.join(one)})")
            made.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(one))})", list(one.values()))
        made.commit()
    notes, comments, creators = wholes(path)
    assert (len(notes.readings), len(comments.tables["comments"])) == (1, 1)
    [audience] = creators.tables["followers"]
    assert (audience["followers"], audience["rounded"]) == (3125000, "followers")


def test_the_tools_own_files(shared: Path) -> None:
    for name in ("mediacrawler_creator_contents_2026+.csv", "mediacrawler_creator_contents_pre-2026-07.csv"):
        found = whole(
            shared / "data" / "formats" / name, now=datetime(2026, 11, 24), registered=(f"weibo:{UID}",)
        )
        assert (found.readings[0]["account_id"], found.readings[0]["reposts"]) == (f"weibo:{UID}", 12000)
