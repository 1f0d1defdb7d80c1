"""Every kind of bad input: a clear message at the right row and field, and good rows still taken."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError, Issue

NOW = datetime(2015, 7, 1, 9, 30)
UNITS = [
    ["单位编码", "排序号", "全称", "区划代码", "起始"],
    ["CQ-01", "10", "重庆市人民政府新闻办公室", "500000", ""],
    ["CQ-02", "20", "重庆市公安局", "500000", ""],
]
ACCOUNT_HEAD = ["单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "开通日期", "注销日期"]


def found(issues: tuple[Issue, ...], code: str) -> Issue:
    [issue] = [issue for issue in issues if issue.code == code]
    return issue


@pytest.mark.parametrize(
    ("row", "code", "field", "says"),
    [
        (["", "10", "甲", "500000", ""], "required", "单位编码", "缺少单位编码"),
        (["X", "10", "", "500000", ""], "required", "全称", "缺少全称"),
        (["X", "十", "甲", "500000", ""], "unreadable", "排序号", "“十”不是整数"),
        (["X", "10", "甲", "50000", ""], "adcode", "区划代码", "不是六位数字"),
        (["X", "10", "甲", "509999", ""], "unknown_region", "区划代码", "509999"),
        (["X", "10", "甲", "500000", "2015年2月30日"], "unreadable", "起始", "没有“2015年2月30日”这一天"),
        (["X", "10", "甲", "500000", "去年"], "unreadable", "起始", "看不懂日期“去年”"),
        (["1.00001E+17", "10", "甲", "500000", ""], "mangled_id", "单位编码", "1.00001E+17"),
        (["X Y", "10", "甲", "500000", ""], "unreadable", "单位编码", "中间有空格"),
        (["X", "10", "甲" * 201, "500000", ""], "too_long", "全称", "有 201 字"),
        (["X", "10"], "row_width", "", "只有 2 格"),
        (["X", "10", "甲", "500000", "", "多"], "row_width", "", "有 6 格"),
    ],
)
def test_a_bad_unit_is_left_out_with_row_and_field(
    book: Any, sheet: Callable[..., Path], row: list[str], code: str, field: str, says: str
) -> None:
    done = book.import_files([sheet([*UNITS, row])], now=NOW)
    issue = found(done.issues, code)
    assert (issue.level, issue.where.file, issue.where.row, issue.where.field) == (
        "error",
        "表.csv",
        4,
        field,
    )
    assert says in issue.what
    assert (done.tallies["units"].read, done.tallies["units"].new, done.tallies["units"].rejected) == (
        3,
        2,
        1,
    )
    assert done.rejected[0].raw == tuple(row)
    told = done.to_json()
    assert told["kinds"]["units"]["read"] == 3 == told["kinds"]["units"]["taken"] + len(told["rejected"])
    assert book.counts()["units"] == 2


@pytest.mark.parametrize(
    ("row", "level", "code", "field", "says"),
    [
        (["CQ-01", "微簿", "甲", "123456", "", "", ""], "error", "unknown_word", "平台", "微簿"),
        (["CQ-01", "微博", "", "123456", "", "", ""], "error", "required", "账号名称", "缺少账号名称"),
        (["CQ-01", "微博", "甲", "", "", "", ""], "error", "required", "UID/原始ID", "无法与数据对应"),
        (["CQ-01", "微信订阅号", "甲", "", "", "", ""], "error", "required", "UID/原始ID", "无法与数据对应"),
        (["CQ-01", "抖音", "甲", "", "", "", ""], "warning", "no_uid", "UID/原始ID", "抖音"),
        (["CQ-01", "微博", "甲", "3.83837E+15", "", "", ""], "error", "mangled_id", "UID/原始ID", "科学计数"),
        (
            ["CQ-09", "微博", "甲", "123456", "", "", ""],
            "error",
            "unknown_unit",
            "单位编码",
            "账号没有所属单位",
        ),
        (["CQ-01", "微博", "甲", "123456", "对", "", ""], "error", "unreadable", "主账号", "看不出是或否"),
        (["CQ-01", "微博", "甲", "abc", "", "", ""], "warning", "uid_form", "UID/原始ID", "不像数字 UID"),
        (["CQ-01", "微信", "甲", "gh_1", "", "", ""], "warning", "presumed_word", "平台", "订阅号"),
        (
            ["CQ-01", "微博", "甲", "123456", "", "2015-06-01", "2015-05-01"],
            "error",
            "dates_reversed",
            "注销日期",
            "早于",
        ),
    ],
)
def test_accounts(
    book: Any, sheet: Callable[..., Path], row: list[str], level: str, code: str, field: str, says: str
) -> None:
    good = ["CQ-02", "微博", "平安重庆", "1111681197", "是", "", ""]
    paths = [sheet([ACCOUNT_HEAD, row, good], "账号.csv"), sheet(UNITS, "单位.csv")]
    done = book.import_files(paths, now=NOW)
    issue = found(done.issues, code)
    assert (issue.level, issue.where.file, issue.where.row, issue.where.field) == (
        level,
        "账号.csv",
        2,
        field,
    )
    assert says in issue.what
    assert done.tallies["accounts"].taken == (1 if level == "error" else 2)
    assert book.counts()["accounts"] == done.tallies["accounts"].taken


def test_an_unknown_platform_is_met_with_a_suggestion(book: Any, sheet: Callable[..., Path]) -> None:
    rows = [ACCOUNT_HEAD, ["CQ-01", "微信订阅", "甲", "gh_1", "", "", ""]]
    done = book.import_files([sheet(UNITS, "单位.csv"), sheet(rows)], now=NOW)
    assert "微信订阅号" in found(done.issues, "unknown_word").hint


def test_one_uid_at_two_units_is_an_error(book: Any, sheet: Callable[..., Path]) -> None:
    rows = [
        ACCOUNT_HEAD,
        ["CQ-01", "微博", "甲", "123456", "", "", ""],
        ["CQ-02", "微博", "甲", "123456", "", "", ""],
    ]
    done = book.import_files([sheet(UNITS, "单位.csv"), sheet(rows)], now=NOW)
    issue = found(done.issues, "uid_two_units")
    assert issue.where.row == 3
    assert "CQ-01" in issue.what
    assert "第 2 行" in issue.what
    assert book.counts()["accounts"] == 1


def test_duplicates_same_and_different(book: Any, sheet: Callable[..., Path]) -> None:
    done = book.import_files(
        [sheet([*UNITS, UNITS[1], ["CQ-02", "20", "重庆市公安总局", "500000", ""]])], now=NOW
    )
    same, other = [issue for issue in done.issues if issue.code == "duplicate_row"]
    assert (same.level, same.where.row, other.level, other.where.row) == ("warning", 4, "error", 5)
    tally = done.tallies["units"]
    assert (tally.read, tally.new, tally.unchanged, tally.rejected) == (4, 2, 1, 1)


def test_a_code_that_is_not_valid_at_the_start_is_warned_of(book: Any, sheet: Callable[..., Path]) -> None:
    rows = [UNITS[0], ["TN", "1", "潼南区人民政府", "500223", "2015-07-01"]]
    done = book.import_files([sheet(rows)], now=NOW)
    issue = found(done.issues, "region_day")
    assert (issue.level, issue.where.row, issue.where.field) == ("warning", 2, "区划代码")
    assert "当日应为 500152 潼南区" in issue.what
    assert book.counts()["units"] == 1


def test_a_day_within_the_year_between_two_tables_is_no_fault(book: Any, sheet: Callable[..., Path]) -> None:
    rows = [UNITS[0], ["CQ", "1", "重庆市人民政府", "500000", "1997-06-18"]]
    assert book.import_files([sheet(rows)], now=NOW).issues == ()


def test_strict_takes_all_or_nothing(book: Any, sheet: Callable[..., Path]) -> None:
    path = sheet([*UNITS, ["", "1", "甲", "", ""]])
    refused = book.import_files([path], strict=True, now=NOW)
    assert not refused.applied
    assert refused.roster_version == ""
    assert len(refused.errors) == 1
    assert book.counts()["units"] == 0
    assert not (book.space / "roster").exists()
    taken = book.import_files([sheet(UNITS, "好.csv")], strict=True, now=NOW)
    assert taken.applied
    assert book.counts()["units"] == 2


def test_one_bad_file_of_several_stops_before_anything_is_stored(
    book: Any, sheet: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(DataError, match="没有文件") as caught:
        book.import_files([sheet(UNITS), tmp_path / "无.csv", tmp_path], now=NOW)
    assert "是文件夹" in str(caught.value)
    assert book.counts()["units"] == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空文件"),
        (b" \n\n", "没有内容"),
        ("单位编码,全称\n".encode(), "只有表头"),
        ("单位编码,全名\nA,甲\n".encode(), "缺少“全称”列"),
        (b"x,y\n1,2\n", "没有一列是认识的"),
        (b"\xff\xff\x80\x80\x00\x01\x02" * 9, "编码"),
        ('单位编码,全称\nA,"甲\n'.encode(), "不是完整的 CSV"),
        (b"PK\x03\x04half a workbook", "已损坏"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "已损坏"),
    ],
)
def test_unusable_files(book: Any, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=says) as caught:
        book.import_files([path], now=NOW)
    assert caught.value.hint
    assert "坏.csv" in str(caught.value)


def test_a_header_with_a_slip_gets_a_suggestion(book: Any, sheet: Callable[..., Path]) -> None:
    with pytest.raises(DataError, match="单位的全称"):
        book.import_files([sheet([["单位编码", "单位的全称", "排序号"], ["A", "甲", "1"]])], now=NOW)


def test_a_zip_bomb_is_refused_unread(book: Any, tmp_path: Path) -> None:
    path = tmp_path / "弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 40_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(DataError, match="解压后异常庞大"):
        book.import_files([path], now=NOW)


def test_numbers_of_a_workbook_are_ids_only_while_exact(book: Any, tmp_path: Path) -> None:
    path = tmp_path / "数.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    units = workbook.add_worksheet("甲")
    units.write_row(0, 0, ["单位编码", "全称", "区划代码", "起始"])
    units.write_row(1, 0, [1001, "重庆市公安局", 500000])
    units.write_datetime(1, 3, datetime(2012, 3, 4), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    accounts = workbook.add_worksheet("乙")
    accounts.write_row(0, 0, ["单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "开通日期"])
    accounts.write_row(1, 0, [1001, "微博", "平安重庆", 1111681197, True, 40603])
    accounts.write_row(2, 0, [1001, "微博", "坏", 3838374783294101])
    workbook.close()
    done = book.import_files([path], now=NOW)
    issue = found(done.issues, "mangled_id")
    assert (issue.where.file, issue.where.row, issue.where.field) == ("数.xlsx〔乙〕", 3, "UID/原始ID")
    from jianwei.roster import Roster

    roster = Roster.load(book.space / "roster")
    assert roster.units.select(["code", "adcode", "start"]).to_pylist() == [
        {"code": "1001", "adcode": "500000", "start": date(2012, 3, 4)}
    ]
    [account] = roster.accounts.to_pylist()
    assert (account["account_id"], account["main"], account["opened"]) == (
        "weibo:1111681197",
        True,
        date(2011, 3, 1),
    )


def test_a_database_that_is_none_is_told_of(tmp_path: Path) -> None:
    from jianwei import registry

    (tmp_path / registry.DATABASE).write_bytes(b"not a database, but long enough to be read as one" * 30)
    with pytest.raises(DataError, match="打不开台账数据库"), registry.open(tmp_path):
        pass
    with pytest.raises(DataError, match="没有工作区文件夹"), registry.open(tmp_path / "nowhere"):
        pass
