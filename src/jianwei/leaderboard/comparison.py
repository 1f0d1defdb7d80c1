"""Two periods of one board side by side: on the constant panel, with entries and exits apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jianwei.coverage import COMPLETE_AT
from jianwei.leaderboard.why import effects
from jianwei.method import order
from jianwei.scorecard import Scorecard

__all__ = ["COUNTED", "Comparison", "Moved", "Total", "compare", "totals"]

REASONS = 2
"""Indicators named as the reasons of a change."""

COUNTED: tuple[str, ...] = ("posts", "reads", "reposts", "comments", "likes", "wow", "shares", "followers")
"""Measures of accounts that are summed over the panel."""


@dataclass(frozen=True)
class Moved:
    """A unit ranked in both periods. Ranks are within the panel, so that nobody moves by entries and exits.

    shift: places won. gain: difference of the scores, None where scores of the two periods cannot
    be compared. reasons: (indicator, its part of the gain), the greatest first.
    """

    code: str
    unit: str
    rank_before: int
    rank: int
    shift: int
    score_before: float
    score: float
    gain: float | None
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Comparison:
    """A board in two periods. entries and exits: (unit, why it is not in the other period).

    comparable: whether scores of the two periods stand on one scale. mean_shift: mean places moved.
    """

    comparable: bool
    moved: tuple[Moved, ...]
    mean_shift: float | None
    entries: tuple[tuple[str, str], ...]
    exits: tuple[tuple[str, str], ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain JSON."""
        told = [
            vars(one) | {"reasons": [{"title": title, "gain": gain} for title, gain in one.reasons]}
            for one in self.moved
        ]
        return {
            "comparable": self.comparable,
            "mean_shift": self.mean_shift,
            "rows": told,
            "entries": [{"unit": unit, "reason": reason} for unit, reason in self.entries],
            "exits": [{"unit": unit, "reason": reason} for unit, reason in self.exits],
        }


@dataclass(frozen=True)
class Total:
    """A measure summed over the accounts that were fully known in both periods.

    accounts: how many. change: of the daily means, as a fraction; None where the first is zero.
    """

    platform: str
    name: str
    accounts: int
    before: int
    after: int
    change: float | None


def compare(before: Scorecard, after: Scorecard, heirs: Mapping[str, str]) -> Comparison:
    """Compare two scorecards of one recipe and cohort.

    heirs: code in the first period to the code of the unit that stands for it in the second, itself
    for most. A recipe whose scores hang on the other units of the period is compared by ranks only,
    unless its parameters are of the whole panel.
    """
    recipe = after.recipe
    comparable = not recipe.relative or recipe.parameters == "panel"
    then = {heirs[code]: row for row, code in enumerate(before.codes) if code in heirs}
    now = {code: row for row, code in enumerate(after.codes)}
    both = [code for code in after.codes if code in then]
    both = [code for code in both if before.rank[then[code]] and after.rank[now[code]]]
    ranks = [
        order.competition(np.array([card.score[rows[code]] for code in both]))
        for card, rows in ((before, then), (after, now))
    ]
    moved = []
    for place, code in enumerate(both):
        first, second = float(before.score[then[code]]), float(after.score[now[code]])
        own, old = after.scaled.values[now[code]], before.scaled.values[then[code]]
        told = np.nan_to_num(-effects(recipe, own, old if comparable else None))
        parts = [(leaf.title, float(gain)) for leaf, gain in zip(recipe.leaves, told, strict=True) if gain]
        parts.sort(key=lambda one: -abs(one[1]))
        moved.append(
            Moved(
                code=code,
                unit=after.names[now[code]],
                rank_before=int(ranks[0][place]),
                rank=int(ranks[1][place]),
                shift=int(ranks[0][place] - ranks[1][place]),
                score_before=first,
                score=second,
                gain=second - first if comparable else None,
                reasons=tuple(parts[:REASONS]),
            )
        )
    moved.sort(key=lambda one: one.rank)
    mean = order.shift(*ranks) if both else float("nan")
    return Comparison(
        comparable=comparable,
        moved=tuple(moved),
        mean_shift=None if np.isnan(mean) else mean,
        entries=_others(after, now, before, then, set(both)),
        exits=_others(before, then, after, now, set(both)),
    )


def _others(
    card: Scorecard, rows: Mapping[str, int], other: Scorecard, there: Mapping[str, int], both: set[str]
) -> tuple[tuple[str, str], ...]:
    """Units ranked in one card and not in the other, and why not."""
    found = []
    for code, row in rows.items():
        if card.rank[row] is None or code in both:
            continue
        reason = other.reason[there[code]] if code in there else "当时不在参评范围"
        found.append((card.names[row], reason or "当时未参评"))
    return tuple(found)


def totals(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], days: tuple[float, float]
) -> tuple[Total, ...]:
    """Sums over the constant panel of accounts, platform by platform.

    before, after: account rows of `Measures.accounts`. days: divisors of the daily means; followers
    are a level and are not divided. An account counts for a measure where both periods vouch for it
    whole and both values are known.
    """
    then = {row["account_id"]: row for row in before if (row["share"] or 0) >= COMPLETE_AT}
    pairs = [
        (then[row["account_id"]], row)
        for row in after
        if (row["share"] or 0) >= COMPLETE_AT and row["account_id"] in then
    ]
    found = []
    for platform in sorted({row["account_id"].split(":", 1)[0] for _, row in pairs}):
        for name in COUNTED:
            known = [
                (old[name], new[name])
                for old, new in pairs
                if new["account_id"].startswith(f"{platform}:") and None not in (old[name], new[name])
            ]
            if not known:
                continue
            first, second = (sum(values) for values in zip(*known, strict=True))
            ratio = 1.0 if name == "followers" else days[0] / days[1]
            change = second * ratio / first - 1 if first else None
            found.append(Total(platform, name, len(known), first, second, change))
    return tuple(found)
