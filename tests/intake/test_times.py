"""Times as an oracle: a known moment is written in every style and read back."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.intake import times
from jianwei.intake.values import CellError
from jianwei.period import Period

ZONE = timezone(timedelta(hours=8))
MOMENTS = st.datetimes(datetime(2009, 8, 14), datetime(2030, 12, 31)).map(lambda t: t.replace(microsecond=0))
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def weibo(t: datetime) -> str:
    """As Weibo's interface writes it, e.g. Tue May 24 18:04:53 +0800 2011."""
    return f"{DAYS[t.weekday()]} {MONTHS[t.month - 1]} {t.day:02d} {t:%H:%M:%S} +0800 {t.year}"


def serial(t: datetime) -> float:
    """As Excel counts: days since 1899-12-30."""
    return (t - datetime(1899, 12, 30)) / timedelta(days=1)


TO_SECONDS: dict[str, Callable[[datetime], Any]] = {
    "iso": datetime.isoformat,
    "blank": str,
    "slashes": lambda t: f"{t:%Y/%m/%d %H:%M:%S}",
    "short slashes": lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M:%S}",
    "dots": lambda t: f"{t:%Y.%m.%d %H:%M:%S}",
    "words": lambda t: f"{t.year}年{t.month}月{t.day}日 {t.hour}时{t.minute}分{t.second}秒",
    "words and colons": lambda t: f"{t:%Y年%m月%d日 %H:%M:%S}",
    "full width": lambda t: str(t).translate(str.maketrans("0123456789-:", "０１２３４５６７８９－：")),
    "quoted": lambda t: f"'{t}",
    "zone": lambda t: t.replace(tzinfo=ZONE).isoformat(),
    "utc": lambda t: t.replace(tzinfo=ZONE).astimezone(UTC).isoformat().replace("+00:00", "Z"),
    "weibo": weibo,
    "unix": lambda t: int(t.replace(tzinfo=ZONE).timestamp()),
    "unix text": lambda t: str(int(t.replace(tzinfo=ZONE).timestamp())),
    "unix milliseconds": lambda t: int(t.replace(tzinfo=ZONE).timestamp()) * 1000 + 330,
    "excel": serial,
    "datetime": lambda t: t.replace(microsecond=400_000),
    "aware datetime": lambda t: t.replace(tzinfo=ZONE).astimezone(UTC),
}
TO_MINUTES: dict[str, Callable[[datetime], Any]] = {
    "blank": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "iso": lambda t: f"{t:%Y-%m-%dT%H:%M}",
    "words": lambda t: f"{t.year}年{t.month:02d}月{t.day:02d}日 {t:%H:%M}",
    "slashes": lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M}",
}
TO_DAYS: dict[str, Callable[[datetime], Any]] = {
    "iso": lambda t: f"{t:%Y-%m-%d}",
    "slashes": lambda t: f"{t.year}/{t.month}/{t.day}",
    "words": lambda t: f"{t.year}年{t.month}月{t.day}日",
    "digits": lambda t: f"{t:%Y%m%d}",
    "date": datetime.date,
    "excel": lambda t: int(serial(t)),
}


@pytest.mark.parametrize("style", TO_SECONDS)
@given(when=MOMENTS)
def test_moments_to_the_second(style: str, when: datetime) -> None:
    assert times.moment(TO_SECONDS[style](when)) == when


@pytest.mark.parametrize("style", TO_MINUTES)
@given(when=MOMENTS)
def test_moments_to_the_minute(style: str, when: datetime) -> None:
    assert times.moment(TO_MINUTES[style](when)) == when.replace(second=0)


@pytest.mark.parametrize("style", TO_DAYS)
@given(when=MOMENTS)
def test_days(style: str, when: datetime) -> None:
    assert times.moment(TO_DAYS[style](when)) == datetime.combine(when, time())
    assert times.day(TO_DAYS[style](when)) == when.date()


ANCHOR = datetime(2015, 5, 6, 9, 0, 30)


