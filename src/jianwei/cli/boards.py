"""`measures`, `posts`, `board`: numbers and boards of a workspace."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, Any

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, Top, chosen
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

__all__ = ["board", "measures", "posts", "register"]

_MOST = 200
"""Posts shown to people at most; --json has them all."""

Period = Annotated[str, typer.Option("--period", metavar="周期", help="如 2015H1、2015-06")]


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(measures, "数据")
    app.add(posts, "数据")
    app.add(board, "指数与榜单")


def measures(
    context: typer.Context,
    period: Period,
    age: Annotated[
        str, typer.Option("--age", metavar="时点", help="latest 最新读数；24h、7d、30d 取满该时长的读数")
    ] = "latest",
    as_json: Json = False,
) -> None:
    """各账号在周期内的基础数据：发布、阅读、转评赞、粉丝、数据完整度。

    例：`jianwei measures --period 2015-06 --json`
    例：`jianwei measures --period 2015-06 --age 7d`
    """
    from jianwei.workspace import board as verb

    with output.progress("汇总各账号的数据", quiet=as_json):
        found = verb.measures(chosen(context), period, age=age)
    if as_json:
        output.document(found)
        return
    columns = ("单位", "账号", "发布", "转发", "评论", "点赞", "阅读", "期末粉丝", "来源", "完整度")
    rows = [
        (
            row["unit"], row["account"],
            *(output.number(row[name]) for name in
              ("posts", "reposts", "comments", "likes", "reads", "followers")),
            _SOURCES[row["source"]], output.percent(row["share"]),
        )
        for row in found["rows"]
    ]  # fmt: skip
    output.table(f"基础数据 {found['period']}", columns, rows, numbers=(2, 3, 4, 5, 6, 7, 9))


_SOURCES = {"posts": "逐条", "totals": "汇总", "fragments": "检索片段", "none": "无数据"}


def posts(
    context: typer.Context,
    period: Period,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="编码、全称或简称")] = None,
    private: Annotated[
        bool, typer.Option("--private", help="只列含手机号、身份证、银行卡、邮箱的，并按账号计数")
    ] = False,
    as_json: Json = False,
) -> None:
    """周期内的发布内容，逐条。文中的手机号、身份证号、银行卡号和邮箱一律遮盖。

    例：`jianwei posts --period 2015-06 --unit 重庆市公安局`
    例：`jianwei posts --period 2015H1 --private`
    """
    from jianwei.workspace import board as verb

    found = verb.each_post(chosen(context), period, unit=unit, private_only=private)
    if private and not as_json:
        _private(list(found), period)
        return
    if as_json:
        output.document(found)
        return
    with output.progress("读取发布内容"):
        shown = list(islice(found, _MOST + 1))
    columns = ("发布时间", "账号", "标题或正文", "阅读", "转发", "评论", "点赞")
    rows = [
        (
            f"{row['published_at']:%Y-%m-%d %H:%M}", row["account"] or row["account_id"],
            _short(row["title"] or row["text"]),
            *(output.number(row[name]) for name in ("reads", "reposts", "comments", "likes")),
        )
        for row in shown[:_MOST]
    ]  # fmt: skip
    output.table(f"发布内容 {period}", columns, rows, numbers=(0, 3, 4, 5, 6))
    if not rows:
        output.say("这一周期没有发布内容")
    if len(shown) > _MOST:
        output.people(f"只显示前 {_MOST} 条，用 --json 取全部")


def _private(found: list[dict[str, Any]], period: str) -> None:
    """Print which accounts' posts hold private data, then the posts, masked."""
    from jianwei.content.private import KINDS
    from jianwei.workspace.privacy import tally

    if not found:
        output.say("这一周期的发布内容中没有发现手机号、身份证号、银行卡号和邮箱")
        return
    accounts = [
        (one["unit"], one["account"] or one["account_id"],
         *(output.number(one[name] or None) for name in ("posts", *KINDS)))
        for one in tally(found)
    ]  # fmt: skip
    output.table(f"含个人信息的发布内容 {period}，按账号", ("单位", "账号", "条数", *KINDS), accounts,
                 numbers=(2, 3, 4, 5, 6))  # fmt: skip
    rows = [
        (f"{row['published_at']:%Y-%m-%d %H:%M}", row["account"] or row["account_id"],
         "、".join(row["private"]), _short(row["title"] or row["text"]), row["post_key"])
        for row in found[:_MOST]
    ]  # fmt: skip
    output.table(
        f"共 {len(found):,} 条", ("发布时间", "账号", "含有", "标题或正文", "编号"), rows, numbers=(0,)
    )
    if len(found) > _MOST:
        output.people(f"只显示前 {_MOST} 条，用 --json 取全部")


