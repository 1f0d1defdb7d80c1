"""What would be a wrong number without an error: the score must not know what it should not know."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jianwei import recipe, scorecard
from jianwei.method import combine, order, scale
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from jianwei.scorecard import Inputs, Scorecard, State

Floats = NDArray[np.float64]
PARTS = ("posts", "originals", "reposts", "comments", "likes", "multimedia")


def composite(parts: tuple[str, ...] = PARTS, *, head: str = "", weights: tuple[float, ...] = ()) -> Recipe:
    """Two branches of leaves over Weibo's counts, goalposts 0 to 1000 on ln(1+x)."""
    declared = weights or tuple(range(1, len(parts) + 1))
    text = f'[recipe]\nname = "t"\n{head}\n[nodes.root]\ntimes = 100\n'
    text += "".join(
        f'[nodes.{branch}]\nparent = "root"\nweight = {w}\n' for branch, w in (("left", 2), ("right", 3))
    )
    for place, (part, weight) in enumerate(zip(parts, declared, strict=True)):
        text += f'[nodes.leaf_{part}]\nparent = "{("left", "right")[place % 2]}"\nweight = {weight}\n'
        text += f'platform = "weibo"\nformula = "{part}"\ntransform = "ln1p"\nlow = 0\nhigh = 1000\n'
    made, problems = read(text)
    assert made is not None, [str(issue) for issue in problems.issues]
    return made


def run(made: Recipe, x: Floats, parts: tuple[str, ...] = PARTS, structural: Any = None) -> Scorecard:
    codes = tuple(f"u{row}" for row in range(len(x)))
    table = pa.table({part: pa.array(x[:, place], from_pandas=True) for place, part in enumerate(parts)})
    return scorecard.score(made, Inputs(codes, codes, {"weibo": table}, structural or {}))


def counts(units: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).lognormal(3, 2, (units, len(PARTS))).round()


@st.composite
def tables(draw: st.DrawFn) -> Floats:
    """Counts with zeros and holes."""
    cell = st.integers(0, 3000).map(float) | st.just(float("nan"))
    rows = draw(st.lists(st.lists(cell, min_size=6, max_size=6), min_size=2, max_size=12))
    return np.array(rows)


def test_ranks_come_from_unrounded_scores() -> None:
    base = np.tile([20.0, 10, 30, 5, 8, 3], (3, 1))
    base[1, 0] += 1e-7
    card = run(composite(), base)
    assert card.score[1] > card.score[0]
    assert np.round(card.score, 6).tolist().count(round(float(card.score[0]), 6)) == 3
    assert card.rank == (2, 1, 2)
    assert card.tie.tolist() == [True, False, True]


