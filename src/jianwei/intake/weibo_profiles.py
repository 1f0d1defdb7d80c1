"""weibo-crawler's users.csv and JSON: profiles with followers, and an account's posts.

users.csv never refreshes a user, so its followers are those of the first crawl; the JSON's `user`
is rewritten with every run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jianwei.errors import DataError
from jianwei.intake import values
from jianwei.intake.files import unusable
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Audience, Record, marks
from jianwei.intake.source import Layout, Note
from jianwei.intake.weibo_crawler import seen
from jianwei.model import account_id

__all__ = ["fits_users", "json_layout", "users_layout"]

_FLAG, _PLACE = "是否认证", "IP属地"
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


def fits_users(header: list[str]) -> bool:
    """Whether a header is users.csv's."""
    return {"用户id", "昵称", "粉丝数", "微博数"} <= set(header)


def users_layout(grid: Grid, header: list[str]) -> Layout:
    """How to read users.csv; the header row itself is already taken off the grid.

    The last column came in 2022 and IP属地 in the middle in 2025; rows appended since then are of
    other layouts than the header. Which one a row has shows where its 是否认证 says True or False.
    """
    shapes = _shapes(header)

    def parse(row: Row) -> list[Record] | None:
        whole(row)
        if row.cells[:2] == header[:2]:
            return None
        if row.cut and len(row.cells) < len(header):
            raise half(row, len(header))
        fitting = [names for names in shapes if _fits(row.cells, names)]
        if len(fitting) != 1:
            what = f"有 {len(row.cells)} 格，表头有 {len(header)} 格，看不出各格是哪一列"
            raise Refused("row_width", "", what, _AGAIN)
        return [_audience(dict(zip(fitting[0], row.cells, strict=False)))]

    return Layout(
        format="weibo-crawler-users",
        era=f"{len(header)} 列",
        scope="profile",
        version=_VERSION,
        rows=grid,
        parse=parse,
        split=grid.split,
        notes=(
            Note("first_crawl", "users.csv 中的粉丝数是首次抓取时的，以后不更新", "有 JSON 时请以 JSON 为准"),
        ),
    )


def _shapes(header: list[str]) -> list[list[str]]:
    """The header with and without IP属地; the header alone where it is not one of the tool's."""
    if "所在地" not in header or _FLAG not in header:
        return [header]
    plain = [name for name in header if name != _PLACE]
    at = plain.index("所在地") + 1
    return [plain, [*plain[:at], _PLACE, *plain[at:]]]


def _fits(cells: list[Any], names: list[str]) -> bool:
    """Whether a row's cells can stand under these names: as many or one left out at the end or added,
    blank ones beyond, and a truth value where one belongs.
    """
    beyond = [cell for cell in cells[len(names) + 1 :] if cell not in (None, "")]
    if _FLAG not in names:
        return len(cells) == len(names)
    place = names.index(_FLAG)
    return not beyond and place < len(cells) and str(cells[place]).strip().casefold() in ("true", "false")


def _audience(at: Mapping[str, Any]) -> Audience:
    get = CellReader(at)
    followers, statuses = get("粉丝数", values.count), get("微博数", values.count)
    return Audience(
        account_id=account_id("weibo", get("用户id", values.number_id)),
        observed_at=None,
        observed_from="",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored, statuses=statuses.censored),
        rounded=marks(followers=followers.rounded, statuses=statuses.rounded),
        account_name=get("昵称", values.text),
        verified=get("是否认证", values.truth),
        verified_type=get("认证类型", values.text),
        verified_reason=get("认证信息", values.text),
    )


def json_layout(path: Path) -> Layout:
    """How to read an account's JSON. Raises DataError if it is not one."""
    user, posts = _document(path)

    def rows() -> Iterator[Row]:
        yield Row(1, user)
        for number, post in enumerate(posts, start=2):
            yield Row(number, post)

    def parse(row: Row) -> list[Record]:
        if not isinstance(row.cells, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
        if row.number == 1:
            return [_audience({_USER_NAMES[key]: cell for key, cell in user.items() if key in _USER_NAMES})]
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


def _document(path: Path) -> tuple[dict[str, Any], list[Any]]:
    try:
        data = json.loads(path.read_text("utf-8-sig"), parse_int=str)
    except UnicodeDecodeError as error:
        raise unusable(path, "encoding", "不是 UTF-8 编码的 JSON", _AGAIN) from error
    except json.JSONDecodeError as error:
        raise _bad(path, error) from error
    except (RecursionError, MemoryError) as error:
        raise unusable(path, "bad_json", "层次太深或太大，不是正常的 JSON", _AGAIN) from error
    user, posts = (data.get("user"), data.get("weibo")) if isinstance(data, dict) else (None, None)
    if not isinstance(user, dict) or not isinstance(posts, list):
        what = "JSON 里没有 user 和 weibo 两项，不认识这种布局"
        raise unusable(path, "unknown_layout", what, "目前收 weibo-crawler 的 <uid>.json")
    return user, posts


def _bad(path: Path, error: json.JSONDecodeError) -> DataError:
    if error.msg == "Extra data":
        what = "是逐行的 JSON（JSONL），目前还不能直接读取"
        return unusable(path, "not_yet", what, "请从同一工具导出 CSV，或用 weibo-crawler 的 <uid>.json")
    return unusable(path, "bad_json", "不是完整的 JSON，可能被截断", _AGAIN, error.lineno)


def _post(post: Mapping[str, Any], user: Mapping[str, Any]) -> Record:
    at = {_JSON_NAMES[key]: cell for key, cell in post.items() if key in _JSON_NAMES}
    who = CellReader({"user_id": post.get("user_id") or user.get("id")})
    source = post.get("retweet")
    source_id = None
    if isinstance(source, dict) and source.get("id"):
        source_id = CellReader({"retweet.id": source["id"]})("retweet.id", values.number_id)
    name = CellReader({"screen_name": post.get("screen_name") or user.get("screen_name")})
    uid = who("user_id", values.number_id)
    return seen(at, uid, name("screen_name", values.text), not isinstance(source, dict), source_id)
