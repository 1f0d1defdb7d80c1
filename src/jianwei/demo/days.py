"""Working days and holidays of the demo's half-years, and how much is published on each day.

Source: 国务院办公厅 notices on the holidays of 2014 and 2015 (written down here, so that the truth
file does not lean on the calendar library that the product uses).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

__all__ = ["H1_2014", "H1_2015", "H2_2014", "days_of", "is_workday", "weights", "workdays"]

H1_2014 = (date(2014, 1, 1), date(2014, 6, 30))
H2_2014 = (date(2014, 7, 1), date(2014, 12, 31))
H1_2015 = (date(2015, 1, 1), date(2015, 6, 30))

_OFF = {
    date.fromisoformat(day)
    for day in [
        "2014-01-01",
        "2014-01-31",
        "2014-02-03",
        "2014-02-04",
        "2014-02-05",
        "2014-02-06",
        "2014-04-07",
        "2014-05-01",
        "2014-05-02",
        "2014-06-02",
        "2014-09-08",
        "2014-10-01",
        "2014-10-02",
        "2014-10-03",
        "2014-10-06",
        "2014-10-07",
        "2015-01-01",
        "2015-01-02",
        "2015-02-18",
        "2015-02-19",
        "2015-02-20",
        "2015-02-23",
        "2015-02-24",
        "2015-04-06",
        "2015-05-01",
        "2015-06-22",
    ]
}
"""Holidays that fall on a Monday to Friday."""

_ON = {
    date.fromisoformat(day)
    for day in [
        "2014-01-26",
        "2014-02-08",
        "2014-05-04",
        "2014-09-28",
        "2014-10-11",
        "2015-01-04",
        "2015-02-15",
        "2015-02-28",
    ]
}
"""Saturdays and Sundays worked in exchange."""

_MONTHS = {
    (2015, 1): 1.0,
    (2015, 2): 0.97,
    (2015, 3): 0.98,
    (2015, 4): 0.985,
    (2015, 5): 1.035,
    (2015, 6): 1.07,
}
"""Level of a month's days: April to June rising gently."""


def days_of(half: tuple[date, date]) -> list[date]:
    """Every day of a half-year."""
    first, last = half
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def is_workday(day: date) -> bool:
    """Whether offices work that day (2014-01 to 2015-06)."""
    return day in _ON or (day.weekday() < 5 and day not in _OFF)


def workdays(year: int, month: int) -> int:
    """Working days of a month."""
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return sum(is_workday(first + timedelta(days=n)) for n in range((following - first).days))


def weights(half: tuple[date, date]) -> NDArray[np.float64]:
    """Relative amount published on each day: less on days off, least at Spring Festival."""
    return np.array([_weight(day) for day in days_of(half)])


def _weight(day: date) -> float:
    level = _MONTHS.get((day.year, day.month), 0.95)
    if date(2015, 2, 18) <= day <= date(2015, 2, 24) or date(2014, 1, 31) <= day <= date(2014, 2, 6):
        return 0.32 * level
    return level if is_workday(day) else 0.48 * level
