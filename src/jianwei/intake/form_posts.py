"""Rows of posts in our own templates (微博明细, 微信明细) and the keys that their links give."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jianwei.errors import suggest
from jianwei.intake import values, weibo_id
from jianwei.intake.lines import CellReader, Refused
from jianwei.intake.records import Seen, marks

__all__ = ["FORMS", "biz", "post"]

_FORMS: dict[str, tuple[int, bool, bool]] = {
    "图片": (1, False, False), "图文": (1, False, False), "九宫格": (1, False, False),
    "一图解说": (1, False, False), "一图读懂": (1, False, False), "图解": (1, False, False),
    "长微博": (0, False, True), "头条文章": (0, False, True), "长图": (1, False, True),
    "视频": (0, True, False), "动漫": (0, True, False), "直播": (0, True, False),
    "文字": (0, False, False), "纯文字": (0, False, False), "其他": (0, False, False),
}  # fmt: skip
FORMS: tuple[str, ...] = tuple(_FORMS)
"""Words for the form of a post, as a template offers them."""

_MID = re.compile(r"(?:detail/|status/|weibo\.(?:com|cn)/(?:u/)?\d+/)([0-9A-Za-z]+)")
_BIZ = re.compile(r"__biz=([^&#]+).*?[?&]mid=(\d+).*?[?&]idx=(\d+)")
_BID = range(8, 11)
_ORIGINAL = {"原创": True, "转发": False, "转载": False}
_COUNTS = ("reposts", "comments", "likes", "wow", "shares")


def post(
    platform: str,
    get: CellReader,
    at: Mapping[str, Any],
    account: str,
    observed: datetime | None,
    scales: Mapping[str, int],
    anchor: datetime | None = None,
) -> Seen:
    """A post from a template's cells by field.

    platform: weibo or wechat. account: its id. observed: when the counts were taken, null where the
    row does not say. scales: field → what one in its column stands for. anchor: when the row was
    written, for times such as 昨天 10:30. Raises Refused.
    """
    wechat = platform == "wechat"
    published = get.moment("published_at", anchor)
    counts = {name: get(name, _count(scales.get(name, 1))) for name in _COUNTS}
    views = get("reads", _count(scales.get("reads", 1), reads=True))
    users = get("readers", _count(scales.get("readers", 1)))
    basis = "views" if views.value is not None else "users" if users.value is not None else None
    counts["reads"] = users if basis == "users" else views
    pictures, video, long_text = _form(at.get("form"))
    title, text = get("title", values.text), get("text", values.text)
    key = _wechat_key if wechat else _weibo_key
    return Seen(
        post_key=key(at, account, published, title if wechat else text),
        account_id=account,
        published_at=published,
        observed_at=observed,
        original=None if wechat else get("original", _original),
        declared_original=get("declared_original", values.truth) if wechat else None,
        headline=_headline(get, at) if wechat else None,
        pictures=pictures,
        video=video,
        long_text=long_text,
        read_basis=basis,
        **{name: count.value for name, count in counts.items()},
        censored=marks(**{name: count.censored for name, count in counts.items()}),
        rounded=marks(**{name: count.rounded for name, count in counts.items()}),
        account_name=get("account_name", values.text),
        title=title,
        text=text,
        link=get("link", _link) or None,
    )


def biz(at: Mapping[str, Any]) -> str | None:
    """The account's `__biz` in an article's link, null where there is none."""
    match = _BIZ.search(_link(at.get("link")))
    return match[1] if match else None


def _count(scale: int, *, reads: bool = False) -> Any:
    if scale == 1:
        return lambda cell: values.count(cell, reads=reads)
    return lambda cell: values.scaled(cell, scale)


def _original(cell: Any) -> bool | None:
    word = "" if cell is None else str(cell).strip()
    return _ORIGINAL[word] if word in _ORIGINAL else values.truth(cell)


def _headline(get: CellReader, at: Mapping[str, Any]) -> bool | None:
    word = "" if at.get("headline") is None else str(at["headline"]).strip()
    if word in {"头条", "次条"}:
        return word == "头条"
    if not word and (match := _BIZ.search(_link(at.get("link")))):
        return match[3] == "1"
    return get("headline", values.truth)


def _form(cell: Any) -> tuple[int | None, bool | None, bool | None]:
    """Pictures, video and long text from the word for a form; all unknown where it says nothing."""
    word = "" if cell is None else str(cell).strip()
    if not word:
        return None, None, None
    if word not in _FORMS:
        hint = suggest(word, _FORMS) or f"可用的有：{'、'.join(_FORMS)}"
        raise Refused("unknown_form", "形式", f"不认识的形式“{values.shown(word)}”", hint)
    return _FORMS[word]


def _weibo_key(at: Mapping[str, Any], account: str, published: datetime, text: str | None) -> str:
    if match := _MID.search(_link(at.get("link"))):
        word = match[1]
        if word.isdigit() and len(word) >= 15:
            return f"weibo:{word}"
        if len(word) in _BID:
            with contextlib.suppress(ValueError):  # no bid: the post is known by its time and words
                return f"weibo:{weibo_id.mid(word)}"
    return f"{account}:{_digest(published, text)}"


def _wechat_key(at: Mapping[str, Any], account: str, published: datetime, title: str | None) -> str:
    if match := _BIZ.search(_link(at.get("link"))):
        return f"wechat:{match[1]}:{match[2]}:{match[3]}"
    return f"{account}:{_digest(published, title)}"


def _digest(published: datetime, words: str | None) -> str:
    return hashlib.sha256(f"{published.isoformat()}\n{words or ''}".encode()).hexdigest()[:16]


def _link(cell: Any) -> str:
    """The link in a cell, "" where there is none. Raises Refused, as it is also read on the way to others."""
    try:
        return (values.text(cell) or "").replace("&amp;", "&")
    except values.CellError as error:
        raise Refused(error.code, "链接", error.reason, error.hint) from error
