"""The words that offices write in closed and half-closed columns, and the forms they are brought to.

A form that says less than the cell (微信 for 订阅号 or 服务号) carries a remark, shown as a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jianwei.model import Platform

__all__ = ["CERTIFIED", "KINDS", "LEVELS", "OPENINGS", "ORGANS", "PLATFORMS", "STATUSES", "Words"]


@dataclass(frozen=True)
class Words:
    """A column's vocabulary: `known` words, other spellings of them, and those that need a remark.

    `closed`: a word that is neither is an error; else it is kept with a warning.
    """

    known: tuple[str, ...]
    spellings: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    closed: bool = True

    def read(self, text: str) -> tuple[str | None, str]:
        """The word meant and the remark to it; None for a word that cannot be told."""
        if text in self.known:
            return text, ""
        plain = text.casefold().replace(" ", "")
        for spelling, word in self.spellings.items():
            if plain == spelling.casefold():
                return word, self.remarks.get(spelling, "")
        for word in self.known:
            if plain == word.casefold():
                return word, ""
        return None, ""


PLATFORMS = Words(
    tuple(platform.value for platform in Platform),
    {
        "新浪微博": "微博",
        "政务微博": "微博",
        "weibo": "微博",
        "订阅号": "微信订阅号",
        "微信公众号（订阅号）": "微信订阅号",
        "微信公众号(订阅号)": "微信订阅号",
        "服务号": "微信服务号",
        "微信公众号（服务号）": "微信服务号",
        "微信公众号(服务号)": "微信服务号",
        "微信": "微信订阅号",
        "政务微信": "微信订阅号",
        "公众号": "微信订阅号",
        "微信公众号": "微信订阅号",
        "微信公众平台": "微信订阅号",
        "wechat": "微信订阅号",
        "微信视频号": "视频号",
        "抖音号": "抖音",
        "快手号": "快手",
        "今日头条": "头条号",
        "头条": "头条号",
        "小红书号": "小红书",
        "哔哩哔哩": "B站",
        "bilibili": "B站",
        "微信小程序": "小程序",
        "移动客户端": "APP",
        "客户端": "APP",
    },
    dict.fromkeys(
        ("微信", "政务微信", "公众号", "微信公众号", "微信公众平台", "wechat"),
        "没有写明订阅号还是服务号，先按微信订阅号登记，请核对",
    ),
)

STATUSES = Words(
    ("正常", "停更", "注销中", "已注销"),
    {
        "在用": "正常",
        "运营中": "正常",
        "正常运营": "正常",
        "已开通": "正常",
        "开通": "正常",
        "休眠": "停更",
        "僵尸": "停更",
        "拟注销": "注销中",
        "注销": "已注销",
        "关停": "已注销",
        "已关停": "已注销",
        "关闭": "已注销",
        "已关闭": "已注销",
    },
    closed=False,
)

OPENINGS = Words(
    ("有账号", "确认未开通", "未普查"),
    {
        "有": "有账号",
        "已开通": "有账号",
        "确认没有": "确认未开通",
        "未开通": "确认未开通",
        "无": "确认未开通",
        "无账号": "确认未开通",
        "未知": "未普查",
        "未调查": "未普查",
        "未核实": "未普查",
    },
    dict.fromkeys(("未开通", "无", "无账号"), "已按“确认未开通”登记；如果没有核实过，请改为“未普查”"),
)

ORGANS = Words(
    (
        "党委",
        "人大",
        "政府",
        "政协",
        "监察委员会",
        "人民法院",
        "人民检察院",
        "党委部门",
        "政府组成部门",
        "工作部门",
        "直属机构",
        "派出机构",
        "机关内设机构",
        "人民团体",
        "参公事业单位",
        "乡镇",
        "街道",
        "开发区管委会",
        "垂直管理",
    ),
    {
        "法院": "人民法院",
        "检察院": "人民检察院",
        "监委": "监察委员会",
        "监察委": "监察委员会",
        "党委工作部门": "党委部门",
        "内设机构": "机关内设机构",
        "群团": "人民团体",
        "群团组织": "人民团体",
        "团体": "人民团体",
        "垂直管理单位": "垂直管理",
        "管委会": "开发区管委会",
        "街道办事处": "街道",
    },
    closed=False,
)

LEVELS = Words(
    ("省部级", "厅局级", "县处级", "乡科级"),
    {
        "省级": "省部级",
        "部级": "省部级",
        "厅级": "厅局级",
        "局级": "厅局级",
        "处级": "县处级",
        "县级": "县处级",
        "科级": "乡科级",
    },
    closed=False,
)

KINDS = Words(("常住", "户籍"), {"常住人口": "常住", "户籍人口": "户籍"})

CERTIFIED = Words(
    ("政府", "企业", "媒体", "机构", "个人", "未认证"),
    {"政务": "政府", "政府认证": "政府", "蓝V": "政府", "无": "未认证", "未认证账号": "未认证"},
    closed=False,
)
