"""One row: which numbers cannot stand beside each other, and when a row says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from jianwei.forms import rows
from jianwei.forms.returned import look
from jianwei.forms.rows import Found
from jianwei.intake.forms import Form
from tests.forms.office import Bench


def examined(bench: Bench, sheet: str = "微博汇总", **values: Any) -> Found:
    """The first row of a sheet with nothing but these values."""
    path = bench.form("U01", lambda book: book[sheet].put(3, **values))
    page = next(page for page in look(path).pages if page.sheet == sheet)
    form = Form(page.fit, page.header, bench.rules.now)
    return rows.examine(page, page.rows[0], form, bench.rules.now)


def codes(found: Found) -> list[tuple[str, str]]:
    return [(issue.level, issue.code) for issue in found.issues]


@pytest.mark.parametrize(
    "values", [{}, {"转发": "-"}, {"转发": " "}, {"转发": "未掌握"}, {"填报人": "赵六"}, {"停更说明": "停更"}]
)
def test_a_row_without_a_number_is_blank(bench: Bench, values: dict[str, Any]) -> None:
    found = examined(bench, **values)
    assert (found.blank, codes(found)) == (True, [])


def test_zero_is_a_number(bench: Bench) -> None:
    found = examined(bench, 转发=0)
    assert not found.blank
    assert found.has("reposts")
    assert not found.has("comments")
    assert found.stated()["reposts"] == 0


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"发布数": "10万+", "原创数": 200_000}, []),  # the whole is at least that much
        ({"发布数": "1.2万", "原创数": 12_400}, []),  # the whole is shortened
        ({"发布数": "1.2万", "原创数": 13_000}, [("error", "part_above_whole")]),
        ({"发布数": 5, "原创数": 6}, [("error", "part_above_whole")]),
        ({"原创数": 6}, []),
        ({"发布数": 0, "原创数": 0}, []),
        ({"收到诉求": 1, "回复数": 2}, [("warning", "part_above_whole")]),
    ],
)
def test_a_part_is_not_more_than_its_whole(bench: Bench, values: dict[str, Any], expected: list[Any]) -> None:
    assert codes(examined(bench, **values)) == expected


def test_every_bad_cell_is_told_once(bench: Bench) -> None:
    found = examined(bench, 转发="约", 评论=-1, 点赞=0.5, 取数时间="昨天 10:00")
    assert [issue.where.field for issue in found.issues] == ["转发", "评论", "点赞", "取数时间"]
    assert {issue.where.row for issue in found.issues} == {3}
    assert all(issue.hint for issue in found.issues)


def test_reads_that_cannot_be_are_a_question(bench: Bench) -> None:
    assert codes(examined(bench, "微信汇总", 篇数=2, 阅读次数=31, 最高阅读次数=15)) == [
        ("warning", "part_above_whole")
    ]
    assert codes(examined(bench, "微信汇总", 篇数=2, 阅读次数=30, 最高阅读次数=15)) == []
    assert codes(examined(bench, "微信汇总", 篇数=2, 阅读次数=300_000, 最高阅读次数="10万+")) == []
