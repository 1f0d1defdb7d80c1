"""Sheets and columns of what came back against what was sent."""

from __future__ import annotations

from jianwei.forms import structure
from jianwei.forms.returned import look
from tests.forms.filled import Book, Sheet
from tests.forms.office import Bench, Edit, truth


def told(bench: Bench, code: str, *edits: Edit) -> list[tuple[str, str]]:
    asked = next(ask for ask in bench.made.batch.asks if ask.code == code)
    found = structure.issues(look(bench.form(code, truth, *edits)), asked)
    assert all(issue.hint or issue.level == "note" for issue in found)
    return [(issue.level, issue.code) for issue in found]


def test_a_form_as_it_was_sent_is_in_order(bench: Bench) -> None:
    assert told(bench, "U01") == told(bench, "U05") == told(bench, "U12") == []


def test_a_column_that_no_number_stands_in_may_be_gone(bench: Bench) -> None:
    assert told(bench, "U01", lambda book: book["微博汇总"].drop("电话")) == [("note", "missing_column")]
    assert told(bench, "U01", lambda book: book["微博汇总"].drop("转发")) == [("warning", "missing_column")]


def test_grey_columns_may_be_gone_and_own_ones_added(bench: Bench) -> None:
    def edit(book: Book) -> None:
        book["微博汇总"].drop("参考·转发")
        for row in book["微博汇总"].cells:
            row.append("内部备注")

    assert told(bench, "U01", edit) == [("note", "unknown_column")]


def test_a_platform_that_the_unit_is_not_on_is_a_question(bench: Bench) -> None:
    def edit(book: Book) -> None:
        book.sheets.append(
            Sheet("微信汇总", [["公众号", "月份", "篇数", "阅读次数"], ["甲", "2015-06", 1, 2]])
        )

    assert ("warning", "extra_sheet") in told(bench, "U12", edit)
