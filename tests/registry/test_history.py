"""Every change is on record: who, when, why, before and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

MONDAY, TUESDAY = datetime(2015, 7, 6, 9), datetime(2015, 7, 7, 9)
UNIT_HEAD = ["单位编码", "全称", "系统"]
HEAD = ["单位编码", "平台", "账号名称", "UID/原始ID", "电话", "曾用名(起止)"]


def test_changes_of_a_unit_and_what_belongs_to_it(book: Any, sheet: Callable[..., Path]) -> None:
    first = [
        sheet([UNIT_HEAD, ["A", "甲局", ""], ["B", "乙局", ""]], "单位.csv"),
        sheet([HEAD, ["A", "微博", "旧名", "100001", "110", ""]], "账号.csv"),
    ]
    book.import_files(first, actor="张三", now=MONDAY)
    second = [
        sheet([UNIT_HEAD, ["A", "甲局", "公安"], ["B", "乙局", ""]], "单位.csv"),
        sheet([HEAD, ["B", "微博", "新名", "100001", "119", "旧名(至2015-07-06)"]], "账号.csv"),
    ]
    book.import_files(second, actor="李四", now=TUESDAY, why="机构改革")

    changes = book.history("A")
    assert [(one.when, one.who, one.why, one.what, one.action) for one in changes] == [
        (MONDAY, "张三", "导入 单位.csv、账号.csv", "单位", "新增"),
        (MONDAY, "张三", "导入 单位.csv、账号.csv", "账号", "新增"),
        (TUESDAY, "李四", "机构改革", "单位", "修改"),
        (TUESDAY, "李四", "机构改革", "账号", "修改"),
        (TUESDAY, "李四", "机构改革", "曾用名", "新增"),
    ]
    assert (changes[2].before, changes[2].after) == ({}, {"系统": "公安"})
    assert (changes[3].before, changes[3].after) == (
        {"账号名称": "旧名", "单位编码": "A"},
        {"账号名称": "新名", "单位编码": "B"},
    )
    assert "119" not in str(changes)
    phones = [one.after for one in book.history("A", contacts=True) if one.what == "联系人"]
    assert phones == [{"电话": "110"}, {"电话": "119"}]
    assert [one.what for one in book.history("B")] == ["单位", "账号", "账号", "曾用名"]


def test_former_names_that_go_are_on_record(book: Any, sheet: Callable[..., Path]) -> None:
    units = sheet([UNIT_HEAD, ["A", "甲局", ""]], "单位.csv")
    book.import_files([units, sheet([HEAD, ["A", "微博", "今名", "100001", "", "误名"]])], now=MONDAY)
    book.import_files([sheet([HEAD, ["A", "微博", "今名", "100001", "", ""]])], actor="王五", now=TUESDAY)
    last = book.history("A")[-1]
    assert (last.what, last.action, last.who) == ("曾用名", "删除", "王五")
