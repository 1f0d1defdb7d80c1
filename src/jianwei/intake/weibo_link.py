"""Links to posts on Weibo: the author's uid and the post's id, for tables that have no other id."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from jianwei.intake import values, weibo_id
from jianwei.intake.lines import Refused

__all__ = ["Post", "post"]

_LINK = re.compile(
    r"(?:https?:)?(?://)?(?:www\.|m\.)?weibo\.(?:com|cn)/(\d{5,20})/([0-9A-Za-z]{6,20})(?:[/?#].*)?", re.ASCII
)
_HINT = "链接应为 https://weibo.com/账号UID/微博编号 的样子"


class Post(NamedTuple):
    """A post as its link names it: the author's uid, and the mid in digits."""

    uid: str
    mid: str


def post(cell: Any, field: str) -> Post:
    """The post of a link, with its mid or its bid. Raises Refused where it names none."""
    try:
        words = values.text(cell) or ""
    except values.CellError as error:
        raise Refused(error.code, field, error.reason, error.hint) from error
    found = _LINK.fullmatch(words.strip())
    if found is None:
        what = f"“{values.shown(words)}”不是一条微博的链接" if words else "没有微博的链接"
        raise Refused("bad_link" if words else "missing_link", field, what, _HINT)
    uid, word = found.groups()
    if word.isdigit() and len(word) >= 15:
        return Post(uid, word)
    try:
        return Post(uid, weibo_id.mid(word))
    except ValueError as error:
        raise Refused("bad_link", field, f"“{values.shown(word)}”不是微博的编号", _HINT) from error
