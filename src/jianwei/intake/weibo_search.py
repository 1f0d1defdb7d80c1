"""weibo-search CSV: hits of keyword searches. Columns go by name; the layout grew from 16 to 21.

The order of counts is 转发, 评论, 点赞, unlike weibo-crawler's. An absent label was written as '0'
by the tool, so a zero is taken as it stands. A search never shows all posts of an account.
"""

from __future__ import annotations

from typing import Any

from jianwei.intake import values
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import cell_reader, numbered
from jianwei.intake.records import Record, Seen, marks
from jianwei.intake.source import Layout, Refused
from jianwei.model import account_id

__all__ = ["COLUMNS", "fits", "layout"]

COLUMNS: tuple[str, ...] = (
    "id", "bid", "user_id", "用户昵称", "微博正文", "头条文章url", "发布位置", "艾特用户", "话题", "转发数",
    "评论数", "点赞数", "发布时间", "发布工具", "微博图片url", "微博视频url", "retweet_id", "ip",
    "user_authentication", "会员类型", "会员等级",
)  # fmt: skip
"""The newest generation's columns, in order."""

_NEEDED = ("id", "user_id", "微博正文", "转发数", "评论数", "点赞数", "发布时间")
_VERSION = "1"


def fits(header: list[str]) -> bool:
    """Whether a header is one of this format's generations."""
    return set(_NEEDED) <= set(header)


def layout(grid: Grid, header: list[str]) -> Layout:
    """How to read a file of this header; the header row itself is already taken off the grid."""
    known = [name for name in header if name in COLUMNS]
    full = list(COLUMNS) if header == list(COLUMNS[: len(header)]) else header
    return Layout(
        format="weibo-search",
        era=f"{len(known)} 列",
        scope="search",
        version=_VERSION,
        lines=numbered(grid),
        parse=lambda row: _parse(row, header, full),
        retry=lambda line: line._replace(raw=grid.split(line.value).raw),
        notes=(("search_scope", "检索结果只是各账号发布内容的一部分，不能据以判断某账号没有发布"),),
    )


def _parse(row: Row, header: list[str], full: list[str]) -> list[Record] | None:
    cells = row.cells
    if cells == header:
        return None
    if row.broken:
        raise Refused("row_width", "", f"这一行不是完整的 CSV：{row.broken}", "请从来源重新导出")
    if len(cells) > len(full) or len(cells) < 13:
        what = f"有 {len(cells)} 格，本格式的行应有 16 至 {len(full)} 格"
        raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
    at = dict(zip(full, cells, strict=False))
    get = cell_reader(at)
    mid = get("id", values.identifier)
    uid = get("user_id", values.identifier)
    reposts, comments, likes = (get(name, values.count) for name in ("转发数", "评论数", "点赞数"))
    source = at.get("retweet_id")
    return [
        Seen(
            post_key=f"weibo:{mid}",
            account_id=account_id("weibo", uid),
            published_at=get.moment("发布时间"),
            original=None if source is None else not str(source).strip(),
            pictures=_links(at.get("微博图片url"), ","),
            video=_present(at.get("微博视频url")),
            long_text=_present(at.get("头条文章url")),
            repost_of=f"weibo:{str(source).strip()}" if source and str(source).strip() else None,
            reposts=reposts.value,
            comments=comments.value,
            likes=likes.value,
            censored=marks(reposts=reposts.censored, comments=comments.censored, likes=likes.censored),
            rounded=marks(reposts=reposts.rounded, comments=comments.rounded, likes=likes.rounded),
            account_name=values.text(at.get("用户昵称")),
            text=values.text(at.get("微博正文")),
            link=f"https://weibo.com/{uid}/{at['bid']}" if at.get("bid") else None,
            topics=values.text(at.get("话题")),
        )
    ]


def _links(cell: Any, mark: str) -> int | None:
    """How many links a cell holds; null where the column is not there."""
    if cell is None:
        return None
    text = str(cell).strip()
    return text.count(mark) + 1 if text and text != "无" else 0


def _present(cell: Any) -> bool | None:
    return None if cell is None else str(cell).strip() not in ("", "无")
