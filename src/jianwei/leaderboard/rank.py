"""Boards by a recipe: units of a cohort, or their accounts, scored and ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jianwei.errors import RecipeError
from jianwei.leaderboard.model import Leaderboard, Row, Unranked
from jianwei.leaderboard.standing import Standing
from jianwei.model import PLATFORMS
from jianwei.roster.succession import unit_alive
from jianwei.scorecard import Inputs, Scorecard, score

if TYPE_CHECKING:
    from jianwei.cohort import Cohort

__all__ = ["COMPARABLE", "by_account", "by_unit", "panel", "scorecard"]

COMPARABLE = 0.5
"""Share of those ranked now that must have been ranked in the period before, else no change is told:
a place won over absentees says nothing."""


def scorecard(
    standing: Standing,
    units: Sequence[Mapping[str, Any]],
    beside: Standing | None = None,
    units_beside: Sequence[Mapping[str, Any]] | None = None,
) -> Scorecard:
    """The scorecard of these units (roster rows).

    beside: another period, which counts where the recipe's parameters are of the whole panel, over
    `units_beside` (the same units where not given).
    """
    return score(
        standing.recipe,
        standing.inputs(units),
        panel(beside, units if units_beside is None else units_beside),
    )


def panel(beside: Standing | None, units: Sequence[Mapping[str, Any]]) -> tuple[Inputs, ...]:
    """The other period's inputs where the recipe's parameters are of the whole panel, else nothing."""
    if beside is None or beside.recipe.parameters != "panel" or not units:
        return ()
    return (beside.inputs(units),)


def by_unit(
    now: Standing,
    before: Standing | None,
    units: Sequence[Mapping[str, Any]],
    cohort: Cohort,
    *,
    lake_version: str,
    units_before: Sequence[Mapping[str, Any]] | None = None,
) -> Leaderboard:
    """A cohort's units by the standing's recipe; `before` gives the ranks that changes are told from.

    units_before: the cohort as it was then; a unit is compared with the one that it came from.
    """
    earlier = units if units_before is None else units_before
    card = scorecard(now, units, before, earlier)
    then: dict[str, int] = {}
    if before is not None and earlier:
        then = _inherited(_ranks(scorecard(before, earlier, now, units)), now)
    reasons = {}
    for row, code in enumerate(card.codes):
        if card.rank[row] is None:
            why = now.why_missing(code)
            reasons[code] = "；".join(word for word in (why, card.reason[row]) if word)
    return _board(now, card, cohort, "unit", lake_version=lake_version, then=then, reasons=reasons, owners={})


def by_account(
    now: Standing,
    before: Standing | None,
    units: Sequence[Mapping[str, Any]],
    cohort: Cohort,
    *,
    lake_version: str,
) -> Leaderboard:
    """The accounts of a cohort's units by a recipe of one platform.

    Raises RecipeError where the recipe joins several platforms: an account has only one.
    """
    recipe = now.recipe
    if len(recipe.platforms) != 1:
        raise RecipeError(
            f"方案 {recipe.name} 合评多个平台，不能按账号排名", hint="按账号请用 bci、wci-14.2b 等单平台方案"
        )
    names = {unit["code"]: str(unit["name"]) for unit in units}
    accounts = [account for account in now.accounts if account["unit"] in names]
    card = score(recipe, now.account_inputs(accounts))
    then: dict[str, int] = {}
    if before is not None:
        same = {account["account_id"] for account in accounts}
        old = [one for one in before.accounts if one["unit"] in names or one["account_id"] in same]
        then = _ranks(score(before.recipe, before.account_inputs(old)))
    reasons = {
        code: _account_reason(now, code, card.reason[row])
        for row, code in enumerate(card.codes)
        if card.rank[row] is None
    }
    owners = {str(account["account_id"]): names[account["unit"]] for account in accounts}
    return _board(
        now, card, cohort, "account", lake_version=lake_version, then=then, reasons=reasons, owners=owners
    )


def _account_reason(now: Standing, code: str, reason: str) -> str:
    row = now.rows.get((code, code.split(":", 1)[0]))
    if row is None or not row["with_data"]:
        return "本期没有数据"
    return "；".join([*now.insufficient(code), reason])


def _board(
    now: Standing,
    card: Scorecard,
    cohort: Cohort,
    by: str,
    *,
    lake_version: str,
    then: Mapping[str, int],
    reasons: Mapping[str, str],
    owners: Mapping[str, str],
) -> Leaderboard:
    recipe = now.recipe
    ranked = [code for code, rank in zip(card.codes, card.rank, strict=True) if rank is not None]
    if sum(code in then for code in ranked) < COMPARABLE * len(ranked):
        then = {}
    rows = []
    for place in card.order:
        rank, code = card.rank[place], card.codes[place]
        if rank is None:
            continue
        points = card.contributions.row(place)
        rows.append(
            Row(
                rank=rank,
                code=code,
                unit=card.names[place],
                score=float(card.score[place]),
                change=then[code] - rank if code in then and not now.partial(code) else None,
                tie=bool(card.tie[place]),
                nodes=card.nodes.row(place) | _platforms(card, points),
                interval=None,
                coverage=now.coverage(code),
                marks=now.marks(code),
                owner=owners.get(code, ""),
                contributions=points,
            )
        )
    unranked = tuple(
        Unranked(code, card.names[place], reasons.get(code, card.reason[place]))
        for place, code in enumerate(card.codes)
        if card.rank[place] is None
    )
    titles = dict(recipe.titles)
    if len(recipe.platforms) > 1:
        titles |= {platform: PLATFORMS[platform] for platform in recipe.platforms}
    return Leaderboard(
        recipe=recipe.name,
        recipe_title=recipe.title,
        recipe_hash=recipe.hash,
        cohort=cohort.name,
        cohort_title=cohort.name,
        period=now.period,
        by=by,
        lake_version=lake_version,
        roster_version=now.roster.version,
        node_titles=titles,
        rows=tuple(rows),
        unranked=unranked,
        observed=_observed(now, {row.code for row in rows}),
    )


def _platforms(card: Scorecard, points: Mapping[str, float | None]) -> dict[str, float | None]:
    """What each platform alone would score: its leaves' points over their effective weight."""
    recipe = card.recipe
    if len(recipe.platforms) < 2:
        return {}
    found: dict[str, float | None] = {}
    for platform in recipe.platforms:
        leaves = [leaf.code for leaf in recipe.leaves if leaf.platform == platform]
        known = [value for code in leaves if (value := points[code]) is not None]
        weight = sum(recipe.effective[code] for code in leaves)
        found[platform] = sum(known) / weight if known and weight else None
    return found


def _ranks(card: Scorecard) -> dict[str, int]:
    return {code: rank for code, rank in zip(card.codes, card.rank, strict=True) if rank is not None}


def _inherited(ranks: Mapping[str, int], now: Standing) -> dict[str, int]:
    """Ranks under the units that are there now: its own, else that of the unit whose only heir it is."""
    predecessor = {str(row["code"]): str(row["predecessor"] or "") for row in now.roster.units.to_pylist()}
    alive = {str(code) for code in now.roster.on(now.period.end).units["code"].to_pylist()}
    heirs = {heir: rank for code, rank in ranks.items() if (heir := unit_alive(code, alive, predecessor))}
    return heirs | {code: rank for code, rank in ranks.items() if code in alive}


def _observed(now: Standing, codes: set[str]) -> tuple[datetime, datetime] | None:
    rows = [row for (key, _), row in now.rows.items() if key in codes and row["first_observed"]]
    if not rows:
        return None
    return min(row["first_observed"] for row in rows), max(row["last_observed"] for row in rows)
