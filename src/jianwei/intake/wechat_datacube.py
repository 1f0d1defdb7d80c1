"""WeChat's official datacube: responses of its interfaces as they were saved, for one account each.

Users (人) and times (次) never mix: the newer interfaces count users, the older ones give both and the
times are taken. A row of an article's details sums from its publication to the row's day; where rows
rise like sums the last one is the article's, where they do not they are daily and are added up. The
platform leaves out articles that fewer than three people read: what is missing is not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, Literal

from jianwei.intake import times, values
from jianwei.intake.files import unusable
from jianwei.intake.given import Given
from jianwei.intake.grid import Row
from jianwei.intake.lines import CellReader, Refused, whole
from jianwei.intake.objects import Objects
from jianwei.intake.records import Audience, Record, Seen, Sum
from jianwei.intake.source import Layout, Note

__all__ = ["fits", "layout"]

_VERSION = "1"
_AGAIN = "请从接口重新取数"
_ALL = "99999999"
_NEW = {"reads": "read_user", "shares": "share_user", "wow": "zaikan_user", "likes": "like_user",
        "comments": "comment_count"}  # fmt: skip
_OLD = {"reads": "int_page_read_count", "shares": "share_count"}

Kind = Literal["articles", "followers", "days", "changes", "summary"]


def fits(objects: Objects) -> bool:
    """Whether a file is one response: a `list` of days or articles with a `ref_date`."""
    held = objects.document.get("list")
    return isinstance(held, list) and bool(held) and isinstance(held[0], dict) and _kind(held[0]) is not None


def layout(objects: Objects, given: Given) -> Layout:
    """How to read a response. Raises DataError where nobody says whose it is."""
    account = given.options.account
    if account is None or not account.startswith("wechat:"):
        what = "是公众号后台接口的数据，里面没有账号"
        hint = "用 --account wechat:原始ID 指明这是哪个公众号"
        raise unusable(given.path, "account_needed", what, hint)
    held: Sequence[Any] = objects.document["list"]
    kind = _kind(held[0])
    read: Mapping[str | None, Callable[[Mapping[str, Any], str], list[Record]]] = {
        "articles": _article, "followers": _followers, "days": _day, "changes": _changes, "summary": _article,
    }  # fmt: skip
    new = "detail_list" in held[0] or "detail" in held[0]

    def parse(row: Row) -> list[Record]:
        whole(row)
        if not isinstance(row.cells, dict):
            raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
        return read[kind](row.cells, account)

    return Layout(
        format=f"datacube-{kind}",
        era="2025-11 起（人数）" if new else "旧接口",
        scope="listing" if kind in ("articles", "summary") else "profile" if kind == "followers" else "form",
        version=_VERSION,
        rows=_rows(held),
        parse=parse,
        notes=(Note("few_readers", "阅读不足 3 人的文章接口不给出，缺的不等于零"),)
        if kind in ("articles", "summary")
        else (),
    )


def _rows(held: Sequence[Any]) -> Iterator[Row]:
    for place, one in enumerate(held, start=1):
        yield Row(place, one)


def _kind(one: Mapping[str, Any]) -> Kind | None:
    keys = set(one)
    if {"ref_date", "msgid"} <= keys and (keys & {"detail_list", "details"}):
        return "articles"
    if {"ref_date", "msgid", "int_page_read_count"} <= keys:
        return "summary"
    if {"ref_date", "cumulate_user"} <= keys:
        return "followers"
    if {"ref_date", "detail"} <= keys and "msgid" not in keys:
        return "days"
    return "changes" if {"ref_date", "new_user", "cancel_user"} <= keys else None


def _article(at: Mapping[str, Any], account: str) -> list[Record]:
    """An article's counts: those of its last day where they are sums, else its days added up."""
    get = CellReader(at)
    published = get.moment("ref_date")
    number, _, place = (get("msgid", values.text) or "").partition("_")
    if not (number.isdigit() and place.isdigit()):
        raise Refused("bad_id", "msgid", "msgid 不是 编号_位置", _AGAIN)
    new = "detail_list" in at
    days = at.get("detail_list") if new else at.get("details", [at])
    if not isinstance(days, list) or not days or not all(isinstance(day, dict) for day in days):
        raise Refused("bad_record", "detail_list", "没有逐日的读数", _AGAIN)
    days = sorted(days, key=lambda day: str(day.get("stat_date") or at["ref_date"]))
    counts: dict[str, Any] = {field: _over(days, name) for field, name in (_NEW if new else _OLD).items()}
    seen = CellReader(days[-1]).moment("stat_date") if days[-1].get("stat_date") else published
    return [
        Seen(
            post_key=f"{account}:{number}:{place}",
            account_id=account,
            published_at=published,
            observed_at=datetime.combine(seen.date() + timedelta(days=1), time()),
            headline=place == "1",
            read_basis=("users" if new else "views") if counts.get("reads") is not None else None,
            **counts,
            title=get("title", values.text),
            link=get("content_url", values.text),
        )
    ]


def _over(days: Sequence[Mapping[str, Any]], name: str) -> int | None:
    """A count over the days: the last one where they never fall, else their sum; null where none is known."""
    counts = [CellReader(day)(name, values.count).value for day in days]
    told = [count for count in counts if count is not None]
    if not told:
        return None
    rising = all(one <= other for one, other in pairwise(told))
    return told[-1] if rising else sum(told)


def _followers(at: Mapping[str, Any], account: str) -> list[Record]:
    get = CellReader(at)
    day = get("ref_date", times.day)
    followers = get("cumulate_user", values.count).value
    if followers is None:
        raise Refused("empty_row", "cumulate_user", "没有累积关注数", _AGAIN)
    return [Audience(account, datetime.combine(day, time(23, 59, 59)), "row", followers)]


def _changes(at: Mapping[str, Any], account: str) -> list[Record]:
    """New and lost followers of a day, of all sources together; the parts are the same people once more."""
    get = CellReader(at)
    source = get("user_source", values.text)
    if source not in (None, _ALL):
        raise Refused(
            "part_of_whole", "user_source", "是某一来源的新增，已含在全部来源（99999999）之中", "不必处理"
        )
    day = get("ref_date", times.day)
    counts = {
        "new_followers": get("new_user", values.count).value,
        "lost_followers": get("cancel_user", values.count).value,
    }
    return [Sum(account, day, day, counts, datetime.combine(day + timedelta(days=1), time()))]


def _day(at: Mapping[str, Any], account: str) -> list[Record]:
    """An account's day: users who read, shared, liked."""
    detail = at.get("detail")
    if not isinstance(detail, dict):
        raise Refused("bad_record", "detail", "没有当日的读数", _AGAIN)
    get, day = CellReader(detail), CellReader(at)("ref_date", times.day)
    counts: dict[str, int | None] = {
        field: get(name, values.count).value for field, name in _NEW.items() if name in detail
    }
    if "send_page_count" in detail:
        counts["posts"] = get("send_page_count", values.count).value
    if all(value is None for value in counts.values()):
        raise Refused("empty_row", "detail", "这一天没有一项数字", _AGAIN)
    basis = "users" if counts.get("reads") is not None else None
    return [
        Sum(account, day, day, counts, datetime.combine(day + timedelta(days=1), time()), read_basis=basis)
    ]
