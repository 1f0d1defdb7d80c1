"""`robust`, `compare`: how firm a board is, and what moved between two periods."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, Top, chosen, folder
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

if TYPE_CHECKING:
    from jianwei.leaderboard.comparison import Comparison, Total
    from jianwei.workspace.robust import Steadiness

__all__ = ["compare", "register", "robust"]

_FACTORS = {
    "weights": "权重",
    "scale": "换算",
    "outlier": "离群处理",
    "missing": "缺失处理",
    "combine": "合成办法",
}
_COUNTS = {"posts": "发布", "reads": "阅读", "reposts": "转发", "comments": "评论", "likes": "点赞", "wow": "在看",
           "shares": "分享", "followers": "期末粉丝"}  # fmt: skip
_SHOWN = 30


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(robust, "指数与榜单")
    app.add(compare, "指数与榜单")


def robust(
    context: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="方案", help="见 jianwei recipes")],
    cohort: Annotated[
        str | None, typer.Option("--cohort", metavar="范围", help="参评范围，如 市直机关、区县")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="周期", help="如 2015H1、2015-06")] = None,
    table: Annotated[
        Path | None, typer.Option("--table", metavar="表", help="改用一张 CSV 或 XLSX 表，不需要工作区")
    ] = None,
    days: Annotated[
        float | None, typer.Option("--days", metavar="天数", min=1, help="表中没有 days 列时的天数")
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="次数", min=1, max=100_000, help="抽取多少组假设")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", metavar="种子", min=0, help="同一种子得到同一结果")] = 2015,
    weights: Annotated[
        float, typer.Option("--weights", metavar="幅度", min=0, max=0.99, help="权重变动的幅度")
    ] = 0.25,
    deep: Annotated[
        bool, typer.Option("--deep", help="再逐家去掉单位看是否颠倒他人先后，并分解各项假设的影响（Sobol）")
    ] = False,
    top: Top = None,
    as_json: Json = False,
) -> None:
    """名次经不经得起推敲：可比区间、分不出先后的单位、逐项去掉指标、等权对照。

    权重 ±25%，换算、离群、缺失、合成各取两种办法，每次随机组合，重新排名。
    例：`jianwei robust shuangwei-2015 --cohort 区县 --period 2015H1`
    例：`jianwei robust un-egdi --table egdi.csv --draws 10000 --json`
    """
    from jianwei.workspace import robust as verb

    asked = verb.Asked(draws, seed, weights, deep)
    with output.progress("抽取假设，重新排名", quiet=as_json) as told:
        if table is not None:
            own = folder(context)
            found, issues = verb.of_table(
                recipe,
                table,
                asked,
                folder=None if own is None else own / "recipes",
                days=days,
                progress=told,
            )
        elif cohort is None or period is None:
            raise DataError(
                "要写明 --cohort 和 --period，或用 --table 给一张表", hint="见 jianwei robust --help"
            )
        else:
            found, issues = verb.of_cohort(chosen(context), recipe, cohort, period, asked, progress=told), []
    if as_json:
        document = found.to_json()
        rows = [row for row in document["rows"] if top is None or row["rank"] <= top]
        output.document(document | {"rows": rows})
    else:
        _steadiness(found, top)
    output.issues(issues)
    raise typer.Exit(1 if any(issue.level == "error" for issue in issues) else 0)


def _steadiness(found: Steadiness, top: int | None) -> None:
    told = found.found
    rows = [
        (
            rank, name, output.interval((at.low, at.high)), at.median, f"{at.mean:.1f}", told.bands[code],
            found.equal.get(code),
        )
        for code, name, rank in zip(told.codes, told.names, told.nominal, strict=True)
        for at in (told.intervals[code],)
        if top is None or rank <= top
    ]  # fmt: skip
    title = " · ".join(word for word in (found.recipe.title, found.cohort, found.period) if word)
    columns = ("排名", "单位", "可比区间", "中位名次", "平均名次", "档", "等权对照")
    output.table(title, columns, rows, numbers=(0, 2, 3, 4, 5, 6))
    varied = "、".join(_FACTORS[name] for name in sorted(told.factors, key=list(_FACTORS).index))
    output.say(
        f"变动的假设：{varied}（权重 ±{found.variations.weights:.0%}），共 {told.draws:,} 次，种子 {told.seed}。"
        "可比区间含九成的抽取；同一档内的单位分不出先后。",
        style="dim",
    )
    removed = [(one.title, output.number(one.shift, 2), one.most) for one in found.removals[:_SHOWN]]
    output.table(
        "去掉一项指标，名次平均变动几位", ("去掉的指标", "平均变动", "最大变动"), removed, numbers=(1, 2)
    )
    if found.reversals is not None:
        names = dict(zip(told.codes, told.names, strict=True))
        words = "、".join(names[code] for code in found.reversals[:_SHOWN]) or "没有"
        output.say(f"退出后会颠倒其他单位先后的单位（{len(found.reversals)} 家）：{words}")
    if found.sensitivity is not None:
        shares = [
            (
                _FACTORS[name], f"{of.first[at]:.2f}", f"{of.first_low[at]:.2f} 至 {of.first_high[at]:.2f}",
                f"{of.total[at]:.2f}", f"{of.total_low[at]:.2f} 至 {of.total_high[at]:.2f}",
            )
            for name, (of, at) in found.sensitivity.items()
        ]  # fmt: skip
        heads = ("假设", "单独影响", "区间", "连同交互", "区间")
        output.table("名次变动由哪些假设引起（Sobol 指数）", heads, shares, numbers=(1, 3))
    if found.unranked:
        output.say(f"未参评 {len(found.unranked)} 家，不在其中", style="dim")


def compare(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="前期", help="较早的周期，如 2014H2")],
    after: Annotated[str, typer.Argument(metavar="后期", help="较晚的周期，如 2015H1")],
    recipe: Annotated[
        str | None, typer.Option("--recipe", metavar="方案", help="不写则用工作区设置中的各榜单")
    ] = None,
    cohort: Annotated[str | None, typer.Option("--cohort", metavar="范围", help="参评范围")] = None,
    top: Top = None,
    as_json: Json = False,
) -> None:
    """比较两个周期：两期都参评的单位谁升谁降、因何升降，新进与退出另列。

    总量只合计两期数据都完整的账号，按日均比较。
    例：`jianwei compare 2014H2 2015H1 --recipe shuangwei-2015 --cohort 区县`
    """
    from jianwei.workspace import compare as verb

    with output.progress("比较两期", quiet=as_json) as told:
        found = verb.periods(chosen(context), before, after, recipe=recipe, cohort=cohort, progress=told)
    if as_json:
        document = found.to_json()
        for one in document["boards"]:
            one["rows"] = [row for row in one["rows"] if top is None or row["rank"] <= top]
        output.document(document)
        return
    _totals(found.totals, found.before.label, found.after.label)
    for used, name, comparison in found.boards:
        _board(f"{used.title} · {name} · {found.before.label} → {found.after.label}", comparison, top)


def _totals(found: tuple[Total, ...], before: str, after: str) -> None:
    words = {"weibo": "微博", "wechat": "微信"}
    rows = [
        (
            words.get(one.platform, one.platform), _COUNTS[one.name], one.accounts, output.number(one.before),
            output.number(one.after), None if one.change is None else f"{one.change:+.1%}",
        )
        for one in found
    ]  # fmt: skip
    title = "总量（两期数据都完整的账号；增减按日均，粉丝按期末）"
    output.table(title, ("平台", "指标", "账号数", before, after, "增减"), rows, numbers=(2, 3, 4, 5))


def _board(title: str, found: Comparison, top: int | None) -> None:
    rows = [
        (
            one.rank, one.unit, one.rank_before, output.change(one.shift), output.number(one.score, 2),
            output.signed(one.gain),
            "，".join(f"{name} {output.signed(gain)}" for name, gain in one.reasons) or None,
        )
        for one in found.moved
        if top is None or one.rank <= top
    ]  # fmt: skip
    columns = ("位次", "单位", "前期位次", "升降", "得分", "得分增减", "主要原因")
    output.table(title, columns, rows, numbers=(0, 2, 3, 4, 5))
    if found.mean_shift is not None:
        words = f"两期都参评 {len(found.moved)} 家，位次只在其中比较，平均变动 {found.mean_shift:.1f} 位"
        output.say(words, style="dim")
    if not found.comparable:
        output.say("本方案的得分随当期参评单位换算，两期得分不能直接相减，只比位次", style="yellow")
    for word, others in (("新参评", found.entries), ("不再参评", found.exits)):
        for unit, reason in others[:_SHOWN]:
            output.say(f"  {word}  {unit}：{reason}", style="dim")
        if len(others) > _SHOWN:
            output.say(f"  …… 另有 {len(others) - _SHOWN} 家{word}，用 --json 查看", style="dim")
