"""SQLite files of weibo-crawler (`weibodata.db`) and weibo-search (`weibo.db`).

weibo-crawler puts the source posts of reposts among the posts. Their authors were not crawled: such a
post tells of itself, not of its account's days, and is read apart, as a hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jianwei.intake import remark, values, weibo_crawler, weibo_search, weibo_users
from jianwei.intake.databases import Database
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, whole
from jianwei.intake.records import Record
from jianwei.intake.source import Layout, Note
from jianwei.model import Scope

__all__ = ["CRAWLER", "SEARCH"]

_VERSION = "1"
_POST = {
    "id": "id", "bid": "bid", "text": "正文", "article_url": "头条文章url", "pics": "原始图片url",
    "video_url": "视频url", "created_at": "日期", "attitudes_count": "点赞数", "comments_count": "评论数",
    "reposts_count": "转发数", "topics": "话题",
}  # fmt: skip
_HIT = {
    "id": "id", "bid": "bid", "user_id": "user_id", "screen_name": "用户昵称", "text": "微博正文",
    "article_url": "头条文章url", "topics": "话题", "pics": "微博图片url", "video_url": "微博视频url",
    "created_at": "发布时间", "attitudes_count": "点赞数", "comments_count": "评论数", "reposts_count": "转发数",
    "retweet_id": "retweet_id", "user_authentication": "user_authentication",
}  # fmt: skip
_USER = {"id": "用户id", "nick_name": "昵称", "follower_count": "粉丝数"}
_COMMENT = ("id", "weibo_id", "user_id", "created_at", "user_screen_name", "text", "like_count")


class _Crawler:
    """weibo-crawler's database."""

    def fits(self, database: Database) -> bool:
        """Whether its tables of users and posts are there."""
        return database.have("weibo", (*_POST, "user_id", "retweet_id")) and database.have(
            "user", tuple(_USER)
        )

    def layouts(self, database: Database, given: Given) -> Iterator[tuple[str, Layout]]:
        """Users, their posts, the source posts of their reposts, comments."""
        crawled = {str(row.cells.get("id")) for row in database.rows("user") if not row.broken}
        yield "user", _layout("weibo-crawler-db-users", "profile", database.rows("user"), _profile)
        note = Note("repost_sources", "转发的原微博不是所抓账号的发布，另作片段读入，不据以判断其作者的发布")
        for part, mine, scope in (("weibo", True, "timeline"), ("weibo（原微博）", False, "search")):
            rows = _authored(database, crawled, by_them=mine)
            first = next(rows, None)
            if first is not None:
                held = _again(first, rows)
                yield part, _layout("weibo-crawler-db", scope, held, _crawled, (note,) if not mine else ())  # type: ignore[arg-type]  # one of two scopes
        if database.have("comments", _COMMENT):
            posts = (row.cells for row in database.rows("weibo") if not row.broken)
            owners = {str(post.get("id")): str(post.get("user_id")) for post in posts}
            name = remark.namer(given.options.secret)

            def parse(row: Row) -> list[Record]:
                owner = owners.get(str(row.cells.get("weibo_id")))
                own = None if owner is None else owner == str(row.cells.get("user_id"))
                return [remark.weibo(row.cells, name, by_account=own)]

            rows = database.rows("comments")
            first = next(rows, None)
            if first is not None:
                yield "comments", _layout("weibo-crawler-db-comments", "comments", _again(first, rows), parse)


class _Search:
    """weibo-search's database."""

    def fits(self, database: Database) -> bool:
        """Whether its one table of hits is there."""
        return "user" not in database.tables and database.have(
            "weibo", ("id", "user_id", "text", "retweet_id", "created_at")
        )

    def layouts(self, database: Database, given: Given) -> Iterator[tuple[str, Layout]]:
        """The hits."""
        del given
        note = Note("search_scope", "检索结果只是各账号发布内容的一部分，不能据以判断某账号没有发布")

        def parse(row: Row) -> list[Record]:
            return weibo_search.records({_HIT[key]: cell for key, cell in row.cells.items() if key in _HIT})

        yield "weibo", _layout("weibo-search-db", "search", database.rows("weibo"), parse, (note,))


def _profile(row: Row) -> list[Record]:
    return [weibo_users.audience({_USER[key]: cell for key, cell in row.cells.items() if key in _USER})]


def _crawled(row: Row) -> list[Record]:
    at = {_POST[key]: cell for key, cell in row.cells.items() if key in _POST}
    get = CellReader(row.cells)
    source = row.cells.get("retweet_id")
    source_id = None if values.blank(source) else get("retweet_id", values.number_id)
    uid = get("user_id", values.number_id)
    name = get("screen_name", values.text)
    return [weibo_crawler.seen(at, uid, name, source_id is None, source_id)]


def _authored(database: Database, crawled: set[str], *, by_them: bool) -> Iterator[Row]:
    """The posts of the crawled accounts, or those of all others."""
    for row in database.rows("weibo"):
        theirs = bool(row.broken) or str(row.cells.get("user_id")) in crawled
        if theirs is by_them:
            yield row


def _again(first: Row, rows: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rows


def _layout(
    format_: str, scope: Scope, rows: Iterator[Row], parse: Any, notes: tuple[Note, ...] = ()
) -> Layout:
    def records(row: Row) -> list[Record]:
        whole(row)
        made: list[Record] = parse(row)
        return made

    return Layout(format_, "SQLite", scope, _VERSION, rows, records, notes=notes)


CRAWLER, SEARCH = _Crawler(), _Search()
