"""The ground of a world, the small Chongqing with its oracle, and what every finding must keep to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jianwei.finding import ground
from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding
from jianwei.measure.engine import Conventions
from jianwei.period import Period
from tests.finding.oracle import Oracle
from tests.world import World

H1 = Period.parse("2015H1")


def regions(world: World, day: Any) -> dict[str, str]:
    return {str(row["adcode"]): str(row["name"]) for row in world.roster.children("50", day)}


def lay(con: Any, world: World, period: Period = H1, *, root: str = "500000", **rules: Any) -> Ground:
    """The ground of a world."""
    below = regions(world, period.end) if root else {}
    how = Conventions(**({"days": "30-day-months"} | rules))
    return ground.lay(con, world.roster, period, how, root=root, regions=below, lake_version="v")


@dataclass(frozen=True)
class City:
    world: World
    ground: Ground
    oracle: Oracle


def by_id(found: list[Finding]) -> dict[str, Finding]:
    """Findings by id; each with its versions, and a reason exactly where there is no value."""
    for one in found:
        assert one.lake_version == "v"
        assert one.roster_version
        assert one.definition
        assert (one.value is None) == bool(one.absent), one.id
        if one.absent:
            assert any("\u4e00" <= letter <= "\u9fff" for letter in one.absent), one.id
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}
