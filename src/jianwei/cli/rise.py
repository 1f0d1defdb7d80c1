"""`rise`: what a unit would have to change to win places (提升建议)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual

if TYPE_CHECKING:
    from jianwei.robust.plan import Plan, Rise
    from jianwei.workspace.rise import Advice

__all__ = ["register", "rise"]


def register(app: Manual) -> None:
    """Add the command of this file to the app."""
    app.add(rise, "指数与榜单")


def rise(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="单位", help="编码、全称或简称")],
    places: Annotated[int, typer.Option("--places", metavar="K", min=1, help="要前进几名")] = 1,
    recipe: Annotated[
        str | None, typer.Option("--recipe", metavar="方案", help="不写则用工作区设置中该范围榜单的方案")
    ] = None,
    cohort: Annotated[
        str | None, typer.Option("--cohort", metavar="范围", help="参评范围；不写则用单位所在的第一个榜单")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="周期", help="如 2015H1、2015-06；不写则用最近有数据的半年"),
    ] = None,
    as_json: Json = False,
) -> None:
    """提升建议：只靠单位自己能做的事，最省力地前进 K 名要改什么；改后全榜重新计分核对。

    可以动的只有更新（有更新的天数）、原创、声明原创、服务内容、一图解说、回复，不靠刷量；
    各项的成本、上限和理由见随附的 `levers.toml`，工作区中放一份同名文件即以它为准。
    做不到时说明最多能到第几名；未参评的说明原因。
    例：`jianwei rise 九龙坡区委宣传部 --places 2 --recipe shuangwei-2015 --cohort 区县 --period 2015H1`
    """
    from jianwei.workspace import rise as verb

    with output.progress("汇总数据", quiet=as_json) as told:
        advice = verb.rise(
            chosen(context), unit, places, recipe=recipe, cohort=cohort, period=period, progress=told
        )
    if as_json:
        output.document(advice.to_json())
        return
    _show(advice)


def _show(advice: Advice) -> None:
    found = advice.found
    output.say(f"提升建议：{found.name} · {advice.cohort} · {advice.period}", style="bold")
    output.say(
        f"方案 {found.recipe.title}（{found.recipe.name} {found.recipe.hash}），参评 {found.ranked} 家；"
        f"{advice.levers_from}（版本 {found.levers.version}）",
        style="dim",
    )
    if found.plan is None:
        _nothing(advice)
        return
    _answer(found, found.plan)
    for word, lines in (("前提", advice.assumed), ("没有考虑", advice.left_out)):
        output.say(f"{word}：")
        for line in lines:
            output.say(f"  · {line}", style="dim")


def _nothing(advice: Advice) -> None:
    """Why there is nothing to advise."""
    found = advice.found
    if found.rank is None:
        output.say(f"未参评，没有名次可以提升：{advice.reason}", style="yellow")
        output.say("先补齐数据或台账，再看提升建议；缺什么见 jianwei status、jianwei registry check")
    else:
        output.say(f"现居第 1 名，{found.score:.2f} 分，前面没有名次可进")


def _answer(found: Rise, plan: Plan) -> None:
    """What to do and where it leads."""
    output.say(
        f"现居第 {found.rank} 名，{found.score:.2f} 分；目标第 {plan.target} 名，须超过 {plan.to_pass:.2f} 分"
    )
    won = (found.rank or 0) - plan.best_rank
    if not plan.enough:
        output.say(
            f"在声明的上限以内没有办法前进 {found.places} 名：能做的都做了约到 {plan.best_score:.2f} 分，"
            + (f"最多前进 {won} 名，到第 {plan.best_rank} 名" if won else "一名也前进不了"),
            style="yellow",
        )
        if not plan.steps:
            return
        output.say(f"要前进 {won} 名，最省力的改法：")
    else:
        output.say("最省力的改法：")
    unit = found.levers.cost_unit
    rows = [
        (_on(step.platform, step.lever.title) + ("（有更新的天数）" if step.lever.more else ""),
         output.number(step.start), output.number(step.end), f"+{step.end - step.start:,.0f}",
         output.number(step.cost, 1), output.signed(step.points), step.lever.why)
        for step in plan.steps
    ]  # fmt: skip
    columns = ("可做的事", "现在", "改为", "增加", f"成本（{unit}）", "带来的分", "成本的理由")
    output.table("", columns, rows, numbers=(1, 2, 3, 4, 5))
    moves = [
        (move.title, *(f"{value:.4g}" for value in move.raw), *(f"{value:.3f}" for value in move.scaled))
        for move in plan.moves
    ]
    output.table(
        "随之变动的指标", ("指标", "现值", "改后", "现换算分", "改后换算分"), moves, numbers=(1, 2, 3, 4)
    )
    output.say(
        f"合计 {plan.cost:,.1f} {unit}。按这样改后全榜重新计分：第 {found.rank} 名 → 第 {plan.new_rank} 名，"
        f"{found.score:.2f} 分 → {plan.new_score:.2f} 分",
        style="bold",
    )


def _on(platform: str, title: str) -> str:
    """A lever with its platform in front."""
    from jianwei.model import PLATFORMS

    return f"{PLATFORMS[platform]}{title}" if platform in PLATFORMS else title
