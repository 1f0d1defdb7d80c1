"""Previews say what would be stored, in the templates' words, and why a row would be refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jianwei.intake import preview, tables
from jianwei.intake.given import Given
from jianwei.intake.mapping import Mapping, words
from jianwei.intake.template import Kind
from tests.intake.made import csv_file, options

LINK = "http://mp.weixin.qq.com/s?__biz=AAA==&mid=7&idx=1"


def shown(
    tmp_path: Path, kind: Kind, columns: dict[str, str], *rows: Sequence[Any], **more: Any
) -> list[dict[str, str]]:
    known = words(kind)
    mapping = Mapping(
        "甲", kind, tuple(columns), {title: known[word] for title, word in columns.items()}, **more
    )
    path = csv_file(tmp_path / "a.csv", [list(columns), *rows])
    [table] = tables.of_file(path)
    return preview.rows(mapping, table, Given(path, options()))


def test_posts(tmp_path: Path) -> None:
    columns = {
        "题": "标题",
        "址": "链接",
        "日": "发布时间",
        "读": "阅读次数",
        "人": "阅读人数",
        "赞": "点赞",
        "头": "头条",
    }
    good = ["一篇" * 30, LINK, "2015-05-05 10:12", "10万+", "", "1.2万", "是"]
    bad = ["二", LINK, "某天", 1, "", "", ""]
    first, second = shown(tmp_path, "wechat_posts", columns, good, bad)
    assert first == {
        "行": "2", "账号": "wechat:AAA==", "标题": "一篇" * 15, "链接": LINK[:30], "发布时间": "2015-05-05 10:12",
        "阅读次数": "100,001+", "阅读人数": "未掌握", "点赞": "约 12,000", "头条": "是",
    }  # fmt: skip
    assert second == {"行": "3", "不能收下": "“日”：“某天”不是时间"}


def test_sums_and_their_followers(tmp_path: Path) -> None:
    columns = {"日": "日期", "号": "微信号/原始ID", "读": "阅读人数", "粉": "累积关注", "发": "推送次数/篇数"}
    [row] = shown(
        tmp_path, "wechat_totals", columns, ["2015-06-01", "gh_1", 9, "3.5", "1/4"], units={"粉": 10_000}
    )
    assert row == {
        "行": "2", "账号": "wechat:gh_1", "时段": "2015-06-01", "阅读人数": "9", "累积关注": "约 35,000", "推送次数": "1", "篇数": "4",
    }  # fmt: skip


def test_followers(tmp_path: Path) -> None:
    columns = {"日": "日期", "台": "平台", "名": "账号名称", "号": "UID/原始ID", "粉": "粉丝数"}
    [row] = shown(tmp_path, "followers", columns, ["2015-06-30", "微博", "甲", "11111", 5])
    assert row == {"行": "2", "账号": "weibo:11111（甲）", "日期": "2015-06-30 23:59", "粉丝数": "5"}


def test_only_the_rows_that_count_and_five_of_them(tmp_path: Path) -> None:
    columns = {"日": "日期", "号": "微信号/原始ID", "读": "阅读次数", "道": "回复"}
    rows = [[f"2015-06-{n:02d}", "gh_1", n, word] for n in range(1, 10) for word in ("全部", "别的")]
    known = words("wechat_totals")
    mapping = Mapping(
        "甲",
        "wechat_totals",
        tuple(columns),
        {t: known[w] for t, w in list(columns.items())[:3]},
        only={"道": "全部"},
    )
    path = csv_file(tmp_path / "a.csv", [list(columns), *rows])
    [table] = tables.of_file(path)
    found = preview.rows(mapping, table, Given(path, options()))
    assert [row["阅读次数"] for row in found] == ["1", "2", "3", "4", "5"]
