"""Exports of the national system as they come: other columns, several sheets, page heads, bad cells."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.registry.national import Export, read
from tests.registry.conftest import CsvWriter


def one(path: Path) -> Export:
    (export,) = read([path])
    assert export.rows == len(export.accounts) + export.duplicates + export.rejected
    return export


def test_columns_are_known_by_any_of_their_titles(sheet: CsvWriter) -> None:
    export = one(
        sheet(
            [
                ["全国政务新媒体信息报送系统"],
                ["序号", "*新媒体名称（必填）", "新媒体类型", "账号链接", "开设主体", "当前状态", "关停/注销时间", "账号主体", "标识码"],
                ["1", "平安重庆", "政务微博", "https://weibo.com/u/2803301701?is_all=1", "重庆市公安局", "关停", "2019年3月",
                 "重庆市公安局", "5000000001"],
                ["2", "平安重庆", "公众号", "GH_Abc", "重庆市公安局", "正常", "", "", ""],
                ["3", "警务通", "微信小程序", "", "重庆市公安局", "", "", "", ""],
                ["4", "警务", "百家号", "", "重庆市公安局", "", "", "", ""],
            ]
        )
    )  # fmt: skip
    weibo, wechat, mini, other = export.accounts
    assert (weibo.family, weibo.platform, weibo.uid, weibo.unit) == (
        "weibo",
        "微博",
        "2803301701",
        "重庆市公安局",
    )
    assert (weibo.status, weibo.closed, weibo.filing) == ("已注销", date(2019, 3, 1), "5000000001")
    assert weibo.certified_as == "重庆市公安局"
    assert (weibo.where.row, weibo.where.file) == (3, "表.csv")
    assert (wechat.family, wechat.platform, wechat.uid) == ("wechat", "", "gh_abc")
    assert (mini.platform, mini.uid, other.platform) == ("小程序", "", "其他")
    assert export.issues == []


def test_a_sheet_a_platform_with_heads_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        for title, uid in (("微博", "2803301701"), ("抖音", "dy_1"), ("说明", None)):
            page = book.add_worksheet(title)
            rows = [
                ["账号名称", "主办单位", "账号ID"],
                ["甲", "甲局", uid],
                ["账号名称", "主办单位", "账号ID"],
                ["注册会计师", "乙局", ""],
                ["注：以上为在用账号", "", ""],
            ]
            for number, row in enumerate(rows if uid else [["填写说明"]]):
                page.write_row(number, 0, row)
    export = one(path)
    assert [(row.family, row.name, row.uid) for row in export.accounts] == [
        ("weibo", "甲", "2803301701"), ("weibo", "注册会计师", ""), ("douyin", "甲", "dy_1"),
        ("douyin", "注册会计师", ""),
    ]  # fmt: skip
    assert export.accounts[0].where.file == "导出.xlsx〔微博〕"


def test_bad_rows_are_told_and_counted(sheet: CsvWriter) -> None:
    export = one(
        sheet(
            [
                ["账号名称", "平台", "UID", "注销时间"],
                ["甲", "微博", "2.80330E+09", ""],
                ["", "微博", "2803301701", ""],
                ["乙", "人人网", "1", ""],
                ["丙", "", "1", ""],
                ["丁", "微博", "2803301702", "某日"],
                ["丁二", "微博", "2803301702", ""],
                ["合计：6", "", "", ""],
                ["填表人：张三", "", "", ""],
            ]
        )
    )
    assert [(row.name, row.uid, row.closed) for row in export.accounts] == [
        ("甲", "", None), ("乙", "1", None), ("丁", "2803301702", None),
    ]  # fmt: skip
    assert (export.rows, export.duplicates, export.rejected) == (6, 1, 2)
    told = [(issue.level, issue.code, issue.where.row) for issue in export.issues]
    assert told == [
        ("warning", "unreadable", 2), ("warning", "unreadable", 6), ("error", "required", 3),
        ("error", "required", 5), ("warning", "unknown_word", 4), ("note", "duplicate_row", 7),
    ]  # fmt: skip


def test_an_account_in_two_files_counts_once(sheet: CsvWriter) -> None:
    rows = [["账号名称", "平台", "UID"], ["甲", "微博", "2803301701"]]
    first, second = read([sheet(rows, "一.csv"), sheet(rows, "二.csv", "gb18030")])
    assert (len(first.accounts), second.duplicates, second.accounts) == (1, 1, [])


def test_long_lists_of_problems_are_cut(sheet: CsvWriter) -> None:
    rows = [["账号名称", "平台"], ["甲", "微博"], *([["", "微博"]] * 50)]
    export = one(sheet(rows))
    assert export.rejected == 50
    assert len(export.issues) == 21
    assert "共 50 行" in export.issues[-1].what


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([["姓名", "年龄"], ["甲", "3"]], "没有一列是认识的"),
        ([["账号名称", "主办单位"], ["甲", "甲局"]], "缺少账号名称或平台"),
        ([["账号名称", "平台"], ["", "微博"]], "没有一个可用的账号"),
        ([["账号名称", "平台"]], "没有一个可用的账号"),
    ],
)
def test_what_is_no_export_is_refused(sheet: CsvWriter, rows: list[list[str]], what: str) -> None:
    with pytest.raises(DataError, match=what):
        read([sheet(rows)])


WORDS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=6)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=5), max_size=5))
def test_no_table_of_words_breaks_it(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("any") / "表.csv"
    head = ["账号名称", "平台", "UID", "注销日期", "状态"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, ["甲", "微博", "", "", ""], *rows])
    assert one(path).accounts[0].name == "甲"
