"""A unit's place by its indicators: against the median, the unit above, and the period before."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.leaderboard.why import Why, effects, explain
from jianwei.recipe import Recipe
from jianwei.scorecard import Inputs, Scorecard, score
from tests.leaderboard.made import recipe, shared

TWO = recipe("reposts", "likes")
"""Goalposts 0 to 1000, weights 1 and 2."""


def card(made: Recipe, rows: dict[str, tuple[float | None, float | None]]) -> Scorecard:
    columns = list(zip(*rows.values(), strict=True))
    table = pa.table(
        {"reposts": pa.array(columns[0], pa.float64()), "likes": pa.array(columns[1], pa.float64())}
    )
    codes = tuple(rows)
    return score(made, Inputs(codes, codes, {"weibo": table}))


def parts(why: Why, name: str) -> dict[str, float | None]:
    return {part.code: getattr(part, name) for part in why.parts}


def test_by_hand() -> None:
    """A 0.5 and 0.2, B 0.1 and 0.4, C 0.4 and 0.3: scores 30, 30 and 100/3; medians 0.4 and 0.3."""
    found = explain(card(TWO, {"A": (500, 200), "B": (100, 400), "C": (400, 300)}), "A")
    assert (found.rank, found.ranked, found.above) == (2, 3, "C")
    assert found.score == pytest.approx(30)
    assert found.above_score == pytest.approx(100 / 3)
    assert [part.code for part in found.parts] == ["weibo_2", "weibo_1"]  # the most telling first
    assert parts(found, "over_median") == pytest.approx({"weibo_1": 10 / 3, "weibo_2": -20 / 3})
    assert parts(found, "to_above") == pytest.approx({"weibo_1": -10 / 3, "weibo_2": 20 / 3})
    assert parts(found, "points") == pytest.approx({"weibo_1": 50 / 3, "weibo_2": 40 / 3})
    assert parts(found, "raw") == {"weibo_1": 500, "weibo_2": 200}
    assert parts(found, "since_before") == {"weibo_1": None, "weibo_2": None}


def test_the_period_before() -> None:
    before = card(TWO, {"old": (100, 200), "C": (400, 300)})
    found = explain(card(TWO, {"A": (500, 200), "C": (400, 300)}), "A", before, "old")
    assert (found.before_rank, found.before_score) == (2, pytest.approx(50 / 3))
    assert parts(found, "since_before") == pytest.approx({"weibo_1": 40 / 3, "weibo_2": 0})


def test_the_first_has_nobody_above_and_equals_share_the_next() -> None:
    made = card(TWO, {"A": (500, 500), "B": (100, 100), "C": (100, 100)})
    assert explain(made, "A").above == ""
    assert {explain(made, code).above for code in "BC"} == {"A"}


def test_a_missing_part_has_no_effect_and_is_not_zero() -> None:
    made = recipe("reposts", "likes", head="need = 0.3")
    found = explain(card(made, {"A": (500, None), "B": (100, 400)}), "A")
    assert parts(found, "over_median") == {"weibo_1": pytest.approx(20.0), "weibo_2": None}
    assert parts(found, "state") == {"weibo_1": "有值", "weibo_2": "缺失"}


def test_the_unranked_are_told_what_they_lack() -> None:
    found = explain(card(TWO, {"A": (500, None), "B": (100, 400)}), "A")
    assert (found.rank, found.score, found.above) == (None, None, "")
    assert "有效权重" in found.reason
    assert set(parts(found, "over_median").values()) == {None}
    with pytest.raises(KeyError):
        explain(card(TWO, {"A": (1, 1)}), "Z")


@pytest.mark.parametrize("combine", ["arithmetic", "geometric", "harmonic"])
@given(
    rows=st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=2, max_size=6),
    leaf=st.integers(0, 1),
)
def test_an_effect_is_the_difference_of_two_scorings(
    combine: str, rows: list[tuple[int, int]], leaf: int
) -> None:
    """Whatever the combination: give the unit the other's value and score the whole table again."""
    floor = "" if combine == "arithmetic" else "\nfloor = 0.01"
    text = TWO_TEXT.replace('"arithmetic"', f'"{combine}"{floor}')
    made = shared(text)
    units = {f"u{place}": row for place, row in enumerate(rows)}
    first, last = rows[0], rows[-1]
    now = card(made, units)
    told = effects(made, now.scaled.values[0], now.scaled.values[-1])
    swapped = (last[0], first[1]) if leaf == 0 else (first[0], last[1])
    again = card(made, units | {"u0": swapped})
    assert told[leaf] == pytest.approx(again.score[0] - now.score[0], abs=1e-9)


TWO_TEXT = """
[recipe]
name = "t"
title = "试"
[nodes.root]
combine = "arithmetic"
times = 100
[nodes.a]
parent = "root"
weight = 1
platform = "weibo"
formula = "reposts"
low = 0
high = 1000
[nodes.b]
parent = "root"
weight = 2
platform = "weibo"
formula = "likes"
low = 0
high = 1000
"""


def test_units_compared_in_pairs_have_no_single_effect() -> None:
    made = shared(TWO_TEXT.replace('"arithmetic"', '"copeland"'))
    now = card(made, {"A": (1, 2), "B": (3, 4)})
    assert np.isnan(effects(made, now.scaled.values[0], now.scaled.values[1])).all()
    assert set(parts(explain(now, "A"), "to_above").values()) == {None}
