"""What a workspace holds: rows by table, posts by platform and month, quarantine, versions."""

from __future__ import annotations

from typing import Any

from jianwei.content import private
from jianwei.errors import DataError
from jianwei.lake import ask
from jianwei.model import PLATFORMS
from jianwei.workspace.space import Workspace

__all__ = ["TITLES", "status"]

TITLES: dict[str, str] = {
    "readings": "读数（每条内容每次取数）",
    "texts": "标题与正文",
    "posts": "发布内容",
    "totals": "汇总读数",
    "followers": "粉丝读数",
    "comments": "评论",
    "quarantine": "待处理记录",
    "imports": "导入的文件",
}
"""Tables of the lake as screens call them."""

_QUARANTINE = (
    "SELECT code, min(reason) AS reason, count(*) AS rows, count(DISTINCT source_file) AS files "
    "FROM quarantine GROUP BY code ORDER BY rows DESC, code"
)


def status(space: Workspace) -> dict[str, Any]:
    """Counts by table, platform and month; quarantine by cause; registry and versions."""
    lake = space.lake
    counts = lake.counts()
    with lake.connect() as con:
        # A reason quotes the cell, and in a shifted row the cell may be the post's text.
        quarantine = [row | {"reason": private.mask(row["reason"])} for row in ask.rows(con, _QUARANTINE)]
        accounts = {
            row[0]
            for row in con.execute(
                "SELECT account_id FROM posts UNION SELECT account_id FROM totals "
                "UNION SELECT account_id FROM followers"
            ).fetchall()
        }
    registry, version = None, ""
    try:
        roster = space.roster
    except DataError:
        pass
    else:
        version = roster.version
        known = set(roster.accounts["account_id"].to_pylist())
        registry = {
            "units": roster.units.num_rows,
            "accounts": roster.accounts.num_rows,
            "unknown_accounts": len(accounts - known),
        }
    return {
        "path": space.path,
        "tables": {name: counts["tables"][name] for name in TITLES},
        "posts": [row | {"platform_name": PLATFORMS.get(row["platform"], "")} for row in counts["posts"]],
        "first_published": counts["first_published"],
        "last_published": counts["last_published"],
        "last_observed": counts["last_observed"],
        "quarantine": quarantine,
        "unsettled": counts["unsettled"],
        "registry": registry,
        "lake_version": counts["lake_version"],
        "roster_version": version,
    }
