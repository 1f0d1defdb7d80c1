"""The blank form: columns of each sheet as `intake.template` declares them, with how a cell looks and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jianwei.intake.form_posts import FORMS
from jianwei.intake.template import TEMPLATES, Kind
from jianwei.model import COUNTS, TOTAL_FIELDS

__all__ = ["FAMILIES", "REFERENCE", "RULES", "SHEETS", "Face", "counted", "faces", "title"]

Look = Literal["text", "count", "time", "wide"]

FAMILIES: dict[str, tuple[Kind, Kind]] = {
    "weibo": ("weibo_totals", "weibo_posts"),
    "wechat": ("wechat_totals", "wechat_posts"),
}
"""Platform family to its two sheets: sums that are asked for, posts that may be added."""

SHEETS: dict[Kind, str] = {
    "weibo_totals": "微博汇总",
    "weibo_posts": "微博明细(选填)",
    "wechat_totals": "微信汇总",
    "wechat_posts": "微信明细(选填)",
}
"""Names of the sheets in their order."""

REFERENCE = "参考·"
"""What the titles of grey columns begin with; nothing reads those columns."""

RULES: tuple[str, ...] = (
    "空白 = 未掌握，0 = 确为零。不知道的格子请留空，不要填 0，也不必写“无”。",
    "月份、账号、UID 已经填好，请勿改动；也不要改列名、删列、改工作表名。一行是一个账号的一个月。",
    "可以整块粘贴。从别处复制时建议用“选择性粘贴—数值”；长编号和链接的列已设为文本，请勿改成数字。",
    "只填数字，不写“约”“多”等字；10万+、1.2万 可以照平台的显示填写。",
    "灰色的“参考”列是公开页面上已经采到的数，可能不全，只供核对，不作为贵单位所报。",
    "阅读次数和阅读人数是两个数，不要互相代填；后台只有一个时，另一个留空。",
    "“明细”表选填：有后台导出时，把内容粘贴到表头下面即可。一个平台只有一个账号时，不用写账号和 UID。",
    "要更正时，改好后把整份表再交一次，以后一份为准；当月无更新请在“停更说明”中写明原因。",
)
"""What the first sheet says, in order; the first rule also stands on top of every sheet."""

_READERS = ("readers", "sharers")
_TEXTS = ("account_name", "uid", "month", "phone", "link", "account_type", "original", "form", "headline",
          "declared_original", "reporter", "reviewer")  # fmt: skip
_WIDE = ("note", "text", "title")
_WIDTHS = {"account_name": 22, "uid": 20, "month": 10, "link": 30, "text": 36, "title": 36, "note": 24,
           "observed_at": 17, "published_at": 17, "phone": 14}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "account_type": ("订阅号", "服务号"),
    "original": ("原创", "转发"),
    "form": FORMS,
    "headline": ("是", "否"),
    "declared_original": ("是", "否"),
}

_MEANINGS: dict[str, str] = {
    "followers": "月末最后一天的粉丝（关注）总数",
    "posts": "当月发布的全部条数（篇数），微博含转发",
    "originals": "其中不是转发的条数，不会多于发布数",
    "declared_originals": "其中声明原创的篇数，不会多于篇数",
    "reads": "当月发布内容被阅读的次数，同一人读两次算两次",
    "readers": "阅读的人数，不会多于阅读次数",
    "reposts": "当月发布内容被转发的次数",
    "comments": "当月发布内容收到的评论（留言）数",
    "likes": "当月发布内容收到的点赞数",
    "wow": "当月发布内容收到的在看数",
    "asked": "当月收到的咨询、投诉、求助等诉求数",
    "replied": "其中已经回复的数量",
    "note": "当月没有更新、账号停用等情况的说明",
    "observed_at": "这些数是何时从后台取的，如 2015-07-02 09:00；不写则按文件保存时间",
    "new_followers": "当月新关注的人数",
    "lost_followers": "当月取消关注的人数",
    "pushes": "当月群发的次数，一次群发可有多篇",
    "headline_reads": "各次群发头条的阅读次数之和",
    "max_reads": "单篇最高的阅读次数",
    "shares": "当月发布内容被分享的次数",
    "sharers": "分享的人数，不会多于分享次数",
}


@dataclass(frozen=True)
class Face:
    """A column of a sheet: what it fills, its title, how its cells look, what it offers, what it means."""

    field: str
    title: str
    look: Look
    width: int
    choices: tuple[str, ...] = ()
    meaning: str = ""


def faces(kind: Kind, *, single: bool = False) -> list[Face]:
    """The columns of a sheet in order.

    single: whether the unit has one account on the platform, so that rows of posts need not name it.
    """
    named = kind in ("weibo_totals", "wechat_totals") or not single
    return [
        _face(kind, column.field, column.title)
        for column in TEMPLATES[kind].columns
        if column.field not in ("start", "end") and (named or column.field not in ("account_name", "uid"))
    ]


def counted(kind: Kind) -> list[str]:
    """The fields of a sheet that are whole numbers, in the order of its columns."""
    known = {*TOTAL_FIELDS, *_READERS, "followers"} if kind.endswith("totals") else {*COUNTS, *_READERS}
    return [column.field for column in TEMPLATES[kind].columns if column.field in known]


def title(kind: Kind, field: str) -> str:
    """The title of a field's column."""
    return next(column.title for column in TEMPLATES[kind].columns if column.field == field)


def _face(kind: Kind, field: str, name: str) -> Face:
    width = _WIDTHS.get(field, max(9, 2 * len(name) + 2))
    if field in counted(kind):
        return Face(field, name, "count", width, (), _MEANINGS.get(field, ""))
    look: Look = "wide" if field in _WIDE else "text" if field in _TEXTS else "time"
    return Face(field, name, look, width, _CHOICES.get(field, ()), _MEANINGS.get(field, ""))
