"""Whole numbers in proportion: sums exact, nobody below the least, groups kept apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.demo.apportion import apportion, scatter, spread

_WEIGHTS = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=60)


@given(st.integers(0, 10**9), _WEIGHTS)
def test_the_sum_is_exact_and_nobody_is_a_whole_unit_off(total: int, weights: list[float]) -> None:
    parts = apportion(total, weights)
    exact = np.array(weights) * total / sum(weights)
    assert int(parts.sum()) == total
    assert np.all(np.abs(parts - exact) < 1 + 1e-6 * total)


@given(st.integers(0, 10**6), _WEIGHTS, st.integers(0, 50))
def test_nobody_gets_less_than_the_least(extra: int, weights: list[float], least: int) -> None:
    parts = apportion(extra + least * len(weights), weights, least=least)
    assert int(parts.sum()) == extra + least * len(weights)
    assert int(parts.min()) >= least


def test_equal_remainders_go_to_the_first() -> None:
    assert apportion(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert apportion(5, [3, 1, 0]).tolist() == [4, 1, 0]


def test_too_little_for_everybody_is_refused() -> None:
    with pytest.raises(ValueError, match="too little"):
        apportion(5, [1, 1, 1], least=2)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 9)), min_size=1, max_size=12), st.integers(0, 9)
)
def test_each_groups_total_is_spread_over_its_own_members(groups: list[tuple[int, int]], seed: int) -> None:
    rng = np.random.default_rng(seed)
    totals = np.array([total for total, _ in groups])
    of = np.repeat(np.arange(len(groups)), [members for _, members in groups])
    drawn = spread(totals, of, rng.random(len(of)) + 0.01, rng)
    assert np.bincount(of, drawn, len(groups)).tolist() == totals.tolist()
    assert int(drawn.min()) >= 0


def test_a_member_without_weight_gets_nothing() -> None:
    drawn = spread(np.array([100]), np.array([0, 0]), np.array([0.0, 1.0]), np.random.default_rng(1))
    assert drawn.tolist() == [0, 100]


def test_a_total_without_members_is_refused() -> None:
    with pytest.raises(ValueError, match="no members"):
        spread(np.array([0, 3]), np.array([0]), np.array([1.0]), np.random.default_rng(1))


def test_as_many_as_wanted_are_chosen_in_each_group() -> None:
    of = np.repeat([0, 1, 2], [5, 3, 8])
    counts = np.array([2, 0, 8])
    first = scatter(counts, of, np.random.default_rng(3))
    assert np.bincount(of, first, 3).tolist() == [2, 0, 8]
    others = [scatter(counts, of, np.random.default_rng(seed))[:5].tolist() for seed in range(20)]
    assert len(set(map(tuple, others))) > 3
