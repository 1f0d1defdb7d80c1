from __future__ import annotations

import numpy as np
import pytest

from jianwei.errors import MethodError
from jianwei.robust.result import Interval, Robustness


def result(*ranks: list[int]) -> Robustness:
    """Ranks of units a, b, c, … draw by draw, as given unit by unit."""
    codes = tuple("abcdef"[: len(ranks)])
    table = np.array(ranks, dtype=np.uint32).T
    nominal = tuple(range(1, len(ranks) + 1))
    return Robustness(codes, codes, nominal, table, {}, len(table), 1, "r", "d")


HUNDRED = result([1] * 96 + [2] * 4, [2] * 96 + [1] * 4, [3] * 100)


def test_intervals_are_ranks_of_the_draws() -> None:
    assert HUNDRED.interval("a") == Interval(1, 1, 1, 1.04)
    assert HUNDRED.interval("b") == Interval(2, 2, 2, 1.96)
    assert HUNDRED.interval("z") is None
    wide = result(list(range(1, 101)))
    assert wide.interval("a") == Interval(5, 50, 95, 50.5)


def test_a_lead_takes_95_draws_of_a_hundred() -> None:
    assert HUNDRED.ahead("a", "b") == 0.96
    assert HUNDRED.leads("a", "b")
    assert not HUNDRED.leads("b", "a")
    close = result([1] * 94 + [2] * 6, [2] * 94 + [1] * 6)
    assert not close.leads("a", "b")
    assert result([1] * 95 + [2] * 5, [2] * 95 + [1] * 5).leads("a", "b")
    with pytest.raises(MethodError, match="“z”没有参评"):
        close.leads("a", "z")


def test_a_draw_with_equal_ranks_is_ahead_for_nobody() -> None:
    tied = result([1] * 100, [1] * 100)
    assert tied.ahead("a", "b") == tied.ahead("b", "a") == 0
    assert tied.bands == {"a": 1, "b": 1}


def test_bands_are_headed_by_their_first() -> None:
    """Two by two neighbours cannot be told apart, but the head leads the third: a band is no chain."""
    half = [1, 2] * 50
    other = [2, 1] * 50
    assert HUNDRED.bands == {"a": 1, "b": 2, "c": 3}
    assert result(half, other, [3] * 100).bands == {"a": 1, "b": 1, "c": 2}
    chained = result([1] * 90 + [2] * 10, [2] * 80 + [3] * 10 + [1] * 10, [3] * 80 + [2] * 10 + [3] * 10)
    assert (chained.leads("a", "b"), chained.leads("b", "c"), chained.leads("a", "c")) == (False, False, True)
    assert chained.bands == {"a": 1, "b": 1, "c": 2}


def test_json_follows_the_board() -> None:
    told = HUNDRED.to_json()
    assert [row["unit"] for row in told["rows"]] == ["a", "b", "c"]
    assert told["rows"][1] == {
        "unit": "b",
        "rank": 2,
        "interval": [2, 2],
        "median": 2,
        "mean": 1.96,
        "band": 2,
    }
    assert (told["draws"], told["recipe_hash"]) == (100, "r")
