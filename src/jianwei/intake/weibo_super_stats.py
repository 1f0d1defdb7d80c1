"""weibo_super_stats' `weibo_posts`: posts of a super topic as CSV or XLSX, known by their links.

The tool counts the author's own replies (楼主回复数) among the comments it has loaded; the model has no
field for them, and they are said to be left aside rather than counted as something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values, weibo_link
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Record, Seen
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_NEEDED = frozenset(("作者昵称", "帖子发送时间", "帖子链接", "帖子内容", "转发数", "评论总数", "点赞数"))
_REPLIES = "楼主回复数"
_COUNTS = {"reposts": "转发数", "comments": "评论总数", "likes": "点赞数"}
_SCOPE = Note("search_scope", "超话里的帖子只是各账号发布内容的一部分，不能据以判断某账号没有发布")
_ASIDE = Note("replies_aside", "「楼主回复数」只统计工具当时载入的评论，未读入，不作为回复量")


def fits(header: list[str]) -> bool:
    """Whether a header is this tool's."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a table of posts; the header row itself is already taken off the grid.

    Raises DataError where a column stands twice.
    """
    given.once(name for name in header if name in _NEEDED)

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells]
        if cells[: len(header)] == header:
            return None
        if not grid.padded and len(cells) != len(header):
            if row.cut and len(cells) < len(header):
                raise half(row, len(header))
            what = f"有 {len(cells)} 格，表头有 {len(header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
        return [_seen(dict(zip(header, cells, strict=False)))]

    return Layout(
        format="weibo_super_stats",
        era="有楼主回复数" if _REPLIES in header else "无楼主回复数",
        scope="search",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(_SCOPE, _ASIDE) if _REPLIES in header else (_SCOPE,),
    )


def _seen(at: Mapping[str, Any]) -> Seen:
    get = CellReader(at)
    link = weibo_link.post(at.get("帖子链接"), "帖子链接")
    return Seen(
        post_key=f"weibo:{link.mid}",
        account_id=account_id("weibo", link.uid),
        published_at=get.moment("帖子发送时间"),
        pictures=_links(at["原图链接"]) if "原图链接" in at else None,
        **counted(get, _COUNTS),
        account_name=get("作者昵称", values.text),
        text=get("帖子内容", values.text),
        link=f"https://weibo.com/{link.uid}/{link.mid}",
    )


def _links(cell: Any) -> int:
    """How many pictures a cell names; the tool parts them by commas, semicolons or line ends."""
    return str(cell or "").count("http")