def board(
    context: typer.Context,
    recipe: Annotated[str, typer.Argument(metavar="方案", help="见 jianwei recipes")],
    cohort: Annotated[str, typer.Option("--cohort", metavar="范围", help="参评范围，如 市直机关、区县")],
    period: Period,
    top: Top = None,
    by: Annotated[str, typer.Option("--by", metavar="unit|account", help="按单位或按账号")] = "unit",
    why: Annotated[
        str | None, typer.Option("--why", metavar="单位", help="说明这个单位为何在这个位次，直到具体内容")
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="次数", min=0, max=100_000, help="可比区间的抽取次数，0 为不算")
    ] = 1000,
    as_json: Json = False,
) -> None:
    """按方案为一个参评范围排榜，连同未参评的单位和原因。

    可比区间：权重、换算、离群、缺失、合成各项假设在声明的范围内变动时，名次有九成落在其中。
    例：`jianwei board shuangwei-2015 --cohort 区县 --period 2015H1 --top 10`
    例：`jianwei board shuangwei-2015 --cohort 区县 --period 2015H1 --why 沙坪坝区委宣传部`
    """
    from jianwei.workspace import board as verb

    if why is not None:
        from jianwei.cli import explained

        if by != "unit":
            raise DataError("--why 只用于按单位的榜单", hint="去掉 --by account")
        explained.show(chosen(context), recipe, cohort, period, why, draws=draws, as_json=as_json)
        return
    with output.progress("计分排名", quiet=as_json):
        found = verb.board(chosen(context), recipe, cohort, period, by=by, draws=draws)
    if as_json:
        output.document(found.to_json(top))
        return
    nodes = [code for code in found.node_titles if code in ("weibo", "wechat")]
    head = "账号" if by == "account" else "单位"
    owner = ("主办单位",) if by == "account" else ()
    spread = any(row.interval for row in found.rows)
    columns = (
        "排名",
        head,
        *owner,
        *(found.node_titles[code] for code in nodes),
        "指数",
        *(("可比区间",) if spread else ()),
        "较上期",
        "完整度",
        "备注",
    )
    rows = [
        (
            f"{row.rank}{'=' if row.tie else ''}", row.unit, *((row.owner,) if owner else ()),
            *(output.number(row.nodes.get(code), 2) for code in nodes), output.number(row.score, 2),
            *((output.interval(row.interval),) if spread else ()),
            output.change(row.change), output.percent(row.coverage), "、".join(row.marks),
        )
        for row in found.rows
        if top is None or (row.rank or 0) <= top
    ]  # fmt: skip
    first = 2 + len(owner)
    title = f"{found.recipe_title} · {found.cohort_title} · {found.period.chinese}"
    if rows:
        output.table(title, columns, rows, numbers=(0, *range(first, first + len(nodes) + 3 + spread)))
    else:
        output.say(f"{title}：没有可以排名的{head}", style="bold")
    output.say(
        f"参评 {len(found.rows)} 家，未参评 {len(found.unranked)} 家；方案 {found.recipe} {found.recipe_hash}，"
        f"数据版本 {found.lake_version}，台账版本 {found.roster_version}",
        style="dim",
    )
    for one in found.unranked[:20]:
        output.say(f"  未参评  {one.unit}：{one.reason}", style="dim")
    if len(found.unranked) > 20:
        output.say(f"  …… 另有 {len(found.unranked) - 20} 家未参评，用 --json 查看", style="dim")


def _short(words: str | None) -> str:
    text = " ".join((words or "").split())
    return text if len(text) <= 40 else text[:39] + "…"
