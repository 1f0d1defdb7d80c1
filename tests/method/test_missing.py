from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.errors import MethodError
from jianwei.method import missing

NAN = float("nan")


def test_weight_of_a_missing_part_goes_to_the_present_ones() -> None:
    present = np.array([[True, True, True], [True, False, True], [False, False, False]])
    shared = missing.share_out(present, np.array([1.0, 2.0, 1.0]))
    assert shared.tolist() == [[0.25, 0.5, 0.25], [0.5, 0.0, 0.5], [0.0, 0.0, 0.0]]


def test_present_share_counts_weight_not_parts() -> None:
    present = np.array([[True, False], [False, True], [True, True]])
    assert missing.present_share(present, np.array([3.0, 1.0])).tolist() == [0.75, 0.25, 1.0]


def test_present_share_leaves_out_what_nobody_asked_for() -> None:
    present = np.array([[True, False], [True, False]])
    asked = np.array([[True, False], [False, False]])
    assert missing.present_share(present, np.array([1.0, 3.0]), asked).tolist() == [1.0, 0.0]


def test_least_data_forgives_the_last_bit() -> None:
    """COINr's vignette on aggregation: 3, 1 and 2 of three parts, two thirds asked for."""
    present = np.array([[True, True, True], [True, False, False], [True, False, True]])
    assert missing.enough(present, np.ones(3), 2 / 3).tolist() == [True, False, True]


def test_filling_by_hand() -> None:
    x = np.array([[1.0, NAN, NAN], [2.0, 4.0, NAN], [9.0, NAN, NAN], [NAN, 8.0, NAN]])
    assert missing.column_mean(x)[:, :2].tolist() == [[1, 6], [2, 4], [9, 6], [4, 8]]
    assert missing.column_median(x)[:, :2].tolist() == [[1, 6], [2, 4], [9, 6], [2, 8]]
    assert np.isnan(missing.column_mean(x)[:, 2]).all()
    groups = np.array(["a", "a", "", "a"])
    filled = missing.group_mean(x, groups)
    assert filled[[0, 1, 3], :2].tolist() == [[1, 6], [2, 4], [1.5, 8]]
    assert np.isnan(filled[2, 1])  # nobody knows its group
    strangers = missing.group_mean(np.array([[3.0], [NAN]]), np.array(["", ""]))
    assert np.isnan(strangers[1, 0])  # two of unknown group are no group
    alone = missing.group_mean(x, np.array(["a", "b", "c", "d"]))
    np.testing.assert_array_equal(alone, x)
    with pytest.raises(MethodError, match="数目不符"):
        missing.group_mean(x, np.array(["a"]))


@pytest.mark.parametrize("w", [[1.0], [1.0, 0.0], [1.0, -1.0], [1.0, np.nan], [1.0, np.inf]])
def test_unfit_weights_are_refused(w: list[float]) -> None:
    with pytest.raises(MethodError):
        missing.share_out(np.array([[True, True]]), np.array(w))


@settings(deadline=None)
@given(
    st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=20),
    st.lists(st.floats(0.01, 100), min_size=3, max_size=3),
)
def test_shared_weights_sum_to_one_or_to_nothing(rows: list[list[bool]], w: list[float]) -> None:
    present = np.array(rows)
    shared = missing.share_out(present, np.array(w))
    assert shared.sum(axis=1) == pytest.approx(present.any(axis=1).astype(float))
    assert not shared[~present].any()
