"""Boards, measures and posts of a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

import duckdb

from jianwei import cohort as cohorts
from jianwei import recipe as recipes
from jianwei.coverage import bounds
from jianwei.errors import DataError, suggest
from jianwei.lake import ask
from jianwei.leaderboard import Leaderboard, Standing, by_account, by_unit, stand
from jianwei.measure.engine import Conventions, Measures, measure
from jianwei.period import Period
from jianwei.recipe import Recipe
from jianwei.roster import Roster
from jianwei.workspace.kept import Kept
from jianwei.workspace.space import Workspace

__all__ = ["Desk", "board", "each_post", "measures", "parsed", "posts"]

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
                None, self.roster, period, recipe, known=known, by=by, measuring=self._kept.measure
            )
        return self._standings[key]

    def board(self, recipe_name: str, cohort_name: str, *, by: str = "unit") -> Leaderboard:
        """A cohort's board with changes from the period before, where that has any data."""
        if by not in ("unit", "account"):
            raise DataError(f"不能按“{by}”排名", hint=suggest(by, ("unit", "account")))
        recipe = self.recipe(recipe_name)
        cohort = cohorts.load(cohort_name, self.space.path / "cohorts")
        units = self.units(cohort, self.period.end)
        now = self.standing(recipe, self.period, by)
        previous = self.period.previous()
        earlier = self.standing(recipe, previous, by)
        before = earlier if any(row["with_data"] for row in earlier.rows.values()) else None
        if by == "account":
            return by_account(now, before, units, cohort, lake_version=self.lake_version)
        return by_unit(
            now, before, units, cohort,
            lake_version=self.lake_version,
            units_before=None if before is None else self.units(cohort, previous.end),
        )  # fmt: skip


def board(space: Workspace, recipe: str, cohort: str, period: str, *, by: str = "unit") -> Leaderboard:
    """A board of a workspace. Raises RecipeError for an unknown recipe or cohort, DataError without a roster."""
    with Desk(space, parsed(period)) as desk:
        return desk.board(recipe, cohort, by=by)


def measures(space: Workspace, period: str) -> dict[str, Any]:
    """Measures of every account of the roster in a period, with coverage and the SQL that made them."""
    with Desk(space, parsed(period)) as desk:
        rules = Conventions(
            days=space.settings.days,
            read_basis="any",
            followers_within=space.settings.followers_within,
            known=space.settings.known,
        )
        done = _of_accounts(desk, rules)
        accounts = {row["account_id"]: row for row in desk.roster.accounts.to_pylist()}
        units = {row["code"]: (place, row["name"]) for place, row in enumerate(desk.roster.units.to_pylist())}
        last = (len(units), "")
        rows = []
        for row in sorted(
            done.accounts.to_pylist(),
            key=lambda row: (units.get(accounts[row["account_id"]]["unit"], last)[0], row["account_id"]),
        ):
            account = accounts[row["account_id"]]
            rows.append(
                {
                    "unit": units.get(account["unit"], last)[1],
                    "unit_code": account["unit"],
                    "account": account["name"],
                    "days": desk.period.days(space.settings.days),
                }
                | row
                | {"works": row["posts"], "new_followers": _difference(row)}
            )
        return {
            "period": desk.period.label,
            "conventions": vars(rules),
            "lake_version": desk.lake_version,
            "roster_version": desk.roster.version,
            "rows": rows,
            "queries": dict(done.queries),
        }


def _of_accounts(desk: Desk, rules: Conventions) -> Measures:
    import pyarrow as pa

    from jianwei.leaderboard.standing import members
    from jianwei.model import PLATFORMS

    accounts = members(desk.roster, desk.period, PLATFORMS)
    ids = pa.array([account["account_id"] for account in accounts], pa.string())
    ledger = pa.table(
        {
            "account_id": ids,
            "opened": pa.array([account["opened"] for account in accounts], pa.date32()),
            "closed": pa.array([account["closed"] for account in accounts], pa.date32()),
        }
    )
    families = pa.array([account["family"] for account in accounts], pa.string())
    keys = pa.table({"key": ids, "account_id": ids, "platform": families})
    return measure(desk.con, ledger, keys, desk.period, rules)


def _difference(row: Mapping[str, Any]) -> int | None:
    end, start = row["followers"], row["followers_start"]
    known = end is not None and start is not None
    difference: int | None = end - start if known else row["form_new_followers"]
    return difference


_POSTS = """
SELECT p.* EXCLUDE (pub_month), x.title AS title, x.text AS text, x.link AS link
FROM posts AS p LEFT JOIN texts AS x ON x.post_key = p.post_key
WHERE p.published_at >= $start AND p.published_at < $stop
    AND p.pub_month BETWEEN $first_month AND $last_month
    {accounts}
ORDER BY p.published_at, p.post_key
"""


def posts(space: Workspace, period: str, *, unit: str | None = None) -> list[dict[str, Any]]:
    """Posts of a period with their texts, of one unit (code, 全称 or 简称) or of all accounts of the lake."""
    return list(each_post(space, period, unit=unit))


def each_post(space: Workspace, period: str, *, unit: str | None = None) -> Iterator[dict[str, Any]]:
    """The same posts one by one; errors come with the first."""
    values: dict[str, Any] = bounds(parsed(period)).parameters()
    condition = ""
    if unit is not None:
        condition = "AND p.account_id IN (SELECT unnest($accounts))"
        values["accounts"] = _accounts_of(space.roster, unit)
    names = _names(space)
    with space.lake.connect() as con:
        for row in ask.each(con, _POSTS.format(accounts=condition), values):
            owner, name = names.get(row["account_id"], (None, None))
            yield {"unit": owner, "account": name} | row


def _names(space: Workspace) -> dict[str, tuple[str, str]]:
    """Unit and name of every account of the roster by id; nothing before the first roster."""
    try:
        roster = space.roster
    except DataError:
        return {}
    units = {row["code"]: row["name"] for row in roster.units.to_pylist()}
    return {
        row["account_id"]: (units.get(row["unit"], ""), row["name"])
        for row in roster.accounts.to_pylist()
        if row["account_id"]
    }


def _accounts_of(roster: Roster, unit: str) -> list[str]:
    units = roster.units.to_pylist()
    codes = {row["code"] for row in units if unit in (row["code"], row["name"], row["short_name"])}
    if not codes:
        raise DataError(f"台账中没有单位“{unit}”", hint=suggest(unit, [row["name"] for row in units]))
    accounts = roster.accounts.to_pylist()
    return [str(row["account_id"]) for row in accounts if row["unit"] in codes and row["account_id"]]
