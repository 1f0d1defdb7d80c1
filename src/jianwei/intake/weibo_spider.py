"""weiboSpider (cookie edition) CSV: one account's timeline, its posts known by their bid.

The header is written again with every run. The order of counts is 点赞, 转发, 评论.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values, weibo_id
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Record, Seen
from jianwei.intake.source import Layout
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_NEEDED = frozenset(("微博id", "微博正文", "发布时间", "点赞数", "转发数", "评论数"))
_ORIGINAL = "是否为原创微博"
_NOTHING = frozenset(("", "无"))


def fits(header: list[str]) -> bool:
    """Whether a header is this tool's."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read an account's file; the header row itself is already taken off the grid.

    Raises DataError where nobody says whose it is, or a column stands twice.
    """
    given.once(header)
    uid, name = given.owner("weiboSpider 的微博文件")

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells]
        if set(map(str, cells)) >= _NEEDED:
            return None
        if row.lines and len(cells) != len(header):
            if row.cut and len(cells) < len(header):
                raise half(row, len(header))
            what = f"有 {len(cells)} 格，表头有 {len(header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
        return [_seen(dict(zip(header, cells, strict=False)), uid, name, flagged=_ORIGINAL in header)]

    return Layout(
        format="weiboSpider",
        era="全部微博" if _ORIGINAL in header else "只含原创",
        scope="timeline",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
    )


def _seen(at: Mapping[str, Any], uid: str, name: str | None, *, flagged: bool) -> Seen:
    get = CellReader(at)
    word = get("微博id", values.text) or ""
    try:
        mid = weibo_id.mid(word)
    except ValueError as error:
        what = f"“{values.shown(word)}”不是微博的短编号"
        raise Refused("bad_id", "微博id", what, "请从来源重新导出") from error
    return Seen(
        post_key=f"weibo:{mid}",
        account_id=account_id("weibo", uid),
        published_at=get.moment("发布时间"),
        original=get(_ORIGINAL, values.truth) if flagged else True,
        pictures=_links(at.get("原始图片url")),
        video=_there(at.get("微博视频url")),
        long_text=_there(at.get("头条文章url")) if "头条文章url" in at else None,
        **counted(get, {"likes": "点赞数", "reposts": "转发数", "comments": "评论数"}),
        account_name=name,
        text=get("微博正文", values.text),
        link=f"https://weibo.com/{uid}/{word}",
    )


def _links(cell: Any) -> int:
    text = str(cell or "").strip()
    return 0 if text in _NOTHING else text.count(",") + 1


def _there(cell: Any) -> bool:
    return str(cell or "").strip() not in _NOTHING
