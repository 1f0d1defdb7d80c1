from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.method import pairwise

NAN = float("nan")
FOUR = np.array([[1.0, 3, 2], [2, 2, 3], [3, 1, 1], [4, 5, 4]])
ONES = np.ones(3)


def test_outranking_by_hand() -> None:
    told = pairwise.outrank(FOUR, ONES)
    assert told[1, 0] == pytest.approx(2 / 3)
    assert told[2, 0] == pytest.approx(1 / 3)
    assert told[3, 0] == 1.0
    assert np.isnan(np.diag(told)).all()
    assert pairwise.outrank(np.array([[1.0, 5], [1, 4]]), np.array([3.0, 1.0]))[0, 1] == (1.5 + 1) / 4


def test_copeland_counts_pairs() -> None:
    assert pairwise.copeland(FOUR, ONES).tolist() == [-1.0, 1.0, -3.0, 3.0]
    assert pairwise.copeland(FOUR, np.array([10.0, 1, 1])).tolist() == [-3.0, -1.0, 1.0, 3.0]


def test_dominance_is_ahead_on_everything() -> None:
    assert pairwise.dominance(FOUR) == (3, 0.5)
    assert pairwise.dominance(np.array([[1.0, 2.0], [1.0, 3.0]])) == (0, 0.0)
    assert math.isnan(pairwise.dominance(FOUR[:1]).share)


def test_a_part_that_either_lacks_does_not_count_for_the_pair() -> None:
    x = np.array([[1.0, NAN], [2.0, 9.0], [NAN, NAN]])
    told = pairwise.outrank(x, np.ones(2))
    assert (told[0, 1], told[1, 0]) == (0.0, 1.0)
    assert np.isnan(told[2]).all()
    copeland = pairwise.copeland(x, np.ones(2))
    assert copeland.tolist()[:2] == [-1.0, 1.0]
    assert math.isnan(copeland[2])


def test_topsis_by_hand() -> None:
    """Columns 3, 4 and 6, 8 have lengths 5 and 10."""
    x = np.array([[3.0, 8.0], [4.0, 6.0], [4.0, 8.0], [NAN, 7.0]])[:2]
    away = [math.hypot(0.2 * 2, 0), math.hypot(0, 0.2)]
    score = pairwise.topsis(x, np.array([2.0, 1.0]))
    assert score.tolist() == pytest.approx([0.2 / (0.2 + away[0]), 0.4 / 0.6])


def test_topsis_where_there_is_nothing_to_tell() -> None:
    assert pairwise.topsis(np.full((3, 2), 7.0), np.ones(2)).tolist() == [0.5] * 3
    assert pairwise.topsis(np.zeros((2, 2)), np.ones(2)).tolist() == [0.5] * 2
    gap = pairwise.topsis(np.array([[1.0, 2.0], [2.0, 3.0], [NAN, 4.0]]), np.ones(2))
    assert gap.tolist()[:2] == [0.0, 1.0]
    assert math.isnan(gap[2])


def test_blocks_of_units_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.random.default_rng(4).integers(0, 4, (37, 5)).astype(float)
    whole = pairwise.outrank(x, np.arange(1.0, 6.0))
    monkeypatch.setattr(pairwise, "_CELLS", 80)
    np.testing.assert_array_equal(pairwise.outrank(x, np.arange(1.0, 6.0)), whole)
    monkeypatch.undo()
    assert pairwise.outrank(np.empty((0, 3)), ONES).shape == (0, 0)


@pytest.mark.parametrize("rule", sorted(pairwise.RELATIVE))
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=10), st.integers(0, 9)
)
def test_equal_rows_tie_and_order_does_not_count(rule: str, rows: list[list[int]], seed: int) -> None:
    x = np.array([*rows, rows[0]], dtype=float)
    w = np.array([1.0, 2.0, 3.0])
    value = pairwise.RELATIVE[rule](x, w)
    assert value[0] == value[-1]
    turned = np.random.default_rng(seed).permutation(len(x))
    np.testing.assert_allclose(pairwise.RELATIVE[rule](x[turned], w), value[turned], rtol=1e-12, atol=1e-15)
