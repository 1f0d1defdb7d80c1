"""How far a board hangs on its assumptions: of a workspace's cohort, or of one plain table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei import recipe as recipes
from jianwei import robust as method
from jianwei import scorecard
from jianwei.errors import Issue, MethodError
from jianwei.method.vary import Indices
from jianwei.recipe import Recipe
from jianwei.robust import Removal, Robustness, Variations
from jianwei.scorecard import Inputs
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace

__all__ = ["Asked", "Steadiness", "of_cohort", "of_table"]


@dataclass(frozen=True)
class Asked:
    """What is to be found out. weights: noise, 0.25 = ± 25 %. deep: whether unit by unit and Sobol too."""

    draws: int = 1000
    seed: int = 2015
    weights: float = 0.25
    deep: bool = False


@dataclass(frozen=True)
class Steadiness:
    """Robustness of a board with all that was asked.

    equal: rank of each ranked unit under equal weights, by code, None where it has none there.
    reversals: units whose leaving turns the order of others, None where not asked. sensitivity: by
    assumption its Sobol indices and its place in them, None where not asked.
    """

    recipe: Recipe
    cohort: str
    period: str
    variations: Variations
    found: Robustness
    equal: dict[str, int | None]
    removals: tuple[Removal, ...]
    reversals: tuple[str, ...] | None
    sensitivity: dict[str, tuple[Indices, int]] | None
    unranked: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """The result as plain JSON: rows best first, each with its interval, band and equal-weights rank."""
        told = self.found.to_json()
        for row, code in zip(told["rows"], self.found.codes, strict=True):
            row["equal_weights_rank"] = self.equal.get(code)
        names = dict(zip(self.found.codes, self.found.names, strict=True))
        return {
            "recipe": self.recipe.name,
            "cohort": self.cohort,
            "period": self.period,
            **told,
            "variations": vars(self.variations),
            "removals": [vars(one) for one in self.removals],
            "reversals": None if self.reversals is None else [names[code] for code in self.reversals],
            "sensitivity": None if self.sensitivity is None else _shares(self.sensitivity),
            "unranked": [{"unit": unit, "reason": reason} for unit, reason in self.unranked],
        }


def of_cohort(
    space: Workspace,
    recipe: str,
    cohort: str,
    period: str,
    asked: Asked | None = None,
    *,
    progress: Progress = silent,
) -> Steadiness:
    """Robustness of a workspace's board. Raises as `board`, and MethodError where units are compared in pairs."""
    with Desk(space, parsed(period)) as desk:
        progress("汇总数据")
        contest = desk.contest(recipe, cohort)
        return _found(
            contest.recipe, contest.inputs, contest.pool, asked or Asked(), progress,
            cohort=contest.cohort.name, period=desk.period.label,
        )  # fmt: skip


def of_table(
    recipe: str,
    table: Path,
    asked: Asked | None = None,
    *,
    folder: Path | None = None,
    days: float | None = None,
    progress: Progress = silent,
) -> tuple[Steadiness, list[Issue]]:
    """Robustness of a table's ranking, and what is wrong with its cells. folder: the user's own recipes."""
    found = recipes.load(recipe, folder)
    inputs, issues = scorecard.table(table, found, days=days)
    return _found(found, inputs, (), asked or Asked(), progress, cohort=table.name, period=""), issues


def _found(
    recipe: Recipe,
    inputs: Inputs,
    pool: Sequence[Inputs],
    asked: Asked,
    progress: Progress,
    *,
    cohort: str,
    period: str,
) -> Steadiness:
    if recipe.pairwise:
        raise MethodError(
            f"方案 {recipe.name} 按单位两两比较合成，不作扰动分析", hint="改用算术或几何平均的方案"
        )
    varied = Variations(weights=asked.weights)
    progress(f"抽取 {asked.draws:,} 组假设")
    told = method.simulate(recipe, inputs, varied, asked.draws, asked.seed, pool)
    progress("逐项去掉指标")
    removals = method.removals(recipe, inputs, pool)
    equal = method.shadow(recipe, inputs, pool)
    reversals = sensitivity = None
    if asked.deep:
        progress("逐家去掉单位")
        reversals = method.reversals(recipe, inputs, pool)
        progress("分解各项假设的影响")
        sensitivity = method.sensitivity(recipe, inputs, varied, seed=asked.seed, pool=pool)
    card = scorecard.score(recipe, inputs, pool)
    return Steadiness(
        recipe=recipe,
        cohort=cohort,
        period=period,
        variations=varied.of(recipe),
        found=told,
        equal=dict(zip(equal.codes, equal.rank, strict=True)),
        removals=removals,
        reversals=reversals,
        sensitivity=sensitivity,
        unranked=tuple(
            (name, reason) for name, reason in zip(card.names, card.reason, strict=True) if reason
        ),
    )


def _shares(found: dict[str, tuple[Indices, int]]) -> list[dict[str, Any]]:
    return [
        {
            "factor": name,
            "first": float(indices.first[place]),
            "first_interval": [float(indices.first_low[place]), float(indices.first_high[place])],
            "total": float(indices.total[place]),
            "total_interval": [float(indices.total_low[place]), float(indices.total_high[place])],
        }
        for name, (indices, place) in found.items()
    ]
