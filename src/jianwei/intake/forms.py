"""Rows of our own templates: posts, totals, follower counts; blank = not known, 0 = zero."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from jianwei.errors import suggest
from jianwei.intake import times, values, weibo_id
from jianwei.intake.lines import CellReader, cell_reader
from jianwei.intake.records import Audience, Record, Seen, Sum, marks
from jianwei.intake.source import Refused
from jianwei.intake.template import Template
from jianwei.model import TOTAL_FIELDS, Platform, account_id

__all__ = ["records"]

_PLATFORMS: dict[str, str] = {
    **{platform.value: platform.family for platform in Platform},
    **{platform.family: platform.family for platform in Platform},
    "微信": "wechat", "公众号": "wechat", "微信公众号": "wechat", "订阅号": "wechat", "服务号": "wechat",
    "新浪微博": "weibo", "头条": "toutiao", "今日头条": "toutiao", "哔哩哔哩": "bilibili",
}  # fmt: skip

_FORMS: dict[str, tuple[int, bool, bool]] = {
    "图片": (1, False, False), "图文": (1, False, False), "九宫格": (1, False, False),
    "一图解说": (1, False, False), "一图读懂": (1, False, False), "图解": (1, False, False),
    "长微博": (0, False, True), "头条文章": (0, False, True), "长图": (1, False, True),
    "视频": (0, True, False), "动漫": (0, True, False), "直播": (0, True, False),
    "文字": (0, False, False), "纯文字": (0, False, False), "其他": (0, False, False),
}  # fmt: skip

_MID = re.compile(r"(?:detail/|status/|weibo\.(?:com|cn)/(?:u/)?\d+/)([0-9A-Za-z]+)")
_BIZ = re.compile(r"__biz=([^&#]+).*?[?&]mid=(\d+).*?[?&]idx=(\d+)")


def records(template: Template, at: Mapping[str, Any], fallback: str | None) -> list[Record]:
    """What a template's row says. at: cells by field. fallback: account for rows without one.

    Raises Refused where a required field is missing or a cell cannot be read.
    """
    get = cell_reader(at)
    if template.kind == "followers":
        return [_audience(get, at)]
    account = _account(get, at, template.platform, fallback)
    if template.kind in ("weibo_posts", "wechat_posts"):
        return [_post(template, get, at, account)]
    return _totals(template, get, at, account)


def _account(get: CellReader, at: Mapping[str, Any], platform: str, fallback: str | None) -> str:
    if not _blank(at.get("uid")):
        return account_id(platform, get("uid", values.identifier))
    if platform == "wechat" and (match := _BIZ.search(_link(at))):
        return account_id("wechat", match[1])
    if fallback is not None:
        return fallback
    raise Refused("no_account", "UID", "没有写明账号的 UID", "补上 UID/原始ID，或用 --account 指明")


def _post(template: Template, get: CellReader, at: Mapping[str, Any], account: str) -> Seen:
    wechat = template.platform == "wechat"
    published = get.moment("published_at")
    views, users = get("reads", _reads), get("readers", values.count)
    reads = views if views.value is not None else users
    basis = None if reads.value is None else "views" if views.value is not None else "users"
    counts = {name: get(name, values.count) for name in ("reposts", "comments", "likes", "wow", "shares")}
    pictures, video, long_text = _form(at.get("form"))
    title, text = values.text(at.get("title")), values.text(at.get("text"))
    return Seen(
        post_key=_wechat_key(at, account, published, title)
        if wechat
        else _weibo_key(at, account, published, text),
        account_id=account,
        published_at=published,
        observed_at=None if _blank(at.get("observed_at")) else get.moment("observed_at"),
        original=None if wechat else get("original", _original),
        declared_original=get("declared_original", values.truth) if wechat else None,
        headline=_headline(get, at) if wechat else None,
        pictures=pictures,
        video=video,
        long_text=long_text,
        read_basis=basis,
        reads=reads.value,
        **{name: count.value for name, count in counts.items()},
        censored=marks(reads=reads.censored, **{name: count.censored for name, count in counts.items()}),
        rounded=marks(reads=reads.rounded, **{name: count.rounded for name, count in counts.items()}),
        account_name=values.text(at.get("account_name")),
        title=title,
        text=text,
        link=_link(at) or None,
    )


def _totals(template: Template, get: CellReader, at: Mapping[str, Any], account: str) -> list[Record]:
    start, end = _range(get, at)
    views, users = get("reads", values.count), get("readers", values.count)
    basis = (
        None
        if views.value is None and users.value is None
        else "views"
        if views.value is not None
        else "users"
    )
    counts = {name: get(name, values.count) for name in TOTAL_FIELDS if name in at and name != "reads"}
    counts["reads"] = views if basis != "users" else users
    if all(count.value is None for count in counts.values()) and _blank(at.get("followers")):
        raise Refused("empty_row", "", "这一行没有一项数字", "空白表示未掌握；确为零请填 0")
    observed = None if _blank(at.get("observed_at")) else get.moment("observed_at")
    name = values.text(at.get("account_name"))
    found: list[Record] = []
    if any(count.value is not None for count in counts.values()):
        found.append(
            Sum(
                account,
                start,
                end,
                {name: count.value for name, count in counts.items()},
                observed,
                read_basis=basis,
                censored=marks(**{name: count.censored for name, count in counts.items()}),
                rounded=marks(**{name: count.rounded for name, count in counts.items()}),
                account_name=name,
                note=values.text(at.get("note")),
            )  # fmt: skip
        )
    followers = get("followers", values.count)
    if followers.value is not None:
        closing = datetime.combine(end, time(23, 59, 59))
        found.append(
            Audience(
                account,
                closing,
                "row",
                followers.value,
                None,
                marks(followers=followers.censored),
                marks(followers=followers.rounded),
                name,
            )  # fmt: skip
        )
    return found


def _range(get: CellReader, at: Mapping[str, Any]) -> tuple[date, date]:
    if not _blank(at.get("start")) or not _blank(at.get("end")):
        start, end = get("start", times.day), get("end", times.day)
    else:
        month = get("month", times.month)
        start, end = month.start, month.end
    if end < start:
        raise Refused("range", "止日", f"止日 {end} 早于起日 {start}", "请核对两个日期")
    return start, end


def _audience(get: CellReader, at: Mapping[str, Any]) -> Audience:
    word = str(at.get("platform") or "").strip()
    family = _PLATFORMS.get(word)
    if family is None:
        raise Refused("unknown_platform", "平台", f"不认识的平台“{word}”", suggest(word, _PLATFORMS))
    if _blank(at.get("uid")):
        raise Refused("no_account", "UID/原始ID", "没有写明账号的 UID", "补上 UID/原始ID")
    followers = get("followers", values.count)
    if followers.value is None:
        raise Refused("empty_row", "粉丝数", "没有粉丝数", "空白表示未掌握；确为零请填 0")
    seen = get.moment("date")
    if seen.time() == time():
        seen = seen.replace(hour=23, minute=59, second=59)
    return Audience(
        account_id(family, get("uid", values.identifier)), seen, "row", followers.value, None,
        marks(followers=followers.censored), marks(followers=followers.rounded),
        values.text(at.get("account_name")),
    )  # fmt: skip


def _reads(cell: Any) -> values.Count:
    return values.count(cell, reads=True)


def _original(cell: Any) -> bool | None:
    word = "" if cell is None else str(cell).strip()
    return _ORIGINAL[word] if word in _ORIGINAL else values.truth(cell)


_ORIGINAL = {"原创": True, "转发": False, "转载": False}


def _headline(get: CellReader, at: Mapping[str, Any]) -> bool | None:
    word = str(at.get("headline") or "").strip()
    if word in ("头条", "次条"):
        return word == "头条"
    if not word and (match := _BIZ.search(_link(at))):
        return match[3] == "1"
    return get("headline", values.truth)


def _form(cell: Any) -> tuple[int | None, bool | None, bool | None]:
    """Pictures, video and long text from the word for a form; all unknown where it says nothing."""
    word = "" if cell is None else str(cell).strip()
    if not word:
        return None, None, None
    if word not in _FORMS:
        raise Refused("unknown_form", "形式", f"不认识的形式“{word}”", suggest(word, _FORMS))
    return _FORMS[word]


def _weibo_key(at: Mapping[str, Any], account: str, published: datetime, text: str | None) -> str:
    if match := _MID.search(_link(at)):
        word = match[1]
        try:
            return f"weibo:{word if word.isdigit() and len(word) >= 15 else weibo_id.mid(word)}"
        except ValueError:
            pass
    return f"{account}:{_digest(published, text)}"


def _wechat_key(at: Mapping[str, Any], account: str, published: datetime, title: str | None) -> str:
    if match := _BIZ.search(_link(at)):
        return f"wechat:{match[1]}:{match[2]}:{match[3]}"
    return f"{account}:{_digest(published, title)}"


def _digest(published: datetime, words: str | None) -> str:
    return hashlib.sha256(f"{published.isoformat()}\n{words or ''}".encode()).hexdigest()[:16]


def _link(at: Mapping[str, Any]) -> str:
    return str(at.get("link") or "").strip().replace("&amp;", "&")


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
