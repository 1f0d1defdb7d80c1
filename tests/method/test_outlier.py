from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import MethodError
from jianwei.method import outlier

NAN = float("nan")
VIGNETTE = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 100])


def test_shape_by_hand() -> None:
    """1, 2, 3, 10: mean 4, sums of powers 50, 180 and 1394."""
    x = np.array([1.0, NAN, 2, 3, 10])
    assert outlier.skewness(x) == pytest.approx(2 * 180 / 50**1.5 * math.sqrt(12) / 2, rel=1e-14)
    ratio = 4 * 1394 / 2500
    assert outlier.kurtosis(x) == pytest.approx((5 * (ratio - 3) + 6) * 3 / 2, rel=1e-14)


def test_shape_of_coinr() -> None:
    """COINr's vignette on treatment prints both to six decimals."""
    assert outlier.skewness(VIGNETTE) == pytest.approx(3.063241, abs=5e-7)
    assert outlier.kurtosis(VIGNETTE) == pytest.approx(9.741391, abs=5e-7)


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [1.0, 1.0, 1.0, 1.0], [0.1, 0.1, 0.1, 0.1, NAN]])
def test_where_shape_is_not_defined_nothing_is_treated(values: list[float]) -> None:
    x = np.array(values)
    assert math.isnan(outlier.skewness(x))
    assert outlier.passes(x)
    treated = outlier.treat(x)
    assert treated.rule == "none"
    np.testing.assert_array_equal(treated.values, x)


def test_either_measure_in_bounds_passes() -> None:
    assert not outlier.passes(VIGNETTE)
    assert outlier.passes(VIGNETTE, skew=3.1)
    assert outlier.passes(VIGNETTE, kurt=9.8)


def test_winsorising_names_whom_it_touched() -> None:
    x = np.append(VIGNETTE, NAN)
    values, touched = outlier.winsorise(x)
    assert values[:12].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30, 30]
    assert math.isnan(values[12])
    assert np.flatnonzero(touched).tolist() == [11]
    low, below = outlier.winsorise(-VIGNETTE)
    assert low.tolist() == (-values[:12]).tolist()
    assert np.flatnonzero(below).tolist() == [11]


def test_ties_at_the_end_count_each() -> None:
    x = np.array([*range(1, 30), 500.0, 500.0, 400.0])
    values, touched = outlier.winsorise(x, most=2)
    assert values[-3:].tolist() == [400, 400, 400]
    assert touched.sum() == 2
    further, all_three = outlier.winsorise(x, most=3)
    assert further[-3:].tolist() == [29, 29, 29]
    assert all_three.sum() == 3


def test_log_is_the_last_resort_and_starts_from_the_original() -> None:
    x = np.exp(np.arange(400.0))
    treated = outlier.treat(x)
    assert treated.rule == "log"
    foot = 0.01 * (x.max() - x.min())
    assert treated.values.tolist() == pytest.approx(np.log(x - 1 + foot).tolist())
    assert treated.touched.all()
    kept = outlier.treat(x, log=False)
    assert (kept.rule, kept.passes) == ("winsorise", False)
    assert kept.touched.sum() == 5


def test_a_good_column_is_left_alone() -> None:
    x = np.arange(20.0)
    treated = outlier.treat(x)
    assert treated.rule == "none"
    assert treated.passes
    assert not treated.touched.any()
    np.testing.assert_array_equal(treated.values, x)


def test_log_of_one_value_is_refused() -> None:
    with pytest.raises(MethodError, match="只有一个值"):
        outlier.log_shift(np.array([2.0, 2.0]))


@given(st.lists(st.floats(0, 1e6), min_size=5, max_size=40), st.integers(0, 2**16))
def test_treatment_keeps_the_order_and_forgets_the_rows_order(values: list[float], seed: int) -> None:
    x = np.round(np.array(values), 3)
    treated = outlier.treat(x)
    ranked = np.argsort(x, kind="stable")
    assert (np.diff(treated.values[ranked]) >= -1e-12).all()
    turned = np.random.default_rng(seed).permutation(len(x))
    np.testing.assert_allclose(outlier.treat(x[turned]).values, treated.values[turned], rtol=1e-12)
