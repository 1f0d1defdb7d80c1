"""On small boards the change found is the cheapest of all there are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from jianwei.robust.cheapest import cheapest, costs, farthest
from jianwei.robust.lever import load
from jianwei.robust.room import Room
from jianwei.robust.trials import Trials
from jianwei.scorecard import score
from tests.robust.offices import SPREAD, blank, fortnight, recipe


def every(room: Room) -> np.ndarray:
    """All admissible changes, the cheapest first."""
    grid = np.array(list(product(*[range(most + 1) for most in room.most])), dtype=np.int64)
    grid = grid[(room.admitted(grid) == grid).all(axis=1)]
    return np.asarray(grid[np.lexsort(costs(room, grid).T[::-1])])


@pytest.mark.parametrize("root", ["times = 100", 'combine = "geometric"\nfloor = 0.01', 'combine = "harmonic"\nfloor = 0.05', 'combine = "max"'])  # fmt: skip
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_nothing_cheaper_reaches_the_goal(root: str, seed: int) -> None:
    method, inputs = recipe(root), fortnight(seed, **(SPREAD if seed == 2 else {}))
    card = score(method, inputs)
    row = card.rank.index(10 if seed == 2 else 6)
    room = Room(method, inputs, row, load())
    trials = Trials(room, card)
    grid = every(room)
    assert len(grid) > 200
    outcomes = set()
    for target in (9, 3, 1) if seed == 2 else (5, 3, 1):
        goal = trials.goal(target)
        ends = farthest(room, goal)
        found = cheapest(room, goal, ends)
        values = goal(grid)
        assert goal(ends)[0] == pytest.approx(values.max())
        reached = np.flatnonzero(values > 0)
        assert (found is None) == (not len(reached))
        if found is not None:
            assert goal(found[None, :])[0] > 0
            np.testing.assert_array_equal(costs(room, found[None, :])[0], costs(room, grid[reached[:1]])[0])
        outcomes.add(found is None)
    assert outcomes == ({True, False} if seed == 2 else {False}), (
        "what can be had and what cannot are both tried"
    )


def test_the_impossible_is_told() -> None:
    method, inputs = recipe(platforms=("weibo",)), fortnight(2, platforms=("weibo",))
    room = Room(method, inputs, 0, load())

    def never(changes: np.ndarray) -> np.ndarray:
        return np.full(len(changes), -1.0)

    assert cheapest(room, never, farthest(room, never)) is None


def test_nothing_is_done_where_nothing_helps() -> None:
    method, inputs = recipe(platforms=("weibo",)), fortnight(2, platforms=("weibo",))
    room = Room(method, inputs, 0, load())

    def less_is_more(changes: np.ndarray) -> np.ndarray:
        return np.asarray(-changes.sum(axis=1), dtype=np.float64)

    assert farthest(room, less_is_more)[0].sum() == 0


def test_better_is_taken_before_more() -> None:
    """Of two changes that cost the same, the one that publishes less is kept."""
    method, inputs = recipe(platforms=("weibo",)), fortnight(2, platforms=("weibo",), active_days=np.ones(10))
    room = Room(method, inputs, 0, load())
    more = int(np.flatnonzero(room.more)[0])
    better = int(np.flatnonzero(~room.more)[0])
    price = room.costs
    room.__dict__["costs"] = np.full_like(price, 1.0)

    def either(changes: np.ndarray) -> np.ndarray:
        return np.asarray(np.maximum(changes[:, more], changes[:, better]) - 0.5)

    found = cheapest(room, either, farthest(room, either))
    assert found is not None
    assert (found[more], found[better]) == (0, 1)


def test_a_unit_without_levers_has_nowhere_to_go() -> None:
    unknown = fortnight(2, **blank("originals", "service_posts", "active_days"))
    room = Room(recipe(), unknown, 0, load())
    assert room.slots == ()
    ends = farthest(room, lambda changes: np.full(len(changes), -1.0))
    assert ends.shape == (1, 0)
    assert cheapest(room, lambda changes: np.full(len(changes), -1.0), ends) is None
