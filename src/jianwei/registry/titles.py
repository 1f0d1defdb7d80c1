"""The words of the national system's exports: titles of columns, and what is written for a platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jianwei.model import Platform
from jianwei.registry import cells, words
from jianwei.registry.tables import plain_title

__all__ = ["TITLES", "is_title", "matched", "named_platform", "platform"]

TITLES: Mapping[str, tuple[str, ...]] = {
    "name": ("账号名称", "新媒体名称", "政务新媒体名称", "账号昵称", "昵称", "账号名", "公众号名称", "微博名称", "客户端名称",
             "应用名称", "名称", "账号"),
    "platform": ("平台", "平台类型", "账号类型", "新媒体类型", "政务新媒体类型", "新媒体平台", "所属平台", "账号平台",
                 "媒体类型", "开设平台", "类型", "类别", "渠道"),
    "uid": ("UID", "账号ID", "原始ID", "UID/原始ID", "微信号", "微信号/原始ID", "微博UID", "平台账号ID", "用户ID", "账号UID",
            "账号链接", "链接", "网址", "账号地址", "主页地址", "主页链接", "账号网址"),
    "unit": ("主办单位", "主办单位名称", "开办单位", "开设主体", "开设单位", "单位名称", "主办部门", "运营主体", "单位",
             "账号所属单位", "所属单位", "责任单位"),
    "credit_code": ("统一社会信用代码", "主办单位统一社会信用代码", "社会信用代码", "信用代码"),
    "supervisor": ("主管单位", "主管部门", "上级主管单位"),
    "certified_as": ("认证主体", "认证名称", "认证信息", "认证单位", "账号主体", "账号主体名称"),
    "filing": ("备案号", "备案编号", "标识码", "政务新媒体标识码", "新媒体标识码", "账号标识码", "编码", "账号编码"),
    "status": ("状态", "账号状态", "运行状态", "运营状态", "当前状态", "使用状态"),
    "opened": ("开通日期", "开通时间", "开设时间", "开设日期", "开办时间", "注册时间", "上线时间"),
    "filed": ("备案日期", "备案时间", "报送时间", "填报时间", "审核通过时间", "登记时间"),
    "closed": ("注销日期", "注销时间", "关停时间", "关停日期", "关闭时间", "关停注销时间", "关停/注销时间"),
}  # fmt: skip
"""Field to the titles that mean it, in the order of trust."""

_PLATFORM_WORDS = {
    "政务微信公众号": "wechat", "微信": "wechat", "政务微信": "wechat", "公众号": "wechat", "微信公众号": "wechat",
    "微信公众平台": "wechat", "wechat": "wechat",
}  # fmt: skip
"""Words that leave open whether 订阅号 or 服务号."""

_MORE_PLATFORMS = {
    "抖音短视频": Platform.DOUYIN, "政务抖音": Platform.DOUYIN, "政务头条": Platform.TOUTIAO, "今日头条号": Platform.TOUTIAO,
    "政务客户端": Platform.APP, "移动客户端(app)": Platform.APP, "app客户端": Platform.APP, "政务app": Platform.APP,
    "微信小程序": Platform.MINIPROGRAM, "政务小程序": Platform.MINIPROGRAM, "快手短视频": Platform.KUAISHOU,
    "腾讯微博": Platform.OTHER, "人民微博": Platform.OTHER, "企鹅号": Platform.OTHER, "百家号": Platform.OTHER,
    "支付宝小程序": Platform.OTHER, "网易号": Platform.OTHER, "人民号": Platform.OTHER, "澎湃号": Platform.OTHER,
}  # fmt: skip


_PLAIN: Mapping[str, tuple[str, ...]] = {
    field: tuple(dict.fromkeys(plain_title(title) for title in titles)) for field, titles in TITLES.items()
}


def matched(titles: Sequence[str]) -> dict[int, str]:
    """Position to field: each field's most trusted title wins, a title serves one field."""
    fields: dict[int, str] = {}
    for field, known in _PLAIN.items():
        for title in known:
            free = [n for n, one in enumerate(titles) if one == title and n not in fields]
            if free:
                fields[free[0]] = field
                break
    return fields


def is_title(field: str, text: str) -> bool:
    """Whether a cell repeats one of a field's titles."""
    return plain_title(text) in _PLAIN[field]


def named_platform(texts: Iterable[str]) -> Platform | str:
    """The one platform that a sheet's name or title says, "" where none or several are named."""
    said = " ".join(texts)
    told = {
        word
        for word in (
            "微博",
            "微信",
            "公众号",
            "抖音",
            "快手",
            "头条",
            "视频号",
            "小程序",
            "客户端",
            "B站",
            "小红书",
        )
        if word in said
    }
    meant = {platform(word) for word in told}
    return next(iter(meant)) or "" if len(meant) == 1 else ""


def platform(text: str) -> Platform | str | None:
    """The platform meant, `wechat` where its kind is left open, None for a word that is none."""
    said = cells.plain(text)
    if re.search("腾讯微博|人民微博|新华微博|网易微博", said) or said.endswith("微博(腾讯)"):
        return Platform.OTHER
    short = re.sub(r"\([^()]*\)", "", said)
    bare = re.sub(r"^(政务|新浪)(?=微博|微信|抖音|头条|快手|视频号|小程序|客户端|公众号)", "", short)
    for candidate in filter(None, (said, short, bare)):
        if family := _PLATFORM_WORDS.get(candidate.casefold()):
            return family
        if found := _MORE_PLATFORMS.get(candidate.casefold().replace(" ", "")):
            return found
        known, _ = words.PLATFORMS.read(candidate)
        if known is not None:
            return Platform(known)
    return None
