"""提升建议: the cheapest change of a unit's own levers that wins it places, verified by scoring again.

found = rise(recipe, inputs, "甲局", places=3)
found.plan.enough, found.plan.steps, found.plan.new_rank
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import DataError, MethodError, suggest
from jianwei.recipe import Recipe
from jianwei.robust.cheapest import cheapest, farthest
from jianwei.robust.lever import Levers, load
from jianwei.robust.plan import Changed, Move, Plan, Rise, Step
from jianwei.robust.room import Known, Room
from jianwei.robust.trials import Trials
from jianwei.scorecard import Inputs, Scorecard, score

__all__ = ["rise"]

Ints = NDArray[np.int64]


def rise(
    recipe: Recipe,
    inputs: Inputs,
    unit: str,
    places: int,
    *,
    levers: Levers | None = None,
    known: Known | None = None,
    pool: Sequence[Inputs] = (),
) -> Rise:
    """The cheapest change of a unit's own levers that wins it so many places, all others standing still.

    unit: its code. levers: the shipped ones if not given. known: what else is known of the unit.
    pool: as of `score`. Consequences are conservative: what is done more or better brings no more
    responses. The search is by trial and does not prove that nothing is cheaper.
    Raises DataError where the unit is unknown or has fewer places before it; MethodError as `score`.
    """
    card = score(recipe, inputs, pool)
    if unit not in card.codes:
        raise DataError(f"参评单位中没有“{unit}”", hint=suggest(unit, card.codes))
    row, chosen = card.codes.index(unit), levers or load()
    rank = card.rank[row]
    if rank is not None and 1 < rank <= places:
        raise DataError(
            f"{inputs.names[row]}现居第 {rank} 名，前面只有 {rank - 1} 名可进",
            hint=f"--places 应为 1 至 {rank - 1}",
        )
    if places < 1:
        raise DataError(f"前进的名次应为正整数，而不是 {places}", hint="如 --places 1")
    plan = None
    if rank is not None and rank > 1:
        trials = Trials(Room(recipe, inputs, row, chosen, known or Known()), card, pool)
        plan = _planned(trials, rank, rank - places)
    return Rise(
        code=unit,
        name=card.names[row],
        recipe=recipe,
        levers=chosen,
        places=places,
        ranked=sum(one is not None for one in card.rank),
        rank=rank,
        score=None if rank is None else float(card.score[row]),
        reason=card.reason[row],
        plan=plan,
    )


def _planned(trials: Trials, rank: int, target: int) -> Plan:
    room = trials.room
    goal = trials.goal(target)
    ends = farthest(room, goal, fine=trials.fine)
    best_card = score(room.recipe, room.applied(ends[0]), trials.pool)
    best_rank = min(_rank(best_card, room.row), rank)
    change = cheapest(room, goal, ends, fine=trials.fine)
    enough = change is not None
    if change is None and best_rank < rank:
        change = cheapest(room, trials.goal(best_rank), ends, fine=trials.fine)
    promised = target if enough else rank if change is None else best_rank
    if change is None:
        change = np.zeros(len(room.slots), dtype=np.int64)
    applied = room.applied(change)
    after = score(room.recipe, applied, trials.pool)
    new_rank = _rank(after, room.row)
    if new_rank > promised:
        raise MethodError(
            f"核对未通过：{after.names[room.row]}改后为第 {new_rank} 名，应为第 {promised} 名",
            hint="这是程序的错误，请连同方案和数据反馈",
        )
    before = trials.card
    same = (before.score == after.score) | (np.isnan(before.score) & np.isnan(after.score))
    same[room.row] = True
    return Plan(
        target=target,
        to_pass=float(trials.rivals[target - 1]),
        enough=enough,
        steps=_steps(trials, change),
        changed=tuple(
            Changed(platform, name, None if np.isnan(start) else start, end)
            for (platform, name), (start, end) in room.consequences(change).items()
        ),
        moves=_moves(before, after, room.row),
        cost=float((change * room.costs).sum()),
        new_rank=new_rank,
        new_score=float(after.score[room.row]),
        best_rank=min(best_rank, new_rank),
        best_score=max(float(best_card.score[room.row]), float(after.score[room.row])),
        others=tuple(code for code, kept in zip(before.codes, same, strict=True) if not kept),
        blocked=room.blocked,
        applied=applied,
    )


def _steps(trials: Trials, change: Ints) -> tuple[Step, ...]:
    told = zip(trials.room.slots, change.tolist(), trials.points(change).tolist(), strict=True)
    return tuple(
        Step(slot.platform, slot.lever, slot.now, slot.now + more, more * slot.price, brought)
        for slot, more, brought in told
        if more
    )


def _moves(before: Scorecard, after: Scorecard, row: int) -> tuple[Move, ...]:
    """Indicators of the unit whose scaled value the steps change, those that fall included."""
    found = []
    for place, leaf in enumerate(before.recipe.leaves):
        scaled = (float(before.scaled.values[row, place]), float(after.scaled.values[row, place]))
        if scaled[0] != scaled[1] and not np.isnan(scaled).all():
            raw = (float(before.denominated.values[row, place]), float(after.denominated.values[row, place]))
            found.append(Move(leaf.code, leaf.title, raw, scaled))
    return tuple(found)


def _rank(card: Scorecard, row: int) -> int:
    return card.rank[row] or len(card.codes) + 1
