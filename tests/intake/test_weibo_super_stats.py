"""weibo_super_stats' posts of a super topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jianwei.intake import weibo_id
from tests.intake.made import MID, UID, csv_file, whole

HEADER = ["作者昵称", "帖子发送时间", "帖子链接", "原图链接", "图片本地路径", "帖子内容", "转发数", "评论总数", "点赞数",
          "非楼主评论数", "楼主回复数", "话题评论系数", "帖子分数", "互动总量"]  # fmt: skip


def row(number: int, **known: Any) -> list[Any]:
    cells = dict.fromkeys(HEADER, "") | {
        "作者昵称": "重庆微发布", "帖子发送时间": "2015-05-05 10:12", "帖子内容": "通知", "转发数": "1", "评论总数": "2",
        "帖子链接": f"https://weibo.com/{UID}/{weibo_id.bid(str(MID + number))}", "点赞数": "3", "楼主回复数": "9",
    }  # fmt: skip
    return list((cells | known).values())


def test_counts_in_the_tools_order_and_replies_left_aside(tmp_path: Path) -> None:
    rows = [
        row(1, 原图链接="http://a/1.jpg,http://a/2.jpg"),
        row(2, 点赞数="赞", 转发数="1.2万"),
        row(3, 帖子链接="x"),
        row(4)[:5],
    ]
    found = whole(csv_file(tmp_path / "weibo_posts.csv", [HEADER, *rows]))
    first, second = found.readings
    assert (first["post_key"], first["reposts"], first["comments"], first["likes"], first["pictures"]) == (
        f"weibo:{MID + 1}", 1, 2, 3, 2,
    )  # fmt: skip
    assert (second["likes"], second["reposts"], second["rounded"]) == (None, 12000, "reposts")
    assert [(code, field) for _, code, field in found.refused] == [
        ("bad_link", "帖子链接"),
        ("row_width", ""),
    ]
    assert found.issue("replies_aside").level == "note"
    assert found.source.scope == "search"
