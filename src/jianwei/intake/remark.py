"""Comments from crawlers' files: the post, the time, the words; who wrote one only as a pseudonym."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from jianwei.intake import values
from jianwei.intake.commenter import pseudonym
from jianwei.intake.lines import CellReader
from jianwei.intake.records import Remark

__all__ = ["namer", "weibo"]

_ONCE = secrets.token_bytes(32)
"""The key where nothing is kept: pseudonyms of one process, which mean nothing after it."""


def namer(secret: bytes) -> Callable[[str | None], str | None]:
    """From a uid or a name to its pseudonym, null for nobody. secret: the workspace's key, b"" without one."""

    def named(who: str | None) -> str | None:
        return pseudonym(who or "", secret or _ONCE) or None

    return named


def weibo(
    at: Mapping[str, Any], name: Callable[[str | None], str | None], *, by_account: bool | None = None
) -> Remark:
    """A comment in weibo-crawler's columns. by_account: whether the post's own account wrote it. Raises Refused."""
    get = CellReader(at)
    root = at.get("root_id")
    number = get("id", values.number_id)
    return Remark(
        comment_key=f"weibo:{number}",
        post_key=f"weibo:{get('weibo_id', values.number_id)}",
        published_at=get.moment("created_at"),
        reply_to=None
        if values.blank(root) or str(root) == number
        else f"weibo:{get('root_id', values.number_id)}",
        commenter=name(get("user_id", values.text) or get("user_screen_name", values.text)),
        by_account=by_account,
        likes=get("like_count", values.count).value,
        text=get("text", values.text),
    )
