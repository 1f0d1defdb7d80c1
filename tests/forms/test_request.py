"""Requests: file names that any system takes, tokens, manifests that come back as they were."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jianwei.forms import request
from jianwei.forms.request import Ask, Batch, Line

AT = datetime(2015, 7, 1, 9)


def batch(**more: object) -> Batch:
    line = Line("weibo", "2015-06", "weibo:1", "甲", "1", "", {"posts": 3}, "2015-07-01")
    asks = (Ask("2015-06-001-aaaaaaaa", "A", "甲局", "甲", "A_甲_2015-06.xlsx", (line,)),)
    told = {
        "id": "2015-06-001", "period": "2015-06", "made_at": AT, "made_by": "张三", "deadline": date(2015, 7, 10),
        "contact": "", "cohort": "", "prefilled": False, "roster_version": "r", "lake_version": "l", "asks": asks,
    }  # fmt: skip
    return Batch(**told | more)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=6))
def test_names_are_safe_and_different(units: list[tuple[str, str]]) -> None:
    names = request.file_names(units, "2015-06")
    assert len({name.casefold() for name in names}) == len(units)
    for name in names:
        assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
        assert name.endswith("2015-06.xlsx") or name.rsplit("_", 1)[1].removesuffix(".xlsx").isdigit()
        assert name.split(".")[0].casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
        assert len(name.encode()) < 255
        assert name[0] not in " ."


def test_long_names_fit_on_any_disk() -> None:
    (name,) = request.file_names([("🏢" * 99, "局" * 99)], "2015-01-01..2015-12-31_退改通知")
    assert len(name.encode()) < 255


def test_tokens_are_of_a_batch_and_a_unit() -> None:
    one, other = (request.token("2015-06-001", AT, unit) for unit in "AB")
    assert one.startswith("2015-06-001-")
    assert one != other
    assert one != request.token("2015-06-001", AT.replace(hour=10), "A")


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    for number, deadline in ((2, None), (10, date(2015, 7, 10))):
        request.keep(tmp_path / str(number), batch(id=f"2015-06-{number:03d}", deadline=deadline))
    assert [one.id for one in request.batches(tmp_path)] == ["2015-06-002", "2015-06-010"]
    assert request.batches(tmp_path)[1] == batch(id="2015-06-010")
    assert request.next_number(tmp_path) == 11


def test_the_first_request_is_number_one(tmp_path: Path) -> None:
    assert request.batches(tmp_path / "nothing") == []
    assert request.next_number(tmp_path / "nothing") == 1
