"""The measures that leaf formulas may name: name, Chinese title, unit, where each is known.

The same names are columns of `measures` and of a table given to `index`. A recipe may declare
further inputs of its own in `[inputs]`; those exist only in such a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["DISCOURAGED", "DISCOURAGED_WORDS", "MEASURES", "UNIT_LEVEL", "Measure"]


@dataclass(frozen=True)
class Measure:
    """A number that a formula may name.

    platforms: the families that have it, () for every family; a measure of the unit as a whole
    has `of_unit`. negative: whether a value below zero makes sense. note: of a recipe's own input.
    """

    name: str
    title: str
    unit: str
    platforms: tuple[str, ...] = ()
    of_unit: bool = False
    negative: bool = False
    note: str = ""


_WEIBO = ("weibo",)
_WECHAT = ("wechat",)

_ALL: tuple[Measure, ...] = (
    Measure("days", "天数", "天"),
    Measure("accounts", "账号数", "个"),
    Measure("posts", "发布数", "条"),
    Measure("originals", "原创数（非转发）", "条"),
    Measure("declared_originals", "声明原创数", "篇", _WECHAT),
    Measure("pushes", "推送次数", "次", _WECHAT),
    Measure("headlines", "头条篇数", "篇", _WECHAT),
    Measure("reads", "阅读总数", "次"),
    Measure("max_reads", "最高阅读数", "次"),
    Measure("headline_reads", "头条阅读数", "次", _WECHAT),
    Measure("likes", "点赞总数", "次"),
    Measure("max_likes", "最高点赞数", "次"),
    Measure("headline_likes", "头条点赞数", "次", _WECHAT),
    Measure("wow", "在看总数", "次", _WECHAT),
    Measure("max_wow", "最高在看数", "次", _WECHAT),
    Measure("headline_wow", "头条在看数", "次", _WECHAT),
    Measure("shares", "分享总数", "次"),
    Measure("max_shares", "最高分享数", "次"),
    Measure("headline_shares", "头条分享数", "次", _WECHAT),
    Measure("reposts", "转发总数", "次"),
    Measure("comments", "评论总数", "次"),
    Measure("original_reposts", "原创微博转发数", "次", _WEIBO),
    Measure("original_comments", "原创微博评论数", "次", _WEIBO),
    Measure("works", "作品数", "个"),
    Measure("multimedia", "多媒体内容数", "条"),
    Measure("infographics", "一图解说数", "条"),
    Measure("service_posts", "服务类内容数", "条"),
    Measure("median_response", "单条互动中位数", "次"),
    Measure("active_days", "有发布的天数", "天"),
    Measure("response", "互动总数", "次"),
    Measure("response_before", "上期互动总数（同口径账号）", "次"),
    Measure("followers", "期末粉丝数", "人次"),
    Measure("followers_start", "期初粉丝数", "人次"),
    Measure("new_followers", "净增粉丝数", "人次", negative=True),
    Measure("asked", "收到诉求数", "件"),
    Measure("replied", "回复数", "件"),
    Measure("subordinates", "下属单位数", "个", of_unit=True),
    Measure("subordinates_active", "有活跃账号的下属单位数", "个", of_unit=True),
    Measure("platforms_open", "已开通的平台数", "个", of_unit=True),
    Measure("residents", "所在地区人口", "人", of_unit=True),
)

MEASURES: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in _ALL})
"""Every measure by name, in the order in which tables show them."""

UNIT_LEVEL: frozenset[str] = frozenset(measure.name for measure in _ALL if measure.of_unit)
"""Measures of the unit as a whole; leaves of any platform may use them."""

DISCOURAGED: frozenset[str] = frozenset(
    {
        *("followers", "followers_start", "new_followers"),
        *("reads", "max_reads", "headline_reads"),
        *("likes", "max_likes", "headline_likes", "wow", "max_wow", "headline_wow"),
        *("reposts", "original_reposts", "shares", "max_shares", "headline_shares"),
        *("response", "response_before", "median_response"),
    }
)
"""Measures that a 考核 scheme should not score; 互动 counts likes and forwarding.

Source: 中央层面整治形式主义为基层减负 2023-12《关于防治“指尖上的形式主义”的若干意见》 and its
sequels: no assessment by followers, reads, likes or forwarding.
"""

DISCOURAGED_WORDS: tuple[str, ...] = (
    "粉丝",
    "关注人数",
    "订阅",
    "阅读",
    "点赞",
    "在看",
    "转发",
    "分享",
    "播放",
)
"""The same where a scheme gives its own input a Chinese name."""
