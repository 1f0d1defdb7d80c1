"""Notices: every problem with its place and what to do, and nothing that Excel would calculate."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jianwei.errors import DataError, Issue, Place
from jianwei.forms import notice
from jianwei.forms.notice import Late
from jianwei.period import Period
from tests.forms.filled import Book

JUNE = Period.parse("2015-06")
ISSUES = [
    Issue("warning", "renamed_account", Place("=a.xlsx〔微博汇总〕", 4, "账号"), "名称不同", "请核对"),
    Issue("error", "bad_count", Place("=a.xlsx〔微博汇总〕", 3, "转发"), "“=1+1”不是计数", "请填数字"),
]


def test_what_must_be_mended_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "通知.xlsx"
    notice.mend(path, "甲局", JUNE, ISSUES, deadline=date(2015, 7, 10), contact="张三")
    (sheet,) = Book.open(path).sheets
    words = [[cell for cell in row if cell is not None] for row in sheet.cells]
    assert words[1] == ["甲局："]
    assert "2 处需要处理，其中 1 处须改正" in words[2][0]
    assert "2015-07-10 前" in words[2][0]
    assert words[6] == [1, "=a.xlsx〔微博汇总〕", 3, "转发", "“=1+1”不是计数", "请填数字", "须改正（未收）"]
    assert words[7][-1] == "请核对（已收）"


def test_units_that_are_missing_are_listed_with_their_file(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    notice.absent(path, JUNE, [Late("A", "甲局", "未收到", "A.xlsx", "t")])
    (sheet,) = Book.open(path).sheets
    assert sheet.cells[-1] == [1, "A", "甲局", "未收到", "A.xlsx", "t"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="写不了"):
        notice.absent(tmp_path / "没有" / "名单.xlsx", JUNE, [])
