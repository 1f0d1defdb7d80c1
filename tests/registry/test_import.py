"""Register files in the forms that offices send, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.roster import Roster

NOW = datetime(2015, 7, 1, 9, 30)
LATER = NOW + timedelta(days=1)
UNITS = [
    ["单位编码", "排序号", "全称", "区划代码", "系统", "属地上级"],
    ["CQ-02", "20", "重庆市公安局", "500000", "公安", "CQ-01"],
    ["CQ-01", "10", "重庆市人民政府", "500000", "", ""],
]
ACCOUNTS = [
    ["单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "状态", "曾用名(起止)"],
    ["CQ-02", "微博", "平安重庆", "1111681197", "是", "正常", "重庆公安(2010.3至2012.5)；平安渝"],
    ["CQ-01", "微信", "重庆发布", "gh_0123456789ab", "是", "在用", ""],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_in_every_usual_encoding(book: Any, sheet: Callable[..., Path], encoding: str) -> None:
    done = book.import_files([sheet(UNITS, encoding=encoding)], now=NOW)
    assert done.issues == ()
    roster = Roster.load(book.space / "roster")
    assert roster.units["name"].to_pylist() == ["重庆市人民政府", "重庆市公安局"]


def test_accounts_may_come_before_their_units(book: Any, sheet: Callable[..., Path]) -> None:
    done = book.import_files([sheet(ACCOUNTS, "账号.csv"), sheet(UNITS, "单位.csv")], now=NOW)
    assert done.errors == ()
    assert (done.tallies["accounts"].new, done.tallies["units"].new) == (2, 2)


def test_a_title_an_explanation_and_other_titles_of_columns_are_understood(book: Any, tmp_path: Path) -> None:
    path = tmp_path / "册.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    notes = workbook.add_worksheet("填表须知")
    notes.write(0, 0, "请如实填写")
    units = workbook.add_worksheet("Sheet1")
    units.write(0, 0, "重庆市政务新媒体单位名册（2015年）")
    units.write_row(2, 0, ["* 单位代码", "序号", "单位名称（必填）", "单位性质", "级别", "我的备注列"])
    units.write_row(3, 0, ["填写说明：编码由市里统一编", "", "与公章一致"])
    units.write_row(4, 0, ["A", 1, "市中级人民法院", "法院", "厅级", "x"])
    units.write_row(6, 0, ["B", 2, "市某委", "奇怪的机构", "县处级", ""])
    workbook.close()
    done = book.import_files([path], now=NOW)
    levels = [(issue.level, issue.code, issue.where.row) for issue in done.issues]
    assert levels == [
        ("warning", "unknown_column", 3),
        ("note", "unknown_header", None),
        ("note", "normalised_word", 5),
        ("note", "normalised_word", 5),
        ("warning", "unusual_word", 7),
    ]
    units_table = Roster.load(book.space / "roster").units
    assert units_table.select(["code", "order", "name", "organ_type", "level"]).to_pylist() == [
        {"code": "A", "order": 1, "name": "市中级人民法院", "organ_type": "人民法院", "level": "厅局级"},
        {"code": "B", "order": 2, "name": "市某委", "organ_type": "奇怪的机构", "level": "县处级"},
    ]


def test_the_same_file_twice_writes_no_history_and_no_roster(book: Any, sheet: Callable[..., Path]) -> None:
    paths = [sheet(UNITS, "单位.csv"), sheet(ACCOUNTS, "账号.csv")]
    first = book.import_files(paths, actor="甲", now=NOW)
    before = book.history("CQ-02")
    again = book.import_files(paths, actor="乙", now=LATER)
    assert {kind: tally.unchanged for kind, tally in again.tallies.items()} == {"units": 2, "accounts": 2}
    assert again.total("taken") == 0
    assert book.history("CQ-02") == before
    assert again.roster_version == first.roster_version
    assert len(list((book.space / "roster").glob("*/units.parquet"))) == 1


def test_a_missing_column_keeps_what_is_stored_and_an_empty_cell_empties_it(
    book: Any, sheet: Callable[..., Path]
) -> None:
    book.import_files([sheet(UNITS)], now=NOW)
    kept = [["单位编码", "全称", "系统"], ["CQ-02", "重庆市公安局", ""]]
    done = book.import_files([sheet(kept)], now=LATER)
    assert done.tallies["units"].changed == 1
    unit = Roster.load(book.space / "roster").units.to_pylist()[1]
    assert (unit["code"], unit["order"], unit["adcode"], unit["system"]) == ("CQ-02", 20, "500000", "")


def test_an_account_moves_with_a_warning_and_gets_its_uid_later(
    book: Any, sheet: Callable[..., Path]
) -> None:
    head = ACCOUNTS[0][:4]
    book.import_files([sheet(UNITS, "单位.csv"), sheet(ACCOUNTS, "账号.csv")], now=NOW)
    book.import_files([sheet([head, ["CQ-01", "抖音", "重庆发布", ""]])], now=NOW)
    rows = [head, ["CQ-01", "微博", "平安重庆", "1111681197"], ["CQ-01", "抖音", "重庆发布", "cqfb"]]
    done = book.import_files([sheet(rows)], now=LATER)
    assert [issue.code for issue in done.issues] == ["moved"]
    assert done.tallies["accounts"].changed == 2
    accounts = Roster.load(book.space / "roster").accounts
    owned = dict(zip(accounts["account_id"].to_pylist(), accounts["unit"].to_pylist(), strict=True))
    assert owned == {
        "weibo:1111681197": "CQ-01",
        "wechat:gh_0123456789ab": "CQ-01",
        "douyin:cqfb": "CQ-01",
    }


def test_populations_replace_the_shipped_ones_of_their_region_year_and_kind(
    book: Any, sheet: Callable[..., Path]
) -> None:
    rows = [
        ["区划代码", "名称", "年份", "口径", "人口", "来源", "估计"],
        ["500103", "渝中区", "2014", "常住人口", "650,000", "统计年鉴", "否"],
        ["500103", "渝中区", "2014", "流动", "1", "x", "否"],
        ["599999", "某区", "2014", "常住", "1", "x", "否"],
    ]
    done = book.import_files([sheet(rows)], now=NOW)
    assert [issue.code for issue in done.errors] == ["unknown_word", "unknown_region"]
    roster = Roster.load(book.space / "roster")
    assert done.tallies["populations"].new == 1
    own, shipped = roster.population("500103", 2014), roster.population("500103", 2015)
    assert own is not None
    assert shipped is not None
    assert (own.people, own.source, own.estimate) == (650_000, "统计年鉴", False)
    assert shipped.estimate


def test_a_region_newer_than_the_code_tables_can_be_added(book: Any, sheet: Callable[..., Path]) -> None:
    regions = [
        ["区划代码", "名称", "上级区划", "起始", "终止"],
        ["500191", "两江新区", "500000", "2010年6月18日", "2030年"],
    ]
    units = [UNITS[0], ["LJ", "30", "两江新区管委会", "500191", "", ""]]
    done = book.import_files([sheet(units, "单位.csv"), sheet(regions, "区划.csv")], now=NOW)
    assert done.issues == ()
    roster = Roster.load(book.space / "roster")
    assert roster.region_name("500191", date(2015, 6, 30)) == "两江新区"
    assert roster.region_name("500191", date(2030, 12, 31)) == "两江新区"
    assert roster.region_name("500191", date(2031, 1, 1)) is None
    assert len(roster.children("50", date(2015, 6, 30))) == 39
