"""Rows against each other: what is asked for and what is there."""

from __future__ import annotations

from jianwei.forms import together
from tests.forms.filled import Book
from tests.forms.office import Bench, truth


def test_blank_rows_are_told_as_notes_and_keep_nothing_out(bench: Bench) -> None:
    judged = bench.judge("U05", lambda book: book["微博汇总"].put(3, 转发=30))
    assert [issue.code for issue in judged.issues] == ["blank_row", "blank_row"]
    assert (judged.to_mend, judged.refused, judged.rows) == ([], {}, 1)


def test_a_damaged_row_is_not_told_as_missing_too(bench: Bench) -> None:
    def edit(book: Book) -> None:
        book["微博汇总"].put(3, UID="9000000777")
        book["微博汇总"].put(4, UID="9000000778", 账号="谁")

    judged = bench.judge("U05", truth, edit)
    assert [issue.code for issue in judged.to_mend] == ["changed_uid", "unknown_account"]


def test_a_row_that_is_gone_beside_a_damaged_one_is_told(bench: Bench) -> None:
    def edit(book: Book) -> None:
        book["微博汇总"].put(3, 月份="五月")
        book["微博汇总"].cells.pop(3)

    judged = bench.judge("U05", truth, edit)
    assert [issue.code for issue in judged.to_mend] == ["bad_period", "missing_row"]
    assert "发布U05二号" in judged.to_mend[1].what


def test_doing_it_twice_finds_nothing_new(bench: Bench) -> None:
    judged = bench.judge(
        "U01", truth, lambda book: book["微博汇总"].cells.append(list(book["微博汇总"].cells[2]))
    )
    before = len(judged.issues), set(judged.skipped)
    together.details_against_sums(judged)
    assert (len(judged.issues), judged.skipped) == before
