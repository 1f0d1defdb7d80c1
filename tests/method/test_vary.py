from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import MethodError
from jianwei.method import order, vary


def seeded(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_noise_stays_in_its_bounds_and_comes_from_the_seed() -> None:
    w = np.array([1.0, 10.0])
    drawn = vary.noisy(w, 4000, 0.25, seeded())
    assert drawn.shape == (4000, 2)
    assert (np.abs(drawn / w - 1) <= 0.25).all()
    assert drawn.mean(axis=0) == pytest.approx(w, rel=0.01)
    assert np.abs(drawn / w - 1).max() > 0.249
    np.testing.assert_array_equal(drawn, vary.noisy(w, 4000, 0.25, seeded()))
    assert not np.array_equal(drawn, vary.noisy(w, 4000, 0.25, seeded(2)))
    np.testing.assert_array_equal(vary.noisy(w, 2, 0, seeded()), [w, w])
    with pytest.raises(MethodError, match="0 与 1"):
        vary.noisy(w, 1, 1.0, seeded())


@given(st.lists(st.lists(st.integers(0, 5), min_size=7, max_size=7), min_size=1, max_size=5))
def test_ranks_of_many_draws_are_those_of_each(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=float)
    found = vary.ranks(scores)
    for row, told in zip(scores, found, strict=True):
        assert told.tolist() == order.competition(row).tolist()


def test_ranks_of_nobody() -> None:
    assert vary.ranks(np.empty((3, 0))).shape == (3, 0)


def test_quantiles_are_ranks_that_occurred() -> None:
    found = np.column_stack([np.arange(1, 101), np.full(100, 7)]).astype(np.uint32)
    shuffled = seeded().permutation(found)
    told = vary.quantiles(shuffled, (0.05, 0.5, 0.95, 1.0))
    assert told.tolist() == [[5, 7], [50, 7], [95, 7], [100, 7]]
    assert vary.quantiles(found[:1], (0.05, 0.95)).tolist() == [[1, 7], [1, 7]]
    wide = seeded().integers(1, 600, (40, 600)).astype(np.uint32)
    np.testing.assert_array_equal(vary.quantiles(wide, (0.5,))[0], np.sort(wide, axis=0)[19])


@pytest.mark.parametrize("layout", [np.ascontiguousarray, np.asfortranarray])
def test_quantiles_leave_the_ranks_alone(layout: Callable[[vary.Ranks], vary.Ranks]) -> None:
    found = layout(seeded().integers(1, 9, (30, 4)).astype(np.uint32))
    before = found.copy()
    vary.quantiles(found, (0.5,))
    np.testing.assert_array_equal(found, before)


def test_a_design_swaps_one_column_at_a_time() -> None:
    design = vary.saltelli(3, 8, seeded())
    assert design.ab.shape == (3, 8, 3)
    for factor in range(3):
        np.testing.assert_array_equal(design.ab[factor, :, factor], design.b[:, factor])
        rest = [other for other in range(3) if other != factor]
        np.testing.assert_array_equal(design.ab[factor][:, rest], design.a[:, rest])
    with pytest.raises(MethodError):
        vary.saltelli(0, 8, seeded())


def test_indices_of_a_linear_model() -> None:
    """Y = 3 x1 + x2 + 0 x3: variances 9/12 and 1/12, so S = S_T = 0.9, 0.1, 0."""
    coefficients = np.array([3.0, 1.0, 0.0])
    design = vary.saltelli(3, 4000, seeded())
    found = vary.sobol(
        *((part * coefficients).sum(axis=-1) for part in (design.a, design.b, design.ab)), seeded(2)
    )
    assert found.first == pytest.approx([0.9, 0.1, 0], abs=0.05)
    assert found.total == pytest.approx([0.9, 0.1, 0], abs=0.05)
    assert found.total[2] == 0
    assert (found.first_low <= found.first).all()
    assert (found.first <= found.first_high).all()
    assert found.first_low[0] > found.first_high[1]
    assert (found.total_low <= found.total).all()


def test_indices_of_an_interaction() -> None:
    """Y = (x1 - 1/2)(x2 - 1/2): no first order at all, all of it in the total."""
    design = vary.saltelli(2, 4000, seeded())
    found = vary.sobol(*(np.prod(part - 0.5, axis=-1) for part in (design.a, design.b, design.ab)), seeded(2))
    assert found.first == pytest.approx([0, 0], abs=0.06)
    assert found.total == pytest.approx([1, 1], abs=0.06)


def test_indices_by_hand() -> None:
    """Two points: 0, 2, 1, 3 have mean 1.5 and variance 1.25."""
    a, b, ab = np.array([0.0, 2.0]), np.array([1.0, 3.0]), np.array([[1.0, 2.0]])
    found = vary.sobol(a, b, ab, seeded())
    assert found.first.tolist() == [-0.25 / 1.25]
    assert found.total.tolist() == [0.5 / 2.5]


def test_what_never_varies_has_no_cause() -> None:
    flat = np.ones(5)
    found = vary.sobol(flat, flat, np.ones((2, 5)), seeded())
    assert found.first.tolist() == found.total.tolist() == [0, 0]
