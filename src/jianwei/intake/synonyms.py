"""Words that other people's tables have for our columns, and words that are no column of ours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from jianwei.intake.mapping import words
from jianwei.intake.template import TEMPLATES, Kind, plain_title, scale

__all__ = ["Hit", "derived", "hits", "known"]

SAME, ALSO, WIDER, PART = 0.95, 0.9, 0.8, 0.6
"""How sure a title makes: our own word, a synonym of the template, a wider one, a word within it."""

_UID_WEIBO = ("uid", "user_id", "userid", "博主id", "用户id", "账号id", "微博id号", "博主uid", "作者id")
_UID_WECHAT = (
    "biz",
    "fakeid",
    "wxid",
    "原始id",
    "微信id",
    "gh_id",
    "公众号账号",
    "微信账号",
    "公众号微信号",
    "微信号id",
)
_NAME = (
    "账户",
    "账户名称",
    "作者",
    "发布者",
    "发布账号",
    "媒体",
    "媒体名称",
    "昵称",
    "名称",
    "screen_name",
    "author",
    "nickname",
    "账号名",
)
_LINK = (
    "url",
    "地址",
    "永久链接",
    "详情链接",
    "原文地址",
    "微博地址",
    "文章地址",
    "link",
    "href",
    "文章url",
    "原文url",
    "帖子链接",
)
_TIME = ("发文时间", "发表时间", "发布日期", "发文日期", "发表日期", "发博时间", "创建时间", "日期", "created_at", "publish_time",
         "published_at", "pubtime", "date", "time", "datetime", "发送时间", "推送日期", "群发日期", "from1")  # fmt: skip
_READS = ("阅读", "阅读量", "阅读数", "浏览量", "浏览数", "阅读总数", "总阅读", "总阅读数", "阅读次数", "点击量", "view", "views",
          "reads", "read_num", "readnum", "readcount", "曝光阅读数")  # fmt: skip
_LIKES = (
    "赞",
    "赞数",
    "获赞",
    "获赞数",
    "点赞量",
    "点赞总数",
    "总点赞数",
    "like",
    "likes",
    "like_num",
    "likecount",
    "attitudes_count",
    "拇指赞",
)
_COMMENTS = (
    "评论总数",
    "总评论数",
    "回复数",
    "comment",
    "comments",
    "comments_count",
    "comment_count",
    "留言量",
    "留言总数",
    "评论次数",
)
_REPOSTS = (
    "转发总数",
    "总转发数",
    "转发次数",
    "转发数量",
    "转评",
    "repost",
    "reposts",
    "reposts_count",
    "分享数",
    "分享",
    "转发量",
)
_WOW = ("在看量", "在看总数", "总在看数", "爱心赞", "推荐", "推荐数", "在看次数", "looking", "zaikan", "wow")
_SHARES = (
    "分享次数",
    "分享量",
    "转发次数",
    "转发量",
    "转发数",
    "转发分享次数",
    "share",
    "shares",
    "share_num",
    "分享转发次数",
)
_SEEN = (
    "采集时间",
    "抓取时间",
    "更新时间",
    "数据采集时间",
    "入库时间",
    "监测时间",
    "crawl_time",
    "统计时间",
    "导出时间",
)
_FOLLOWERS = (
    "粉丝数",
    "粉丝总数",
    "关注数",
    "总用户数",
    "累计关注人数",
    "累积关注人数",
    "累积人数",
    "累计人数",
    "总人数",
    "累计用户",
    "用户总数",
    "followers",
    "fans",
    "粉丝量",
    "订阅数",
    "关注者",
)
_MONTH = ("月", "统计周期", "时段", "期间", "周期", "统计期", "时间范围", "数据周期", "period", "month")
_DAY = ("日期", "时间", "统计日期", "数据日期", "ref_date", "date", "日")
_POSTS = (
    "发布量",
    "发文量",
    "发布总数",
    "发布数量",
    "发文总数",
    "总发布数",
    "作品数",
    "内容数",
    "文章总数",
    "发文篇数",
    "posts",
    "发布次数",
)

_WIDER: dict[str, dict[str, tuple[str, ...]]] = {
    "weibo_posts": {
        "account_name": (*_NAME, "博主", "标题(author)"), "uid": _UID_WEIBO, "link": _LINK, "published_at": _TIME,
        "clock": ("时刻", "发布时刻"), "text": ("标题", "全文", "文本", "博文", "博文内容", "正文内容", "content", "text", "txt", "帖子内容", "微博文本"),
        "original": ("原创转发", "微博类型", "是否转发", "原发/转发"), "form": ("媒体类型", "内容类型"), "reads": _READS,
        "reposts": _REPOSTS, "comments": _COMMENTS, "likes": _LIKES, "observed_at": _SEEN,
    },
    "wechat_posts": {
        "account_name": (*_NAME, "公众号昵称", "微信公众号名称"), "uid": _UID_WECHAT, "title": ("文章", "图文名称", "文章名称", "内容标题", "名称", "title", "推文标题", "文章题目"),
        "link": _LINK, "published_at": _TIME, "clock": ("时刻", "发布时刻"), "headline": ("位置", "发文位置", "图文位置", "是否头条文章"),
        "declared_original": ("原创标识", "是否声明原创", "版权"), "reads": (*_READS, "图文阅读次数", "图文页阅读次数", "阅读·次数", "阅读(次)"),
        "readers": ("图文页阅读人数", "阅读用户数", "阅读人次", "read_user", "送达阅读人数", "阅读·人数", "总阅读人数"),
        "likes": (*_LIKES, "拇指", "大拇指", "好看"), "wow": _WOW, "shares": (*_SHARES, "分享·次数"),
        "sharers": ("分享转发人数", "转发人数", "share_user", "总分享人数", "分享·人数"), "comments": (*_COMMENTS, "留言条数"),
        "observed_at": _SEEN,
    },
    "weibo_totals": {
        "month": _MONTH, "day": _DAY, "account_name": (*_NAME, "博主"), "uid": _UID_WEIBO, "followers": _FOLLOWERS,
        "posts": (*_POSTS, "发博量", "微博总数", "博文数", "微博发布数"), "originals": ("原创", "原创条数", "原创博文数"),
        "reads": _READS, "reposts": _REPOSTS, "comments": _COMMENTS, "likes": _LIKES, "new_followers": ("新增粉丝", "净增粉丝"),
        "observed_at": _SEEN, "multimedia": ("多媒体微博数", "图片视频数"),
    },
    "wechat_totals": {
        "month": _MONTH, "day": _DAY, "account_name": (*_NAME, "公众号昵称"), "uid": _UID_WECHAT, "followers": _FOLLOWERS,
        "pushes_posts": ("发布次数/篇数", "发布次数/发布篇数", "推送/篇数", "发布/篇数"),
        "new_followers": ("新增人数", "新增用户", "新关注", "净增关注"), "lost_followers": ("取关", "取关人数", "取消人数"),
        "pushes": ("群发篇次", "推送数", "推送", "发文次数", "群发数", "发送次数"),
        "posts": (*_POSTS, "文章篇数", "图文数", "图文总数", "篇", "群发篇数", "文章数量"), "declared_originals": ("原创", "原创文章数"),
        "reads": (*_READS, "图文阅读次数", "图文页阅读次数", "阅读·次数"), "readers": ("图文页阅读人数", "阅读用户数", "read_user", "阅读·人数", "总阅读人数"),
        "headline_reads": ("头条阅读量", "头条总阅读数", "头条阅读总数"), "max_reads": ("最高阅读量", "单篇最高阅读", "最大阅读数"),
        "headlines": ("头条数", "头条文章数"), "likes": _LIKES, "max_likes": ("最高点赞数", "最大点赞数"),
        "headline_likes": ("头条点赞数",), "wow": _WOW, "max_wow": ("最高在看数",), "headline_wow": ("头条在看数",),
        "shares": (*_SHARES, "分享·次数"), "sharers": ("分享转发人数", "转发人数", "分享·人数"),
        "max_shares": ("最高分享数",), "headline_shares": ("头条分享数",), "comments": _COMMENTS, "observed_at": _SEEN,
    },
    "followers": {
        "date": (*_DAY, *_SEEN), "platform": ("渠道", "媒体平台", "账号平台", "类型"), "account_name": _NAME,
        "uid": (*_UID_WEIBO, *_UID_WECHAT), "followers": _FOLLOWERS,
    },
}  # fmt: skip

_DERIVED = re.compile(
    r"率$|率\(|占比|比例|百分比|平均|均值|[篇条日人次]均|指数|排名|名次|^序号$|^no\.?$|^编号$|增长|增幅|环比|同比|得分|评分|"
    r"较上|变化|^id$|rank|index|index$|wci|bci|热度|传播力|影响力|%"
)


_OTHER = re.compile("阅读原文|原文页|收藏|跳转|送达|打开|朋友圈|会话|完读|赞赏|打赏|负面|正面|情感")
"""Words of columns that look like ours and are none: clicks on 阅读原文 are no reads."""

_OF_PEOPLE = re.compile(r"人数|[(\[（【]人[)\]）】]|用户数|_user|[^\w]人$")
_USERS = {"reads": "readers", "shares": "sharers"}
_TIMES = ("reads", "shares", "reposts", "comments", "likes", "wow")
"""Counts of times, which a column of persons (人数) is not; reads and shares have a column of persons."""


class Hit(NamedTuple):
    """A field that a title may mean, how sure that is (0 to 1), and why."""

    field: str
    confidence: float
    why: str


@lru_cache(maxsize=4_096)
def hits(kind: Kind, title: str) -> tuple[Hit, ...]:
    """What a title may mean in a table of this kind, surest first; nothing for shares and ranks."""
    word = plain_title(title)
    if not word or derived(title) or _OTHER.search(word):
        return ()
    users = kind.startswith("wechat")
    found: dict[str, Hit] = {}
    for name, field, sure in _vocabulary(kind):
        if name == word:
            hit = Hit(field, sure, "列名相同" if sure == SAME else "列名是同义词")
        elif len(name) >= 2 and name in word and not name.isascii():
            hit = Hit(field, PART + min(len(name) / len(word), 0.99) / 10, f"列名里有“{name}”")
        else:
            continue
        if _OF_PEOPLE.search(title.casefold()):
            if users and hit.field in _USERS:
                hit = hit._replace(field=_USERS[hit.field], why="列名写明是人数")
            elif hit.field in _TIMES:
                continue
        if hit.field not in found or found[hit.field].confidence < hit.confidence:
            found[hit.field] = hit
    return tuple(sorted(found.values(), key=lambda hit: -hit.confidence))


def derived(title: str) -> bool:
    """Whether a column holds what is computed from others: a share, a mean, a rank, an index."""
    return scale(title) is None or _DERIVED.search(plain_title(title)) is not None


@lru_cache(maxsize=4_096)
def known(title: str) -> bool:
    """Whether a title means something in a table of some kind, or is a rank or the like."""
    return bool(title) and (derived(title) or any(hits(kind, title) for kind in TEMPLATES))


@lru_cache(maxsize=8)
def _vocabulary(kind: Kind) -> tuple[tuple[str, str, float], ...]:
    """Plain word, field, how sure it makes."""
    own = [(plain_title(word), field, SAME) for word, field in words(kind).items()]
    also = [
        (plain_title(word), column.field, ALSO) for column in TEMPLATES[kind].columns for word in column.also
    ]
    wider = [(plain_title(word), field, WIDER) for field, group in _WIDER[kind].items() for word in group]
    return (*own, *also, *wider)
