"""wechat-article-exporter: the table of both generations and the raw JSON."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.made import book, csv_file, unusable, whole

OLD = [
    "ID",
    "链接",
    "标题",
    "封面",
    "摘要",
    "创建时间",
    "发布时间",
    "阅读",
    "点赞",
    "分享",
    "喜欢",
    "留言",
    "作者",
    "是否原创",
    "文章类型",
    "所属合集",
    "文章内容",
]
NEW = ["公众号", *OLD]
LINK = "http://mp.weixin.qq.com/s?__biz=MzA3NzAyMzMyMA==&mid={}&idx={}&sn=9"


def row(
    number: int, counts: tuple[Any, ...] = (100001, 1543, 3021, 812, 66), idx: int = 1, **cells: Any
) -> list[Any]:
    told = dict.fromkeys(NEW, "") | {"公众号": "重庆发布", "ID": f"{number}_{idx}", "链接": LINK.format(number, idx), "标题": "封闭检测",
                                     "发布时间": "2015-05-05 08:32:43", "是否原创": "原创", "文章类型": "普通图文"}  # fmt: skip
    told |= dict(zip(("阅读", "点赞", "分享", "喜欢", "留言"), counts, strict=True)) | cells
    return [told[name] for name in NEW]


@pytest.mark.parametrize("header", [OLD, NEW])
def test_the_table(tmp_path: Path, header: list[str]) -> None:
    rows = [
        row(2650238548),
        row(2650238549, (0, 0, 0, 0, 0), 2, 是否原创="", 文章类型="视频分享"),
        row(2650238550, ("", "", "", "", "")),
    ]
    found = whole(
        book(tmp_path / "微信公众号文章.xlsx", {"Sheet1": [header, *(one[-len(header) :] for one in rows)]})
    )
    first, second, third = found.readings
    assert [first[name] for name in ("reads", "likes", "shares", "wow", "comments")] == [
        100001,
        1543,
        3021,
        812,
        66,
    ]
    assert (first["censored"], first["declared_original"], first["headline"], first["read_basis"]) == (
        "reads",
        True,
        True,
        "views",
    )
    assert [second[name] for name in ("reads", "likes", "declared_original", "video", "headline")] == [
        None,
        None,
        None,
        True,
        False,
    ]
    assert third["reads"] is None
    assert first["account_name"] == ("重庆发布" if header is NEW else None)
    assert first["post_key"] == "wechat:MzA3NzAyMzMyMA==:2650238548:1"


def test_the_table_as_csv_with_rows_that_cannot_be_taken(tmp_path: Path) -> None:
    rows = [NEW, row(1, 链接="https://mp.weixin.qq.com/s/abc"), row(2)[:-2], row(3, ("1.5", 1, 1, 1, 1)), NEW]
    found = whole(csv_file(tmp_path / "a.csv", rows))
    assert [code for _, code, _ in found.refused] == ["no_link", "row_width", "bad_count"]
    assert unusable(csv_file(tmp_path / "b.csv", [[*NEW, "阅读"], [*row(1), 1]])).code == "duplicate_column"


def raw(number: int, **known: Any) -> dict[str, Any]:
    return {"aid": f"{number}_1", "appmsgid": number, "itemidx": 1, "link": "http://mp.weixin.qq.com/s?__biz=MzA3&mid=1&idx=1", "title": "标题",
            "create_time": 1430785963, "update_time": 1430785963, "copyright_stat": 1, "copyright_type": 1,
            "fakeid": "MzA3NzAyMzMyMA==", "_accountName": "重庆发布", **known}  # fmt: skip


def test_the_raw_objects(tmp_path: Path) -> None:
    path = tmp_path / "文章.json"
    rows = [
        raw(1, readNum=12, oldLikeNum=0, shareNum=0, likeNum=3, commentNum=0),
        raw(2),
        raw(3, copyright_type=0),
        "x",
        raw(4, readNum=-3),
    ]
    path.write_text(json.dumps(rows), "utf-8")
    found = whole(path)
    first, second, third = found.readings
    assert (first["post_key"], first["reads"], first["likes"], first["wow"]) == (
        "wechat:MzA3NzAyMzMyMA==:1:1",
        12,
        0,
        3,
    )
    assert (second["reads"], second["declared_original"], third["declared_original"]) == (None, True, False)
    assert first["published_at"] == datetime(2015, 5, 5, 8, 32, 43)
    assert [code for _, code, _ in found.refused] == ["bad_record", "bad_count"]


def test_the_tools_own_files(shared: Path) -> None:
    for name in ("wechat-article-exporter.xlsx", "wechat-article-exporter.json"):
        found = whole(shared / "data" / "formats" / name, now=datetime(2026, 11, 23))
        assert (found.readings[0]["reads"], found.readings[0]["wow"], found.source.rows_quarantined) == (
            100001,
            812,
            0,
        )
