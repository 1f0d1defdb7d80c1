"""Boards by account as tables of the report: 分榜, 单项榜, 热文榜."""

from __future__ import annotations

from typing import Any

from jianwei.leaderboard import Leaderboard, lists
from jianwei.leaderboard.standing import Standing
from jianwei.model import PLATFORMS
from jianwei.table import Column, Table, column
from jianwei.workspace.desk import Desk
from jianwei.workspace.findings import Gathered

__all__ = ["TOP", "tables"]

TOP = 10
"""Rows of each list."""

_WEIBO: tuple[Column, ...] = (
    column("posts", "发布量", "count", unit="条"),
    column("original_share", "原创率", "percent", digits=1),
    column("reposts", "转发", "count"),
    column("comments", "评论", "count"),
    column("likes", "点赞", "count"),
    column("per_post", "条均互动", "number", digits=1),
    column("followers", "期末粉丝", "count"),
    column("new_followers", "净增", "count"),
    column("score", "BCI", "score", digits=2),
    column("change", "较上期", "change"),
)
_WECHAT: tuple[Column, ...] = (
    column("pushes", "推送次数", "count"),
    column("posts", "篇数", "count"),
    column("reads", "总阅读", "count", unit="次"),
    column("headline_reads", "头条阅读", "count", unit="次"),
    column("reads_per_post", "篇均阅读", "number", digits=0),
    column("max_reads", "最高阅读", "reads", unit="次"),
    column("likes", "点赞", "count"),
    column("score", "WCI 2.0", "score", digits=2),
    column("change", "较上期", "change"),
)
_SINGLES = {
    "weibo": (("posts", "发布", "条"), ("response", "互动", "次")),
    "wechat": (("posts", "发布", "篇"), ("reads", "阅读", "次")),
}


def tables(desk: Desk, gathered: Gathered) -> list[Table]:
    """The lists that have any row, Weibo before WeChat; empty ones are left out."""
    found: list[Table] = []
    versions = {"数据": desk.lake_version, "台账": desk.roster.version}
    for platform, board, columns in (
        ("weibo", gathered.weibo, _WEIBO),
        ("wechat", gathered.wechat, _WECHAT),
    ):
        if not board.rows:
            continue
        now = desk.standing(desk.recipe(board.recipe), desk.period, "account")
        found += [
            _listed(platform, board, now, columns, versions),
            *_singles(platform, now, versions),
            _hot(desk, platform, now, versions),
        ]
    return [table for table in found if table.rows]


def _listed(
    platform: str, board: Leaderboard, now: Standing, columns: tuple[Column, ...], versions: dict[str, str]
) -> Table:
    word = PLATFORMS[platform]
    rows = lists.account_list(board, now, top=TOP)
    kept = tuple(one for one in columns if any(row.get(one.key) is not None for row in rows))
    id = f"accounts:{platform}"
    marked = (column("marks", "备注"),) if any(row["marks"] for row in rows) else ()
    name = "公众号" if platform == "wechat" else "账号"
    return Table(
        id=id,
        title=f"{word}分榜（前{TOP}位）",
        columns=(
            column("rank", "排名", "rank"),
            column("account", name, "name"),
            *_owner(rows),
            *kept,
            *marked,
        ),
        rows=tuple(rows),
        key="key",
        note=f"{board.recipe_title}；参评账号 {len(board.rows)} 个，未参评 {len(board.unranked)} 个",
        definition=f"全部{word}账号按{board.recipe_title}排序，前 {TOP} 位，并列的全部列出",
        formula=board.recipe_title,
        query=now.measures.queries["posts"],
        rows_behind=sum(row["posts"] or 0 for row in rows),
        versions=versions | {"方案": f"{board.recipe} {board.recipe_hash}"},
    )


def _singles(platform: str, now: Standing, versions: dict[str, str]) -> list[Table]:
    owners = {str(unit["code"]): str(unit["name"]) for unit in now.roster.units.to_pylist()}
    found = []
    for measure, title, unit in _SINGLES[platform]:
        rows = lists.single(now, owners, measure, top=TOP)
        found.append(
            Table(
                id=f"single:{platform}.{measure}",
                title=f"{PLATFORMS[platform]}{title}榜（前{TOP}位）",
                columns=(
                    column("rank", "排名", "rank"),
                    column("account", "账号", "name"),
                    *_owner(rows),
                    column("value", title, "count", unit=unit),
                ),
                rows=tuple(rows),
                key="account_id",
                definition=f"全部{PLATFORMS[platform]}账号按{title}数排序，前 {TOP} 位，并列的全部列出",
                formula="由高到低",
                query=now.measures.queries["posts"],
                rows_behind=len(rows),
                versions=versions,
            )
        )
    return found


def _owner(rows: list[dict[str, Any]]) -> tuple[Column, ...]:
    """The column of owners, where any account is called otherwise than its unit."""
    return (column("unit", "主办单位"),) if any(row["unit"] != row["account"] for row in rows) else ()


def _hot(desk: Desk, platform: str, now: Standing, versions: dict[str, str]) -> Table:
    names = {str(account["account_id"]): str(account["name"]) for account in now.accounts}
    ids = [str(account["account_id"]) for account in now.accounts]
    posts = lists.hot_posts(desk.con, desk.period, platform, ids, top=TOP)
    rows = [
        post
        | {
            "order": place,
            "account": names[post["account_id"]],
            "title": _title(post["title"]),
        }
        for place, post in enumerate(posts, start=1)
    ]
    counts: tuple[Column, ...] = (
        (column("reads", "阅读", "reads"), column("likes", "点赞", "count"))
        if platform == "wechat"
        else (
            column("reposts", "转发", "count"),
            column("comments", "评论", "count"),
            column("likes", "点赞", "count"),
        )
    )
    capped = any("reads" in (post["censored"] or "") for post in posts)
    return Table(
        id=f"hot:{platform}",
        title=f"{PLATFORMS[platform]}热文榜（前{TOP}篇）",
        columns=(
            column("order", "序号", "rank"),
            column("title", "标题"),
            column("account", "账号", "name"),
            column("published_at", "发布时间", "time"),
            *counts,
        ),
        rows=tuple(rows),
        key="post_key",
        note="“10万+”为平台显示的上限，实际阅读数不详" if capped else "",
        definition="按阅读数排序" if platform == "wechat" else "按转发、评论、点赞之和排序",
        formula="由高到低",
        query=lists.hot_query(platform),
        rows_behind=len(rows),
        versions=versions,
    )


def _title(words: Any) -> str:
    text = " ".join(str(words or "（无文字）").split())
    return text if len(text) <= 36 else text[:35] + "…"
