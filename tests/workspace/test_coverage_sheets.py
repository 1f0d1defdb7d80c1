"""The ledger as a file: same numbers, no cell that a spreadsheet calculates."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from jianwei.errors import DataError
from jianwei.workspace import coverage, coverage_sheets, space


@pytest.fixture(scope="module")
def book(demo_space: Path) -> coverage.Book:
    return coverage.coverage(space.open(demo_space), "2015H1")


def test_a_workbook_has_accounts_days_and_rules(book: coverage.Book, tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    coverage_sheets.write(book, path)
    made = CalamineWorkbook.from_path(str(path))
    assert made.sheet_names == ["账号", "日历", "无UID", "规则"]
    accounts = made.get_sheet_by_name("账号").to_python()
    assert len(accounts) == len(book.accounts) + 1
    assert accounts[1][:2] + accounts[1][6:9] == [
        book.accounts[0].unit, book.accounts[0].unit_code, book.accounts[0].complete,
        book.accounts[0].partial, book.accounts[0].none,
    ]  # fmt: skip
    days = made.get_sheet_by_name("日历").to_python()[1:]
    assert sum(int(str(row[6]).split(".")[0]) for row in days) == sum(one.expected for one in book.accounts)


def test_no_cell_of_a_csv_is_a_formula(book: coverage.Book, tmp_path: Path) -> None:
    hostile = replace(book, accounts=(replace(book.accounts[0], account="=1+1"),))
    path = tmp_path / "a.csv"
    coverage_sheets.write(hostile, path)
    assert list(csv.reader(path.read_text("utf-8-sig").splitlines()))[1][3] == "'=1+1"


def test_another_ending_and_a_place_that_is_not_are_told(book: coverage.Book, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"不能写成“\.pdf”"):
        coverage_sheets.write(book, tmp_path / "a.pdf")
    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(DataError, match="写不出"):
            coverage_sheets.write(book, tmp_path / "missing" / name)
