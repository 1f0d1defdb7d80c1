"""Saved answers of Weibo's interfaces: pages alone, in an array, one a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.intake.made import MID, UID, whole

USER = {
    "id": int(UID),
    "idstr": UID,
    "screen_name": "重庆微发布",
    "followers_count": 3125000,
    "verified": True,
    "verified_type": 1,
}


def status(number: int, **known: Any) -> dict[str, Any]:
    return {"created_at": "Tue May 05 10:12:33 +0800 2015", "id": MID + number, "mid": str(MID + number),
            "idstr": str(MID + number), "text": "通知 <b>", "reposts_count": 12, "comments_count": 0, "attitudes_count": 3,
            "user": USER} | known  # fmt: skip


def page(*posts: Any) -> dict[str, Any]:
    return {"statuses": list(posts), "total_number": 900}


def ajax(*posts: dict[str, Any]) -> dict[str, Any]:
    return {"ok": 1, "data": {"list": [{"mblogid": "", **one} for one in posts], "total": 900}}


def saved(path: Path, found: Any) -> Path:
    path.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    return path


def test_a_page_of_the_open_platform(tmp_path: Path) -> None:
    source = status(9, user={"id": 2803301701})
    found = whole(saved(tmp_path / "page.json", page(
        status(1), status(2, retweeted_status=source, attitudes_count=1_000_000), {"deleted": "1", "id": MID}, "x", status(3, reposts_count="x"))))  # fmt: skip
    first, second = found.readings
    assert (first["reposts"], first["comments"], first["likes"], first["reads"], first["video"]) == (
        12,
        0,
        3,
        None,
        None,
    )
    assert first["original"] is True
    assert (second["original"], second["repost_of"], second["censored"]) == (
        False,
        f"weibo:{MID + 9}",
        "likes",
    )
    assert [row["followers"] for row in found.tables["followers"]] == [3125000]
    assert [(number, code) for number, code, _ in found.refused] == [
        (3, "no_author"),
        (4, "bad_record"),
        (5, "bad_count"),
    ]
    assert (found.source.era, found.source.scope) == ("开放平台", "listing")


def test_pages_of_the_web_site_as_lines(tmp_path: Path) -> None:
    pages = [
        ajax(status(1, isTop=1, reads_count=5000, pic_num=2)),
        {"ok": -100},
        ajax(status(2, text="<a>链接</a>&amp;")),
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in pages), "utf-8")
    found = whole(path)
    first, second = found.readings
    assert (first["reads"], first["read_basis"], first["pictures"], second["read_basis"]) == (
        5000,
        "views",
        2,
        None,
    )
    assert [row["text"] for row in found.tables["texts"]][1] == "链接&"
    assert [(number, code) for number, code, _ in found.refused] == [(2, "no_page")]
    assert (found.source.era, found.source.scope) == (
        "网页接口",
        "search",
    )  # a pinned post stretches the days


def test_pages_of_several_accounts_are_fragments(tmp_path: Path) -> None:
    other = USER | {"id": 2803301701, "idstr": "2803301701"}
    found = whole(saved(tmp_path / "pages.json", [page(status(1)), page(status(2, user=other))]))
    assert {row["account_id"] for row in found.readings} == {f"weibo:{UID}", "weibo:2803301701"}
    assert found.source.scope == "search"
