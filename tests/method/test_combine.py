from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method import combine

NAN = float("nan")
MEANS = [
    combine.arithmetic,
    combine.geometric,
    combine.harmonic,
    combine.greatest,
    partial(combine.power_mean, exponent=0.5),
    partial(combine.power_mean, exponent=-2),
]
Floats = NDArray[np.float64]


@st.composite
def tables(draw: st.DrawFn) -> tuple[Floats, Floats]:
    """Positive values with holes, and weights that fit."""
    units, parts = draw(st.integers(1, 12)), draw(st.integers(1, 9))
    x = draw(hnp.arrays(np.float64, (units, parts), elements=st.floats(0.01, 1e6) | st.just(NAN)))
    w = draw(hnp.arrays(np.float64, parts, elements=st.floats(0.01, 100)))
    return x, w


def test_by_hand() -> None:
    x, w = np.array([[1.0, 4.0], [NAN, 9.0], [NAN, NAN]]), np.array([1.0, 3.0])
    assert combine.arithmetic(x, w).tolist()[:2] == [3.25, 9.0]
    assert combine.geometric(x, w).tolist()[:2] == pytest.approx([4**0.75, 9.0])
    assert np.isnan(combine.arithmetic(x, w)[2])
    assert np.isnan(combine.geometric(x, w)[2])
    assert combine.weighted_sum(x, w).tolist()[0] == 13.0
    assert np.isnan(combine.weighted_sum(x, w)[1:]).all()


def test_geometric_names_the_value_that_it_refuses() -> None:
    with pytest.raises(MethodError, match="第 2 行第 1 项"):
        combine.geometric(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 1.0]))


def test_further_means_by_hand() -> None:
    """COINr's test-aggregate.R prints the weighted harmonic mean of 1, 2, 3."""
    x, w = np.array([[1.0, 2.0, 3.0], [NAN, 4.0, NAN], [NAN, NAN, NAN]]), np.array([2.0, 1.0, 1.0])
    assert combine.harmonic(x, w).tolist()[:2] == pytest.approx([1.4117647058823528, 4.0])
    assert combine.power_mean(x, w, 2).tolist()[:2] == pytest.approx([math.sqrt((2 + 4 + 9) / 4), 4.0])
    assert combine.power_mean(x, w, -1)[0] == pytest.approx(1.4117647058823528)
    assert combine.power_mean(x, w, 0)[0] == combine.geometric(x, w)[0]
    assert combine.greatest(x, w).tolist()[:2] == [3.0, 4.0]
    for rule in (combine.harmonic, combine.greatest, partial(combine.power_mean, exponent=3)):
        assert np.isnan(rule(x, w)[2])


@pytest.mark.parametrize("rule", [combine.harmonic, partial(combine.power_mean, exponent=-1)])
def test_what_divides_by_a_part_refuses_zero(rule: Any) -> None:
    with pytest.raises(MethodError, match="第 1 行第 2 项"):
        rule(np.array([[1.0, 0.0]]), np.array([1.0, 1.0]))


def test_a_power_mean_refuses_what_has_no_power() -> None:
    assert combine.power_mean(np.array([[0.0, 4.0]]), np.ones(2), 0.5)[0] == 1.0
    with pytest.raises(MethodError, match="不小于零"):
        combine.power_mean(np.array([[-1.0, 4.0]]), np.ones(2), 0.5)
    with pytest.raises(MethodError, match="有限"):
        combine.power_mean(np.array([[1.0, 4.0]]), np.ones(2), math.inf)


def test_means_are_ordered_as_theory_says() -> None:
    """Harmonic <= geometric <= arithmetic <= greatest."""
    x, w = np.random.default_rng(2).lognormal(size=(50, 4)), np.array([1.0, 2.0, 3.0, 4.0])
    rules = (combine.harmonic, combine.geometric, combine.arithmetic, combine.greatest)
    assert (np.diff(np.column_stack([rule(x, w) for rule in rules]), axis=1) > 0).all()


@pytest.mark.parametrize("mean", MEANS)
@settings(deadline=None)
@given(table=tables())
def test_a_mean_lies_between_its_parts(mean: object, table: tuple[Floats, Floats]) -> None:
    x, w = table
    assert callable(mean)
    for row, value in zip(x, mean(x, w), strict=True):
        known = row[~np.isnan(row)]
        if known.size == 0:
            assert math.isnan(value)
        else:
            assert known.min() * (1 - 1e-12) <= value <= known.max() * (1 + 1e-12)


@pytest.mark.parametrize("rule", sorted(combine.COMBINATIONS))
@settings(deadline=None)
@given(table=tables(), seed=st.integers(0, 2**16))
def test_the_order_of_units_and_parts_does_not_count(
    rule: str, table: tuple[Floats, Floats], seed: int
) -> None:
    x, w = table
    random = np.random.default_rng(seed)
    rows, columns = random.permutation(x.shape[0]), random.permutation(x.shape[1])
    value = combine.COMBINATIONS[rule](x, w)
    moved = combine.COMBINATIONS[rule](x[rows][:, columns], w[columns])
    np.testing.assert_allclose(moved, value[rows], rtol=1e-12)


@pytest.mark.parametrize("rule", sorted(combine.COMBINATIONS))
@settings(deadline=None)
@given(table=tables(), place=st.integers(0, 100), more=st.floats(1.001, 10))
def test_more_of_a_part_is_never_less_of_the_whole(
    rule: str, table: tuple[Floats, Floats], place: int, more: float
) -> None:
    x, w = table
    lifted = x.copy()
    lifted[:, place % x.shape[1]] *= more
    before, after = combine.COMBINATIONS[rule](x, w), combine.COMBINATIONS[rule](lifted, w)
    known = ~np.isnan(before)
    assert (np.isnan(after) == ~known).all()
    assert (after[known] >= before[known] * (1 - 1e-12)).all()


@pytest.mark.parametrize("rule", sorted(combine.COMBINATIONS))
@pytest.mark.parametrize("order", ["C", "F"])
def test_equal_rows_tie_at_every_shape(rule: str, order: str) -> None:
    random = np.random.default_rng(7)
    compute = combine.COMBINATIONS[rule]
    for units in (2, 3, 4, 5, 7, 8, 9, 16, 33, 100):
        for parts in range(1, 24):
            row, w = random.lognormal(size=parts), random.random(parts) + 0.1
            values = compute(np.asarray(np.tile(row, (units, 1)), order="F" if order == "F" else "C"), w)
            alone = compute(row[None, :], w)
            assert (values == alone[0]).all(), (units, parts)


@pytest.mark.parametrize("mean", MEANS)
@settings(deadline=None)
@given(table=tables())
def test_what_is_missing_for_all_might_as_well_not_be_there(
    mean: object, table: tuple[Floats, Floats]
) -> None:
    x, w = table
    assert callable(mean)
    wider = np.column_stack([x, np.full(len(x), NAN)])
    np.testing.assert_allclose(mean(wider, np.append(w, 5.0)), mean(x, w), rtol=1e-12)
