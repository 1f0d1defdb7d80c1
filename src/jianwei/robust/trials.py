"""Trials: what the scorecard says of a unit's changes, many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from jianwei.robust.cheapest import Trial
from jianwei.robust.room import Room
from jianwei.scorecard import Inputs, Scorecard, score
from jianwei.scorecard.raw import evaluate

__all__ = ["Trials"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BLOCK = 4096
"""Changes scored at a time."""

_GUARD = 1e-9
"""A rival is passed by at least this much of its score: level with it is not ahead of it."""

_FEW, _MANY = 4, 12
"""Lengths of a step that are tried: where every trial scores the whole cohort, and where it does not."""


@dataclass(frozen=True)
class Trials:
    """Trials of changes in a unit's room. card: the scorecard as it stands; pool: as of `score`."""

    room: Room
    card: Scorecard
    pool: Sequence[Inputs] = ()

    @property
    def fine(self) -> int:
        """How many lengths of a step are worth trying."""
        return _FEW if self.room.recipe.relative else _MANY

    @cached_property
    def rivals(self) -> Floats:
        """Scores of the other ranked units, the best first."""
        return _descending(np.delete(self.card.score, self.room.row))

    def goal(self, rank: int) -> Trial:
        """How far each change comes beyond the other unit that holds a rank, -inf where it has no score."""
        told: dict[bytes, float] = {}

        def beyond(changes: Ints) -> Floats:
            keys = [change.tobytes() for change in changes]
            new = {key: at for at, key in enumerate(keys) if key not in told}
            if new:
                own, rivals = self.scores(changes[list(new.values())], rank)
                guard = _GUARD * np.maximum(1.0, np.abs(rivals))
                won = np.where(np.isnan(own), -np.inf, own - rivals - guard)
                told.update(zip(new, won.tolist(), strict=True))
            return np.array([told[key] for key in keys], dtype=np.float64)

        return beyond

    def scores(self, changes: Ints, rank: int = 1) -> tuple[Floats, Floats]:
        """The unit's own score under each change, and that of the other unit that holds a rank.

        Own is NaN where an indicator known before is lost: nothing is won by missing.
        """
        recipe, room = self.room.recipe, self.room
        if recipe.relative:
            pairs = [self._among_all(inputs, rank) for inputs in self._whole(changes)]
            own, rivals = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
            return own, rivals
        cards = [
            score(recipe, room.variants(changes[start : start + _BLOCK]))
            for start in range(0, len(changes), _BLOCK)
        ]
        own = np.concatenate([self._own(card, slice(None)) for card in cards] or [np.empty(0)])
        return own, np.full(len(changes), self.rivals[rank - 1])

    def points(self, change: Ints) -> Floats:
        """What each lever of a change brings, (slots,): the mean over all orders of making it (Shapley).

        They add up to the whole gain.
        """
        used = np.flatnonzero(change).tolist()
        subsets = [set(chosen) for size in range(len(used) + 1) for chosen in combinations(used, size)]
        rows = [
            [amount if place in chosen else 0 for place, amount in enumerate(change)] for chosen in subsets
        ]
        scores = self.scores(self.room.admitted(np.array(rows, dtype=np.int64)))[0]
        values = dict(zip(map(frozenset, subsets), scores.tolist(), strict=True))
        found = np.zeros(len(change))
        for place in used:
            for chosen in (one for one in subsets if place not in one):
                orders = factorial(len(chosen)) * factorial(len(used) - len(chosen) - 1)
                gain = values[frozenset(chosen | {place})] - values[frozenset(chosen)]
                found[place] += orders / factorial(len(used)) * gain
        return found

    def _own(self, card: Scorecard, rows: slice) -> Floats:
        known = ~np.isnan(self.card.scaled.values[self.room.row])
        lost = (np.isnan(card.scaled.values[rows]) & known).any(axis=1)
        return np.where(lost, np.nan, card.score[rows])

    def _whole(self, changes: Ints) -> Iterator[Inputs]:
        """All units' inputs under each change; formulas are told once for all, which is most of the work."""
        recipe, room = self.room.recipe, self.room
        alone = room.variants(changes)
        evaluate(recipe, alone)
        evaluate(recipe, room.inputs)
        for place, change in enumerate(changes):
            inputs = room.applied(change)
            for key, values in alone.formed.items():
                column = room.inputs.formed[key].copy()
                column[room.row] = values[place]
                inputs.formed[key] = column
            yield inputs

    def _among_all(self, inputs: Inputs, rank: int) -> tuple[float, float]:
        """Own and rival's score where one unit's change moves everybody's."""
        row = self.room.row
        card = score(self.room.recipe, inputs, self.pool)
        own = float(self._own(card, slice(row, row + 1))[0])
        rivals = _descending(np.delete(card.score, row))
        if len(rivals) < rank:  # somebody lost its score: no place is won by that
            return float("nan"), 0.0
        return own, float(rivals[rank - 1])


def _descending(scores: Floats) -> Floats:
    return np.sort(scores[~np.isnan(scores)])[::-1]
