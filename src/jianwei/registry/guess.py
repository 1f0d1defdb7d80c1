"""What a certification or a name suggests about its owner; a person checks every guess."""

from __future__ import annotations

import re

from jianwei.registry.outcome import Seen

__all__ = ["unit_name"]

_OFFICIAL = re.compile(
    r"(?:的?(?:官方|政务|认证|唯一|新浪|腾讯)*(?:微博|微信|公众号|公众平台|账号|帐号|发布平台|平台)|官方)+$"
)


def unit_name(seen: Seen) -> str:
    """The 全称 that certification or name suggests: `重庆市环境保护局官方微博` is 重庆市环境保护局."""
    for words in (seen.certified_as, seen.name):
        text = " ".join(words.split())
        if text:
            return _OFFICIAL.sub("", text).rstrip(" ，,。的") or text
    return seen.uid
