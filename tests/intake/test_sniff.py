"""What a file is, by its content; where it is nothing known, what to do about it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import DataError
from jianwei.intake import read, sniff, template
from tests.intake.eras import timeline
from tests.intake.made import (
    book,
    csv_file,
    hit,
    options,
    search_file,
    search_header,
    table_text,
    unusable,
    whole,
    wholes,
)

TOTALS = ("月份", "UID", "发布数", "转发")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_usual_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    rows = [hit(n, 微博正文="重庆，沙坪坝\n“第二行”😀") for n in range(3)]
    found = whole(search_file(tmp_path / "a.csv", rows, encoding=encoding, end=end))
    assert found.source.rows_taken == 3
    assert {row["text"] for row in found.tables["texts"]} == {"重庆，沙坪坝\n“第二行”😀"}


def test_gb18030_behind_the_mark_of_utf_8(tmp_path: Path) -> None:
    path = search_file(tmp_path / "a.csv", [hit(1)], encoding="gb18030")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    found = whole(path)
    assert found.tables["texts"][0]["text"] == "第1条，政策解读"


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_delimiters(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.txt"
    lines = [search_header(), hit(1, 微博正文="逗号,多,的,正,文" * 20), hit(2)]
    path.write_text("\n".join(mark.join(cells) for cells in lines) + "\n", "utf-8")
    assert whole(path).source.rows_taken == 2


def test_a_line_full_of_other_marks_misleads_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [("2015-01", "11111", 4, 5), ("说明", "x;" * 60, "", "")]
    path.write_text(table_text([TOTALS, *rows]), "utf-8")
    assert whole(path).source.rows_taken == 1


@pytest.mark.parametrize("above", range(12))
def test_titles_may_stand_over_the_header(tmp_path: Path, above: int) -> None:
    rows = [(f"第{n}行说明", "", "", "") for n in range(above)]
    path = csv_file(tmp_path / "a.csv", [*rows, TOTALS, ("2015-01", "11111", 4, 5)])
    [total] = whole(path).tables["totals"]
    assert total["source_row"] == above + 2
    header_only = csv_file(tmp_path / "b.csv", [*rows, TOTALS])
    assert unusable(header_only).code == "header_only"


def test_a_unit_over_the_header_is_asked_about(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [("2015年汇总（单位：万）",), TOTALS, ("2015-01", "11111", 4, 5)])
    issue = unusable(path)
    assert issue.code == "unit_above"
    assert "(万)" in issue.hint
    path = csv_file(tmp_path / "a.csv", [("填报单位：万州区公安局",), TOTALS, ("2015-01", "11111", 4, 5)])
    assert whole(path).source.rows_taken == 1


@pytest.mark.parametrize(
    "header",
    [
        [*search_header(), "转发数"],
        ["月份", "UID", "发布数", "转发", "发布数"],
        [*search_header(), *search_header()],
    ],
)
def test_a_column_that_stands_twice_is_asked_about(tmp_path: Path, header: list[str]) -> None:
    issue = unusable(csv_file(tmp_path / "a.csv", [header, ["1"] * len(header)]))
    assert issue.code == "duplicate_column"
    assert "出现了两次" in issue.what


def test_sheets_of_a_workbook_are_sources_of_their_own(tmp_path: Path) -> None:
    blank = template.header("wechat_totals")
    sheets: dict[str, Any] = {
        "说明": [["填报说明"], ["空白 = 未掌握"]],
        "微博汇总": [TOTALS, ["2015-01", "11111", 4, 5]],
        "微信汇总": [blank],
        "粉丝读数": [template.header("followers"), ["2015-06-30", "微博", "甲", "11111", 7]],
        "草稿": [TOTALS, ["2015-02", "11111", 4, 5]],
        "空": [],
    }
    path = book(tmp_path / "表.xlsx", sheets, hidden=["草稿"])
    first, second = wholes(path)
    assert (first.source.name, second.source.name) == ("表.xlsx〔微博汇总〕", "表.xlsx〔粉丝读数〕")
    whole_file = first.source.sha256.removesuffix("#微博汇总")  # the file's own stands for its first sheet
    assert len(whole_file) == 64
    assert second.source.sha256 == f"{whole_file}#粉丝读数"
    assert second.tables["followers"][0]["sha256"] == second.source.sha256
    told = [
        (issue.level, issue.what.split("“")[1][:4])
        for issue in first.source.issues
        if issue.code == "other_sheet"
    ]
    assert told == [("note", "说明”未"), ("note", "微信汇总"), ("note", "草稿”未")]
    assert sniff(path, options()) == "模板·微博汇总（4 列）；模板·粉丝读数（5 列）"


def test_a_sheet_with_data_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    bad = [[*TOTALS, "转发"], ["2015-01", "11111", 4, 5, 6]]
    good = [TOTALS, ["2015-01", "11111", 4, 5]]
    [found] = wholes(book(tmp_path / "表.xlsx", {"坏": bad, "好": good}))
    issue = found.issue("other_sheet")
    assert issue.level == "warning"
    assert "“坏”未读取" in issue.what
    assert unusable(book(tmp_path / "坏.xlsx", {"说明": [["x"]], "坏": bad})).code == "duplicate_column"


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"SQLite format 3\x00" + b"\0" * 100)
    assert unusable(path).code == "damaged"


def test_an_unknown_table_says_what_came_near(tmp_path: Path) -> None:
    issue = unusable(csv_file(tmp_path / "a.csv", [["月分", "发布数", "得分"], ["1", "2", "3"]]))
    assert issue.code == "unknown_layout"
    assert "发布数" in issue.what
    assert "月份" in issue.hint


@pytest.mark.parametrize(
    "account", ["2803301701", "weibo:", "weibo:人民日报", "qq:1", "weibo:12 34", "wechat:"]
)
def test_an_account_must_be_a_platform_and_an_id(tmp_path: Path, account: str) -> None:
    path = timeline(tmp_path / "a.csv", "2025-12")
    with pytest.raises(DataError, match="写成 weibo:UID"):
        read(path, options(account=account))


def test_a_time_of_taking_in_the_future_is_refused(tmp_path: Path) -> None:
    path = search_file(tmp_path / "a.csv", [hit(1)])
    assert unusable(path, observed_at=datetime(2015, 7, 1, 9, 31)).code == "future"


def test_what_it_is_in_one_line(tmp_path: Path) -> None:
    assert sniff(search_file(tmp_path / "a.csv", [hit(1, 17)], 17), options()) == "weibo-search（17 列）"
    crawled = timeline(tmp_path / "1988438334.csv", "2024-01")
    assert sniff(crawled, options()) == "weibo-crawler（2024-01）"
