"""The demo's own calendar agrees with the one the product uses, and publishing follows it."""

from __future__ import annotations

from datetime import date

import chinese_calendar
import numpy as np
import pytest

from jianwei.demo.days import H1_2014, H1_2015, H2_2014, days_of, is_workday, weights, workdays


@pytest.mark.parametrize("half", [H1_2014, H2_2014, H1_2015])
def test_every_day_is_what_the_notices_say(half: tuple[date, date]) -> None:
    wrong = [day for day in days_of(half) if is_workday(day) != chinese_calendar.is_workday(day)]
    assert wrong == []


def test_halves_hold_each_day_once() -> None:
    assert [len(days_of(half)) for half in (H1_2014, H2_2014, H1_2015)] == [181, 184, 181]
    assert days_of(H1_2015)[0] == date(2015, 1, 1)
    assert days_of(H1_2015)[-1] == date(2015, 6, 30)


def test_working_days_of_the_months_of_2015() -> None:
    assert [workdays(2015, month) for month in range(1, 7)] == [21, 17, 22, 21, 20, 21]


def test_least_is_published_at_spring_festival_and_less_on_days_off() -> None:
    day, weight = days_of(H1_2015), weights(H1_2015)
    festival = np.array([date(2015, 2, 18) <= one <= date(2015, 2, 24) for one in day])
    off = np.array([not is_workday(one) for one in day]) & ~festival
    assert weight[festival].max() < weight[off].min()
    assert weight[off].max() < weight[~off & ~festival].min()


def test_months_rise_gently_from_april_and_february_is_least() -> None:
    month = np.array([one.month for one in days_of(H1_2015)])
    sums = [float(weights(H1_2015)[month == number].sum()) for number in range(1, 7)]
    assert min(sums) == sums[1]
    level = [total / workdays(2015, number) for number, total in enumerate(sums, start=1)]
    worked = [weights(H1_2015)[(month == n) & (weights(H1_2015) > 0.9)].mean() for n in (4, 5, 6)]
    assert worked == sorted(worked)
    assert all(value > 0.5 for value in level)
