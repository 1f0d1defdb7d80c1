"""Periods: closed ranges of whole days, named as offices name them.

2015H1   2015Q2   2015-06   2015W05   2015   2015-06-30   2015-01-26..2015-02-01
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from jianwei.errors import DataError

__all__ = ["DayConvention", "Period"]

DayConvention = Literal["calendar", "30-day-months"]

_MONTHLY = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_FORMS = "2015H1、2015Q2、2015-06、2015W05、2015、2015-06-30、2015-01-26..2015-02-01"


@dataclass(frozen=True, order=True)
class Period:
    """A closed range of days; `kind` says by which calendar unit it was named."""

    start: date
    end: date
    kind: Literal["year", "half", "quarter", "month", "week", "day", "range"] = "range"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise DataError(f"周期的止日 {self.end} 早于起日 {self.start}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period's name. Raises DataError naming the accepted forms."""
        word = text.strip().upper().replace("／", "/")
        try:
            return _parse(word)
        except (ValueError, OverflowError) as error:
            raise DataError(f"看不懂周期“{text}”", hint=f"可用写法：{_FORMS}") from error

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month of a year."""
        return cls(date(year, month, 1), _month_end(year, month), "month")

    @property
    def label(self) -> str:
        """The canonical name; `Period.parse(p.label) == p`."""
        s, e = self.start, self.end
        match self.kind:
            case "year":
                return f"{s.year}"
            case "half":
                return f"{s.year}H{1 if s.month == 1 else 2}"
            case "quarter":
                return f"{s.year}Q{(s.month + 2) // 3}"
            case "month":
                return f"{s:%Y-%m}"
            case "week":
                year, week, _ = s.isocalendar()
                return f"{year}W{week:02d}"
            case "day":
                return s.isoformat()
            case _:
                return f"{s.isoformat()}..{e.isoformat()}"

    @property
    def chinese(self) -> str:
        """The period as a report writes it: 2015年上半年, 2015年第二季度, 2015年6月 …"""
        s = self.start
        match self.kind:
            case "year":
                return f"{s.year}年"
            case "half":
                return f"{s.year}年{'上' if s.month == 1 else '下'}半年"
            case "quarter":
                return f"{s.year}年第{'一二三四'[(s.month - 1) // 3]}季度"
            case "month":
                return f"{s.year}年{s.month}月"
            case "day":
                return f"{s.year}年{s.month}月{s.day}日"
            case "week":
                return f"{s.isocalendar().year}年第{s.isocalendar().week}周"
            case _:
                return self.span

    @property
    def span(self) -> str:
        """First to last day in Chinese: 2015年1月1日至2015年6月30日."""
        s, e = self.start, self.end
        first = f"{s.year}年{s.month}月{s.day}日"
        return first if s == e else f"{first}至{e.year}年{e.month}月{e.day}日"

    @property
    def calendar_days(self) -> int:
        """Number of days by the calendar, both ends counted."""
        return (self.end - self.start).days + 1

    def days(self, convention: DayConvention = "calendar") -> int:
        """The divisor of daily means under a declared convention.

        `30-day-months` counts 30 for each month of a period of whole months (half a year is
        180, as the seed report divides) and falls back to the calendar for any other period.
        """
        months = self.months()
        whole = months[0].start == self.start and months[-1].end == self.end
        if convention == "30-day-months" and whole:
            return 30 * len(months)
        return self.calendar_days

    def months(self) -> list[Period]:
        """The calendar months that the period touches, whole, in order."""
        found = []
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.end.year, self.end.month):
            found.append(Period.month(year, month))
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return found

    def each_day(self) -> Iterator[date]:
        """Every day from start to end."""
        for offset in range(self.calendar_days):
            yield self.start + timedelta(days=offset)

    def previous(self) -> Period:
        """The period of the same kind and length that ends the day before this one starts.

        Raises DataError where the calendar has none (before the year 1).
        """
        try:
            if self.kind in _MONTHLY:
                return self._shift(-_MONTHLY[self.kind])
            length = timedelta(days=self.calendar_days)
            return Period(self.start - length, self.end - length, self.kind)
        except (ValueError, OverflowError) as error:
            raise DataError(f"周期 {self.label} 之前没有可用的日期") from error

    def year_before(self) -> Period:
        """The same period one year earlier (the same ISO week for weeks)."""
        if self.kind in _MONTHLY:
            return self._shift(-12)
        if self.kind == "week":
            year, week, _ = self.start.isocalendar()
            start = date.fromisocalendar(year - 1, min(week, 52), 1)
            return Period(start, start + timedelta(days=6), "week")
        return Period(_year_back(self.start), _year_back(self.end), self.kind)

    def contains(self, day: date) -> bool:
        """Whether the day lies within the period."""
        return self.start <= day <= self.end

    def _shift(self, months: int) -> Period:
        index = self.start.year * 12 + self.start.month - 1 + months
        start = date(index // 12, index % 12 + 1, 1)
        last = index + _MONTHLY[self.kind] - 1
        return Period(start, _month_end(last // 12, last % 12 + 1), self.kind)

    def __str__(self) -> str:
        return self.label


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _year_back(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def _parse(word: str) -> Period:
    if match := re.fullmatch(r"(\d{4})", word):
        year = int(match[1])
        return Period(date(year, 1, 1), date(year, 12, 31), "year")
    if match := re.fullmatch(r"(\d{4})H([12])", word):
        year, first = int(match[1]), 1 if match[2] == "1" else 7
        return Period(date(year, first, 1), _month_end(year, first + 5), "half")
    if match := re.fullmatch(r"(\d{4})Q([1-4])", word):
        year, first = int(match[1]), 3 * int(match[2]) - 2
        return Period(date(year, first, 1), _month_end(year, first + 2), "quarter")
    if match := re.fullmatch(r"(\d{4})-(\d{2})", word):
        return Period.month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-?W(\d{1,2})", word):
        start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return Period(start, start + timedelta(days=6), "week")
    if match := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", word):
        return Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]), "range")
    day = date.fromisoformat(word)
    return Period(day, day, "day")
