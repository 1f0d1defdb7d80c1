"""Trials of one unit say what the whole board's scorecard says."""

from __future__ import annotations

import numpy as np
import pytest

from jianwei.robust.lever import load
from jianwei.robust.room import Room
from jianwei.robust.trials import Trials
from jianwei.scorecard import score
from tests.robust.offices import fortnight, recipe


def trials(root: str = "times = 100", *, scale: str = "", row: int = 4, seed: int = 3) -> Trials:
    method, inputs = recipe(root, scale=scale), fortnight(seed)
    return Trials(Room(method, inputs, row, load()), score(method, inputs))


def some(found: Trials, count: int = 12) -> np.ndarray:
    random = np.random.default_rng(7)
    most = found.room.most
    return found.room.admitted(random.integers(0, most + 1, (count, len(most))))


@pytest.mark.parametrize("root", ["times = 100", 'combine = "geometric"\nfloor = 0.02', 'combine = "max"'])
@pytest.mark.parametrize("scale", ["", 'scale = "minmax"'])
def test_a_trial_is_the_board_scored_again(root: str, scale: str) -> None:
    found = trials(root, scale=scale)
    changes = some(found)
    own, rivals = found.scores(changes, 2)
    beyond = found.goal(2)(changes)
    for place, change in enumerate(changes):
        card = score(found.room.recipe, found.room.applied(change))
        assert own[place] == pytest.approx(card.score[4], rel=1e-12)
        others = np.sort(np.delete(card.score, 4))[::-1]
        assert rivals[place] == pytest.approx(others[1], rel=1e-12)
        assert (beyond[place] > 0) == ((card.rank[4] or 99) <= 2)


def test_what_each_lever_brings_adds_up_to_the_gain() -> None:
    found = trials()
    change = some(found)[0]
    points = found.points(change)
    gain = found.scores(change[None, :])[0][0] - found.card.score[4]
    assert points.sum() == pytest.approx(gain)
    assert (points[change == 0] == 0).all()
    assert found.points(change * 0).sum() == 0


def test_level_is_not_ahead() -> None:
    found = trials()
    still = np.zeros((1, len(found.room.slots)), dtype=np.int64)
    twin = fortnight(3)
    tables = {key: table.take([*range(10), 4]) for key, table in twin.measures.items()}
    codes = tuple(f"u{row}" for row in range(11))
    inputs = type(twin)(codes, codes, tables)
    card = score(found.room.recipe, inputs)
    level = Trials(Room(found.room.recipe, inputs, 4, load()), card)
    rank = card.rank[4]
    assert rank is not None
    assert card.tie[4]
    assert level.goal(rank)(still)[0] < 0


def test_the_same_change_is_scored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = trials()
    goal, changes = found.goal(1), some(found)
    first = goal(changes)
    monkeypatch.setattr(Trials, "scores", lambda *_: pytest.fail("scored again"))
    np.testing.assert_array_equal(goal(changes[::-1]), first[::-1])
