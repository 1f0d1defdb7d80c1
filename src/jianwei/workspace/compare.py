"""Two periods of a workspace compared: boards unit by unit, sums over the constant panel of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jianwei import cohort as cohorts
from jianwei.errors import DataError
from jianwei.leaderboard.comparison import Comparison, Total, compare, totals
from jianwei.leaderboard.rank import scorecard
from jianwei.period import Period
from jianwei.recipe import Recipe
from jianwei.roster.succession import unit_alive
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace

__all__ = ["Compared", "periods"]


@dataclass(frozen=True)
class Compared:
    """Two periods side by side. boards: recipe, cohort and their comparison. totals: of the first recipe's platforms."""

    before: Period
    after: Period
    lake_version: str
    roster_version: str
    totals: tuple[Total, ...]
    boards: tuple[tuple[Recipe, str, Comparison], ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON."""
        return {
            "from": self.before.label,
            "to": self.after.label,
            "lake_version": self.lake_version,
            "roster_version": self.roster_version,
            "totals": [vars(one) for one in self.totals],
            "boards": [
                {"recipe": recipe.name, "recipe_hash": recipe.hash, "cohort": cohort} | found.to_json()
                for recipe, cohort, found in self.boards
            ],
        }


def periods(
    space: Workspace,
    before: str,
    after: str,
    *,
    recipe: str | None = None,
    cohort: str | None = None,
    progress: Progress = silent,
) -> Compared:
    """Compare two periods by one recipe and cohort, or on every board of the settings.

    Raises DataError where the second does not come after the first, or where a period holds nothing.
    """
    first, second = parsed(before), parsed(after)
    if second.start <= first.start:
        raise DataError(
            f"{second.label} 不晚于 {first.label}", hint=f"先写较早的周期：compare {after} {before}"
        )
    with Desk(space, second) as desk:
        wanted = [
            (desk.recipe(recipe or one.recipe), cohort or one.cohort) for one in (space.settings.boards or ())
        ]
        if recipe and cohort:
            wanted = [(desk.recipe(recipe), cohort)]
        if not wanted:
            raise DataError("没有指定方案和参评范围", hint="写上 --recipe 和 --cohort，见 jianwei recipes")
        boards = []
        for one, name in dict.fromkeys((one.name, name) for one, name in wanted):
            progress(f"比较 {name}")
            boards.append(_board(desk, desk.recipe(one), name, first))
        used = boards[0][0]
        rows = [desk.standing(used, period, "unit").measures for period in (first, second)]
        days = first.days(used.days), second.days(used.days)
        return Compared(
            first,
            second,
            desk.lake_version,
            desk.roster.version,
            totals(rows[0].accounts.to_pylist(), rows[1].accounts.to_pylist(), days),
            tuple(boards),
        )


def _board(desk: Desk, recipe: Recipe, cohort_name: str, first: Period) -> tuple[Recipe, str, Comparison]:
    cohort = cohorts.load(cohort_name, desk.space.path / "cohorts")
    now, then = (desk.standing(recipe, period, "unit") for period in (desk.period, first))
    for standing in (then, now):
        if not any(row["with_data"] for row in standing.rows.values()):
            raise DataError(
                f"{standing.period.label} 没有数据，无法比较", hint="用 jianwei status 看有哪些月份"
            )
    units, earlier = desk.units(cohort, desk.period.end), desk.units(cohort, first.end)
    roster = desk.roster
    predecessor = {str(row["code"]): str(row["predecessor"] or "") for row in roster.units.to_pylist()}
    alive = {str(code) for code in roster.on(desk.period.end).units["code"].to_pylist()}
    old = scorecard(then, earlier, now, units)
    heirs = {code: unit_alive(code, alive, predecessor) or code for code in old.codes}
    # several units that became one: none of them alone is its past
    single = {
        code: heir for code, heir in heirs.items() if list(heirs.values()).count(heir) == 1 or code == heir
    }
    return recipe, cohort.name, compare(old, scorecard(now, units, then, earlier), single)
