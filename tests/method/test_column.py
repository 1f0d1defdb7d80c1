from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jianwei.method import column

NAN = float("nan")


def test_by_hand() -> None:
    x = np.array([2.0, NAN, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0])
    assert column.mean(x) == 5.0
    assert column.median(x) == 4.5
    assert column.deviation(x) == math.sqrt(32 / 7)
    assert column.deviation(np.array([3.0, 3.0, NAN])) == 0.0


def test_nothing_gives_nothing() -> None:
    empty = np.array([NAN, NAN])
    assert all(math.isnan(found) for found in (column.mean(empty), column.median(empty)))
    assert math.isnan(column.deviation(np.array([1.0, NAN])))


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50), st.integers(0, 2**16))
def test_the_order_of_units_changes_no_bit(values: list[float], seed: int) -> None:
    x = np.array(values)
    turned = np.random.default_rng(seed).permutation(x)
    assert column.mean(x) == column.mean(turned)
    assert column.deviation(x) == column.deviation(turned)
