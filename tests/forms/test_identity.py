"""Whose a row is: whatever was done to its uid, its name or its month."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from jianwei.forms import identity
from jianwei.forms.identity import Owner
from jianwei.forms.request import Ask, Line
from jianwei.forms.returned import Page
from jianwei.forms.rows import Found
from jianwei.intake.grid import Row
from jianwei.intake.template import match
from jianwei.period import Period

TITLES = ["月份", "账号", "UID", "发布数", "转发"]
LINES = (
    Line("weibo", "2015-06", "weibo:9000000001", "甲", "9000000001"),
    Line("weibo", "2015-06", "weibo:9000000002", "乙", "9000000002"),
    Line("weibo", "2015-06", "", "新号", ""),
)
OWNER = Owner(
    Ask("t", "A", "甲局", "", "", LINES), {"weibo:9000000001": "A", "weibo:9000000003": "A", "weibo:7": "B"}
)
JUNE = Period.parse("2015-06")


def told(name: Any, uid: Any, month: Any = "2015-06") -> tuple[Page, Found]:
    """A row of 微博汇总."""
    fit = match(list(TITLES))
    assert fit is not None
    row = Row(3, [month, name, uid, 5, 1])
    page = Page("表〔微博汇总〕", "微博汇总", "weibo_totals", fit, TITLES, 2, (row,))
    return page, Found(row, page.cells(row))


@pytest.mark.parametrize(
    ("name", "uid", "account", "code"),
    [
        ("甲", "9000000001", "weibo:9000000001", None),
        ("甲", 9_000_000_001.0, "weibo:9000000001", None),
        (" 甲 ", "'9000000001", "weibo:9000000001", None),
        (None, "9000000001", "weibo:9000000001", None),
        ("甲改名", "9000000001", "weibo:9000000001", "renamed_account"),
        ("乙", "9000000001", "weibo:9000000001", "crossed_account"),
        ("丙", "9000000003", "weibo:9000000003", "not_asked"),
        ("新号", "9000000009", "weibo:9000000009", "new_uid"),
        ("甲", "9000000009", None, "changed_uid"),
        ("甲", "7", None, "changed_uid"),
        ("丁", "7", None, "not_own_account"),
        ("丁", "8", None, "unknown_account"),
        ("甲", None, None, "no_account"),
        ("甲", " ", None, "no_account"),
        ("甲", "9.0E+09", None, "mangled_id"),
        ("甲", 9.0e18, None, "mangled_id"),
        ("甲", "九", None, "bad_id"),
    ],
)
def test_whose_row_it_is(name: Any, uid: Any, account: str | None, code: str | None) -> None:
    page, found = told(name, uid)
    assert identity.own(page, found, OWNER) == account
    assert [issue.code for issue in found.issues] == ([code] if code else [])
    assert all(
        "9000000001" in issue.hint for issue in found.issues if issue.code in ("changed_uid", "no_account")
    )


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2015-06", None), ("2015年6月", None), ("201506", None), (datetime(2015, 6, 1), None), (date(2015, 6, 1), None),
        ("2015-07", "out_of_period"), ("2015Q2", "out_of_period"), (2015.6, "bad_period"), ("六月", "bad_period"),
        (None, "bad_period"),
    ],
)  # fmt: skip
def test_which_month_it_is(cell: Any, code: str | None) -> None:
    page, found = told("甲", "9000000001", cell)
    assert (identity.month_of(page, found, JUNE) is None) == (code is not None)
    assert [issue.code for issue in found.issues] == ([code] if code else [])


def test_numbers_taken_before_the_month_was_over_are_not_those_of_the_month() -> None:
    for day, codes in (
        ("2015-05-31", ["observed_early"]),
        ("2015-06-30", ["observed_early"]),
        ("2015-07-01", []),
    ):
        page, found = told("甲", "9000000001")
        found.observed = datetime.fromisoformat(day)
        identity.month_of(page, found, JUNE)
        assert [issue.code for issue in found.issues] == codes
