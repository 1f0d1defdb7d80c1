"""Whose a file is: by its token, else by what it says, else by its accounts."""

from __future__ import annotations

import pytest

from jianwei.forms.returned import look
from jianwei.forms.sender import Senders
from tests.forms.filled import Book
from tests.forms.office import Bench, Edit, truth, uid


def no_token(book: Book) -> None:
    """Take the token away, and leave the unit's code."""
    book["填写说明"].cells = [row for row in book["填写说明"].cells if row[0] != "批次号"]


def nothing_on_top(book: Book) -> None:
    """Take the first sheet away."""
    book.remove("填写说明")


def with_token(word: object) -> Edit:
    """Another token than the one given out."""

    def edit(book: Book) -> None:
        for row in book["填写说明"].cells:
            if row[0] == "批次号":
                row[1] = word

    return edit


def strangers(book: Book) -> None:
    """Accounts that are nobody's, and a unit that was not asked."""
    nothing_on_top(book)
    for name, value in (("微博汇总", "9999999999"), ("微信汇总", "gh_nobody")):
        book[name].cells[2][2] = value


@pytest.mark.parametrize(
    ("edit", "code", "codes"),
    [
        (truth, "U01", []),
        (no_token, "U01", ["no_token"]),
        (nothing_on_top, "U01", ["no_token"]),
        (with_token("2015-06-001-00000000"), "U01", ["unknown_token"]),
        (with_token(0), "U01", ["unknown_token"]),
        (with_token("2015-07"), "U01", ["unknown_token"]),
    ],
)
def test_a_file_finds_its_unit(bench: Bench, edit: Edit, code: str, codes: list[str]) -> None:
    path = bench.form("U01", edit)
    path = path.rename(path.with_name("表.xlsx"))
    told, issues = Senders(bench.rules.period, [bench.made.batch], bench.rules.owners).of(look(path))
    assert told is not None
    assert (told.ask.code, [issue.code for issue in issues]) == (code, codes)


def test_nobodys_file_is_nobodys(bench: Bench) -> None:
    path = bench.form("U01", truth, strangers)
    path = path.rename(path.with_name("表.xlsx"))
    told, issues = Senders(bench.rules.period, [bench.made.batch], bench.rules.owners).of(look(path))
    assert told is None
    assert [issue.code for issue in issues] == ["unknown_sender"]


def test_its_name_is_the_last_resort(bench: Bench) -> None:
    path = bench.form("U01", truth, strangers)
    told, _ = Senders(bench.rules.period, [bench.made.batch], bench.rules.owners).of(look(path))
    assert told is not None
    assert told.ask.code == "U01"


def test_a_file_under_another_units_name_is_a_question(bench: Bench) -> None:
    path = bench.form("U01", truth)
    path = path.rename(path.with_name("U02_某U02局_2015-06.xlsx"))
    told, issues = Senders(bench.rules.period, [bench.made.batch], bench.rules.owners).of(look(path))
    assert told is not None
    assert (told.ask.code, [issue.code for issue in issues]) == ("U01", ["wrong_unit"])


def test_all_rows_of_another_unit_are_kept_out(bench: Bench) -> None:
    def other(book: Book) -> None:
        book["微博汇总"].put(3, UID=uid("U02"), 账号="发布U02")
        book["微信汇总"].put(3, 微信号_原始ID="gh_u020000000", 公众号="公众号U02")

    judged = bench.judge("U01", truth, other)
    assert [issue.code for issue in judged.to_mend] == ["not_own_account"] * 2
    assert judged.good == []
