"""Templates as offices fill them in: sums, audiences, whose row it is, and what is no data at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import template
from jianwei.model import Platform
from tests.intake.made import NOW, book, csv_file, whole

KIND = ("月份", "账号", "UID", "月末粉丝", "发布数", "原创数", "阅读量", "转发", "评论", "点赞")
WECHAT = ("月份", "公众号", "原始ID", "累积关注", "推送次数", "篇数", "阅读次数", "阅读人数", "点赞", "在看")
READINGS = ("日期", "平台", "账号名称", "UID/原始ID", "粉丝数")
ROW = ("2015-01", "重庆微发布", "1988438334", 312_500, 40, 30, "1.2万", 100, 20, 0)


def form(tmp_path: Path, *rows: Sequence[Any], header: Sequence[Any] = KIND, **told: Any) -> Any:
    return whole(csv_file(tmp_path / "表.csv", [header, *rows]), **told)


def test_a_row_of_sums(tmp_path: Path) -> None:
    found = form(tmp_path, ROW)
    [total] = found.tables["totals"]
    assert (found.source.format, found.source.scope) == ("模板·微博汇总", "form")
    assert (total["account_id"], total["start"], total["end"]) == (
        "weibo:1988438334",
        date(2015, 1, 1),
        date(2015, 1, 31),
    )
    assert [total[name] for name in ("posts", "originals", "reads", "reposts", "comments", "likes")] == [
        40, 30, 12_000, 100, 20, 0,
    ]  # fmt: skip
    assert (total["rounded"], total["read_basis"], total["observed_from"]) == ("reads", "views", "mtime")
    [audience] = found.tables["followers"]
    assert (audience["followers"], audience["observed_at"]) == (312_500, datetime(2015, 1, 31, 23, 59, 59))
    assert found.source.rows_taken == 1


def test_blank_is_not_known_and_zero_is_zero(tmp_path: Path) -> None:
    found = form(tmp_path, ("2015-01", "甲", "11111", "", "", "0", "-", None, "未掌握", "0"))
    [total] = found.tables["totals"]
    assert [total[name] for name in ("posts", "originals", "reads", "reposts", "comments", "likes")] == [
        None, 0, None, None, None, 0,
    ]  # fmt: skip
    assert "followers" not in found.tables


def test_a_column_that_is_not_there_is_not_known(tmp_path: Path) -> None:
    found = form(tmp_path, ("2015-01", "11111", 4, 5), header=("月份", "UID", "发布数", "转发"))
    [total] = found.tables["totals"]
    assert (total["posts"], total["reposts"], total["comments"]) == (4, 5, None)


def test_readers_stand_in_where_there_are_no_reads(tmp_path: Path) -> None:
    rows = [("2015-01", "甲", f"gh_{n}", "", 4, 9, reads, readers, 1, 1) for n, (reads, readers) in
            enumerate([(100, 60), ("", 60), ("", ""), (0, 60)])]  # fmt: skip
    totals = form(tmp_path, *rows, header=WECHAT).tables["totals"]
    assert [(row["reads"], row["read_basis"]) for row in totals] == [
        (100, "views"),
        (60, "users"),
        (None, None),
        (0, "views"),
    ]
    assert {row["platform"] for row in totals} == {"wechat"}


def test_units_in_titles_multiply(tmp_path: Path) -> None:
    header = ("月份", "UID", "月末粉丝(万)", "发布数(条)", "阅读量（万次）", "转发")
    found = form(tmp_path, ("2015-01", "11111", "312.5", 40, 3, 5), header=header)
    [total], [audience] = found.tables["totals"], found.tables["followers"]
    assert (audience["followers"], audience["rounded"]) == (3_125_000, "followers")
    assert (total["posts"], total["reads"], total["reposts"], total["rounded"]) == (40, 30_000, 5, "reads")
    assert "月末粉丝(万) ×10,000" in found.issue("scaled_column").what


@pytest.mark.parametrize(
    ("header", "cells", "days"),
    [
        (("起日", "止日"), ("2015-01-01", "2015-06-30"), (date(2015, 1, 1), date(2015, 6, 30))),
        (("月份",), ("2015年上半年",), (date(2015, 1, 1), date(2015, 6, 30))),
        (("统计月份",), ("201502",), (date(2015, 2, 1), date(2015, 2, 28))),
    ],
)
def test_spans_of_days(tmp_path: Path, header: Any, cells: Any, days: Any) -> None:
    found = form(tmp_path, (*cells, "11111", 4, 5), header=(*header, "UID", "发布数", "转发"))
    [total] = found.tables["totals"]
    assert (total["start"], total["end"]) == days


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({0: "2015-13"}, "bad_period", "月份"),
        ({0: ""}, "bad_period", "月份"),
        ({0: "2015.1"}, "bad_period", "月份"),
        ({0: "2015-07"}, "future", "月份"),
        ({2: ""}, "no_account", "UID"),
        ({2: "1.98844E+09"}, "mangled_id", "UID"),
        ({2: "重庆微发布"}, "bad_id", "UID"),
        ({7: "很多"}, "bad_count", "转发"),
        ({7: "-3"}, "bad_count", "转发"),
        ({7: "3.5"}, "bad_count", "转发"),
        ({7: "#REF!"}, "bad_count", "转发"),
        ({3: "#REF!"}, "bad_count", "月末粉丝"),
        (dict.fromkeys(range(3, 10), ""), "empty_row", ""),
        ({1: "合计", 2: ""}, "total_row", ""),
        ({0: "总 计"}, "total_row", ""),
        ({0: "平均：", 2: ""}, "total_row", ""),
    ],
)
def test_a_bad_row_names_its_field_and_the_good_one_is_taken(
    tmp_path: Path, cells: dict[int, str], code: str, field: str
) -> None:
    bad = [cells.get(place, cell) for place, cell in enumerate(ROW)]
    found = form(tmp_path, bad, ROW)
    assert found.refused == [(2, code, field)]
    issue = found.issue(code)
    assert (issue.level, issue.where.file, issue.where.row, issue.where.field) == (
        "warning",
        "表.csv",
        2,
        field,
    )
    assert issue.what
    assert issue.hint
    assert len(found.tables["totals"]) == 1
    assert found.tables["quarantine"][0]["raw"].startswith(str(bad[0]))


def test_followers_alone_are_not_taken_for_a_month_to_come(tmp_path: Path) -> None:
    found = form(tmp_path, ("2015-07", "甲", "11111", 5, *[""] * 6), ("2015-06", "甲", "11111", 5, *[""] * 6))
    assert found.refused == [(2, "future", "月份")]
    assert [row["observed_at"].month for row in found.tables["followers"]] == [6]
    assert "totals" not in found.tables


def test_rows_of_the_wrong_width(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "表.csv",
        [(*KIND, "", ""), ROW[:5], (*ROW, "", ""), (*ROW[:1], "乙", "22222", *ROW[3:], "", "", "")],
    )
    path.write_bytes(path.read_bytes() + b"2015-02,\xe7\x94")
    found = whole(path)
    assert [row[:2] for row in found.refused] == [(2, "row_width"), (4, "row_width"), (5, "row_width")]
    assert "中断" in found.source.issues[-1].what
    assert len(found.tables["totals"]) == 1


def test_the_account_named_for_a_file_that_names_none(tmp_path: Path) -> None:
    header = ("月份", "发布数", "转发")
    rows = [("2015-01", 4, 5), ("合计", 4, 5)]
    found = form(tmp_path, *rows, header=header, account="weibo:2803301701")
    assert [row["account_id"] for row in found.tables["totals"]] == ["weibo:2803301701"]
    assert found.refused == [(3, "total_row", "")]
    assert form(tmp_path, *rows, header=header).refused[0][1] == "no_account"
    other = form(tmp_path, *rows, header=header, account="wechat:gh_1")
    assert other.refused[0][1] == "no_account"


def test_an_account_named_for_a_file_of_several_is_not_guessed(tmp_path: Path) -> None:
    rows = [("2015-01", "甲", "", 4, 5), ("2015-02", "甲", "", 4, 5), ("2015-01", "乙", "", 4, 5)]
    header = ("月份", "账号", "UID", "发布数", "转发")
    found = form(tmp_path, *rows, header=header, account="weibo:2803301701")
    assert [row["start"].month for row in found.tables["totals"]] == [1, 2]
    assert found.refused == [(4, "no_account", "UID")]
    rows[0] = ("2015-01", "甲", "33333", 4, 5)
    found = form(tmp_path, *rows, header=header, account="weibo:2803301701")
    assert [row["account_id"] for row in found.tables["totals"]] == ["weibo:33333"]
    assert [code for _, code, _ in found.refused] == ["no_account"] * 2


def test_follower_readings_of_every_platform(tmp_path: Path) -> None:
    rows = [("2015-06-30", platform.value, "甲", "12345", "1.2万") for platform in Platform]
    rows += [("2015-06-30", "Weibo", "甲", "12345", "7"), ("2015-06-30", "公众号", "甲", "gh_1", "7")]
    found = form(tmp_path, *rows, header=READINGS)
    told = found.tables["followers"]
    families = [platform.family for platform in Platform if platform is not Platform.WECHAT_SERVICE]
    assert [row["platform"] for row in told] == [*families, "weibo", "wechat"]
    assert found.source.rows_duplicate == 1  # both kinds of WeChat accounts are one family
    assert told[0]["observed_at"] == datetime(2015, 6, 30, 23, 59, 59)
    assert (told[0]["followers"], told[0]["rounded"], told[0]["observed_from"]) == (
        12_000,
        "followers",
        "row",
    )


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("2015-06-30", "微簿", "甲", "12345", 7), "unknown_platform", "平台"),
        (("2015-06-30", "", "甲", "12345", 7), "unknown_platform", "平台"),
        (("2015-06-30", "微博", "甲", "", 7), "no_account", "UID/原始ID"),
        (("2015-06-30", "微博", "甲", "12345", ""), "empty_row", "粉丝数"),
        (("2015-07-02", "微博", "甲", "12345", 7), "future", "日期"),
        (("六月底", "微博", "甲", "12345", 7), "bad_time", "日期"),
        (("2015-06-30", "微博", "甲", "1.2E+10", 7), "mangled_id", "UID/原始ID"),
    ],
)
def test_a_bad_reading_of_followers(tmp_path: Path, row: Any, code: str, field: str) -> None:
    found = form(tmp_path, row, ("2015-07-01", "微博", "甲", "12345", 7), header=READINGS)
    assert found.refused == [(2, code, field)]
    assert [audience["observed_at"] for audience in found.tables["followers"]] == [NOW]  # today is not over
    if row[1] == "微簿":
        assert "微博" in found.issue(code).hint


def test_a_form_as_people_send_it_back(tmp_path: Path) -> None:
    """A workbook with a title, a remark, blank rows, real dates, a sum and a signature."""
    header = template.header("weibo_totals")
    blank = [None] * len(header)

    def row(month: Any, uid: Any, posts: Any) -> list[Any]:
        cells = dict(zip(header, blank, strict=True)) | {
            "月份": month,
            "UID": uid,
            "发布数": posts,
            "转发": 5.0,
        }
        return list(cells.values())

    rows = [
        ["微博运营情况汇总表"],
        ["空白 = 未掌握，0 = 确为零"],
        blank,
        header,
        row(date(2015, 1, 1), 1988438334, 40),
        blank,
        row("2015-02", "1988438334", None),
        row("合计", None, 40),
        ["填报人：张三"],
    ]
    found = whole(book(tmp_path / "表.xlsx", {"微博汇总": rows}))
    told = [
        (row["account_id"], row["start"].month, row["posts"], row["source_row"])
        for row in found.tables["totals"]
    ]
    assert told == [("weibo:1988438334", 1, 40, 5), ("weibo:1988438334", 2, None, 7)]
    assert [(number, code) for number, code, _ in found.refused] == [(8, "total_row"), (9, "no_account")]


def test_columns_that_mean_the_same_are_told_with_a_warning(tmp_path: Path) -> None:
    found = form(
        tmp_path, ("2015-01", "11111", 4, 5, 99), header=("月份", "UID", "发布数", "转发数", "转发量")
    )
    assert found.tables["totals"][0]["reposts"] == 5
    issue = found.issue("same_meaning")
    assert (issue.level, issue.what[-3:]) == ("warning", "转发量")


def test_columns_that_nobody_reads_are_told(tmp_path: Path) -> None:
    found = form(tmp_path, (*ROW, "x", "y"), header=(*KIND, "得分", "电话"))
    assert found.issue("unknown_column").what == "未读取的列：得分"


def test_rows_of_another_platform_are_not_taken_for_the_template_s(tmp_path: Path) -> None:
    header = (*KIND, "平台")
    rows = [(*ROW, word) for word in ("微博", "抖音", "", "新浪微博", "微信公众号", "说不清")]
    rows = [("2015-01", f"号{n}", f"{11111 + n}", *row[3:]) for n, row in enumerate(rows)]
    found = form(tmp_path, *rows, header=header)
    assert [(row, code) for row, code, _ in found.refused] == [(3, "other_platform"), (6, "other_platform")]
    assert found.source.rows_taken == 4
    assert "--draft-map" in found.issue("unknown_column").hint
