"""What the link of a WeChat article tells: account, push and place in it."""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from jianwei.intake import values
from jianwei.intake.lines import Refused

__all__ = ["Article", "article"]

_PARTS = {name: re.compile(rf"[?&]{name}=([^&#\s]+)") for name in ("__biz", "mid", "idx")}
_BIZ = re.compile(r"[A-Za-z0-9+/_-]{4,24}={0,2}")


class Article(NamedTuple):
    """The account's `__biz`, the push's mid, the place in the push (1 = 头条), and the link as text."""

    biz: str
    mid: str
    idx: str
    link: str

    @property
    def key(self) -> str:
        """The post's key."""
        return f"wechat:{self.biz}:{self.mid}:{self.idx}"

    @property
    def headline(self) -> bool:
        """Whether it is the first article of its push."""
        return self.idx == "1"


def article(cell: Any, field: str) -> Article:
    """The article of a link, however often it was escaped. Raises Refused where it names none."""
    try:
        words = values.text(cell) or ""
    except values.CellError as error:
        raise Refused(error.code, field, error.reason, error.hint) from error
    text = html.unescape(html.unescape(words)).replace("\\/", "/").strip()
    found = {name: match[1] if (match := part.search(text)) else "" for name, part in _PARTS.items()}
    whole = _BIZ.fullmatch(found["__biz"]) and found["mid"].isdigit() and found["idx"].isdigit()
    if not whole or not (found["mid"] + found["idx"]).isascii():
        what = "链接里没有账号（__biz）和文章编号（mid、idx）" if text else "没有链接"
        raise Refused("no_link", field, what, "请从来源重新导出；短链接须换成完整链接")
    return Article(found["__biz"], found["mid"].lstrip("0") or "0", found["idx"].lstrip("0") or "0", text)