@pytest.mark.parametrize("units", [1, 2, 3, 5, 8, 17, 64, 1023])
def test_equal_rows_tie_at_every_shape(units: int) -> None:
    x = np.repeat(counts(units), 2, axis=0)
    shuffled = np.random.default_rng(3).permutation(len(x))
    card = run(composite(), x[shuffled])
    for row in range(units):
        twins = np.flatnonzero(shuffled // 2 == row)
        assert card.score[twins[0]] == card.score[twins[1]]
        assert card.tie[twins].all()


@settings(deadline=None, max_examples=15)
@given(tables(), st.integers(0, 2**16))
def test_the_order_of_units_does_not_count(x: Floats, seed: int) -> None:
    moved = np.random.default_rng(seed).permutation(len(x))
    first, second = run(composite(), x), run(composite(), x[moved])
    np.testing.assert_array_equal(second.score, first.score[moved])
    assert second.rank == tuple(first.rank[row] for row in moved)
    assert [second.reason[k] for k in range(len(x))] == [first.reason[row] for row in moved]


@settings(deadline=None, max_examples=15)
@given(tables(), st.permutations(range(6)))
def test_weights_land_on_their_nodes_in_any_order(x: Floats, places: list[int]) -> None:
    """The same tree written in another order gives the same bits and the same hash."""
    straight = composite()
    nodes = {code: straight.nodes[code] for code in ("root", "left", "right")}
    leaves = [straight.leaves[place] for place in places]
    turned = {**{leaf.code: leaf for leaf in leaves}, **dict(reversed(nodes.items()))}
    other = type(straight)(**{**vars_of(straight), "nodes": turned})
    first, second = run(straight, x), run(other, x[:, places], tuple(PARTS[place] for place in places))
    assert other.hash == straight.hash
    np.testing.assert_array_equal(second.score, first.score)
    for leaf in straight.leaves:
        np.testing.assert_array_equal(second.contributions[leaf.code], first.contributions[leaf.code])


def vars_of(made: Recipe) -> dict[str, Any]:
    return {name: getattr(made, name) for name in made.__dataclass_fields__}


def test_a_weight_moves_the_score_of_its_own_leaf_only() -> None:
    x = np.zeros((6, 6))
    np.fill_diagonal(x, 1000)
    card = run(composite(), x)
    made = composite()
    for row, part in enumerate(PARTS):
        assert card.score[row] == pytest.approx(100 * made.effective[f"leaf_{part}"])
        assert card.contributions[f"leaf_{part}"][row] == pytest.approx(card.score[row])


@settings(deadline=None, max_examples=15)
@given(tables())
def test_a_unit_without_data_changes_no_score(x: Floats) -> None:
    alone = run(composite(), x)
    joined = run(composite(), np.vstack([x, np.full((2, 6), np.nan)]))
    np.testing.assert_array_equal(joined.score[:-2], alone.score)
    assert joined.rank == (*alone.rank, None, None)
    assert all("缺：" in reason for reason in joined.reason[-2:])


@settings(deadline=None, max_examples=15)
@given(tables(), st.integers(0, 11), st.integers(0, 5))
def test_a_missing_value_is_not_a_zero(x: Floats, unit: int, part: int) -> None:
    row = unit % len(x)
    x = np.nan_to_num(x, nan=500.0) + 1  # somebody who has something everywhere
    hidden, zeroed = x.copy(), x.copy()
    hidden[row, part], zeroed[row, part] = np.nan, 0
    made = composite(head="need = 0.1")
    without, with_zero, full = run(made, hidden), run(made, zeroed), run(made, x)
    code = f"leaf_{PARTS[part]}"
    assert without.state[code][row] == State.MISSING
    assert with_zero.state[code][row] == State.ZERO
    assert np.isnan(without.scaled[code][row])
    assert with_zero.scaled[code][row] == 0
    assert without.present[row] < with_zero.present[row] == 1
    assert with_zero.score[row] < without.score[row]
    others = np.arange(len(x)) != row
    np.testing.assert_array_equal(without.score[others], full.score[others])


@settings(deadline=None, max_examples=15)
@given(tables(), st.integers(0, 5))
def test_a_missing_value_never_beats_the_best_there_is(x: Floats, part: int) -> None:
    """Hiding a value wins nothing that the best possible value would not have won."""
    x = np.nan_to_num(x, nan=7.0)
    hidden, best, worst = x.copy(), x.copy(), x.copy()
    hidden[:, part], best[:, part], worst[:, part] = np.nan, 1000, 0
    made = composite(head="need = 0.1")
    score = run(made, hidden).score
    assert (score <= run(made, best).score + 1e-9).all()
    assert (score >= run(made, worst).score - 1e-9).all()


@settings(deadline=None, max_examples=15)
@given(tables(), st.integers(0, 5), st.integers(1, 500))
def test_more_is_never_less(x: Floats, part: int, more: int) -> None:
    lifted = x.copy()
    lifted[:, part] += more
    before, after = run(composite(), x), run(composite(), lifted)
    known = ~np.isnan(before.score)
    assert (after.score[known] >= before.score[known] - 1e-12).all()


@settings(deadline=None, max_examples=15)
@given(tables(), st.sampled_from(["zero", "renormalise"]))
def test_contributions_add_up_to_the_score(x: Floats, absent: str) -> None:
    card = run(composite(head=f'need = 0.1\nabsent = "{absent}"'), x)
    ranked = ~np.isnan(card.score)
    total = np.nansum(card.contributions.values, axis=1)
    np.testing.assert_allclose(total[ranked], card.score[ranked], rtol=1e-12, atol=1e-12)


def test_goalposts_reverse_no_ranks_where_minmax_does() -> None:
    """One random unit leaves a cohort of 38, 200 times: the order of the rest (method.md B3)."""
    random = np.random.default_rng(38)
    w = np.ones(8)
    reversals = {"goalposts": 0, "minmax": 0}
    for _ in range(200):
        x = np.log1p(random.lognormal(2, 1.5, (38, 8)))
        stay = np.arange(38) != random.integers(38)
        for name in reversals:
            scaled = scale.goalposts(x, 0, np.log1p(200)) if name == "goalposts" else scale.minmax(x)
            again = (
                scale.goalposts(x[stay], 0, np.log1p(200)) if name == "goalposts" else scale.minmax(x[stay])
            )
            before = order.competition(combine.arithmetic(scaled, w)[stay])
            after = order.competition(combine.arithmetic(again, w))
            reversals[name] += not np.array_equal(before, after)
    assert reversals["goalposts"] == 0
    assert reversals["minmax"] > 0


def test_leaving_a_board_changes_nobody_elses_score() -> None:
    x = counts(38)
    full = run(composite(), x)
    for left in range(38):
        stay = np.arange(38) != left
        np.testing.assert_array_equal(run(composite(), x[stay]).score, full.score[stay])


@pytest.mark.parametrize("name", [summary.name for summary in recipe.presets()])
def test_every_preset_ties_equal_units_and_ranks_none_without_data(name: str) -> None:
    made = recipe.load(name)
    random = np.random.default_rng(5)
    columns = {
        f"{leaf.platform}.{word}" if leaf.platform else word for leaf in made.leaves for word in leaf.names
    }
    values = {column: [*random.integers(1, 60, 2).repeat(2).tolist(), None] for column in sorted(columns)}
    codes = ("a", "b", "c", "d", "e")
    card = scorecard.score(made, Inputs(codes, codes, {"*": pa.table(values)}))
    assert card.score[0] == card.score[1]
    assert card.score[2] == card.score[3]
    assert card.rank[4] is None
    assert card.reason[4]
    assert not np.isnan(card.score[:4]).any()
