"""Why a unit stands where it stands on a board, down to the posts that made the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jianwei import robust
from jianwei.leaderboard.credit import Credit, credits_of
from jianwei.leaderboard.rank import scorecard
from jianwei.leaderboard.why import Why, explain
from jianwei.roster.succession import unit_alive
from jianwei.scorecard import Scorecard
from jianwei.workspace.desk import Contest, Desk, parsed
from jianwei.workspace.space import Workspace

__all__ = ["Explained", "why"]


@dataclass(frozen=True)
class Explained:
    """A unit's place explained, with what it was ranked by and the posts behind it.

    interval: of its rank, None where unranked or where units are compared in pairs. only_totals:
    whether its numbers came as sums, so that no post can be named.
    """

    recipe: str
    recipe_title: str
    recipe_hash: str
    cohort: str
    period: str
    lake_version: str
    roster_version: str
    why: Why
    interval: tuple[int, int] | None
    posts: tuple[Credit, ...]
    only_totals: bool

    def to_json(self) -> dict[str, Any]:
        """The explanation as plain JSON."""
        head = {key: value for key, value in vars(self).items() if key not in ("why", "posts")}
        return head | self.why.to_json() | {"posts": [vars(post) for post in self.posts]}


def why(
    space: Workspace, recipe: str, cohort: str, period: str, unit: str, *, draws: int = 1000
) -> Explained:
    """Explain one unit's place. unit: code, 全称 or 简称; draws: for the interval of its rank.

    Raises DataError for a unit that is not in the cohort, and as `board`.
    """
    with Desk(space, parsed(period)) as desk:
        contest = desk.contest(recipe, cohort)
        code = str(contest.unit(unit)["code"])
        now, before = contest.now, contest.before
        card = scorecard(now, contest.units, before, contest.units_before)
        told = explain(card, code, *_earlier(contest, code))
        interval = None
        if draws and told.rank is not None and not contest.recipe.pairwise:
            found = robust.simulate(contest.recipe, contest.inputs, draws=draws, pool=contest.pool)
            at = found.interval(code)
            interval = None if at is None else (at.low, at.high)
        posts = credits_of(
            desk.con, now, contest.units, card, code, known=space.settings.known, pool=contest.pool
        )
        return Explained(
            recipe=contest.recipe.name,
            recipe_title=contest.recipe.title,
            recipe_hash=contest.recipe.hash,
            cohort=contest.cohort.name,
            period=desk.period.label,
            lake_version=desk.lake_version,
            roster_version=desk.roster.version,
            why=told,
            interval=interval,
            posts=posts,
            only_totals=not posts
            and any(row["from_totals"] for key, row in now.rows.items() if key[0] == code),
        )


def _earlier(contest: Contest, code: str) -> tuple[Scorecard | None, str]:
    """The scorecard of the period before, and the unit's code there: its own, else that of the unit it came from."""
    if contest.before is None or not contest.units_before:
        return None, ""
    card = scorecard(contest.before, contest.units_before, contest.now, contest.units)
    if code in card.codes:
        return card, code
    roster = contest.now.roster
    predecessor = {str(row["code"]): str(row["predecessor"] or "") for row in roster.units.to_pylist()}
    alive = {str(one) for one in roster.on(contest.now.period.end).units["code"].to_pylist()}
    came = [one for one in card.codes if unit_alive(one, alive, predecessor) == code]
    return card, came[0] if len(came) == 1 else ""
