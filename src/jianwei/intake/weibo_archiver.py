"""Weibo-archiver's `weibo-data-<name>.json`: an account's profile and the posts that were archived.

`exportedAt` is when the counts were taken. The user chooses what is archived, so a file is a whole
timeline only where it holds as many posts as the profile counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from jianwei.intake import values, weibo_id
from jianwei.intake.counts import counted
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused
from jianwei.intake.objects import Objects
from jianwei.intake.records import Audience, Record, Seen, marks
from jianwei.intake.source import Layout, Note
from jianwei.model import account_id

__all__ = ["fits", "layout"]

_VERSION = "1"
_AGAIN = "请从来源重新导出"
_COUNTS = {"reposts": "repostsCount", "comments": "commentsCount", "likes": "likesCount"}
_PART = Note("not_whole", "归档的微博少于账号的微博数，只按文件中最早和最晚的内容推算覆盖的日期")


def fits(objects: Objects) -> bool:
    """Whether a file is one object of a user and a list of posts, with this tool's names."""
    user, posts = objects.document.get("user"), objects.document.get("weibo")
    if not isinstance(user, dict) or not isinstance(posts, list) or "uid" not in user:
        return False
    return "followers" in user or any(isinstance(one, dict) and "repostsCount" in one for one in posts)


def layout(objects: Objects, given: Given) -> Layout:
    """How to read an archive: the profile as row 1, its posts after it."""
    del given
    user, posts = objects.document["user"], objects.document["weibo"]
    exported = None
    with suppress(Refused):
        exported = _exported(user)

    def rows() -> Iterator[Row]:
        yield Row(1, user)
        for number, post in enumerate(posts, start=2):
            yield Row(number, post)

    def parse(row: Row) -> list[Record]:
        if not isinstance(row.cells, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
        return [_profile(user) if row.number == 1 else _post(row.cells, user, exported)]

    complete = _holds_all(user, posts)
    return Layout(
        format="Weibo-archiver",
        era="有导出时间" if exported else "无导出时间",
        scope="timeline" if complete else "listing",
        version=_VERSION,
        rows=rows(),
        parse=parse,
        notes=() if complete else (_PART,),
    )


def _holds_all(user: Mapping[str, Any], posts: list[Any]) -> bool:
    """Whether the posts are all that the profile counts, and all are the account's own."""
    try:
        counted_posts = values.count(user.get("postCount")).value
    except values.CellError:
        return False
    uid = str(user.get("uid"))
    own = {
        str(post.get("id"))
        for post in posts
        if isinstance(post, dict) and str(post.get("userId") or uid) == uid
    }
    return counted_posts is not None and 0 < counted_posts <= len(own) == len(posts)


def _exported(user: Mapping[str, Any]) -> datetime | None:
    return None if values.blank(user.get("exportedAt")) else CellReader(user).moment("exportedAt")


def _profile(user: Mapping[str, Any]) -> Audience:
    get = CellReader(user)
    exported = _exported(user)
    followers, statuses = get("followers", values.count), get("postCount", values.count)
    return Audience(
        account_id=account_id("weibo", get("uid", values.number_id)),
        observed_at=exported,
        observed_from="row" if exported else "",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored, statuses=statuses.censored),
        rounded=marks(followers=followers.rounded, statuses=statuses.rounded),
        account_name=get("name", values.text),
    )


def _post(post: Mapping[str, Any], user: Mapping[str, Any], exported: datetime | None) -> Seen:
    get = CellReader(post)
    mid = get("id", values.number_id)
    bid = weibo_id.checked(post.get("mblogid"), mid)
    if bid is None:
        raise Refused("mangled_id", "id", f"id“{mid}”与 mblogid 不符", _AGAIN)
    theirs = values.blank(post.get("userId"))
    who = CellReader({"userId": user.get("uid") if theirs else post.get("userId")})
    uid = who("userId", values.number_id)
    published = get.moment("createdAt", exported)
    pictures, source = post.get("imgs"), post.get("retweet")
    source_id = None
    if isinstance(source, dict) and not values.blank(source.get("id")):
        source_id = CellReader({"retweet.id": source["id"]})("retweet.id", values.number_id)
    return Seen(
        post_key=f"weibo:{mid}",
        account_id=account_id("weibo", uid),
        published_at=published,
        # A post can be newer than the profile that was exported with it only if it was added later.
        observed_at=exported if exported is not None and exported >= published else None,
        original=not isinstance(source, dict),
        pictures=len(pictures) if isinstance(pictures, list) else None,
        repost_of=f"weibo:{source_id}" if source_id else None,
        **counted(get, _COUNTS),
        account_name=CellReader(user)("name", values.text) if uid == str(user.get("uid")) else None,
        text=get("text", values.text),
        link=f"https://weibo.com/{uid}/{bid}" if bid else None,
    )
