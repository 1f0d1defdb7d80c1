"""Numbers in official Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.phrase import number


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (241139, 0, "241,139"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # 四舍五入, not half to even
        (2.675, 2, "2.68"),  # on the decimal form, not on the binary one
        (-0.004, 2, "0.00"),
        (-12.5, 1, "−12.5"),
    ],
)
def test_rounding_is_half_up(value: float, digits: int, words: str) -> None:
    assert number.fixed(value, digits) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (9876, "9,876"),
        (10000, "1万"),
        (27012345, "2,701.2万"),
        (123456789, "1.2亿"),
        (0, "0"),
        (0.25, "0.3"),
        (-34000, "−3.4万"),
    ],
)
def test_big_numbers_take_wan_and_yi(value: float, words: str) -> None:
    assert number.big(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1936, "1,900余"), (1900, "1,900"), (1036, "1,000余"), (27, "27"), (7, "7"), (105, "100余")],
)
def test_over_never_says_more_than_there_is(value: int, words: str) -> None:
    assert number.over(value) == words


@pytest.mark.parametrize(
    ("fraction", "words"),
    [
        (0.4292, "42.92%"),
        (0.152, "15.2%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (0.99999, "超过99.99%"),
        (0.00001, "不足0.01%"),
        (0.5, "50%"),
    ],
)
def test_a_share_is_all_or_none_only_when_it_is(fraction: float, words: str) -> None:
    assert number.share(fraction) == words


def test_points_carry_no_sign() -> None:
    assert number.points(-0.0123) == "1.23个百分点"


@pytest.mark.parametrize(
    ("change", "way"), [(0.02, 1), (-0.02, -1), (0.00001, 0), (-0.00001, 0), (float("nan"), 0)]
)
def test_a_change_too_small_to_print_is_level(change: float, way: int) -> None:
    assert number.turn(change) == way


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_count_reads_back_to_itself(value: int) -> None:
    assert int(number.count(value).replace(",", "").replace("−", "-")) == value


@given(st.floats(min_value=0, max_value=1))
def test_a_percentage_is_within_half_a_unit(fraction: float) -> None:
    said = float(number.percent(fraction).rstrip("%"))
    assert abs(said - fraction * 100) <= 0.005 + 1e-9
