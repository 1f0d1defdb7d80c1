"""Periods: names, neighbours, day counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.period import Period

D = date.fromisoformat

NAMES = {
    "2015": ("2015-01-01", "2015-12-31"),
    "2015H1": ("2015-01-01", "2015-06-30"),
    "2015H2": ("2015-07-01", "2015-12-31"),
    "2015Q1": ("2015-01-01", "2015-03-31"),
    "2015Q4": ("2015-10-01", "2015-12-31"),
    "2015-02": ("2015-02-01", "2015-02-28"),
    "2016-02": ("2016-02-01", "2016-02-29"),
    "2015W05": ("2015-01-26", "2015-02-01"),
    "2015W53": ("2015-12-28", "2016-01-03"),
    "2016W01": ("2016-01-04", "2016-01-10"),
    "2015-06-30": ("2015-06-30", "2015-06-30"),
    "2015-01-26..2015-02-01": ("2015-01-26", "2015-02-01"),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_read_and_written(name: str) -> None:
    found = Period.parse(name)
    assert (found.start, found.end) == tuple(map(D, NAMES[name]))
    assert found.label == str(found) == name
    assert Period.parse(found.label) == found


@pytest.mark.parametrize(
    ("loose", "name"), [(" 2015h1 ", "2015H1"), ("2015-W5", "2015W05"), ("2015w5", "2015W05")]
)
def test_loose_writing_is_understood(loose: str, name: str) -> None:
    assert Period.parse(loose).label == name


@pytest.mark.parametrize(
    "text",
    ["", "上半年", "2015H3", "2015Q5", "2015-13", "2015-00", "2015W54", "2014W53", "2015-02-29", "0000", "15H1",
     "2015-06-30..2015-06-01", "2015-06..2015-07", "2015-1-1"],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(DataError, match=r"周期") as caught:
        Period.parse(text)
    assert "2015H1" in str(caught.value) or "早于" in str(caught.value)


def test_the_calendar_does_not_begin_before_the_first_year() -> None:
    with pytest.raises(DataError, match="周期"):
        Period.parse("0001H1").previous()
    with pytest.raises(DataError, match="周期"):
        Period.parse("0001-01-01").previous()


@pytest.mark.parametrize(
    ("name", "previous", "year_before"),
    [
        ("2015H1", "2014H2", "2014H1"),
        ("2015H2", "2015H1", "2014H2"),
        ("2015", "2014", "2014"),
        ("2015Q1", "2014Q4", "2014Q1"),
        ("2015-03", "2015-02", "2014-03"),
        ("2016-02", "2016-01", "2015-02"),
        ("2016W01", "2015W53", "2015W01"),
        ("2015W53", "2015W52", "2014W52"),
        ("2016-03-01", "2016-02-29", "2015-03-01"),
        ("2016-02-29", "2016-02-28", "2015-02-28"),
        ("2015-01-26..2015-02-01", "2015-01-19..2015-01-25", "2014-01-26..2014-02-01"),
    ],
)
def test_the_period_before_and_a_year_before(name: str, previous: str, year_before: str) -> None:
    found = Period.parse(name)
    assert found.previous().label == previous
    assert found.year_before().label == year_before
    assert found.previous().end + timedelta(days=1) == found.start


def test_the_days_by_the_calendar_and_by_thirty() -> None:
    half = Period.parse("2015H1")
    assert (half.calendar_days, half.days(), half.days("30-day-months")) == (181, 181, 180)
    assert Period.parse("2015").days("30-day-months") == 360
    assert Period.parse("2015-02").days("30-day-months") == 30
    assert Period.parse("2015-02-01..2015-03-31").days("30-day-months") == 60
    for odd in ("2015W05", "2015-02-02..2015-03-31", "2015-06-30"):
        assert Period.parse(odd).days("30-day-months") == Period.parse(odd).calendar_days


def test_the_months_that_a_period_touches() -> None:
    assert [month.label for month in Period.parse("2014-12-31..2015-02-01").months()] == [
        "2014-12",
        "2015-01",
        "2015-02",
    ]
    assert len(Period.parse("2015").months()) == 12


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2015", "2015年"),
        ("2015H1", "2015年上半年"),
        ("2015H2", "2015年下半年"),
        ("2015Q2", "2015年第二季度"),
        ("2015-06", "2015年6月"),
        ("2015W05", "2015年第5周"),
        ("2016-01-01", "2016年1月1日"),
        ("2015-01-26..2015-02-01", "2015年1月26日至2015年2月1日"),
    ],
)
def test_a_period_in_chinese(name: str, words: str) -> None:
    assert Period.parse(name).chinese == words


def test_the_span_in_chinese() -> None:
    assert Period.parse("2015H1").span == "2015年1月1日至2015年6月30日"
    assert Period.parse("2015-06-30").span == "2015年6月30日"


def test_every_day_once() -> None:
    week = Period.parse("2015W05")
    days = list(week.each_day())
    assert len(days) == len(set(days)) == week.calendar_days == 7
    assert (days[0], days[-1]) == (week.start, week.end)
    assert all(week.contains(day) for day in days)
    assert not week.contains(week.start - timedelta(days=1))
    assert not week.contains(week.end + timedelta(days=1))


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(DataError, match="早于"):
        Period(date(2015, 2, 1), date(2015, 1, 1))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 800))
def test_any_range_survives_its_name(start: date, length: int) -> None:
    found = Period(start, start + timedelta(days=length), "range")
    assert Period.parse(found.label) == found
    assert found.previous().end + timedelta(days=1) == found.start
    assert found.previous().calendar_days == found.calendar_days
