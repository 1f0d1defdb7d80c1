"""wechatDownload CSV: articles of WeChat accounts, each known by its link.

`0,0,0,{}` is how the tool writes that it has not fetched the counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Record, Seen
from jianwei.intake.source import Layout, Note
from jianwei.intake.wechat_link import article
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_NEEDED = frozenset(("title", "url", "time", "read_num", "like_num"))
_COUNTS = {"reads": "read_num", "likes": "like_num", "shares": "share_num", "comments": "comment_count"}
_NAMES = ("nickname", "account", "name", "公众号")


def fits(header: list[str]) -> bool:
    """Whether a header is this tool's."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a file; the header row itself is already taken off the grid.

    Raises DataError where a column stands twice.
    """
    given.once(header)

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells]
        if cells[: len(header)] == header:
            return None
        if row.lines and len(cells) != len(header):
            if row.cut and len(cells) < len(header):
                raise half(row, len(header))
            what = f"有 {len(cells)} 格，表头有 {len(header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或标题里的逗号没有加引号")
        return [_seen(dict(zip(header, cells, strict=False)))]

    return Layout(
        format="wechatDownload",
        era=f"{len(header)} 列",
        scope="listing",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(Note("not_fetched", "各项全为 0 的文章是工具没有取到读数，按未掌握处理"),),
    )


def _seen(at: Mapping[str, Any]) -> Seen:
    get = CellReader(at)
    told = article(at.get("url"), "url")
    counts = counted(get, {field: name for field, name in _COUNTS.items() if name in at})
    if not any(counts.get(field) for field in _COUNTS):
        counts = {}
    name = next((get(column, values.text) for column in _NAMES if column in at), None)
    return Seen(
        post_key=told.key,
        account_id=account_id("wechat", told.biz),
        published_at=get.moment("time"),
        headline=told.headline,
        read_basis="views" if counts.get("reads") is not None else None,
        **counts,
        account_name=name,
        title=get("title", values.text),
        link=told.link,
    )
