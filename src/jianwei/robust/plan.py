"""The answer of 提升建议: what to change, where it leads, and where the unit stands without it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jianwei.recipe import Recipe
from jianwei.robust.lever import Lever, Levers
from jianwei.robust.room import Blocked
from jianwei.scorecard import Inputs

__all__ = ["Changed", "Move", "Plan", "Rise", "Step"]


@dataclass(frozen=True)
class Step:
    """A lever moved: from what to what, at what cost, and the points it brings (Shapley)."""

    platform: str
    lever: Lever
    start: float
    end: float
    cost: float
    points: float

    def to_json(self) -> dict[str, Any]:
        """The step as plain JSON."""
        return {
            "platform": self.platform,
            "lever": self.lever.name,
            "title": self.lever.title,
            "from": self.start,
            "to": self.end,
            "change": round(self.end - self.start),
            "cost": self.cost,
            "points": self.points,
            "why_cost": self.lever.why,
            "why_bound": self.lever.why_bound,
        }


@dataclass(frozen=True)
class Changed:
    """A measure of the unit that the steps change, directly or by consequence."""

    platform: str
    measure: str
    start: float | None
    end: float

    def to_json(self) -> dict[str, Any]:
        """The change as plain JSON."""
        return {"platform": self.platform, "measure": self.measure, "from": self.start, "to": self.end}


@dataclass(frozen=True)
class Move:
    """An indicator that moves: its value by formula and on its scale, before and after."""

    code: str
    title: str
    raw: tuple[float, float]
    scaled: tuple[float, float]

    def to_json(self) -> dict[str, Any]:
        """The move as plain JSON."""
        return {"node": self.code, "title": self.title, "raw": list(self.raw), "scaled": list(self.scaled)}


@dataclass(frozen=True)
class Plan:
    """What wins a unit the places asked for, or how far it would get.

    target: the rank asked for; to_pass: score of the unit that holds it. enough: whether an
    admissible change was found that reaches it; if not, steps are the cheapest way to
    `best_rank`, none where no place can be won. new_rank, new_score: after the steps, by scoring
    all units again. changed: the unit's measures as the steps leave them. best_rank, best_score: with everything admissible that helps.
    others: codes of other units whose score the steps changed, () unless the recipe is relative.
    blocked: levers that the recipe reads and the unit cannot move. applied: the inputs with the steps made.
    """

    target: int
    to_pass: float
    enough: bool
    steps: tuple[Step, ...]
    changed: tuple[Changed, ...]
    moves: tuple[Move, ...]
    cost: float
    new_rank: int
    new_score: float
    best_rank: int
    best_score: float
    others: tuple[str, ...]
    blocked: tuple[Blocked, ...]
    applied: Inputs = field(repr=False)


@dataclass(frozen=True)
class Rise:
    """Where a unit stands, and the plan by which it would win places.

    rank, score: None where it is 未参评, and then `reason` says why. plan: None there, and for
    the first. ranked: how many units have a rank.
    """

    code: str
    name: str
    recipe: Recipe
    levers: Levers
    places: int
    ranked: int
    rank: int | None
    score: float | None
    reason: str
    plan: Plan | None

    @property
    def outcome(self) -> str:
        """`enough`, `short` (not so many places, see best_rank), `first` or `unranked`."""
        if self.plan is None:
            return "unranked" if self.rank is None else "first"
        return "enough" if self.plan.enough else "short"

    def to_json(self) -> dict[str, Any]:
        """The answer as plain JSON; every key is always there."""
        plan = self.plan
        return {
            "unit": self.name,
            "code": self.code,
            "recipe": self.recipe.name,
            "recipe_hash": self.recipe.hash,
            "levers_version": self.levers.version,
            "cost_unit": self.levers.cost_unit,
            "outcome": self.outcome,
            "reason": self.reason or None,
            "places": self.places,
            "ranked": self.ranked,
            "rank": self.rank,
            "score": self.score,
            "target_rank": plan and plan.target,
            "score_to_pass": plan and plan.to_pass,
            "enough": plan is not None and plan.enough,
            "steps": [step.to_json() for step in plan.steps] if plan else [],
            "measures": [one.to_json() for one in plan.changed] if plan else [],
            "indicators": [move.to_json() for move in plan.moves] if plan else [],
            "cost": plan and plan.cost,
            "new_rank": plan and plan.new_rank,
            "new_score": plan and plan.new_score,
            "places_won": plan and (self.rank or 0) - plan.new_rank,
            "best_rank": plan and plan.best_rank,
            "best_score": plan and plan.best_score,
            "others_changed": list(plan.others) if plan else [],
            "unavailable": [
                {"platform": one.platform, "lever": one.lever.name, "title": one.lever.title, "reason": one.reason}
                for one in (plan.blocked if plan else ())
            ],
        }  # fmt: skip