@pytest.mark.parametrize(
    ("cell", "then"),
    [
        ("05月05日 10:30", datetime(2015, 5, 5, 10, 30)),
        ("05-05 10:30", datetime(2015, 5, 5, 10, 30)),
        ("12月31日 23:59", datetime(2014, 12, 31, 23, 59)),
        ("今天 08:15", datetime(2015, 5, 6, 8, 15)),
        ("昨天 10:30", datetime(2015, 5, 5, 10, 30)),
        ("昨天10:30", datetime(2015, 5, 5, 10, 30)),
        ("前天 00:00", datetime(2015, 5, 4)),
        ("3分钟前", datetime(2015, 5, 6, 8, 57, 30)),
        ("20 小时前", datetime(2015, 5, 5, 13, 0, 30)),
        ("30秒前", datetime(2015, 5, 6, 9)),
        ("刚刚", ANCHOR),
    ],
)
def test_relative_times_need_to_know_when_they_were_written(cell: str, then: datetime) -> None:
    assert times.moment(cell, anchor=ANCHOR) == then
    with pytest.raises(CellError) as caught:
        times.moment(cell)
    assert caught.value.code == "relative_time"
    assert "--observed-at" in caught.value.hint


@pytest.mark.parametrize("cell", [None, "", " ", "'"])
def test_a_missing_time_is_told(cell: object) -> None:
    with pytest.raises(CellError) as caught:
        times.moment(cell)
    assert caught.value.code == "missing_time"


@pytest.mark.parametrize(
    "cell",
    ["2015-02-30", "2015-13-01", "2015-05-05 25:00", "2015-05-05 10:61", "20151301", "2015", "2015-05", "1815-05-05",
     "2215-05-05", "去年", "10:30", "12", "321", "321.5", "转发", "2015-05-05 10:12:33 下午", "9" * 60, "1e9", True,
     math.nan, math.inf, -1, 0, 45, 10**11, 10**14, [], b"2015-05-05", "九月九日", "Tue Foo 24 18:04:53 +0800 2011",
     time(10, 30), timedelta(1), datetime.max, date.min],
)  # fmt: skip
def test_what_is_no_time_is_refused(cell: object) -> None:
    with pytest.raises(CellError) as caught:
        times.moment(cell)
    assert caught.value.code == "bad_time"
    assert caught.value.hint


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_only_cell_errors_and_sane_years_come_out(cell: object) -> None:
    try:
        found = times.moment(cell, anchor=ANCHOR)
    except CellError:
        return
    assert 2006 <= found.year <= 2100
    assert found.tzinfo is None
    assert found.microsecond == 0


def test_a_bare_day_closes_at_its_end_but_not_in_the_future() -> None:
    now = datetime(2015, 7, 1, 9, 30)
    assert times.closing("2015-06-30", now) == datetime(2015, 6, 30, 23, 59, 59)
    assert times.closing(date(2015, 7, 1), now) == now
    assert times.closing("2015-06-30 08:00", now) == datetime(2015, 6, 30, 8)
    assert times.closing("2015-07-02", now) == datetime(2015, 7, 2, 23, 59, 59)


@pytest.mark.parametrize(
    "cell",
    ["2015-02", "2015/2", "2015年2月", "2015年02月", "201502", "2015.02", "２０１５－０２", "'2015-02", 201502, 201502.0, "2015-02-14",
     date(2015, 2, 1), datetime(2015, 2, 28, 12), 42036],
)  # fmt: skip
def test_months(cell: object) -> None:
    assert times.span(cell) == Period.month(2015, 2)


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("2015H1", "2015H1"),
        ("2015上半年", None),
        ("2015年上半年", "2015H1"),
        ("2015年下半年", "2015H2"),
        ("2015年第二季度", "2015Q2"),
        ("2015年2季度", "2015Q2"),
        ("2015q4", "2015Q4"),
        ("2015-01-01..2015-06-29", "2015-01-01..2015-06-29"),
        ("2015年1月1日至2015年6月29日", "2015-01-01..2015-06-29"),
        ("2015-06-29至2015-01-01", None),
        ("2015.1", None),  # as Excel writes 2015.10
        (2015.1, None),
        (2015, None),
        ("2015-13", None),
        ("一月", None),
        ("1015-02", None),
        (None, None),
        ("", None),
    ],
)
def test_spans(cell: object, label: str | None) -> None:
    if label is None:
        with pytest.raises(CellError) as caught:
            times.span(cell)
        assert caught.value.code == "bad_period"
    else:
        found = times.span(cell)
        assert (found.start, found.end) == (Period.parse(label).start, Period.parse(label).end)
