"""weiboSpider CSV: the third order of counts, ids as bids, headers repeated by every run."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.intake.made import UID, csv_file, unusable, whole

ONLY = [
    "微博id",
    "微博正文",
    "头条文章url",
    "原始图片url",
    "微博视频url",
    "发布位置",
    "发布时间",
    "发布工具",
    "点赞数",
    "转发数",
    "评论数",
]
ALL = [*ONLY[:4], "被转发微博原始图片url", "是否为原创微博", *ONLY[4:]]


def row(header: list[str], **cells: str) -> list[str]:
    told = dict.fromkeys(ALL, "无") | {"微博id": "ImTGkcdDn", "微博正文": "通知", "发布时间": "2015-01-13 16:22",
                                       "点赞数": "847", "转发数": "386", "评论数": "162", "是否为原创微博": "True"}  # fmt: skip
    return [(told | cells)[name] for name in header]


@pytest.mark.parametrize("header", [ONLY, ALL])
def test_both_modes_and_headers_repeated(tmp_path: Path, header: list[str]) -> None:
    found = whole(
        csv_file(
            tmp_path / f"{UID}.csv",
            [header, row(header), header, row(header, 微博id="z0JH2lOMb", 点赞数="1.2万")],
        )
    )
    first, second = found.readings
    assert (first["post_key"], first["likes"], first["reposts"], first["comments"]) == (
        "weibo:4454572602912349",
        847,
        386,
        162,
    )
    assert (first["original"], first["pictures"], first["video"], first["long_text"]) == (
        True,
        0,
        False,
        False,
    )
    assert (second["post_key"], second["likes"], second["rounded"]) == (
        "weibo:3501756485200075",
        12000,
        "likes",
    )
    assert (found.source.format, found.source.scope) == ("weiboSpider", "timeline")


def test_reposts_and_what_is_no_id(tmp_path: Path) -> None:
    rows = [
        ALL,
        row(ALL, 是否为原创微博="False", 原始图片url="a,b"),
        row(ALL, 微博id="不是"),
        row(ALL)[:-1],
        row(ALL, 点赞数="-1"),
    ]
    found = whole(csv_file(tmp_path / f"{UID}.csv", rows))
    [reading] = found.readings
    assert (reading["original"], reading["pictures"]) == (False, 2)
    assert [(number, code) for number, code, _ in found.refused] == [
        (3, "bad_id"),
        (4, "row_width"),
        (5, "bad_count"),
    ]


def test_nobody_says_whose_it_is(tmp_path: Path) -> None:
    assert unusable(csv_file(tmp_path / "共青团.csv", [ONLY, row(ONLY)])).code == "account_needed"


def test_a_real_file(shared: Path) -> None:
    path = shared / "data" / "weibo" / "ccyl_2020-01_weiboSpider_format.csv"
    found = whole(path, account="weibo:3937348351", now=datetime(2026, 11, 23))
    assert (found.source.rows_taken, found.source.rows_quarantined) == (23, 0)
    first = found.readings[0]
    assert (first["likes"], first["reposts"], first["comments"], first["original"]) == (847, 386, 162, True)
