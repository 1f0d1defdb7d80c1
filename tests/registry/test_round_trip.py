"""Export and import again: nothing changes, and a second export has the same cells to the letter."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jianwei import registry
from jianwei.errors import DataError

NOW = datetime(2015, 7, 1, 9, 30)

UNIT_HEAD = ["单位编码", "排序号", "全称", "简称", "机构类型", "系统", "起始", "终止", "前身单位", "备注"]
ACCOUNT_HEAD = [
    "单位编码",
    "平台",
    "账号名称",
    "UID/原始ID",
    "主账号",
    "开通日期",
    "分管领导",
    "责任人",
    "电话",
    "曾用名(起止)",
    "备注",
]

words = st.lists(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(
        ["=", "+", "-", "@", "'", '"', ",", "\n", "\r", "；", "(", ")", "_x0041_", "至", "2015"]
    ),
    max_size=8,
).map("".join)
names = words.map(lambda text: f"甲{text}")
days = st.dates(date(1949, 10, 1), date(2049, 12, 31)).map(date.isoformat) | st.just("")
units = st.tuples(st.integers(0, 10**9).map(str), names, words, words, words, days, words, words)
accounts = st.tuples(
    st.sampled_from(["微博", "微信服务号", "抖音", "APP"]),
    names,
    st.sampled_from(["是", "否", ""]),
    days,
    words,
    words,
    words,
    words,
    words,
)


def cells_of(path: Path) -> dict[str, list[list[Any]]]:
    book = python_calamine.load_workbook(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def put(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(units, max_size=12), st.lists(accounts, max_size=12))
def test_to_the_letter(some_units: list[tuple[str, ...]], some_accounts: list[tuple[str, ...]]) -> None:
    unit_rows = [["U", "1", "甲", *[""] * 7]] + [
        [f"U{number}", order, name, short, organ, system, start, "", before, note]
        for number, (order, name, short, organ, system, start, before, note) in enumerate(some_units)
    ]
    account_rows = [["U", "微博", "甲", "9999", *[""] * 7]] + [
        ["U", platform, name, str(10_000 + number), *rest]
        for number, (platform, name, *rest) in enumerate(some_accounts)
    ]
    with tempfile.TemporaryDirectory() as folder:
        one, two = Path(folder, "one"), Path(folder, "two")
        one.mkdir()
        two.mkdir()
        sources = [
            put(one / "u.csv", [UNIT_HEAD, *unit_rows]),
            put(one / "a.csv", [ACCOUNT_HEAD, *account_rows]),
        ]
        first, plain = one / "first.xlsx", one / "first.csv"
        with registry.open(one) as book:
            done = book.import_files(sources, now=NOW)
            counts = book.export(first, contacts=True)
            book.export(plain, contacts=True)
            assert counts["units"] == done.tallies["units"].new > 0
            assert counts["accounts"] == done.tallies["accounts"].new > 0
            again = book.import_files([first], now=NOW)
            assert again.errors == ()
            assert again.total("taken") == 0
            assert again.total("unchanged") == counts["units"] + counts["accounts"]
        with registry.open(two) as book:
            csvs = [one / "first-单位.csv", one / "first-账号.csv"]
            assert book.import_files(csvs, strict=True, now=NOW).applied
            book.export(two / "second.xlsx", contacts=True)
            assert cells_of(two / "second.xlsx") == cells_of(first)


def table(*lines: str) -> list[list[str]]:
    return [line.replace("↵", "\n").split("|") for line in lines]


FULL_UNITS = table(
    "单位编码|排序号|全称|简称|统一社会信用代码|机构类型|行政级别|系统|区划代码|属地上级|业务上级|参评类别|起始|终止|前身单位|备注",
    "TN-1|7|中共潼南县委宣传部|潼南宣传部||党委部门|县处级|外宣|500223|||参评|2010-01-01|2015-05-31||撤县设区",
    "TN-2|8|中共潼南区委宣传部|||党委部门|县处级|外宣|500152|||参评|2015-06-01||TN-1|第一行↵第二行",
)
ACCOUNT_TITLES = (
    "单位编码|平台|账号名称|UID/原始ID|认证主体|认证类型|主账号|开通日期|状态|注销日期"
    "|备案号|备案日期|主管单位|承办单位|分管领导|责任人|电话|曾用名(起止)|备注"
)
ACCOUNT_CELLS = (
    "TN-2|微博|潼南发布|2803301701|中共潼南区委宣传部|政府|是|2011-03-01|正常|"
    "|渝1|2015-01-02|区委宣传部|新闻中心|李某|王某|+8602300000000"
    "|潼南微博(2011-03-01至2014-02-28)；微潼南(至2011-02-01)|=1+1"
)
FULL_ACCOUNTS = table(ACCOUNT_TITLES, ACCOUNT_CELLS)
OPENINGS = [
    ["单位编码", "平台", "状态", "核实日期", "核实人"],
    ["TN-2", "微博", "有账号", "2015-06-30", "赵某"],
    ["TN-2", "微信订阅号", "未普查", "", ""],
]


@pytest.fixture
def full(book: Any, sheet: Callable[..., Path]) -> Any:
    paths = [sheet(FULL_UNITS, "1.csv"), sheet(FULL_ACCOUNTS, "2.csv"), sheet(OPENINGS, "3.csv")]
    done = book.import_files(paths, now=NOW)
    assert done.issues == ()
    return book


def test_the_workbook_is_the_template(full: Any, tmp_path: Path) -> None:
    assert full.export(tmp_path / "册.xlsx", contacts=True) == {"units": 2, "accounts": 1, "openings": 2}
    assert cells_of(tmp_path / "册.xlsx") == {
        "单位": FULL_UNITS,
        "账号": FULL_ACCOUNTS,
        "开设情况": OPENINGS,
    }


def test_csv_goes_to_a_folder_and_no_cell_is_a_formula(full: Any, tmp_path: Path) -> None:
    full.export(tmp_path / "册", contacts=True)
    text = (tmp_path / "册" / "账号.csv").read_text("utf-8")
    assert text.startswith("\ufeff单位编码,平台")
    assert text.rstrip().endswith(",'=1+1")
    again = full.import_files(sorted((tmp_path / "册").glob("*.csv")), now=NOW)
    assert (again.total("taken"), again.total("unchanged")) == (0, 5)


def test_contacts_need_permission_and_survive_an_export_without_them(full: Any, tmp_path: Path) -> None:
    path = tmp_path / "册.xlsx"
    full.export(path)
    header = cells_of(path)["账号"][0]
    assert not {"分管领导", "责任人", "电话"}.intersection(header)
    assert "王某" not in str(cells_of(path))
    assert full.import_files([path], now=NOW).total("taken") == 0
    full.export(path, contacts=True)
    assert cells_of(path)["账号"][1][14:17] == ["李某", "王某", "+8602300000000"]
    roster = b"".join(file.read_bytes() for file in (full.space / "roster").rglob("*.parquet"))
    assert "新闻中心".encode() in roster
    assert "王某".encode() not in roster


def test_other_suffixes_and_places_that_cannot_be_written_are_refused(full: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"不能导出为“\.pdf”文件"):
        full.export(tmp_path / "册.pdf")
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="写不了文件"):
        full.export(tmp_path / "file" / "册.xlsx")
