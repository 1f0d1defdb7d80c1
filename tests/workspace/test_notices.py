"""Who has not reported, and where notices go."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from jianwei.errors import DataError, Issue, Place
from jianwei.forms.events import Event
from jianwei.forms.request import Ask, Batch
from jianwei.forms.sender import Sender
from jianwei.period import Period
from jianwei.workspace import notices
from jianwei.workspace.received import Collected, Received

JUNE = Period.parse("2015-06")
AT = datetime(2015, 7, 11)


def batch(number: int, codes: str, deadline: date | None = None) -> Batch:
    asks = tuple(Ask(f"t{code}{number}", code, f"{code}局", code, f"{code}.xlsx", ()) for code in codes)
    return Batch(f"2015-06-{number:03d}", "2015-06", AT, "", deadline, "", "", False, "", "", asks)


def came(code: str, rows: int, period: str = "2015-06") -> Event:
    return Event("received", AT, "收表", unit_code=code, period=period, rows=rows)


def test_units_are_missing_until_a_row_of_theirs_came() -> None:
    log = [came("A", 3), came("B", 0), came("C", 3, "2015-05"), came("D", 0), came("D", 1)]
    found = notices.missing([batch(1, "ABCD")], log, JUNE, AT)
    assert [(one.code, one.why) for one in found] == [("B", "交了空表"), ("C", "未收到")]


@pytest.mark.parametrize(("day", "why"), [(10, "已过截止日"), (11, "未收到"), (12, "未收到")])
def test_a_deadline_is_over_with_its_day(day: int, why: str) -> None:
    found = notices.missing([batch(1, "A", date(2015, 7, day))], [], JUNE, AT)
    assert [one.why for one in found] == [why]


def test_a_unit_that_was_asked_twice_is_missing_once() -> None:
    found = notices.missing([batch(1, "AB"), batch(2, "BC")], [], JUNE, AT)
    assert [(one.code, one.token) for one in found] == [("A", "tA1"), ("B", "tB2"), ("C", "tC2")]


def test_notices_are_of_units_that_have_something_to_mend_and_overwrite_nothing(tmp_path: Path) -> None:
    asked = batch(1, "AB")
    issue = Issue("error", "bad_count", Place("a.xlsx〔微博汇总〕", 3, "转发"), "“约”不是计数", "请填数字")
    note = Issue("note", "blank_row", Place("b.xlsx"), "没有填", "")
    received = [
        Received(Path("a.xlsx"), "需退改", [issue], Sender(asked, asked.asks[0])),
        Received(Path("a2.xlsx"), "已有后一份", [issue], Sender(asked, asked.asks[1])),
        Received(Path("b.xlsx"), "收下", [note], Sender(asked, asked.asks[1])),
    ]
    done = Collected(JUNE, [asked], received, [], 2)
    (first,) = notices.write(tmp_path, done, None)
    (second,) = notices.write(tmp_path, done, None)
    assert first.name == second.name == "A_A_2015-06_退改通知.xlsx"
    assert first.parent.name == "001"
    assert second.parent.name == "002"
    notices.write(tmp_path, done, tmp_path / "通知")
    with pytest.raises(DataError, match="已有同名的文件"):
        notices.write(tmp_path, done, tmp_path / "通知")
    assert (done.exit_code, [i.code for i in done.problems]) == (1, ["bad_count"])


def test_nothing_to_say_is_no_folder(tmp_path: Path) -> None:
    asked = batch(1, "A")
    done = Collected(JUNE, [asked], [Received(Path("a"), "收下", [], Sender(asked, asked.asks[0]))], [], 1)
    assert notices.write(tmp_path, done, None) == []
    assert list(tmp_path.iterdir()) == []
    assert done.exit_code == 0
