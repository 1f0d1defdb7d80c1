"""Small recipes and boards for tests of leaderboards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jianwei.cohort import Cohort, select
from jianwei.leaderboard import Leaderboard, Standing, by_account, by_unit, stand
from jianwei.period import Period
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from tests.world import Rows, Source, World, account, half, post, unit

ALL = Cohort("全部单位")


def recipe(
    *formulas: str, platforms: tuple[str, ...] = ("weibo",), head: str = "", high: float = 1000
) -> Recipe:
    """A composite of one leaf a formula and platform, goalposts 0 to `high`; weights 1, 2, 3 …"""
    text = f'[recipe]\nname = "t"\ntitle = "试"\n{head}\n[nodes.root]\nname = "总"\ntimes = 100\n'
    for platform in platforms:
        text += f'[nodes.{platform}_part]\nparent = "root"\nweight = 1\n'
        for place, formula in enumerate(formulas, 1):
            text += f'[nodes.{platform}_{place}]\nparent = "{platform}_part"\nweight = {place}\n'
            text += f'platform = "{platform}"\nformula = "{formula}"\nlow = 0\nhigh = {high}\n'
    made, problems = read(text)
    assert made is not None, [str(issue) for issue in problems.issues]
    return made


def shared(text: str) -> Recipe:
    """A recipe from its text."""
    made, problems = read(text)
    assert made is not None, [str(issue) for issue in problems.issues]
    return made


def plain(folder: Path, reposts: dict[str, int | None], **more: Any) -> World:
    """A world of units that each have one Weibo account with one post of so many reposts (None: no data)."""
    units = [unit(code) for code in reposts]
    accounts = [account(code, code) for code in reposts]
    sources = [of(code, n) for code, n in reposts.items() if n is not None]
    return World(folder, units, accounts, sources=sources, **more)


def of(uid: str, reposts: int, day: str = "2015-03-01", **more: Any) -> Source:
    """A timeline over the first half of 2015 with one post."""
    one: Rows = post(f"weibo:{uid}", day, reposts=reposts, **more)
    return half(uid, one)


def standing(world: World, made: Recipe, period: str = "2015H1", *, by: str = "unit") -> Standing:
    with world.connect() as con:
        return stand(con, world.roster, Period.parse(period), made, known=0.95, by=by)


def board(
    world: World,
    made: Recipe,
    period: str = "2015H1",
    *,
    by: str = "unit",
    cohort: Cohort = ALL,
    before: str = "",
) -> Leaderboard:
    """The board of a cohort; `before` names the period that changes are told from."""
    now = standing(world, made, period, by=by)
    then = standing(world, made, before, by=by) if before else None
    units = select(cohort, world.roster.on(now.period.end))
    if by == "account":
        return by_account(now, then, units, cohort, lake_version="v")
    earlier = select(cohort, world.roster.on(then.period.end)) if then else None
    return by_unit(now, then, units, cohort, lake_version="v", units_before=earlier)
