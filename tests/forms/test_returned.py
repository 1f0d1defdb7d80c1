"""Files that came back, whatever became of them on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.forms.returned import look
from tests.forms.filled import Book, Sheet
from tests.forms.office import Bench, truth


def test_sheets_are_known_by_their_titles(bench: Bench) -> None:
    returned = look(bench.form("U01", truth))
    assert [(page.kind, page.header_row) for page in returned.pages] == [
        ("weibo_totals", 2), ("weibo_posts", 2), ("wechat_totals", 2), ("wechat_posts", 2),
    ]  # fmt: skip
    assert (returned.code, returned.token) == ("U01", bench.made.batch.asks[0].token)
    assert returned.is_form
    assert returned.pages[0].title("uid") == "UID"


def test_rows_above_the_titles_may_come_and_go(bench: Bench) -> None:
    def more(book: Book) -> None:
        book["微博汇总"].cells[0:1] = [["甲局"], [None], ["六月"], [None]]

    def fewer(book: Book) -> None:
        del book["微信汇总"].cells[0]

    judged = bench.judge("U01", truth, more, fewer)
    assert judged.to_mend == []
    assert len(judged.good) == 2
    assert [(one.spot.row) for one in judged.statements] == [6, 2]


def test_a_sheet_that_lost_its_marks_is_known_by_the_rest(bench: Bench) -> None:
    returned = look(bench.form("U01", truth, lambda book: book["微信汇总"].drop("篇数")))
    (lost,) = returned.lost
    assert (lost.kind, lost.missing, lost.header_row) == ("wechat_totals", ["篇数"], 2)


def test_a_form_among_other_sheets_is_read(bench: Bench) -> None:
    judged = bench.judge(
        "U01", truth, lambda book: book.sheets.insert(0, Sheet("草稿", [["随手记", 1], [2, 3]]))
    )
    assert judged.to_mend == []
    assert len(judged.good) == 2


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.xlsx", b"", "empty_file"),
        ("坏.xlsx", b"PK\x03\x04" + bytes(50), "damaged"),
        ("假.xlsx", b"not a workbook at all", "damaged"),
        ("页.xls", b"<html><table>", "not_a_table"),
    ],
)
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DataError) as refused:
        look(path)
    assert refused.value.issues[0].code == code


def test_another_table_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,电话\r\n张三,1\r\n", "utf-8")
    assert not look(path).is_form
