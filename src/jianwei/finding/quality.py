"""Findings on how well it was done: originals, forms, functions of posts (F5, N3)."""

from __future__ import annotations

from typing import Any

from jianwei.content import labels
from jianwei.coverage import bounds
from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding

__all__ = ["forms", "functions", "originals"]

_WHO = "参评单位的微博"


def originals(ground: Ground) -> list[Finding]:
    """F5.original_share: originals (not reposts) among the analysed Weibo posts."""
    definition = f"{_WHO}中原创（不是转发）的条数 ÷ 发布数；只计知道是否原创的账号"
    sql = (
        "SELECT cast(sum(a.originals) AS BIGINT) AS originals, cast(sum(a.posts) AS BIGINT) AS posts "
        "FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        "WHERE c.analysed AND c.platform = 'weibo' AND a.originals IS NOT NULL AND a.posts > 0"
    )
    row = ground.one(sql)
    if not row["posts"]:
        return [ground.absent("F5.original_share", "份额", definition, "来源没有记录是否原创", query=sql)]
    return [
        ground.finding(
            "F5.original_share",
            row["originals"] / row["posts"],
            "份额",
            definition,
            formula=f"{row['originals']} ÷ {row['posts']}",
            query=sql,
            rows=int(row["posts"]),
            detail=(
                {"kind": "原创", "posts": row["originals"], "share": row["originals"] / row["posts"]},
                {
                    "kind": "转发",
                    "posts": row["posts"] - row["originals"],
                    "share": 1 - row["originals"] / row["posts"],
                },
            ),
        )
    ]


_BY_LABEL = (
    "WITH labels AS (\n{labels}) "
    "SELECT l.{column} AS kind, count(*) AS posts FROM posts AS p "
    "JOIN labels AS l ON l.post_key = p.post_key "
    "JOIN census AS c ON c.account_id = p.account_id AND c.analysed{platform} "
    "JOIN of_accounts AS a ON a.account_id = p.account_id AND a.source IN ('posts', 'fragments') "
    "WHERE p.published_at >= $start AND p.published_at < $stop "
    "AND p.pub_month BETWEEN $first_month AND $last_month GROUP BY l.{column} ORDER BY l.{column}"
)


def _labelled(ground: Ground, column: str, *, weibo_only: bool) -> tuple[str, dict[str | None, int]]:
    sql = _BY_LABEL.format(
        labels=labels.query(),
        column=column,
        platform=" AND c.platform = 'weibo'" if weibo_only else "",
    )
    rows = ground.rows(sql)
    return sql, {row["kind"]: int(row["posts"]) for row in rows}


def forms(ground: Ground) -> list[Finding]:
    """F5: shares of multimedia, of pictures and long posts within it, and the change of 一图解说
    on the year before (in shares of all posts with a known form).
    """
    sql, kinds = _labelled(ground, "form", weibo_only=True)
    known = sum(n for kind, n in kinds.items() if kind)
    unknown = kinds.get(None, 0)
    multimedia = sum(n for kind, n in kinds.items() if kind and kind != "文字")
    pictured = sum(kinds.get(kind, 0) for kind in ("图片", "长微博"))
    about = f"（形式不明的 {unknown} 条不计）" if unknown else ""
    whole = f"{_WHO}中带图片、长微博、视频或一图解说的条数 ÷ 形式可知的条数{about}"
    part = f"{_WHO}中图片和长微博的条数 ÷ 多媒体条数"
    change = f"{_WHO}中一图解说所占份额，比上年同期的变化；只取两期都有内容的账号（固定样本）"
    if not known:
        reason = "来源没有记录图片、视频等形式"
        return [
            ground.absent("F5.multimedia_share", "份额", whole, reason, query=sql),
            ground.absent("F5.picture_share", "份额", part, reason, query=sql),
            ground.absent("F5.infographic_change", "百分点", change, reason, query=sql),
        ]
    detail = tuple(
        {"kind": kind, "posts": kinds.get(kind, 0), "share": kinds.get(kind, 0) / known}
        for kind in labels.FORMS
    )
    found = [
        ground.finding(
            "F5.multimedia_share",
            multimedia / known,
            "份额",
            whole,
            formula=f"{multimedia} ÷ {known}",
            query=sql,
            rows=known,
            detail=detail,
        )
    ]
    if multimedia:
        found.append(
            ground.finding(
                "F5.picture_share",
                pictured / multimedia,
                "份额",
                part,
                formula=f"{pictured} ÷ {multimedia}",
                query=sql,
                rows=multimedia,
                detail=detail,
            )
        )
    else:
        found.append(ground.absent("F5.picture_share", "份额", part, "本期没有多媒体微博", query=sql))
    found.append(_infographic_change(ground, change))
    return found


