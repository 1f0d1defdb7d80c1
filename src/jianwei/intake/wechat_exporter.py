"""wechat-article-exporter: articles of WeChat accounts as a table (XLSX, CSV) or as raw JSON objects.

Its 喜欢 is the heart that took the place of 在看. It writes 0 where it could not parse a number: an
article whose counts are all 0 was not fetched.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import values
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.objects import Objects
from jianwei.intake.records import Record, Seen
from jianwei.intake.source import Layout, Note
from jianwei.intake.wechat_link import Article, article
from jianwei.model import account_id

__all__ = ["ARTICLES", "fits", "layout"]

_VERSION = "1"
_NEEDED = frozenset(("链接", "标题", "发布时间", "阅读", "点赞", "分享", "喜欢", "留言"))
_COUNTS = {"reads": "阅读", "likes": "点赞", "shares": "分享", "wow": "喜欢", "comments": "留言"}
_RAW_COUNTS = {"reads": "readNum", "likes": "oldLikeNum", "shares": "shareNum", "wow": "likeNum",
               "comments": "commentNum"}  # fmt: skip
_ORIGINAL = "原创"
_FILMS = frozenset(("视频分享",))
_PICTURES = frozenset(("图片分享",))
_NOTE = Note("not_fetched", "各项全为 0 的文章可能是工具没有取到读数，按未掌握处理")


def fits(header: list[str]) -> bool:
    """Whether a header is this tool's."""
    return set(header) >= _NEEDED


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a table; the header row itself is already taken off the grid.

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
        return [_of_table(dict(zip(header, cells, strict=False)))]

    return Layout(
        format="wechat-article-exporter",
        era="有公众号列" if "公众号" in header else "2025-11 前，无公众号列",
        scope="listing",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(_NOTE,),
    )


def _of_table(at: Mapping[str, Any]) -> Seen:
    get = CellReader(at)
    kind = get("文章类型", values.text) or ""
    told = article(at.get("链接"), "链接")
    return _seen(
        told,
        counted(get, _COUNTS),
        published_at=get.moment("发布时间"),
        declared_original=_declared(get("是否原创", values.text)) if "是否原创" in at else None,
        video=True if kind in _FILMS else None,
        pictures=1 if kind in _PICTURES else None,
        account_name=get("公众号", values.text),
        title=get("标题", values.text),
        text=get("文章内容", values.text) or get("摘要", values.text),
    )


def _declared(word: str | None) -> bool | None:
    return None if word is None else word.strip() == _ORIGINAL


def _seen(told: Article, counts: dict[str, Any], **known: Any) -> Seen:
    if not any(counts[field] for field in _COUNTS):
        counts = {}
    return Seen(
        post_key=told.key,
        account_id=account_id("wechat", told.biz),
        headline=told.headline,
        read_basis="views" if counts.get("reads") is not None else None,
        link=told.link,
        **counts,
        **known,
    )


class _Articles:
    """The tool's JSON: an array of the platform's own objects, with the counts the tool has fetched."""

    def fits(self, objects: Objects) -> bool:
        """Whether the sampled objects are articles as the platform's back end lists them."""
        return objects.have("aid", "appmsgid", "itemidx", "link", "title")

    def layout(self, objects: Objects, given: Given) -> Layout:
        """How to read the array."""
        del given
        return Layout(
            format="wechat-article-exporter-json",
            era="有读数" if any("readNum" in one for one in objects.samples) else "无读数",
            scope="listing",
            version=_VERSION,
            rows=iter(objects),
            parse=self.parse,
            notes=(_NOTE,),
        )

    def parse(self, row: Row) -> list[Record] | None:
        """An article; the deleted ones are articles too."""
        whole(row)
        at = row.cells
        if not isinstance(at, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", "请从来源重新导出")
        get = CellReader(at)
        told = article(_with_account(at), "link")
        stated = [get(name, values.count).value for name in ("copyright_stat", "copyright_type")]
        return [
            _seen(
                told,
                counted(get, _RAW_COUNTS),
                published_at=get.moment("update_time" if at.get("update_time") else "create_time"),
                declared_original=None if None in stated else stated == [1, 1],
                account_name=get("_accountName", values.text),
                title=get("title", values.text),
                text=get("digest", values.text),
            )
        ]


def _with_account(at: Mapping[str, Any]) -> str:
    """The link with the whole `__biz`, which the object tells apart as `fakeid`."""
    link, biz = str(at.get("link") or ""), at.get("fakeid")
    if isinstance(biz, str) and biz and f"__biz={biz}" not in link:
        query = f"?__biz={biz}&mid={at.get('appmsgid')}&idx={at.get('itemidx')}"
        return f"https://mp.weixin.qq.com/s{query}"
    return link


ARTICLES = _Articles()
