"""Lists beside the composite boards: 分榜 by account, 单项榜 of one count, 热文榜 of posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jianwei.content import private
from jianwei.coverage import bounds
from jianwei.lake import ask
from jianwei.leaderboard.model import Leaderboard
from jianwei.leaderboard.standing import Standing
from jianwei.method.order import competition
from jianwei.period import Period

if TYPE_CHECKING:
    import duckdb

__all__ = ["account_list", "hot_posts", "hot_query", "single"]


def account_list(board: Leaderboard, now: Standing, *, top: int) -> list[dict[str, Any]]:
    """分榜: the first accounts of a board with the counts behind their index; ties at the cut kept."""
    found = []
    for row in board.rows:
        if (row.rank or 0) > top:
            break
        counts = now.rows[(row.code, row.code.split(":", 1)[0])]
        posts = counts["posts"]
        found.append(
            dict(counts)
            | {
                "rank": row.rank,
                "account": row.unit,
                "unit": row.owner,
                "score": row.score,
                "change": row.change,
                "marks": "、".join(row.marks),
                "original_share": _share(counts["originals"], posts),
                "per_post": _share(counts["response"], posts),
                "reads_per_post": _share(counts["reads"], posts),
            }
        )
    return found


def single(now: Standing, owners: Mapping[str, str], measure: str, *, top: int) -> list[dict[str, Any]]:
    """单项榜: accounts by one measure, 1-2-2-4; those without the measure are not on it."""
    import numpy as np

    known = [
        (account, value)
        for account in now.accounts
        if account["unit"] in owners
        and (row := now.rows.get((str(account["account_id"]), str(account["family"]))))
        and (value := row[measure]) is not None
    ]
    ranks = competition(np.array([float(value) for _, value in known], dtype=np.float64))
    rows = [
        {
            "rank": int(rank),
            "account": account["name"],
            "unit": owners[account["unit"]],
            "value": value,
            "account_id": account["account_id"],
        }
        for (account, value), rank in zip(known, ranks, strict=True)
    ]
    rows.sort(key=lambda row: row["rank"])
    return [row for row in rows if row["rank"] <= top]


_HOT = """
SELECT p.post_key AS post_key, p.account_id AS account_id, p.published_at AS published_at,
    coalesce(nullif(x.title, ''), x.text) AS title, p.reads AS reads, p.reposts AS reposts,
    p.comments AS comments, p.likes AS likes, p.wow AS wow, p.censored AS censored
FROM (
    SELECT *, {order} AS weight FROM posts
    WHERE published_at >= $start AND published_at < $stop AND platform = $platform
        AND pub_month BETWEEN $first_month AND $last_month
        AND account_id IN (SELECT unnest($accounts))
    QUALIFY {order} IS NOT NULL
        AND row_number() OVER (ORDER BY {order} DESC, published_at, post_key) <= $top
) AS p
LEFT JOIN texts AS x ON x.post_key = p.post_key
ORDER BY p.weight DESC, p.published_at, p.post_key
"""

_ORDERS = {"wechat": "reads", "weibo": "reposts + comments + likes"}


def hot_query(platform: str) -> str:
    """The SQL of a platform's 热文榜."""
    return _HOT.format(order=_ORDERS[platform])


def hot_posts(
    con: duckdb.DuckDBPyConnection,
    period: Period,
    platform: str,
    accounts: list[str],
    *,
    top: int,
) -> list[dict[str, Any]]:
    """热文榜: posts of these accounts with the most reads (微信) or responses (微博).

    Private data in titles is masked.
    """
    sql = hot_query(platform)
    values = bounds(period).parameters() | {"platform": platform, "accounts": accounts, "top": top}
    return [private.veil(row) for row in ask.rows(con, sql, values)]


def _share(part: Any, whole: Any) -> float | None:
    return part / whole if part is not None and whole else None
