"""Answers of Weibo's own interfaces, saved page by page: the open platform's `statuses/user_timeline`
and the web site's `mymblog`.

A page says nothing of the pages beside it. Pages of one account without a pinned post list what stands
between their first and last post; all others are fragments. Source posts of reposts are not taken:
they are not among the account's posts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jianwei.intake import values, weibo_id
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused, whole
from jianwei.intake.objects import Objects
from jianwei.intake.records import Audience, Record, Seen, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_AGAIN = "请从来源重新导出"
_CAP = 1_000_000
_COUNTS = {"reads": "reads_count", "reposts": "reposts_count", "comments": "comments_count",
           "likes": "attitudes_count"}  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")
_LISTED = Note("not_whole", "接口的页未必齐全，只按文件中最早和最晚的内容推算覆盖的日期")
_PIECES = Note("search_scope", "含多个账号或置顶微博，各页未必相连，不能据以判断某账号没有发布")


def fits(objects: Objects) -> bool:
    """Whether one of the sampled objects is a page of posts."""
    return any(_ours(sample) for sample in objects.samples)


def layout(objects: Objects, given: Given) -> Layout:
    """How to read the posts of all pages: number = place among all posts of the file."""
    del given
    posts = [one for page in objects.samples for one in _posts(page) or () if isinstance(one, dict)]
    owners = {str(_who(post).get("id")) for post in posts if _who(post)}
    listed = len(owners) == 1 and not any(_pinned(post) for post in posts)
    met: set[str] = set()

    def parse(row: Row) -> list[Record]:
        whole(row)
        if not isinstance(row.cells, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
        if "created_at" not in row.cells and ("error" in row.cells or "ok" in row.cells):
            raise Refused("no_page", "", "接口返回的不是微博列表，多半是出错或限流的回答", "请重新取这一页")
        return _post(row.cells, met)

    return Layout(
        format="weibo-api",
        era="网页接口" if any("mblogid" in post for post in posts) else "开放平台",
        scope="listing" if listed else "search",
        version=_VERSION,
        rows=_rows(objects),
        parse=parse,
        notes=(_LISTED if listed else _PIECES,),
    )


def _posts(page: Any) -> list[Any] | None:
    """The posts of a page; null where it is none."""
    if not isinstance(page, dict):
        return None
    data = page.get("data")
    held = (
        page.get("statuses") if "statuses" in page else data.get("list") if isinstance(data, dict) else None
    )
    return held if isinstance(held, list) else None


def _ours(page: Any) -> bool:
    return any(
        isinstance(one, dict) and {"created_at", "attitudes_count"} <= one.keys()
        for one in _posts(page) or ()
    )


def _rows(objects: Objects) -> Iterator[Row]:
    number = 0
    for page in objects:
        posts = None if page.broken else _posts(page.cells)
        for post in (page.cells,) if posts is None else posts:
            number += 1
            yield Row(number, post, page.lines if posts is None else (), page.broken)


def _who(post: Mapping[str, Any]) -> dict[str, Any]:
    user = post.get("user")
    return user if isinstance(user, dict) else {}


def _pinned(post: Mapping[str, Any]) -> bool:
    return str(post.get("isTop")) in {"1", "True"} or str(post.get("mblogtype")) == "2"


def _post(at: Mapping[str, Any], met: set[str]) -> list[Record]:
    """A post, and its author's profile the first time; met: accounts whose profile was taken."""
    who = _who(at)
    if not who:
        raise Refused("no_author", "user", "没有作者，微博多半已被删除或设为不可见", "不必处理")
    get = CellReader(at)
    id_field = next((name for name in ("idstr", "mid", "id") if not values.blank(at.get(name))), "id")
    mid = get(id_field, values.number_id)
    bid = weibo_id.checked(at.get("mblogid"), mid)
    if bid is None:
        raise Refused("mangled_id", id_field, f"{id_field}“{mid}”与 mblogid 不符", _AGAIN)
    uid_field = "user.id" if values.blank(who.get("idstr")) else "user.idstr"
    uid = CellReader({uid_field: who.get(uid_field[5:])})(uid_field, values.number_id)
    counts = counted(get, _COUNTS)
    # Weibo's pages stop counting here and show 100万+.
    capped = {name: counts[name] == _CAP for name in ("reposts", "comments", "likes")}
    known = str(counts["censored"] or "").split(",")
    counts["censored"] = marks(**{name: name in known or capped.get(name, False) for name in _COUNTS})
    source = at.get("retweeted_status")
    source_id = None
    if isinstance(source, dict) and not values.blank(source.get("idstr") or source.get("id")):
        told = source.get("idstr") or source.get("id")
        source_id = CellReader({"retweeted_status.id": told})("retweeted_status.id", values.number_id)
    seen = Seen(
        post_key=f"weibo:{mid}",
        account_id=account_id("weibo", uid),
        published_at=get.moment("created_at"),
        original=not isinstance(source, dict),
        pictures=_pictures(at),
        video=_video(at),
        long_text=get("isLongText", values.truth),
        repost_of=f"weibo:{source_id}" if source_id else None,
        read_basis="views" if counts["reads"] is not None else None,
        **counts,
        account_name=CellReader(who)("screen_name", values.text),
        text=_words(at),
        link=f"https://weibo.com/{uid}/{bid or mid}",
    )
    if uid in met or values.blank(who.get("followers_count")):
        return [seen]
    audience = _audience(who, uid)
    met.add(uid)
    return [seen, audience]


def _audience(who: Mapping[str, Any], uid: str) -> Audience:
    get = CellReader(who)
    followers, statuses = get("followers_count", values.count), get("statuses_count", values.count)
    return Audience(
        account_id=account_id("weibo", uid),
        observed_at=None,
        observed_from="",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored, statuses=statuses.censored),
        rounded=marks(followers=followers.rounded, statuses=statuses.rounded),
        account_name=get("screen_name", values.text),
        verified=get("verified", values.truth),
        verified_type=get("verified_type", values.text),
        verified_reason=get("verified_reason", values.text),
    )


def _pictures(at: Mapping[str, Any]) -> int | None:
    if not values.blank(at.get("pic_num")):
        return CellReader(at)("pic_num", values.count).value
    held = at.get("pic_urls", at.get("pic_ids"))
    return len(held) if isinstance(held, list) else None


def _video(at: Mapping[str, Any]) -> bool | None:
    """Whether a film is attached; null where the open platform's posts do not say."""
    page = at.get("page_info")
    if isinstance(page, dict):
        return "video" in {str(page.get("type")), str(page.get("object_type"))}
    return False if "mblogid" in at else None


def _words(at: Mapping[str, Any]) -> str | None:
    """The text; the web site's own has links and pictures as tags where `text_raw` is not there."""
    get = CellReader(at)
    if not values.blank(at.get("text_raw")):
        return get("text_raw", values.text)
    words = get("text", values.text)
    return words if words is None or "mblogid" not in at else html.unescape(_TAG.sub("", words))
