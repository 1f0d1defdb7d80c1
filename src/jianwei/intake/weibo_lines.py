"""nghuyong/WeiboSpider JSON lines: posts and profiles, each with the time at which it was crawled.

`reads_count` is there for the crawler's own account only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.intake import times, values, weibo_id
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
_COUNTS = {"reads": "reads_count", "reposts": "reposts_count", "comments": "comments_count",
           "likes": "attitudes_count"}  # fmt: skip


def fits(objects: Objects) -> bool:
    """Whether the sampled objects are this tool's posts or profiles."""
    return objects.have("_id", "crawl_time") and (
        objects.have("mblogid", "attitudes_count") or objects.have("nick_name", "followers_count")
    )


def layout(objects: Objects, given: Given) -> Layout:
    """How to read the lines; a file of several accounts' posts claims to list them, not to be whole."""
    del given
    posts = objects.have("mblogid")
    owners = {str(user.get("_id")) for one in objects.samples if isinstance(user := one.get("user"), dict)}
    told = "一个账号" if len(owners) == 1 else "多个账号"
    note = Note("not_whole", "抓取的起止由当时的设置决定，只按文件中最早和最晚的内容推算覆盖的日期")
    return Layout(
        format="WeiboSpider" if posts else "WeiboSpider-users",
        era=told if posts else "账号",
        scope="listing" if posts else "profile",
        version=_VERSION,
        rows=iter(objects),
        parse=_post if posts else _profile,
        notes=(note,) if posts else (),
    )


def _post(row: Row) -> list[Record]:
    at = _object(row)
    user = at.get("user")
    get = CellReader(at)
    mid = get("_id", values.number_id)
    bid = weibo_id.checked(at.get("mblogid"), mid)
    if bid is None:
        raise Refused("mangled_id", "_id", f"_id“{mid}”与 mblogid 不符", _AGAIN)
    who = user if isinstance(user, dict) else {}
    uid = CellReader({"user._id": who.get("_id")})("user._id", values.number_id)
    crawled = _crawled(at)
    counts = counted(get, _COUNTS)
    reposted = get("is_retweet", values.truth)
    source = at.get("retweet_id")
    found: list[Record] = [
        Seen(
            post_key=f"weibo:{mid}",
            account_id=account_id("weibo", uid),
            published_at=get.moment("created_at", crawled),
            observed_at=crawled,
            original=None if reposted is None else not reposted,
            pictures=get("pic_num", values.count).value,
            video=bool(at.get("video")),
            long_text=get("isLongText", values.truth),
            repost_of=f"weibo:{get('retweet_id', values.number_id)}" if not values.blank(source) else None,
            read_basis="views" if counts["reads"] is not None else None,
            **counts,
            account_name=CellReader(who)("nick_name", values.text),
            text=get("content", values.text),
            link=f"https://weibo.com/{uid}/{bid}" if bid else None,
        )
    ]
    if who.get("followers_count") is not None:
        found.append(_audience(who, uid, crawled))
    return found


def _profile(row: Row) -> list[Record]:
    at = _object(row)
    return [_audience(at, CellReader(at)("_id", values.number_id), _crawled(at))]


def _audience(at: Mapping[str, Any], uid: str, crawled: Any) -> Audience:
    get = CellReader(at)
    followers, statuses = get("followers_count", values.count), get("statuses_count", values.count)
    return Audience(
        account_id=account_id("weibo", uid),
        observed_at=crawled,
        observed_from="row" if crawled else "",
        followers=followers.value,
        statuses=statuses.value,
        censored=marks(followers=followers.censored, statuses=statuses.censored),
        rounded=marks(followers=followers.rounded, statuses=statuses.rounded),
        account_name=get("nick_name", values.text),
        verified=get("verified", values.truth),
        verified_type=get("verified_type", values.text),
        verified_reason=get("verified_reason", values.text),
    )


def _object(row: Row) -> dict[str, Any]:
    whole(row)
    if not isinstance(row.cells, dict):
        raise Refused("bad_record", "", "不是一条完整的记录", _AGAIN)
    return row.cells


def _crawled(at: Mapping[str, Any]) -> Any:
    """When the line was crawled, None where it does not say."""
    if values.blank(at.get("crawl_time")):
        return None
    return CellReader(at)("crawl_time", times.moment)
