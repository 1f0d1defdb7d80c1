"""Social Feed Manager's Weibo export: harvested posts as CSV or XLSX, with 转发 as the only count.

A harvest is a search or what one user's feed showed; the file does not say which, so that it is never
taken for all posts of an account. `followers_count` is left aside: when it was seen is not recorded,
and it differs from row to row.
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
_NEEDED = frozenset(("created_at", "weibo_id", "screen_name", "reposts_count", "weibo_url", "text"))
_NOTE = Note("search_scope", "采集结果只是各账号发布内容的一部分，不能据以判断某账号没有发布")


def fits(header: list[str]) -> bool:
    """Whether a header is this tool's."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read an export; the header row itself is already taken off the grid.

    Raises DataError where a column stands twice.
    """
    given.once(header)

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
        format="SFM",
        era=f"{len([name for name in header if name])} 列",
        scope="search",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(_NOTE,),
    )


def _seen(at: Mapping[str, Any]) -> Seen:
    get = CellReader(at)
    link = weibo_link.post(at.get("weibo_url"), "weibo_url")
    if not values.blank(at.get("weibo_id")):
        told = get("weibo_id", values.number_id)
        if told != link.mid:
            what = f"weibo_id“{told}”与链接里的编号 {link.mid} 不符"
            raise Refused("mangled_id", "weibo_id", what, values.AS_TEXT)
    return Seen(
        post_key=f"weibo:{link.mid}",
        account_id=account_id("weibo", link.uid),
        published_at=get.moment("created_at"),
        original=values.blank(at["retweeted_text"]) if "retweeted_text" in at else None,
        **counted(get, {"reposts": "reposts_count"}),
        account_name=get("screen_name", values.text),
        text=get("text", values.text),
        link=f"https://weibo.com/{link.uid}/{link.mid}",
        topics=get("topics", values.text),
    )
