"""Platforms, account ids, and what a source claims to hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

__all__ = ["PLATFORMS", "ObservedFrom", "Platform", "Scope", "account_id", "split_account_id"]


class Platform(StrEnum):
    """A platform in the registry; the value is the word that offices write in their tables."""

    WEIBO = "微博"
    WECHAT_SUBSCRIPTION = "微信订阅号"
    WECHAT_SERVICE = "微信服务号"
    CHANNELS = "视频号"
    DOUYIN = "抖音"
    KUAISHOU = "快手"
    TOUTIAO = "头条号"
    XIAOHONGSHU = "小红书"
    BILIBILI = "B站"
    MINIPROGRAM = "小程序"
    APP = "APP"
    OTHER = "其他"

    @property
    def family(self) -> str:
        """The ASCII word used in ids, in the lake and in recipes; both WeChat kinds are `wechat`."""
        return _FAMILY[self]


_FAMILY: dict[Platform, str] = {
    Platform.WEIBO: "weibo",
    Platform.WECHAT_SUBSCRIPTION: "wechat",
    Platform.WECHAT_SERVICE: "wechat",
    Platform.CHANNELS: "channels",
    Platform.DOUYIN: "douyin",
    Platform.KUAISHOU: "kuaishou",
    Platform.TOUTIAO: "toutiao",
    Platform.XIAOHONGSHU: "xiaohongshu",
    Platform.BILIBILI: "bilibili",
    Platform.MINIPROGRAM: "miniprogram",
    Platform.APP: "app",
    Platform.OTHER: "other",
}

PLATFORMS: dict[str, str] = {
    "weibo": "微博",
    "wechat": "微信",
    **{family: platform.value for platform, family in _FAMILY.items() if family not in ("weibo", "wechat")},
}
"""Platform family (as in ids and the lake) to the word on screens."""

ObservedFrom = Literal["row", "option", "name", "mtime"]
"""Where `observed_at` came from: the row itself, `--observed-at`, the file name, its mtime."""

Scope = Literal["timeline", "listing", "search", "form", "profile", "comments"]
"""What a source claims to hold: an account's whole timeline, a listing of posts that an office
keeps, the hits of a search (never complete for an account), sums from a form, or profiles."""


def account_id(family: str, uid: str) -> str:
    """The id of an account everywhere: `weibo:2803301701`, `wechat:gh_0123456789ab`."""
    return f"{family}:{uid}"


def split_account_id(key: str) -> tuple[str, str]:
    """Platform family and uid of an account id. Raises ValueError if there is no colon."""
    family, uid = key.split(":", 1)
    return family, uid
