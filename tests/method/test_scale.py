from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import scale

NAN = float("nan")
VALUES = st.floats(-1e9, 1e9)


def test_transforms_by_hand() -> None:
    x = np.array([0.0, 9.0, NAN])
    assert scale.ln1p(x).tolist()[:2] == [0.0, math.log(10)]
    assert scale.ln1p(x, 10).tolist()[:2] == [0.0, math.log(91)]
    assert scale.ln(x, 2).tolist()[1] == math.log(18)
    assert scale.log10(np.array([1000.0])).tolist() == [3.0]
    assert scale.sqrt(x).tolist()[:2] == [0.0, 3.0]
    assert all(np.isnan(transform(x, 1.0)[2]) for transform in scale.TRANSFORMS.values())


def test_a_transform_is_missing_where_it_is_undefined() -> None:
    assert np.isnan(scale.ln(np.array([0.0, -1.0]))).all()
    assert np.isnan(scale.log10(np.array([0.0, -1.0]))).all()
    assert np.isnan(scale.ln1p(np.array([-1.0, -2.0]))).all()
    assert np.isnan(scale.sqrt(np.array([-1e-9]))).all()


def test_goalposts_cut_off_at_both_ends_and_turn_round() -> None:
    x = np.array([-5.0, 0.0, 5.0, 20.0, 40.0, NAN])
    up = scale.goalposts(x, 0, 20)
    assert up.tolist()[:5] == [0.0, 0.0, 0.25, 1.0, 1.0]
    assert scale.goalposts(x, 0, 20, "down").tolist()[:5] == [1.0, 1.0, 0.75, 0.0, 0.0]
    assert np.isnan(up[5])


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, math.inf), (NAN, 1)])
def test_goalposts_must_be_in_order(low: float, high: float) -> None:
    with pytest.raises(MethodError):
        scale.goalposts(np.array([1.0]), low, high)


def test_clipped_counts_present_values_strictly_beyond() -> None:
    assert scale.clipped(np.array([-1.0, 0.0, 1.0, 2.0, NAN]), 0, 1) == (0.25, 0.25)
    assert all(math.isnan(share) for share in scale.clipped(np.array([NAN]), 0, 1))


def test_minmax_by_hand() -> None:
    x = np.array([[1.0, 7.0], [3.0, 7.0], [NAN, 7.0], [5.0, NAN]])
    got = scale.minmax(x, 1, 100)
    assert got[[0, 1, 3], 0].tolist() == [1.0, 50.5, 100.0]
    assert got[[0, 1, 2], 1].tolist() == [50.5, 50.5, 50.5]
    assert np.isnan(got[2, 0])
    assert np.isnan(got[3, 1])
    assert scale.minmax(x[:, 0], 1, 100, "down")[[0, 1, 3]].tolist() == [100.0, 50.5, 1.0]


def test_linear_goes_beyond_its_ends() -> None:
    assert scale.linear(np.array([0.0, 5, 20]), 0, 10, 1, 100).tolist() == [1, 50.5, 199]
    assert scale.linear(np.array([0.0, 5, 20]), 0, 10, direction="down").tolist() == [1, 0.5, -1]
    with pytest.raises(MethodError):
        scale.linear(np.array([1.0]), 2, 2)


def test_zscore_by_hand() -> None:
    x = np.array([[2.0, 3.0], [4.0, 3.0], [NAN, 3.0], [6.0, NAN]])
    got = scale.zscore(x)
    assert got[[0, 1, 3], 0].tolist() == [-1, 0, 1]
    assert got[:3, 1].tolist() == [0, 0, 0]
    assert np.isnan(got[2, 0])
    assert scale.zscore(x[:, 0], "down")[[0, 1, 3]].tolist() == [1, 0, -1]
    assert scale.zscore(np.array([5.0, NAN])).tolist()[0] == 0


def test_percentile_by_hand() -> None:
    x = np.array([10.0, 30, 20, 20, NAN])
    assert scale.percentile(x).tolist()[:4] == [0, 1, 1 / 3, 1 / 3]
    assert scale.percentile(x, "down").tolist()[:4] == [1, 0, 1 / 3, 1 / 3]
    assert np.isnan(scale.percentile(x)[4])
    assert scale.percentile(np.array([[7.0, 1], [7, 2]])).tolist() == [[0.5, 0], [0.5, 1]]


def test_target_by_hand() -> None:
    """The two cases of COINr's test-normalise.R."""
    assert scale.target(np.array([0.0, 5, 11]), 10).tolist() == [0, 0.5, 1.1]
    assert scale.target(np.array([-1.0, 1, 10]), 0, "down", cap=True).tolist() == [1, 0.9, 0]
    assert np.isnan(scale.target(np.array([NAN]), 1)).all()
    with pytest.raises(MethodError, match="目标值"):
        scale.target(np.array([5.0, 9]), 5)
    with pytest.raises(MethodError, match="目标值"):
        scale.target(np.array([5.0, 9]), 9, "down")


@settings(deadline=None)
@given(st.lists(VALUES, min_size=2, max_size=30), st.sampled_from(sorted(scale.TRANSFORMS)))
def test_a_greater_value_never_scales_lower(values: list[float], transform: str) -> None:
    x = scale.TRANSFORMS[transform](np.sort(np.array(values)), 10.0)
    scaled = scale.goalposts(x[~np.isnan(x)], 0.5, 8.0)
    assert (np.diff(scaled) >= 0).all()
    assert ((scaled >= 0) & (scaled <= 1)).all()


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=30), st.integers(0, 29), VALUES)
def test_goalposts_look_at_no_other_unit(values: list[float], place: int, other: float) -> None:
    x = np.array(values)
    changed = x.copy()
    changed[place % len(x)] = other
    rest = np.arange(len(x)) != place % len(x)
    assert (scale.goalposts(x, -10, 10)[rest] == scale.goalposts(changed, -10, 10)[rest]).all()


@pytest.mark.parametrize("rule", [scale.minmax, scale.zscore, scale.percentile])
def test_a_scale_of_nobody_is_empty(rule: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> None:
    assert rule(np.empty(0)).shape == (0,)
    assert rule(np.empty((0, 2))).shape == (0, 2)
