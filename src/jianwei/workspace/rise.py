"""`rise`: what a unit of a workspace would have to change to win places (提升建议)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jianwei import cohort as cohorts
from jianwei.coverage import bounds
from jianwei.errors import DataError, suggest
from jianwei.lake import ask
from jianwei.leaderboard import Standing
from jianwei.model import PLATFORMS
from jianwei.robust.lever import UPDATES, Levers, load
from jianwei.robust.plan import Rise
from jianwei.robust.rise import rise as search
from jianwei.robust.room import Blocked, Known
from jianwei.workspace.desk import Contest, Desk, parsed
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace

__all__ = ["FILE", "Advice", "latest", "rise"]

FILE = "levers.toml"
"""A workspace's own levers, which stand before the shipped ones."""

_RECIPE = "shuangwei-2015"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Advice:
    """An answer of `robust.rise` with what it was told of and what its reader must know.

    reason: why the unit is 未参评, "" where it has a rank. assumed: what the answer takes for
    granted; left_out: what it did not look at. All in Chinese.
    """

    found: Rise
    cohort: str
    period: str
    lake_version: str
    roster_version: str
    levers_from: str
    reason: str
    assumed: tuple[str, ...]
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One JSON document."""
        return self.found.to_json() | {
            "cohort": self.cohort,
            "period": self.period,
            "lake_version": self.lake_version,
            "roster_version": self.roster_version,
            "levers_from": self.levers_from,
            "reason": self.reason or None,
            "assumed": list(self.assumed),
            "left_out": list(self.left_out),
        }


def rise(
    space: Workspace,
    unit: str,
    places: int,
    *,
    recipe: str | None = None,
    cohort: str | None = None,
    period: str | None = None,
    progress: Progress = silent,
) -> Advice:
    """The cheapest change by which a unit (code, 全称 or 简称) wins places on a board.

    cohort: that of the workspace's first board with the unit if not given; recipe: that of the
    cohort's board; period: the latest half-year with more than stray posts.
    Raises DataError for a unit that is not in the cohort or has fewer places before it,
    RecipeError for a wrong name or wrong levers.
    """
    levers, source = _levers(space)
    with Desk(space, parsed(period or latest(space))) as desk:
        progress("汇总数据")
        name = cohort or _home(desk, unit)
        contest = desk.contest(recipe or _usual(desk, name), name)
        code = str(contest.unit(unit)["code"])
        progress("寻找最省力的改法")
        found = search(
            contest.recipe,
            contest.inputs,
            code,
            places,
            levers=levers,
            known=_known(desk, contest.now, code),
            pool=contest.pool,
        )
        why = contest.now.why_missing(code) if found.outcome == "unranked" else ""
        return Advice(
            found=found,
            cohort=contest.cohort.name,
            period=desk.period.label,
            lake_version=desk.lake_version,
            roster_version=desk.roster.version,
            levers_from=source,
            reason="；".join(word for word in (why, found.reason) if word),
            assumed=_assumed(found, contest),
            left_out=_left_out(found),
        )


def _levers(space: Workspace) -> tuple[Levers, str]:
    own = space.path / FILE
    return (load(own), f"工作区的 {FILE}") if own.exists() else (load(), f"随附的 {FILE}")


_HALVES = """
SELECT year(published_at) AS year, CASE WHEN month(published_at) <= 6 THEN 1 ELSE 2 END AS half, count(*) AS posts
FROM posts
GROUP BY ALL
ORDER BY year, half
"""
_STRAY = 0.1
"""A half-year with fewer posts than this share of the fullest one's has strays only: files overlap their period."""


def latest(space: Workspace) -> str:
    """The latest half-year that has more than stray posts."""
    with space.lake.connect() as con:
        found = ask.rows(con, _HALVES)
    if not found:
        raise DataError("数据中没有发布内容，不知道看哪个周期", hint="写明 --period，如 --period 2015H1")
    most = max(one["posts"] for one in found)
    last = [one for one in found if one["posts"] >= _STRAY * most][-1]
    return f"{last['year']}H{last['half']}"


def _home(desk: Desk, word: str) -> str:
    """The cohort of the workspace's first board that the unit is on."""
    names = list(dict.fromkeys(wanted.cohort for wanted in desk.space.settings.boards))
    if not names:
        raise DataError("工作区设置中没有榜单，不知道在哪个范围里比", hint="用 --cohort 写明参评范围")
    every: list[str] = []
    for name in names:
        units = desk.units(cohorts.load(name, desk.space.path / "cohorts"), desk.period.end)
        if any(word in (unit["code"], unit["name"], unit["short_name"]) for unit in units):
            return name
        every += [str(unit["name"]) for unit in units]
    hint = suggest(word, every) or "用 --cohort 写明参评范围"
    raise DataError(f"各榜单（{'、'.join(names)}）中都没有单位“{word}”", hint=hint)


