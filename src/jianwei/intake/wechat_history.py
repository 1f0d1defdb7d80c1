"""The push history of a WeChat account, one push an object: what was published when, without counts."""

from __future__ import annotations

from typing import Any

from jianwei.intake import values
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused, whole
from jianwei.intake.objects import Objects
from jianwei.intake.records import Record, Seen
from jianwei.intake.source import Layout, Note
from jianwei.intake.wechat_link import article
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_ARTICLES = "49"
_ORIGINAL = "11"
_AGAIN = "请从来源重新导出"


def fits(objects: Objects) -> bool:
    """Whether the sampled objects are pushes, alone or in a `list`."""
    held = objects.document.get("list")
    if isinstance(held, list) and held and isinstance(held[0], dict):
        return "comm_msg_info" in held[0]
    return objects.have("comm_msg_info")


def layout(objects: Objects, given: Given) -> Layout:
    """How to read the pushes."""
    del given
    held = objects.document.get("list")
    pushes = [Row(place, one) for place, one in enumerate(held, 1)] if isinstance(held, list) else objects
    return Layout(
        format="wechat-history",
        era="推送历史",
        scope="timeline",
        version=_VERSION,
        rows=iter(pushes),
        parse=_parse,
        notes=(Note("no_counts", "推送历史只有标题和时间，没有阅读等读数"),),
    )


def _parse(row: Row) -> list[Record] | None:
    whole(row)
    push = row.cells
    common = push.get("comm_msg_info") if isinstance(push, dict) else None
    if not isinstance(common, dict):
        raise Refused("bad_record", "", "不是一条完整的推送", _AGAIN)
    if str(common.get("type")) != _ARTICLES:
        raise Refused(
            "no_article", "type", "不是图文推送（文字、图片、语音或视频），没有文章链接", "不必处理"
        )
    first = push.get("app_msg_ext_info")
    if not isinstance(first, dict):
        raise Refused("bad_record", "app_msg_ext_info", "推送里没有文章", _AGAIN)
    others = first.get("multi_app_msg_item_list")
    items = [first, *(others if isinstance(others, list) else [])]
    published = CellReader(common).moment("datetime")
    found: list[Record] = [_seen(item, published) for item in items if _there(item)]
    if not found:
        raise Refused("no_link", "content_url", "推送里的文章都没有链接，可能已删除", "不必处理")
    return found


def _there(item: Any) -> bool:
    """Whether an item is an article that still has a link."""
    return isinstance(item, dict) and bool(str(item.get("content_url") or "").strip())


def _seen(item: dict[str, Any], published: Any) -> Seen:
    get = CellReader(item)
    told = article(item.get("content_url"), "content_url")
    stated = get("copyright_stat", values.text)
    return Seen(
        post_key=told.key,
        account_id=account_id("wechat", told.biz),
        published_at=published,
        headline=told.headline,
        declared_original=None if stated is None else stated == _ORIGINAL,
        title=get("title", values.text),
        text=get("digest", values.text),
        link=told.link,
    )
