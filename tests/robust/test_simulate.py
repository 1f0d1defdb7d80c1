from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from jianwei import recipe as shelf
from jianwei import scorecard
from jianwei.errors import MethodError
from jianwei.robust import Variations, simulate
from jianwei.robust.variation import variants
from tests.robust.worlds import inputs, made, units

WEIGHTS = Variations(scale=False, outlier=False, missing=False, combine=False)


def test_a_clear_leader_and_a_clear_last_keep_their_places() -> None:
    x = units(20)
    x[3], x[8] = 99, 1
    found = simulate(made(), inputs(x), draws=300)
    assert found.interval("u3") == (1, 1, 1, 1.0)
    assert found.interval("u8") == (20, 20, 20, 20.0)
    assert found.codes[0] == "u3"
    assert found.leads("u3", "u8")
    assert found.ahead("u8", "u3") == 0


def test_planted_near_ties_share_a_band_and_a_gap_parts_them() -> None:
    """Five units at 60 and five at 40, each a thousandth apart but strong in different parts."""
    effective = np.array([made().effective[f"l{i}"] for i in range(10)])
    random = np.random.default_rng(4)
    x = random.uniform(-9, 9, (10, 10))
    x -= (x * effective).sum(axis=1)[:, None]
    x += np.repeat([60.0, 40.0], 5)[:, None] + 0.001 * np.arange(10)[:, None]
    found = simulate(made(), inputs(x), draws=400)
    assert [found.bands[code] for code in found.codes] == [1] * 5 + [2] * 5
    top = list(found.codes[:5])
    assert not found.leads(top[0], top[1])
    assert all(found.leads(one, other) for one in top for other in found.codes[5:])
    assert all(found.intervals[code].high <= 5 for code in top)


def test_equal_units_are_never_ahead_of_each_other() -> None:
    x = np.repeat(units(6), 2, axis=0)
    found = simulate(made(), inputs(x), draws=100)
    for row in range(0, 12, 2):
        one, other = f"u{row}", f"u{row + 1}"
        assert found.ahead(one, other) == found.ahead(other, one) == 0
        assert found.bands[one] == found.bands[other]


def test_the_seed_decides_and_the_order_of_units_does_not() -> None:
    x = units(15, gaps=0.1)
    first = simulate(made(), inputs(x), draws=60, seed=3)
    moved = np.random.default_rng(1).permutation(15)
    again = simulate(made(), inputs(x[moved], tuple(f"u{row}" for row in moved)), draws=60, seed=3)
    assert again.intervals == first.intervals
    assert again.bands == first.bands
    other = simulate(made(), inputs(x), draws=60, seed=4)
    assert other.intervals != first.intervals
    assert first.to_json()["seed"] == 3


def test_each_draw_is_a_ranking_by_the_varied_recipe() -> None:
    x = units(9)
    found = simulate(made(), inputs(x), WEIGHTS, draws=5)
    for draw in range(5):
        weights = found.factors["weights"][draw]
        codes = sorted(made().nodes)
        nodes = {c: replace(n, weight=float(weights[codes.index(c)])) for c, n in made().nodes.items()}
        card = scorecard.score(replace(made(), nodes=nodes), inputs(x))
        told = dict(zip(card.codes, card.rank, strict=True))
        assert [told[code] for code in found.codes] == found.ranks[draw].tolist()


def test_without_noise_nothing_moves() -> None:
    found = simulate(made(), inputs(units(9)), replace(WEIGHTS, weights=0.0), draws=7)
    assert (found.ranks == np.array(found.nominal)).all()
    assert found.factors == {}


def test_every_assumption_takes_both_its_values() -> None:
    found = simulate(made(), inputs(units(9, gaps=0.1)), draws=200)
    assert set(found.factors) == {"weights", "scale", "outlier", "missing", "combine"}
    for name in ("scale", "outlier", "missing", "combine"):
        assert 0.3 < found.factors[name].mean() < 0.7


