from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from jianwei import recipe as shelf
from jianwei import scorecard
from jianwei.robust import Variations, equal_weights, removals, reversals, sensitivity, shadow
from tests.robust.worlds import inputs, made, units


def test_the_shadow_board_weighs_everything_alike() -> None:
    one = equal_weights(made())
    assert {round(one.effective[leaf.code], 12) for leaf in one.leaves} == {0.1}
    x = units(8)
    card = shadow(made(), inputs(x))
    assert card.score == pytest.approx(x.mean(axis=1))
    assert "等权" in card.recipe.title
    assert card.recipe_hash != made().hash


def test_coefficients_of_a_formula_stay() -> None:
    assert equal_weights(shelf.load("bci")).hash == shelf.load("bci").hash


def test_removal_tells_places_moved() -> None:
    """Only x9 parts the two groups; without it the order turns round."""
    x = np.full((4, 10), 50.0)
    x[:, 9] = [90, 80, 20, 10]
    x[:, 0] = [10, 20, 30, 40]
    found = removals(made(), inputs(x))
    assert len(found) == 10
    assert (found[0].code, found[0].shift, found[0].most) == ("l9", 2.0, 3)
    assert all(one.shift == 0 for one in found[1:])


def test_a_branch_without_leaves_goes_too() -> None:
    two = shelf.load("shuangwei-50-50")
    table = pa.table({"bci": [1.0, 2.0], "wci": [9.0, 3.0]})
    found = removals(two, scorecard.Inputs(("a", "b"), ("a", "b"), {"*": table}))
    assert {one.code: one.shift for one in found} == {"bci": 0.0, "wci": 1.0}


def test_goalposts_are_reversed_by_nobody_and_minmax_by_somebody() -> None:
    x = np.random.default_rng(3).lognormal(3, 1.5, (20, 10))
    assert reversals(made(), inputs(x)) == ()
    assert reversals(made(leaf='scale = "minmax"\n'), inputs(x)) != ()


def test_sensitivity_finds_what_matters() -> None:
    """Long tails beyond the goalposts: the scale decides, filling what is not missing does nothing."""
    x = np.random.default_rng(5).lognormal(4, 2, (25, 10))
    varied = Variations(weights=0.02, outlier=False, combine=False)
    found = sensitivity(made(), inputs(x), varied, points=150, seed=1)
    assert set(found) == {"weights", "scale", "missing"}
    totals = {name: indices.total[place] for name, (indices, place) in found.items()}
    assert totals["scale"] > 0.8
    assert totals["missing"] == 0
    assert totals["weights"] < 0.2
    again = sensitivity(made(), inputs(x), varied, points=150, seed=1)
    np.testing.assert_array_equal(again["scale"][0].first, found["scale"][0].first)
