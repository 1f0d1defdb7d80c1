"""weibo-search CSV: hits of keyword searches. The layout grew from 16 to 21 columns, and later runs
append wider rows below an older header, so the tool's own rows are read by their width.

The order of counts is 转发, 评论, 点赞, unlike weibo-crawler's. An absent label was written as '0'
by the tool, so a zero is taken as it stands. A search never shows all posts of an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values, weibo_id
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Audience, Record, Seen, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["COLUMNS", "NEEDED", "fits", "layout", "records"]

COLUMNS: tuple[str, ...] = (
    "id", "bid", "user_id", "用户昵称", "微博正文", "头条文章url", "发布位置", "艾特用户", "话题", "转发数",
    "评论数", "点赞数", "发布时间", "发布工具", "微博图片url", "微博视频url", "retweet_id", "ip",
    "user_authentication", "会员类型", "会员等级",
)  # fmt: skip
"""The newest generation's columns, in order."""

NEEDED: tuple[str, ...] = ("id", "user_id", "微博正文", "转发数", "评论数", "点赞数", "发布时间")
"""Columns that every generation has."""

_VERSION = "3"
_UNCERTIFIED = "普通用户"
_MARKS = frozenset(("蓝V", "黄V", "红V", "金V", _UNCERTIFIED))
"""Marks beside a name: blue for institutions of any kind, the others for persons."""

_GENERATIONS: dict[int, tuple[str, ...]] = {
    16: tuple(name for name in COLUMNS[:17] if name != "头条文章url"),
    **{width: COLUMNS[:width] for width in (17, 18, 19, 21)},
}


def fits(header: list[str]) -> bool:
    """Whether a header is one of this format's generations, or one of them with columns of the user's own."""
    return set(NEEDED) <= set(header)


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a file of this header; the header row itself is already taken off the grid.

    Raises DataError for a header that has a column twice.
    """
    given.once(name for name in header if name in COLUMNS)
    own = tuple(header) != _GENERATIONS.get(len(header))
    shapes = {len(header): tuple(header)} if own or grid.padded else _GENERATIONS

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        cells = ["" if cell is None else cell for cell in row.cells] if grid.padded else row.cells
        if "发布时间" in cells and fits(cells):
            return None
        if row.cut and len(cells) < len(header):
            raise half(row, len(header))
        names = header if grid.padded else shapes.get(len(cells))
        if names is None:
            what = f"有 {len(cells)} 格，不是这个文件的行宽（{'、'.join(map(str, shapes))}）"
            raise Refused("row_width", "", what, "常见原因是行被截断，或正文里的逗号没有加引号")
        at = dict(zip(names, cells, strict=False))
        return records(at)

    return Layout(
        format="weibo-search",
        era=f"{len([name for name in header if name in COLUMNS])} 列",
        scope="search",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(Note("search_scope", "检索结果只是各账号发布内容的一部分，不能据以判断某账号没有发布"),),
    )


def records(at: Mapping[str, Any]) -> list[Record]:
    """A hit and what it says of its author, from the tool's columns by name. Raises Refused."""
    post = _seen(at)
    return [post, *_certified(at, post.account_id)]


def _seen(at: Mapping[str, Any]) -> Seen:
    get = CellReader(at)
    mid = get("id", values.number_id)
    bid = weibo_id.checked(at.get("bid"), mid)
    if bid is None:
        raise Refused("mangled_id", "id", f"id“{mid}”与 bid 不符，末几位被 Excel 改动过", values.AS_TEXT)
    uid = get("user_id", values.number_id)
    published = get.moment("发布时间")
    reposts, comments, likes = (get(name, values.count) for name in ("转发数", "评论数", "点赞数"))
    source = at.get("retweet_id")
    if source is not None:
        source = "" if values.blank(source) else get("retweet_id", values.number_id)
    return Seen(
        post_key=f"weibo:{mid}",
        account_id=account_id("weibo", uid),
        published_at=published,
        original=None if source is None else not source,
        pictures=_links(at.get("微博图片url")),
        video=_present(at.get("微博视频url")),
        long_text=_present(at.get("头条文章url")),
        repost_of=f"weibo:{source}" if source else None,
        reposts=reposts.value,
        comments=comments.value,
        likes=likes.value,
        censored=marks(reposts=reposts.censored, comments=comments.censored, likes=likes.censored),
        rounded=marks(reposts=reposts.rounded, comments=comments.rounded, likes=likes.rounded),
        account_name=get("用户昵称", values.text),
        text=get("微博正文", values.text),
        link=f"https://weibo.com/{uid}/{bid}" if bid else None,
        topics=get("话题", values.text),
    )


def _certified(at: Mapping[str, Any], account: str) -> list[Record]:
    """Whether the author is certified, by the mark beside the name; nothing where a row has none."""
    mark = str(at.get("user_authentication") or "").strip().upper()
    if mark not in _MARKS:
        return []
    known = mark != _UNCERTIFIED
    return [Audience(account, None, "row", None, verified=known, verified_type=mark)]


def _links(cell: Any) -> int | None:
    """How many links a cell holds; null where the column is not there."""
    if cell is None:
        return None
    text = str(cell).strip()
    return text.count(",") + 1 if text and text != "无" else 0


def _present(cell: Any) -> bool | None:
    return None if cell is None else str(cell).strip() not in {"", "无"}