@pytest.mark.parametrize(
    "leaf",
    ["low = 0\nhigh = 100\nbottom = -1\n", 'scale = "zscore"\n', 'scale = "minmax"\nlow = 9\nhigh = 10\n'],
)
def test_no_geometric_mean_is_tried_on_values_below_zero(leaf: str) -> None:
    found = simulate(made(leaf=leaf), inputs(units(9)), draws=50)
    assert "combine" not in found.factors
    assert len(found.codes) == 9


def test_the_alternatives_are_what_they_say() -> None:
    x = units(9, gaps=0.1)
    x[0, 0] = 5000
    card = scorecard.score(made(), inputs(x))
    rows = np.arange(9)
    found = {
        (one.scale, one.outlier, one.missing): one.scaled
        for one in variants(card, inputs(x), Variations(), rows)
    }
    assert len(found) == 8
    np.testing.assert_array_equal(found[False, False, False], card.scaled.values)
    minmax = scorecard.score(made(leaf='scale = "minmax"\n'), inputs(x)).scaled.values
    np.testing.assert_array_equal(found[True, False, False], minmax)
    filled = made(leaf='impute = "mean"\nlow = 0\nhigh = 100\n')
    np.testing.assert_array_equal(found[False, False, True], scorecard.score(filled, inputs(x)).scaled.values)
    treated = made(leaf='scale = "minmax"\noutlier = "winsorise"\n')
    np.testing.assert_array_equal(found[True, True, False], scorecard.score(treated, inputs(x)).scaled.values)


def test_who_takes_part_is_the_recipes_own_choice() -> None:
    x = units(8)
    x[2, 3:] = np.nan
    found = simulate(made(head="need = 0.9"), inputs(x), draws=30)
    assert "u2" not in found.codes
    assert found.interval("u2") is None
    assert sorted(found.nominal) == list(range(1, 8))
    with pytest.raises(MethodError, match="没有参评"):
        found.ahead("u2", "u1")


def test_a_formula_index_varies_in_its_weights_only() -> None:
    bci = shelf.load("bci")
    random = np.random.default_rng(1)
    table = pa.table({name: random.lognormal(5, 1, 12).round() for name in sorted(bci.needs)})
    codes = tuple("abcdefghijkl")
    found = simulate(bci, scorecard.Inputs(codes, codes, {"*": table}), draws=50)
    assert set(found.factors) == {"weights"}


def test_memory_is_bounded_by_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["jianwei.robust.simulate"]  # the verb hides its module
    monkeypatch.setattr(module, "MOST", 50)
    with pytest.raises(MethodError, match="5 个单位 × 11 次"):
        simulate(made(), inputs(units(5)), draws=11)
    with pytest.raises(MethodError, match="至少"):
        simulate(made(), inputs(units(5)), draws=0)


def test_nobody_to_vary() -> None:
    found = simulate(made(), inputs(np.empty((0, 10))), draws=3)
    assert (found.codes, found.bands, found.intervals) == ((), {}, {})


def test_json_is_in_the_order_of_the_board() -> None:
    told = simulate(made(), inputs(units(4)), draws=20).to_json()
    assert [row["rank"] for row in told["rows"]] == [1, 2, 3, 4]
    for row in told["rows"]:
        low, high = row["interval"]
        assert low <= row["median"] <= high


def test_the_interval_covers_what_it_promises() -> None:
    """Coverage of the 90 % interval by simulation.

    On each of 20 boards of 30 units the true weights are one draw of the same noise; a unit's true
    rank lies in its interval in at least 90 % of cases. Seen: 96.3 %; ranks are whole numbers, so the interval is a little too wide.
    """
    inside = total = 0
    for seed in range(20):
        x = units(30, seed)
        found = simulate(made(), inputs(x), WEIGHTS, draws=300, seed=seed)
        truth = simulate(made(), inputs(x), WEIGHTS, draws=1, seed=10_000 + seed)
        for code in found.codes:
            low, _, high, _ = found.intervals[code]
            rank = int(truth.ranks[0, truth.codes.index(code)])
            inside += low <= rank <= high
            total += 1
    assert total == 600
    assert 0.90 <= inside / total <= 0.999
