"""The cheapest admissible change that reaches a goal, and those that go farthest: search by trial.

Nothing is assumed of the goal but that it can be tried, many changes at a time: scores rise with most
levers, yet one post more lowers every per-post mean. So changes are tried in whole numbers, from
several beginnings side by side, and what reaches the goal is cut and exchanged until nothing cheaper
is near. Small cases come out as by trying everything (tests/robust/test_cheapest.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from jianwei.robust.room import Room

__all__ = ["Trial", "cheapest", "costs", "farthest"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Trial = Callable[[Ints], Floats]
"""How far beyond its goal each change comes, (changes,): > 0 where it is reached, -inf where undefined."""

_NEAR = 0.999
"""Steps whose gain for its cost is this near to the best one are as good; the longest of them is taken."""

_ROUNDS = 60
_ALONE = 4
"""Beginnings of one lever each, the cheapest ones."""


def costs(room: Room, changes: Ints) -> Floats:
    """What is kept low, in this order: the work, how much more is published, how many levers; (changes, 3)."""
    work = np.round((changes * room.costs).sum(axis=1), 9)
    return np.column_stack([work, changes[:, room.more].sum(axis=1), (changes > 0).sum(axis=1)])


def farthest(room: Room, goal: Trial, *, fine: int = 12) -> Ints:
    """Changes that come far, whatever they cost, the farthest first: (ends, slots).

    From nothing and from everything, on all platforms and on each alone (a maximum over platforms
    rewards no more), the best step up or down is taken until none helps. fine: how many lengths
    of a step are tried.
    """
    count = len(room.slots)
    if not count:
        return np.zeros((1, 0), dtype=np.int64)
    full = np.full(count, np.iinfo(np.int32).max, dtype=np.int64)
    platforms = np.array([slot.platform for slot in room.slots])
    names = list(dict.fromkeys(platforms.tolist()))
    masks = [np.ones(count, dtype=np.bool_), *(platforms == one for one in names if len(names) > 1)]
    allowed = [mask for mask in masks for _ in range(2)]
    ends = room.admitted(np.array([start for mask in masks for start in (0 * full, full * mask)]))
    values = goal(ends)
    moving = set(range(len(ends)))
    for _ in range(_ROUNDS):
        tried = {
            at: _unique(room, _ups(room, ends[at], fine, allowed[at]), _downs(room, ends[at], fine))
            for at in moving
        }
        told = _together(goal, tried)
        for at, found in told.items():
            best = int(np.argmax(found)) if len(found) else 0
            if len(found) and found[best] > values[at]:
                ends[at], values[at] = tried[at][best], found[best]
            else:
                moving.discard(at)
        if not moving:
            break
    return ends[np.argsort(-values, kind="stable")]


def cheapest(room: Room, goal: Trial, ends: Ints, *, fine: int = 12) -> Ints | None:
    """The cheapest change found that reaches the goal, (slots,); None where none of the ends does.

    ends: what comes far, by `farthest`. The number of trials grows with the square of `fine`.
    """
    starts = [end for end, value in zip(ends, goal(ends), strict=True) if value > 0]
    if not starts:
        return None
    climbed = _climbed(room, goal, fine)
    starts += _alone(room, goal, fine) + ([climbed] if climbed is not None else [])
    return _cheapest(room, _polished(room, goal, starts, fine))


def _climbed(room: Room, goal: Trial, fine: int) -> Ints | None:
    """From nothing by the step that gains most for its cost, until the goal is reached."""
    change = np.zeros(len(room.slots), dtype=np.int64)
    value = float(goal(change[None, :])[0])
    for _ in range(_ROUNDS):
        if value > 0:
            return change
        tried = _unique(room, _ups(room, change, fine))
        values = goal(tried)
        spent = ((tried - change) * room.costs).sum(axis=1)
        # What goes beyond the goal is worth nothing.
        gain = np.minimum(values, np.nextafter(0.0, 1.0)) - value
        worth = np.divide(gain, spent, out=np.full(len(tried), -np.inf), where=(gain > 0) & (spent > 0))
        if not (worth > 0).any():
            return None
        near = np.flatnonzero(worth >= worth.max() * _NEAR)
        more = (tried[near] - change)[:, room.more].sum(axis=1)
        place = near[int(np.lexsort((-spent[near], more))[0])]
        change, value = tried[place], float(values[place])
    return None


def _alone(room: Room, goal: Trial, fine: int) -> list[Ints]:
    """The least changes of one lever, or of one with as much more published, that reach the goal alone."""
    tried = _unique(room, _ups(room, np.zeros(len(room.slots), dtype=np.int64), _ALONE * fine))
    reached = tried[goal(tried) > 0]
    least: dict[tuple[int, ...], Ints] = {}
    for place in np.lexsort(costs(room, reached).T[::-1]):
        least.setdefault(tuple(np.flatnonzero(reached[place])), reached[place])
    return list(least.values())[:_ALONE]


def _polished(room: Room, goal: Trial, starts: Sequence[Ints], fine: int) -> Ints:
    """Changes that reach the goal, made cheaper by cuts and exchanges while there are any."""
    ends = np.unique(np.array(starts), axis=0)
    moving = set(range(len(ends)))
    for _ in range(_ROUNDS):
        tried = {at: _cheaper(room, ends[at], fine) for at in moving}
        for at, found in _together(goal, tried).items():
            reached = tried[at][found > 0]
            if len(reached):
                ends[at] = _cheapest(room, reached)
            else:
                moving.discard(at)
        # Two that have met go on as one.
        moving = {at for at in moving if not (ends[:at] == ends[at]).all(axis=1).any()}
        if not moving:
            break
    return ends


def _cheaper(room: Room, change: Ints, fine: int) -> Ints:
    """What is near a change and costs less: one lever less, or one less and another more."""
    cuts, downs = _downs(room, change, 4 * fine), _downs(room, change, fine)
    tried = _unique(room, cuts, *(_ups(room, down, fine) for down in downs))
    (work, more, levers), own = costs(room, tried).T, costs(room, change[None, :])[0]
    level = work == own[0]
    less = (work < own[0]) | (level & (more < own[1])) | (level & (more == own[1]) & (levers < own[2]))
    return np.asarray(tried[less])


def _cheapest(room: Room, changes: Ints) -> Ints:
    """The cheapest of some changes."""
    return np.asarray(changes[np.lexsort(costs(room, changes).T[::-1])[0]])


def _together(goal: Trial, tried: dict[int, Ints]) -> dict[int, Floats]:
    """Trials of several searches in one call."""
    if not tried:
        return {}
    told = goal(np.concatenate(list(tried.values())))
    ends = np.cumsum([len(one) for one in tried.values()])
    return dict(zip(tried, np.split(told, ends[:-1]), strict=True))


def _ups(room: Room, change: Ints, fine: int, allowed: Bools | None = None) -> Ints:
    """Changes with one lever farther up, alone or with as many updates more on its platform."""
    found = [change[None, :]]
    unit = np.eye(len(change), dtype=np.int64)
    for place in range(len(change)):
        steps = _steps(int(room.most[place] - change[place]), fine)
        if len(steps) and (allowed is None or allowed[place]):
            found.append(change + steps[:, None] * unit[place])
            found += [change + steps[:, None] * (unit[place] + unit[one]) for one in _partners(room, place)]
    return np.concatenate(found)


def _downs(room: Room, change: Ints, fine: int) -> Ints:
    """Changes with one lever farther down, alone or with as many updates less on its platform."""
    found = [change[None, :]]
    unit = np.eye(len(change), dtype=np.int64)
    for place in range(len(change)):
        steps = _steps(int(change[place]), fine)
        if len(steps):
            found.append(change - steps[:, None] * unit[place])
            found += [
                np.maximum(change - steps[:, None] * (unit[place] + unit[one]), 0)
                for one in _partners(room, place)
            ]
    return np.concatenate(found)


def _partners(room: Room, place: int) -> list[int]:
    """The slot of updates on the platform of another one: what is done better may be done on a new post."""
    slots = room.slots
    return [
        other
        for other, one in enumerate(slots)
        if other != place and one.lever.more and one.platform == slots[place].platform
    ]


def _steps(most: int, fine: int) -> Ints:
    """Lengths of steps from 1 to the most there is, closer together where they are short."""
    if most <= fine:
        return np.arange(1, max(most, 0) + 1, dtype=np.int64)
    return np.unique(np.round(np.geomspace(1, most, fine)).astype(np.int64))


def _unique(room: Room, *changes: Ints) -> Ints:
    """Admissible versions of changes, each once, in a fixed order."""
    return np.unique(room.admitted(np.concatenate(changes)), axis=0)
