"""All findings of a period, each computed from the lake and the published roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jianwei.finding import accounts, activity, audience, leaders, quality, showcase
from jianwei.finding.ground import Ground, lay
from jianwei.finding.model import Finding
from jianwei.leaderboard import Leaderboard
from jianwei.measure.engine import Conventions
from jianwei.period import Period
from jianwei.phrase import plain, text_of
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.settings import BoardWanted
from jianwei.workspace.space import Workspace

__all__ = ["Gathered", "findings", "gather", "to_json"]

WECHAT_RECIPE = "wci-2.0"
WEIBO_RECIPE = "bci"
"""Recipes of the boards by account: what was public of either platform in the seed's time."""


@dataclass(frozen=True)
class Gathered:
    """Findings by id with the boards and the ground they came from."""

    findings: Mapping[str, Finding]
    boards: Sequence[tuple[BoardWanted, Leaderboard]]
    weibo: Leaderboard
    wechat: Leaderboard
    ground: Ground


def findings(space: Workspace, period: str, *, progress: Progress = silent) -> list[dict[str, Any]]:
    """CONTRACTS' `findings` document."""
    with Desk(space, parsed(period)) as desk:
        return to_json(gather(desk, progress).findings.values(), desk.period)


def gather(desk: Desk, progress: Progress = silent) -> Gathered:
    """Compute boards and findings of the desk's period. Raises RecipeError if a board's recipe is wrong."""
    settings = desk.space.settings
    boards: list[tuple[BoardWanted, Leaderboard]] = []
    for wanted in settings.boards:
        progress(f"排榜：{wanted.cohort}")
        boards.append((wanted, desk.board(wanted.recipe, wanted.cohort)))
    progress("排榜：各账号")
    weibo = desk.board(WEIBO_RECIPE, "全部单位", by="account")
    wechat = desk.board(WECHAT_RECIPE, "全部单位", by="account")
    progress("计算主要数据")
    ground = _ground(desk)
    by_cohort = {wanted.cohort: board for wanted, board in boards}
    sums = activity.sums(ground)
    found = [
        *accounts.counts(ground),
        *accounts.openings(ground),
        *audience.followers(ground),
        *sums,
        *activity.daily(ground, sums),
        *leaders.leaders(ground, by_cohort),
        *leaders.firsts(ground, by_cohort, wechat),
        *accounts.regions(ground),
        *audience.coefficient(ground),
        *accounts.systems(ground),
        *activity.monthly(ground),
        *quality.originals(ground),
        *quality.forms(ground),
        *audience.growth(ground),
        *showcase.picks(ground),
        *quality.functions(ground),
    ]
    return Gathered({one.id: one for one in found}, boards, weibo, wechat, ground)


def to_json(found: Any, period: Period) -> list[dict[str, Any]]:
    """Findings as plain JSON with their sentences; `absent` says why a value is null."""
    return [
        {
            "id": one.id,
            "value": one.value,
            "alt": one.alt,
            "unit": one.unit,
            "text": plain(text_of(one, period)),
            "definition": one.definition,
            "formula": one.formula,
            "query": one.query,
            "rows": one.rows,
            "absent": one.absent,
            "detail": [dict(row) for row in one.detail],
            "recipe_hash": one.recipe_hash,
            "lake_version": one.lake_version,
            "roster_version": one.roster_version,
        }
        for one in found
    ]


def _ground(desk: Desk) -> Ground:
    settings = desk.space.settings
    rules = Conventions(
        days=settings.days,
        read_basis="views",
        followers_within=settings.followers_within,
        known=settings.known,
    )
    root = desk.root
    regions = {str(row["adcode"]): str(row["name"]) for row in _below(desk, root)} if root else {}
    return lay(
        desk.con, desk.roster, desk.period, rules,
        root=root, regions=regions, lake_version=desk.lake_version,
    )  # fmt: skip


def _below(desk: Desk, root: str) -> list[Mapping[str, Any]]:
    """Counties of a province-level city, prefectures of a province, counties of a prefecture."""
    day = desk.period.end
    below = desk.roster.children(root, day)
    groups = [row for row in below if str(row["name"]) in ("市辖区", "县", "省直辖县级行政区划")]
    if not groups:
        return below
    return [row for row in below if row not in groups] + [
        row for group in groups for row in desk.roster.children(str(group["adcode"]), day)
    ]
