"""提升建议: what is promised is reached, what cannot be is said."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.recipe import Recipe
from jianwei.robust import Rise, rise
from jianwei.robust.lever import load
from jianwei.scorecard import Inputs, score
from tests.robust.offices import SPREAD, blank, fortnight, recipe

ARITHMETIC = recipe()


def at(method: Recipe, inputs: Inputs, rank: int) -> str:
    """The unit that holds a rank."""
    card = score(method, inputs)
    return card.codes[card.rank.index(rank)]


def replayed(found: Rise, inputs: Inputs) -> Inputs:
    """The inputs with nothing but the told measures put in, as a reader would by hand."""
    assert found.plan is not None
    row, tables = inputs.codes.index(found.code), dict(inputs.measures)
    for one in found.plan.changed:
        table = tables[one.platform]
        values: list[float | None] = table[one.measure].to_pylist()
        assert values[row] == one.start
        values[row] = one.end
        column = pa.array(values, pa.float64())
        place = table.column_names.index(one.measure)
        tables[one.platform] = table.set_column(place, one.measure, column)
    return replace(inputs, measures=tables, formed={})


@given(st.integers(0, 400), st.integers(2, 10), st.data())
@settings(max_examples=8)
def test_the_promised_rank_is_reached_when_applied(seed: int, rank: int, data: st.DataObject) -> None:
    places = data.draw(st.integers(1, rank - 1), label="places")
    inputs = fortnight(seed, **(SPREAD if seed % 2 else {}))
    card = score(ARITHMETIC, inputs)
    if rank not in card.rank:
        return
    found = rise(ARITHMETIC, inputs, at(ARITHMETIC, inputs, rank), places)
    plan = found.plan
    assert plan is not None
    after = score(ARITHMETIC, replayed(found, inputs))
    row = inputs.codes.index(found.code)
    assert (after.rank[row], after.score[row]) == (plan.new_rank, plan.new_score)
    if plan.enough:
        assert plan.new_rank <= plan.target
        assert plan.steps
    else:
        assert plan.target < plan.best_rank == plan.new_rank <= rank
    assert plan.cost == pytest.approx(sum(step.cost for step in plan.steps))
    assert sum(step.points for step in plan.steps) == pytest.approx(plan.new_score - (found.score or 0))
    others = np.arange(len(inputs.codes)) != row
    np.testing.assert_array_equal(after.score[others], card.score[others])
    assert plan.others == ()
    assert json.dumps(found.to_json(), allow_nan=False)


@pytest.mark.parametrize("root", ['combine = "geometric"\nfloor = 0.01', 'combine = "copeland"'])
def test_where_one_change_moves_all_scores_the_board_is_scored_again(root: str) -> None:
    method = recipe(root, scale='scale = "minmax"', platforms=("weibo",))
    inputs = fortnight(4, platforms=("weibo",))
    found = rise(method, inputs, at(method, inputs, 5), 1)
    assert found.plan is not None
    after = score(method, found.plan.applied)
    assert after.rank[inputs.codes.index(found.code)] == found.plan.new_rank
    before = score(method, inputs)
    moved = {code for code, a, b in zip(after.codes, after.score, before.score, strict=True) if a != b}
    assert set(found.plan.others) == moved - {found.code}


def test_too_much_is_said_to_be_too_much_with_what_can_be_had() -> None:
    inputs = fortnight(5, **SPREAD)
    found = rise(ARITHMETIC, inputs, at(ARITHMETIC, inputs, 9), 8)
    assert found.outcome == "short"
    assert found.plan is not None
    assert found.plan.target == 1
    told = found.to_json()
    assert told["enough"] is False
    assert told["places_won"] == 9 - told["new_rank"] == 9 - told["best_rank"]
    more = rise(ARITHMETIC, inputs, found.code, told["places_won"] + 1)
    assert more.outcome == "short"
    just = rise(ARITHMETIC, inputs, found.code, told["places_won"])
    assert just.outcome == "enough"
    assert just.plan is not None
    assert just.plan.cost == pytest.approx(found.plan.cost)


def test_who_has_no_room_wins_nothing() -> None:
    unknown = fortnight(5, **blank("active_days", "service_posts", "originals"))
    found = rise(ARITHMETIC, unknown, at(ARITHMETIC, unknown, 3), 1)
    assert found.outcome == "short"
    assert found.plan is not None
    assert (found.plan.steps, found.plan.new_rank, found.plan.best_rank) == ((), 3, 3)
    assert {one.reason[:4] for one in found.plan.blocked} == {"现值不详"}


def test_the_first_and_the_unranked_have_no_plan() -> None:
    inputs = fortnight(6)
    first = rise(ARITHMETIC, inputs, at(ARITHMETIC, inputs, 1), 3)
    assert (first.outcome, first.rank, first.plan) == ("first", 1, None)
    gone = {key: pa.table({name: [None, *table[name].to_pylist()[1:]] for name in table.column_names})
            for key, table in inputs.measures.items()}  # fmt: skip
    out = rise(ARITHMETIC, replace(inputs, measures=gone, formed={}), "u0", 1)
    assert (out.outcome, out.rank, out.plan) == ("unranked", None, None)
    assert "权重" in out.reason
    assert out.to_json().keys() == first.to_json().keys()


def test_wrong_questions_are_refused() -> None:
    inputs = fortnight(6)
    third = at(ARITHMETIC, inputs, 3)
    for unit, places, words in (("没有", 1, "没有“没有”"), (third, 3, "只有 2 名可进"), (third, 0, "正整数")):
        with pytest.raises(DataError, match=words):
            rise(ARITHMETIC, inputs, unit, places)


def test_the_workers_own_costs_decide() -> None:
    """What is dear is left alone: the same places, by another lever."""
    inputs = fortnight(0)
    unit = at(ARITHMETIC, inputs, 6)
    shipped = load()
    usual = rise(ARITHMETIC, inputs, unit, 1, levers=shipped)
    assert usual.plan is not None
    used = {step.lever.name for step in usual.plan.steps}
    dear = replace(
        shipped,
        levers=tuple(
            replace(lever, cost=1000.0, cost_on={}) if lever.name in used else lever
            for lever in shipped.levers
        ),
    )
    other = rise(ARITHMETIC, inputs, unit, 1, levers=dear)
    assert other.plan is not None
    assert other.plan.enough
    assert not {step.lever.name for step in other.plan.steps} & used
    without = replace(shipped, levers=tuple(one for one in shipped.levers if one.name not in used))
    third = rise(ARITHMETIC, inputs, unit, 1, levers=without)
    assert third.plan is not None
    assert third.plan.cost == other.plan.cost
