"""Guesses: tables as vendors and back-ends write them, and what must not be guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import draft, guess, mapping_file, tables
from jianwei.intake.guess import Guess
from jianwei.intake.template import TEMPLATES
from tests.intake.made import book, csv_file

QINGBO = (
    "排名",
    "公众号",
    "微信号",
    "发布次数/篇数",
    "总阅读数",
    "头条阅读",
    "平均阅读",
    "最高阅读",
    "总点赞数",
    "总在看数",
    "WCI",
)
MIXED = (
    "序号",
    "媒体名称",
    "平台",
    "发布日期",
    "标题",
    "原文地址",
    "阅读数",
    "点赞量",
    "评论次数",
    "转发数量",
)
ARTICLE = "http://mp.weixin.qq.com/s?__biz=AAA==&mid=1&idx=1"
STATUS = "https://weibo.com/1988438334/ImTGkcdDn"


def guessed(tmp_path: Path, *rows: Sequence[Any]) -> Guess:
    [table] = tables.of_file(csv_file(tmp_path / "表.csv", rows))
    found = guess.of_table(table)
    assert found is not None
    return found


def taken(found: Guess) -> dict[str, str]:
    return dict(found.mapping().columns)


def test_a_vendor_s_board_of_sums(tmp_path: Path) -> None:
    found = guessed(
        tmp_path, QINGBO, (1, "重庆发布", "cqfb", "30/120", "120万+", 40, 10, 100001, 3, 2, 1234.5)
    )
    assert found.kind == "wechat_totals"
    assert taken(found) == {
        "公众号": "account_name", "微信号": "uid", "发布次数/篇数": "pushes_posts", "总阅读数": "reads", "头条阅读": "headline_reads",
        "最高阅读": "max_reads", "总点赞数": "likes", "总在看数": "wow",
    }  # fmt: skip
    assert not found.mapping().by_name


def test_a_mixed_export_takes_one_platform(tmp_path: Path) -> None:
    rows = [
        (1, "重庆发布", "微信", "2015-06-03 10:00", "政策一", ARTICLE, 100, 3, 2, 1),
        (2, "重庆微发布", "微博", "2015-06-04 10:00", "政策二", STATUS, "", 3, 2, 1),
    ]
    found = guessed(tmp_path, MIXED, *rows)
    assert found.kind == "wechat_posts"
    assert found.only == {"平台": "微信"}
    assert set(found.others) == {"weibo_posts"}
    assert found.mapping().by_name


@pytest.mark.parametrize(
    ("link", "kind"), [(ARTICLE, "wechat_posts"), (STATUS, "weibo_posts")], ids=["wechat", "weibo"]
)
def test_links_tell_the_platform_and_need_no_title(tmp_path: Path, link: str, kind: str) -> None:
    found = guessed(tmp_path, ("内容", "在哪", "时间", "赞"), ("甲", link, "2015-06-03", 1))
    assert found.kind == kind
    assert taken(found)["在哪"] == "link"


def test_rows_by_channel(tmp_path: Path) -> None:
    header = ("日期", "渠道", "阅读次数", "阅读人数", "分享次数", "分享人数", "收藏次数", "群发篇数")
    rows = [("2015-06-01", word, 9, 8, 7, 6, 5, 4) for word in ("全部", "朋友圈", "公众号会话")]
    found = guessed(tmp_path, header, *rows)
    assert (found.kind, found.only) == ("wechat_totals", {"渠道": "全部"})
    columns = taken(found)
    assert (columns["日期"], columns["阅读次数"], columns["阅读人数"]) == ("day", "reads", "readers")
    without = guessed(tmp_path, header, *rows[1:])
    assert without.only == {"渠道": ""}
    _, issues = mapping_file.read(draft.text(without, "甲"), "a.toml")
    assert [issue.where.field for issue in issues if issue.level == "error"] == ["only.渠道"]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("阅读(人)", "readers"), ("图文阅读人数", "readers"), ("图文阅读次数", "reads"), ("阅读总数", "reads"),
        ("分享人数", "sharers"), ("阅读率", None), ("平均阅读数", None), ("阅读数占比(%)", None), ("点赞人数", None),
    ],
)  # fmt: skip
def test_persons_are_no_times_and_shares_no_counts(tmp_path: Path, title: str, field: str | None) -> None:
    found = guessed(tmp_path, ("公众号", "标题", "发布时间", title), ("甲", "题", "2015-06-01", 5))
    assert taken(found).get(title) == field


def test_content_that_does_not_fit_its_title_is_not_taken(tmp_path: Path) -> None:
    rows = [("甲", "题", "2015-06-01", word, 5) for word in ("较多", "一般", "很少")]
    found = guessed(tmp_path, ("公众号", "标题", "发布时间", "阅读数", "点赞数"), *rows)
    assert "阅读数" not in taken(found)
    [column] = [one for one in found.columns if one.title == "阅读数"]
    assert "不像" in column.why


def test_of_two_columns_of_one_meaning_the_surer_is_taken(tmp_path: Path) -> None:
    found = guessed(
        tmp_path, ("公众号", "标题", "发布时间", "浏览量", "阅读次数"), ("甲", "题", "2015-06-01", 5, 6)
    )
    assert taken(found)["阅读次数"] == "reads"
    assert "浏览量" not in taken(found)
    assert any("“阅读次数”" in one.why for one in found.columns if one.title == "浏览量")


def test_a_title_that_stands_twice_is_not_taken(tmp_path: Path) -> None:
    found = guessed(
        tmp_path, ("公众号", "标题", "发布时间", "阅读", "阅读"), ("甲", "题", "2015-06-01", 5, 6)
    )
    assert "阅读" not in taken(found)
    assert mapping_file.read(draft.text(found, "甲"), "a")[0] is not None


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (("2015-05-01", "2015-06-30"), "自动"), (("5/1/2015", "6/30/2015"), "月/日/年"), (("1.5.2015", "30.6.2015"), "日/月/年"),
        (("15/5/1", "15/5/2", "15/5/3", "15/6/30"), "年/月/日"),
    ],
)  # fmt: skip
def test_how_days_are_written(tmp_path: Path, days: Sequence[str], order: str) -> None:
    found = guessed(tmp_path, ("公众号", "标题", "发布时间", "阅读"), *(("甲", "题", day, 5) for day in days))
    assert found.dates == order


def test_units_stand_in_titles(tmp_path: Path) -> None:
    found = guessed(tmp_path, ("月份", "微博名称", "发博数", "粉丝数（万）"), ("2015-06", "甲", 5, 3.5))
    assert found.kind == "weibo_totals"
    assert found.mapping().units == {"粉丝数（万）": 10_000}


@pytest.mark.parametrize("rows", [[("姓名", "年龄"), ("甲", 3)], [("x", "y"), ("1", "2")]])
def test_of_any_other_table_nothing_is_guessed(tmp_path: Path, rows: Sequence[Any]) -> None:
    found = [guess.of_table(table) for table in tables.of_file(csv_file(tmp_path / "a.csv", rows))]
    assert not any(found)


# ------------------------------------------------- where the table stands


def test_titles_above_and_a_header_of_two_rows(tmp_path: Path) -> None:
    top = [
        ("某市政务微信月报", "", "", "", ""),
        ("公众号", "阅读", "", "分享", ""),
        ("", "次数", "人数", "次数", "人数"),
    ]
    [table] = tables.of_file(book(tmp_path / "a.xlsx", {"说明": [["看"]], "表": [*top, ("甲", 9, 8, 7, 6)]}))
    assert (table.sheet, table.header_rows, table.above) == ("表", 2, ("某市政务微信月报",))
    assert table.header == ("公众号", "阅读·次数", "阅读·人数", "分享·次数", "分享·人数")
    found = guess.of_table(table)
    assert found is not None
    assert set(taken(found).values()) >= {"reads", "readers", "shares", "sharers"}


def test_a_banner_of_two_cells_is_no_header(tmp_path: Path) -> None:
    found = guessed(
        tmp_path, ("2015年6月数据", "", "", "单位：万"), ("公众号", "篇数", "阅读", "粉丝"), ("甲", 5, 6, 7)
    )
    assert found.table.header == ("公众号", "篇数", "阅读", "粉丝")
    assert found.table.above == ("2015年6月数据", "单位：万")


# ------------------------------------------------- the draft


HOSTILE = ['引"号', "换\n行", "反\\斜", "井#号", "[表]", "\x07响", "'单'", "a.b", "阅读数"]


def test_the_draft_says_what_was_guessed_and_is_read_as_such(tmp_path: Path) -> None:
    rows = [("公众号", "标题", "发布时间", *HOSTILE), ("甲\n乙", '"""', "2015-06-01", *["x\ny"] * 8, 5)]
    path = book(tmp_path / "a.xlsx", {"表": rows})
    [table] = tables.of_file(path)
    found = guess.of_table(table)
    assert found is not None
    text = draft.text(found, '某"系统#')
    mapping = mapping_file.load(text, "a.toml")
    guessed_mapping = found.mapping('某"系统#')
    assert mapping.columns == guessed_mapping.columns
    assert (mapping.key, mapping.title) == (guessed_mapping.key, '某"系统#')
    assert (mapping.by_name, mapping.kind, mapping.complete) == (True, "wechat_posts", False)


def test_the_draft_explains_each_line(tmp_path: Path) -> None:
    found = guessed(tmp_path, MIXED, (1, "甲", "微信", datetime(2015, 6, 3), "一", ARTICLE, 1, 3, 2, 1))
    text = draft.text(found, "甲系统")
    for title in MIXED:
        [line] = [line for line in text.splitlines() if line.startswith((f'"{title}" =', f"{title} ="))]
        assert "# " in line
    assert "没有写明是次数还是人数" in text
    assert TEMPLATES[found.kind].title in text
