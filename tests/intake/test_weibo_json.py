"""weibo-crawler's <uid>.json: a profile and the account's posts."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.made import MID, UID, unusable, whole


def document(*posts: Any, **of_user: Any) -> dict[str, Any]:
    profile = {"id": UID, "screen_name": "重庆微发布", "statuses_count": 51234, "followers_count": 3125000,
               "verified": True, "verified_type": 1, "verified_reason": "官方微博"}  # fmt: skip
    return {"user": profile | of_user, "weibo": list(posts)}


def post(number: int = 0, **cells: Any) -> dict[str, Any]:
    made = {"user_id": int(UID), "screen_name": "重庆微发布", "id": MID + number, "bid": "Cg4kqAbcd", "text": "正文",
            "article_url": "", "pics": "u1,u2", "video_url": "", "created_at": "2015-05-05T10:12:33",
            "attitudes_count": 321, "comments_count": 45, "reposts_count": 12000, "topics": "一图读懂",
            "full_created_at": "2015-05-05 10:12:33"}  # fmt: skip
    return made | cells


def saved(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def test_an_accounts_json(tmp_path: Path) -> None:
    repost = post(1, retweet=post(90), pics="")
    found = whole(saved(tmp_path / f"{UID}.json", document(post(), repost)))
    assert (found.source.format, found.source.era) == ("weibo-crawler-json", "2022-04 后")
    [audience] = found.tables["followers"]
    assert (audience["followers"], audience["account_id"]) == (3_125_000, f"weibo:{UID}")
    first, second = found.readings
    assert (first["post_key"], first["likes"], first["comments"], first["reposts"]) == (
        f"weibo:{MID}",
        321,
        45,
        12_000,
    )
    assert (first["original"], first["pictures"], first["published_at"]) == (
        True,
        2,
        datetime(2015, 5, 5, 10, 12, 33),
    )
    assert (second["original"], second["repost_of"], second["pictures"]) == (False, f"weibo:{MID + 90}", 0)
    assert found.source.rows_read == 3


def test_the_form_before_2022_has_days_only(tmp_path: Path) -> None:
    old = post(created_at="2019-12-28")
    del old["full_created_at"]
    found = whole(saved(tmp_path / f"{UID}.json", document(old)), now=datetime(2020, 1, 1))
    assert found.source.era == "2022-03 前"
    assert found.readings[0]["published_at"] == datetime(2019, 12, 28)


def test_hostile_values_stay_in_quarantine(tmp_path: Path) -> None:
    path = tmp_path / f"{UID}.json"
    bad = [post(1, attitudes_count={}), post(2, attitudes_count=[3]), post(3, id=None), post(4, created_at=None,
           full_created_at=None), "不是记录", None, post(5, text="半\ud83d个"), post(6, comments_count="{}"),
           post(7, reposts_count="1e400"), post(8, pics=["a", "b", "c"]), post(9, user_id={"a": 1})]  # fmt: skip
    text = json.dumps(document(*bad, post(10, attitudes_count=4)))
    path.write_text(text.replace('"attitudes_count": 4', '"attitudes_count": 1e400'), "utf-8")
    found = whole(path)
    assert [(row["post_key"][-1], row["comments"], row["pictures"]) for row in found.readings] == [
        ("6", 45, 2),
        ("7", None, 2),
        ("9", 45, 3),
    ]
    assert {number for number, _, _ in found.refused} == {2, 3, 4, 5, 6, 7, 10, 12, 13}
    assert found.tables["texts"][0]["text"] == "半个"
    assert {code for _, code, _ in found.refused} == {"bad_count", "missing_id", "missing_time", "bad_record"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"user": {}, "weibo": [{"id": 1}', "bad_json"),
        ('{"a": 1}\n{"a": 2}\n', "unknown_layout"),
        ("[1, 2]", "unknown_layout"),
        ('{"user": [], "weibo": {}}', "unknown_layout"),
        ("[" * 100_000, "bad_json"),
    ],
)
def test_what_is_no_such_json_is_told(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    assert unusable(path).code == code


def test_json_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document(post()), ensure_ascii=False), "gb18030")
    assert unusable(path).code == "encoding"


def test_the_tools_own_files(shared: Path) -> None:
    formats = shared / "data" / "formats"
    users = whole(formats / "weibo-crawler_users.csv", now=datetime(2026, 11, 24))
    told = whole(formats / "weibo-crawler_1988438334.json", now=datetime(2026, 11, 24))
    assert users.tables["followers"][0]["followers"] == told.tables["followers"][0]["followers"] == 3_125_000
    assert [row["likes"] for row in told.readings] == [321, 3, 88]
