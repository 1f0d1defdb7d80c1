"""What is true of a demo world, told from its own arrays and never from a measure of 见微."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jianwei.demo.files import MARK
from jianwei.demo.truth import activity, boards, picks, scope
from jianwei.demo.world import World

__all__ = ["findings", "write"]


def findings(made: World) -> dict[str, dict[str, Any]]:
    """Every finding of the report by id: its value and, where the calendar gives another, `alt`."""
    told: dict[str, Any] = {
        **scope.counts(made),
        **scope.followers(made),
        **scope.regions(made),
        **scope.systems(made),
        **activity.sums(made),
        **activity.months(made),
        **activity.quality(made),
        **activity.growth(made),
        **boards.leaders(made),
        **picks.picks(made),
    }
    daily = {f"S5.{name}": (told[f"S4.{name}"] / 180, told[f"S4.{name}"] / 181) for name in _DAILY}
    found = {id: {"value": value, "alt": None} for id, value in told.items()}
    return found | {id: {"value": value, "alt": alt} for id, (value, alt) in daily.items()}


_DAILY = ("posts", "reposts", "comments")


def write(path: Path, made: World) -> None:
    """Write the truth file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = {name: made.cast.accounts[place] for name, place in sorted(made.cast.parts.items())}
    told = {
        "mark": MARK,
        "seed": made.seed,
        "scale": made.scale,
        "findings": findings(made),
        "parts": {
            name: {"account": account.account_id, "name": account.name, "unit": account.unit}
            for name, account in parts.items()
        },
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
