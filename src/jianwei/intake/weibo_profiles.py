"""weibo-crawler's users.csv and JSON: profiles with followers, and an account's posts.

users.csv never refreshes a user, so its followers are those of the first crawl; the JSON's `user`
is rewritten with every run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jianwei.intake import values
from jianwei.intake.files import unusable
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import cell_reader, numbered
from jianwei.intake.records import Audience, Record, marks
from jianwei.intake.source import Layout, Line, Refused
from jianwei.intake.weibo_crawler import seen
from jianwei.model import account_id

__all__ = ["fits_users", "json_layout", "users_layout"]

_VERSION = "1"

_JSON_NAMES = {
    "id": "id", "bid": "bid", "text": "正文", "article_url": "头条文章url", "pics": "原始图片url",
    "video_url": "视频url", "created_at": "日期", "full_created_at": "完整日期", "attitudes_count": "点赞数",
    "comments_count": "评论数", "reposts_count": "转发数", "topics": "话题",
}  # fmt: skip


def fits_users(header: list[str]) -> bool:
    """Whether a header is users.csv's."""
    return {"用户id", "昵称", "粉丝数", "微博数"} <= set(header)


def users_layout(grid: Grid, header: list[str]) -> Layout:
    """How to read users.csv; the header row itself is already taken off the grid."""

    def parse(row: Row) -> list[Record] | None:
        if row.cells == header:
            return None
        if row.broken or not 12 <= len(row.cells) <= max(23, len(header)):
            raise Refused(
                "row_width", "", f"有 {len(row.cells)} 格，表头有 {len(header)} 格", "请从来源重新导出"
            )
        return [_audience(dict(zip(header, row.cells, strict=False)))]

    return Layout(
        format="weibo-crawler-users",
        era=f"{len(header)} 列",
        scope="profile",
        version=_VERSION,
        lines=numbered(grid),
        parse=parse,
        retry=lambda line: line._replace(raw=grid.split(line.value).raw),
        notes=(("first_crawl", "users.csv 中的粉丝数是首次抓取时的，以后不更新；有 JSON 时以 JSON 为准"),),
    )


def _audience(at: dict[str, Any]) -> Audience:
    get = cell_reader(at)
    followers, statuses = get("粉丝数", values.count), get("微博数", values.count)
    return Audience(
        account_id=account_id("weibo", get("用户id", values.identifier)),
        observed_at=None,
        observed_from="",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored),
        rounded=marks(followers=followers.rounded),
        account_name=values.text(at.get("昵称")),
        verified=get("是否认证", values.truth),
        verified_type=values.text(at.get("认证类型")),
        verified_reason=values.text(at.get("认证信息")),
    )


def json_layout(path: Path) -> Layout:
    """How to read an account's JSON. Raises DataError if it is not one."""
    try:
        data = json.loads(path.read_text("utf-8-sig"), parse_int=str)
    except UnicodeDecodeError as error:
        raise unusable(path, "encoding", "不是 UTF-8 编码的 JSON", "请从来源重新导出") from error
    except (json.JSONDecodeError, RecursionError) as error:
        where = getattr(error, "lineno", None)
        raise unusable(path, "bad_json", "不是完整的 JSON，可能被截断", "请从来源重新导出", where) from error
    if (
        not isinstance(data, dict)
        or not isinstance(data.get("user"), dict)
        or not isinstance(data.get("weibo"), list)
    ):
        what = "JSON 里没有 user 和 weibo 两项，不认识这种布局"
        raise unusable(path, "unknown_layout", what, "目前收 weibo-crawler 的 <uid>.json")
    posts, user = data["weibo"], data["user"]

    def lines() -> Iterator[Line]:
        yield Line(1, ("user", user), lambda: json.dumps(user, ensure_ascii=False))
        for place, post in enumerate(posts, start=2):
            yield Line(place, ("post", post), lambda post=post: json.dumps(post, ensure_ascii=False))  # type: ignore[misc]

    def parse(value: tuple[str, Any]) -> list[Record]:
        kind, item = value
        if not isinstance(item, dict):
            raise Refused("unreadable", "", "不是一条完整的记录", "请从来源重新导出")
        return [_profile(item)] if kind == "user" else [_post(item, user)]

    newer = any(isinstance(post, dict) and "full_created_at" in post for post in posts)
    return Layout(
        format="weibo-crawler-json",
        era="2022-04 后" if newer else "2022-03 前",
        scope="timeline",
        version=_VERSION,
        lines=lines(),
        parse=parse,
    )


def _profile(user: dict[str, Any]) -> Audience:
    names = {"用户id": "id", "昵称": "screen_name", "粉丝数": "followers_count", "微博数": "statuses_count",
             "是否认证": "verified", "认证类型": "verified_type", "认证信息": "verified_reason"}  # fmt: skip
    return _audience({name: user.get(key) for name, key in names.items()})


def _post(post: dict[str, Any], user: dict[str, Any]) -> Record:
    at = {_JSON_NAMES[key]: cell for key, cell in post.items() if key in _JSON_NAMES}
    uid = cell_reader({"user_id": post.get("user_id") or user.get("id")})("user_id", values.identifier)
    source = post.get("retweet")
    source_id = str(source.get("id", "")) if isinstance(source, dict) else ""
    name = values.text(post.get("screen_name") or user.get("screen_name"))
    return seen(at, uid, name, not isinstance(source, dict), source_id or None)