_EXPLAINING = (
    "WITH labels AS (\n{labels}) "
    "SELECT p.account_id AS account_id, count(l.form) AS posts, "
    "count(*) FILTER (WHERE l.form = '一图解说') AS explaining "
    "FROM posts AS p JOIN labels AS l ON l.post_key = p.post_key "
    "JOIN census AS c ON c.account_id = p.account_id AND c.analysed AND c.platform = 'weibo' "
    "JOIN of_accounts AS a ON a.account_id = p.account_id AND a.source IN ('posts', 'fragments') "
    "WHERE p.published_at >= $start AND p.published_at < $stop "
    "AND p.pub_month BETWEEN $first_month AND $last_month "
    "GROUP BY p.account_id HAVING count(l.form) > 0 ORDER BY p.account_id"
)


def _infographic_change(ground: Ground, definition: str) -> Finding:
    """The change of the share of 一图解说 on the year before, over accounts that posted in both periods."""
    before = ground.period.year_before()
    sql = _EXPLAINING.format(labels=labels.query())
    now, then = (
        {row["account_id"]: row for row in ground.rows(sql, **bounds(period).parameters())}
        for period in (ground.period, before)
    )
    panel = now.keys() & then.keys()
    if not panel:
        reason = f"没有账号在本期和上年同期（{before.label}）都有形式可知的微博"
        return ground.absent("F5.infographic_change", "百分点", definition, reason, query=sql)
    rows = []
    for label, counted in ((before.label, then), (ground.period.label, now)):
        posts, explaining = (sum(counted[one][name] for one in panel) for name in ("posts", "explaining"))
        rows.append({"period": label, "posts": explaining, "of": posts, "share": explaining / posts})
    return ground.finding(
        "F5.infographic_change",
        rows[1]["share"] - rows[0]["share"],
        "百分点",
        definition,
        formula=f"{rows[1]['posts']} ÷ {rows[1]['of']} − {rows[0]['posts']} ÷ {rows[0]['of']}（{len(panel)} 个账号）",
        query=sql,
        rows=rows[0]["of"] + rows[1]["of"],
        detail=tuple(rows),
    )


def functions(ground: Ground) -> list[Finding]:
    """N3.share: posts by function among those whose words tell it; the rule abstains on the others."""
    sql, kinds = _labelled(ground, "function", weibo_only=False)
    known = sum(n for kind, n in kinds.items() if kind)
    definition = "参评单位可归类的微博、微信内容按功能的份额；词表判不出功能的不归类"
    if not known:
        return [ground.absent("N3.share", "份额", definition, "本期没有可归类的内容文字", query=sql)]
    rows: list[dict[str, Any]] = [
        {"function": name, "posts": kinds.get(name, 0), "share": kinds.get(name, 0) / known}
        for name in labels.functions()
    ]
    rows.sort(key=lambda row: -row["posts"])
    return [
        ground.finding(
            "N3.share",
            {row["function"]: row["share"] for row in rows},
            "份额",
            definition,
            formula=f"各功能条数 ÷ {known}；另有 {kinds.get(None, 0)} 条未归类",
            query=sql,
            rows=known,
            detail=tuple(rows),
        )
    ]