def _usual(desk: Desk, cohort: str) -> str:
    """The recipe of the workspace's board of a cohort."""
    for wanted in desk.space.settings.boards:
        if wanted.cohort == cohort:
            return wanted.recipe
    return _RECIPE


_QUERY = """
SELECT coalesce(reposts, 0) + coalesce(comments, 0) + coalesce(likes, 0) + coalesce(wow, 0)
    + coalesce(shares, 0) AS response
FROM posts
WHERE published_at >= $start AND published_at < $stop
    AND pub_month BETWEEN $first_month AND $last_month
    AND account_id IN (SELECT unnest($accounts))
    AND coalesce(reposts, comments, likes, wow, shares) IS NOT NULL
ORDER BY response
"""


def _known(desk: Desk, standing: Standing, code: str) -> Known:
    """The responses of each of the unit's posts, where the recipe asks their median, and what of its days is known."""
    rows = {platform: standing.rows.get((code, platform)) for platform in standing.recipe.platforms}
    accounts = {
        platform: float("nan") if row["coverage"] is None else row["coverage"] * row["accounts"]
        for platform, row in rows.items()
        if row
    }
    responses: dict[str, Floats] = {}
    asked = {leaf.platform for leaf in standing.recipe.leaves if "median_response" in leaf.names}
    for platform in sorted(asked) if standing.recipe.reading == "latest" else ():
        own = [
            str(one["account_id"])
            for one in standing.accounts
            if one["unit"] == code and one["family"] == platform
        ]
        values = bounds(desk.period).parameters() | {"accounts": own}
        found = ask.table(desk.con, _QUERY, values)["response"]
        responses[platform] = np.asarray(found.to_numpy(), dtype=np.float64)
    return Known(responses, accounts)


def _assumed(found: Rise, contest: Contest) -> tuple[str, ...]:
    """What the answer takes for granted."""
    if found.plan is None:
        return ()
    told = ["用本期数据倒推，假定其他单位都不变；别人也会进步，实际宜留余地"]
    steps = {step.lever.name for step in found.plan.steps}
    if steps:
        told.append(
            "成本和上限是声明的估计，不是测得的；随附的说明见 levers.toml，可复制到工作区改成本单位的"
        )
    if UPDATES in steps:
        told.append("补的更新每天一条，不算它带来新的阅读、转评赞，条均和单条互动中位数因此下降，都已计入")
    if steps - {UPDATES, "replied"}:
        told.append("内容做好了公众自会多回应，但这里一概不计")
    if steps & {"service_posts", "infographics"}:
        told.append("服务内容、一图解说由程序按词表识别；只凑词语而无实际内容的，不算落实")
    if found.plan.others:
        count = len(found.plan.others)
        told.append(f"本方案的得分相互牵连，另有 {count} 家的得分也随之变动，名次已一并重算")
    marks = contest.now.marks(found.code)
    if marks:
        told.append(f"本单位的数据有“{'、'.join(marks)}”，名次本身可能有出入")
    return tuple(told)


def _left_out(found: Rise) -> tuple[str, ...]:
    """What the answer did not look at."""
    if found.plan is None:
        return ()
    told = ["粉丝、阅读、转发、评论、点赞由公众决定，不列为可以做的事，也没有假定它们会变"]
    declared = {lever.name for lever in found.levers.levers}
    dropped = [lever.title for lever in load().levers if lever.name not in declared]
    if dropped:
        told.append(f"{FILE} 中没有声明的：{'、'.join(dropped)}")
    told += [
        f"{PLATFORMS.get(platform, '')}的{'、'.join(one.lever.title for one in together)}：{reason}"
        for (platform, reason), together in _grouped(found.plan.blocked).items()
    ]
    told.append("新开账号、合并账号、下属单位的活跃")
    return tuple(told)


def _grouped(blocked: Iterable[Blocked]) -> dict[tuple[str, str], list[Blocked]]:
    """Levers that cannot be moved, by platform and reason."""
    found: dict[tuple[str, str], list[Blocked]] = {}
    for one in blocked:
        found.setdefault((one.platform, one.reason), []).append(one)
    return found
