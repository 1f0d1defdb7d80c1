from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.method import order

NAN = float("nan")
SCORES = st.lists(st.floats(-1e6, 1e6) | st.just(NAN) | st.integers(0, 3).map(float), max_size=40)


def test_ranks_are_1_2_2_4() -> None:
    assert order.competition(np.array([5.0, 9.0, 7.0, 7.0, NAN, 1.0])).tolist() == [4, 1, 2, 2, 0, 5]
    assert order.ties(np.array([5.0, 9.0, 7.0, 7.0, NAN, NAN])).tolist() == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


def test_the_last_bit_decides() -> None:
    scores = np.array([0.3, np.nextafter(0.3, 1), 0.1 + 0.2])
    assert order.competition(scores).tolist() == [3, 1, 1]


@pytest.mark.parametrize("scores", [[], [NAN], [NAN, NAN]])
def test_nobody_to_rank(scores: list[float]) -> None:
    assert order.competition(np.array(scores)).tolist() == [0] * len(scores)
    assert not order.ties(np.array(scores)).any()


@settings(deadline=None)
@given(SCORES)
def test_a_rank_is_one_more_than_the_number_of_better_ones(scores: list[float]) -> None:
    ranks = order.competition(np.array(scores))
    ties = order.ties(np.array(scores))
    for score, rank, tie in zip(scores, ranks, ties, strict=True):
        if np.isnan(score):
            assert (rank, tie) == (0, False)
        else:
            assert rank == 1 + sum(other > score for other in scores)
            assert tie == (sum(other == score for other in scores) > 1)


def test_shift_is_the_mean_number_of_places_moved() -> None:
    assert order.shift(np.array([1, 2, 3, 0]), np.array([3, 2, 1, 4])) == 4 / 3
    assert np.isnan(order.shift(np.array([0, 1]), np.array([1, 0])))
