"""weibo-crawler's <uid>.json: an account's profile, rewritten with every run, and its posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jianwei.intake import values, weibo_crawler, weibo_users
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused
from jianwei.intake.objects import Objects
from jianwei.intake.records import Record
from jianwei.intake.source import Layout

__all__ = ["fits", "layout"]

_VERSION = "2"
_AGAIN = "请从来源重新导出"

_JSON_NAMES = {
    "id": "id", "bid": "bid", "text": "正文", "article_url": "头条文章url", "pics": "原始图片url",
    "video_url": "视频url", "created_at": "日期", "full_created_at": "完整日期", "attitudes_count": "点赞数",
    "comments_count": "评论数", "reposts_count": "转发数", "topics": "话题",
}  # fmt: skip
_USER_NAMES = {
    "id": "用户id", "screen_name": "昵称", "followers_count": "粉丝数", "statuses_count": "微博数",
    "verified": "是否认证", "verified_type": "认证类型", "verified_reason": "认证信息",
}  # fmt: skip


def fits(objects: Objects) -> bool:
    """Whether a file is one object of a user and a list of posts, with this tool's names of counts."""
    user, posts = objects.document.get("user"), objects.document.get("weibo")
    if not isinstance(user, dict) or not isinstance(posts, list):
        return False
    return "followers_count" in user or any(
        isinstance(one, dict) and "attitudes_count" in one for one in posts
    )


def layout(objects: Objects, given: Given) -> Layout:
    """How to read an account's JSON."""
    del given
    user, posts = objects.document["user"], objects.document["weibo"]

    def rows() -> Iterator[Row]:
        yield Row(1, user)
        for number, post in enumerate(posts, start=2):
            yield Row(number, post)

    def parse(row: Row) -> list[Record]:
        if not isinstance(row.cells, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
        if row.number == 1:
            return [
                weibo_users.audience(
                    {_USER_NAMES[key]: cell for key, cell in user.items() if key in _USER_NAMES}
                )
            ]
        return [_post(row.cells, user)]

    newer = any(isinstance(post, dict) and "full_created_at" in post for post in posts)
    return Layout(
        format="weibo-crawler-json",
        era="2022-04 后" if newer else "2022-03 前",
        scope="timeline",
        version=_VERSION,
        rows=rows(),
        parse=parse,
    )


def _post(post: Mapping[str, Any], user: Mapping[str, Any]) -> Record:
    at = {_JSON_NAMES[key]: cell for key, cell in post.items() if key in _JSON_NAMES}
    who = CellReader({"user_id": post.get("user_id") or user.get("id")})
    source = post.get("retweet")
    source_id = None
    if isinstance(source, dict) and source.get("id"):
        source_id = CellReader({"retweet.id": source["id"]})("retweet.id", values.number_id)
    name = CellReader({"screen_name": post.get("screen_name") or user.get("screen_name")})
    uid = who("user_id", values.number_id)
    return weibo_crawler.seen(
        at, uid, name("screen_name", values.text), not isinstance(source, dict), source_id
    )
