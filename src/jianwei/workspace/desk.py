"""One run over a workspace: everybody measured once, for all boards and what is asked about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from jianwei import cohort as cohorts
from jianwei import recipe as recipes
from jianwei.errors import DataError, suggest
from jianwei.leaderboard import Leaderboard, Standing, by_account, by_unit, panel, stand
from jianwei.period import Period
from jianwei.recipe import Recipe
from jianwei.roster import Roster
from jianwei.scorecard import Inputs
from jianwei.workspace.kept import Kept
from jianwei.workspace.space import Workspace

if TYPE_CHECKING:
    import duckdb

__all__ = ["Contest", "Desk", "parsed"]

_YEARS = (1900, 2999)
"""Years that can be asked for: the period before and the year before must have their days too."""


def parsed(period: str) -> Period:
    """The period of a name. Raises DataError where it is none, or no year that anybody has data of."""
    found = Period.parse(period)
    if not _YEARS[0] <= found.start.year <= found.end.year <= _YEARS[1]:
        raise DataError(
            f"周期“{period}”的年份不对", hint=f"应在 {_YEARS[0]} 年至 {_YEARS[1]} 年之间，如 2015H1、2015-06"
        )
    return found


@dataclass(frozen=True)
class Contest:
    """What a board is about: who (roster rows, in 建制顺序) is ranked by what, in the period and before it."""

    recipe: Recipe
    cohort: cohorts.Cohort
    by: str
    now: Standing
    before: Standing | None
    units: Sequence[Mapping[str, Any]]
    units_before: Sequence[Mapping[str, Any]]

    @cached_property
    def inputs(self) -> Inputs:
        """The units' inputs of the period."""
        return self.now.inputs(self.units)

    @cached_property
    def pool(self) -> tuple[Inputs, ...]:
        """The inputs of the period before, where the recipe's parameters are of both."""
        return panel(self.before, self.units_before)

    def unit(self, word: str) -> Mapping[str, Any]:
        """A unit of the contest by code, 全称 or 简称. Raises DataError where there is none."""
        for row in self.units:
            if word in (row["code"], row["name"], row["short_name"]):
                return row
        hint = suggest(word, [str(row["name"]) for row in self.units])
        raise DataError(f"参评范围“{self.cohort.name}”中没有单位“{word}”", hint=hint)


@dataclass
class Desk:
    """One run over a workspace: a connection, the roster, and standings measured once for all boards."""

    space: Workspace
    period: Period
    roster: Roster = field(init=False)
    lake_version: str = field(init=False)
    _standings: dict[tuple[str, str, str], Standing] = field(init=False, default_factory=dict)
    _days: dict[date, Roster] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.lake_version = self.space.lake.version()
        self.roster = self.space.roster
        self._kept = Kept(self.space.path / ".cache", self.lake_version, lambda: self.con)

    @cached_property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The lake's connection, opened when it is first asked something."""
        return self.space.lake.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if "con" in self.__dict__:
            self.con.close()

    @property
    def root(self) -> str:
        """Adcode of the evaluated region: the setting, else what the roster's units share."""
        return self.space.settings.region or cohorts.root_region(self.roster)

    def recipe(self, name: str) -> Recipe:
        """A recipe by name, the workspace's own copy first."""
        return recipes.load(name, self.space.path / "recipes")

    def units(self, cohort: cohorts.Cohort, day: date) -> list[dict[str, Any]]:
        """The cohort's units as of a day, in 建制顺序."""
        folder = self.space.path / "cohorts"
        if day not in self._days:
            self._days[day] = self.roster.on(day)
        return cohorts.select(cohort, self._days[day], folder=folder, root=self.root)

    def standing(self, recipe: Recipe, period: Period, by: str) -> Standing:
        """Everybody's measures for a recipe, measured once."""
        key = (recipe.hash, period.label, by)
        if key not in self._standings:
            known = self.space.settings.known
            self._standings[key] = stand(
                None,
                self.roster,
                period,
                recipe,
                known=known,
                by=by,
                least=self.space.settings.least,
                measuring=self._kept.measure,
            )
        return self._standings[key]

    def contest(self, recipe_name: str, cohort_name: str, *, by: str = "unit") -> Contest:
        """Who is ranked by what. Raises RecipeError for an unknown recipe, DataError for an unknown cohort."""
        if by not in ("unit", "account"):
            raise DataError(f"不能按“{by}”排名", hint=suggest(by, ("unit", "account")))
        recipe = self.recipe(recipe_name)
        cohort = cohorts.load(cohort_name, self.space.path / "cohorts")
        units = self.units(cohort, self.period.end)
        now = self.standing(recipe, self.period, by)
        previous = self.period.previous()
        earlier = self.standing(recipe, previous, by)
        before = earlier if any(row["with_data"] for row in earlier.rows.values()) else None
        then = () if before is None else self.units(cohort, previous.end)
        return Contest(recipe, cohort, by, now, before, units, then)

    def board(self, recipe_name: str, cohort_name: str, *, by: str = "unit", draws: int = 0) -> Leaderboard:
        """A cohort's board with changes from the period before, where that has any data.

        draws: how often the assumptions are drawn anew for the rank intervals; 0 = no intervals.
        """
        contest = self.contest(recipe_name, cohort_name, by=by)
        if by == "account":
            return by_account(
                contest.now, contest.before, contest.units, contest.cohort, lake_version=self.lake_version
            )
        found = by_unit(
            contest.now, contest.before, contest.units, contest.cohort,
            lake_version=self.lake_version,
            units_before=None if contest.before is None else contest.units_before,
        )  # fmt: skip
        if not draws or contest.recipe.pairwise:
            return found
        from jianwei import robust  # 30 ms that a plain board need not pay

        told = robust.simulate(contest.recipe, contest.inputs, draws=draws, pool=contest.pool)
        return found.with_intervals({code: (one.low, one.high) for code, one in told.intervals.items()})
