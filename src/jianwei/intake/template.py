"""Our own templates (填报模板): their columns, the words that may stand for them, what they fill."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

__all__ = ["TEMPLATES", "Column", "Fit", "Kind", "Template", "header", "match", "plain_title", "scale"]

Kind = Literal["weibo_posts", "wechat_posts", "weibo_totals", "wechat_totals", "followers"]


@dataclass(frozen=True)
class Column:
    """A column: its title in the template, the field it fills, other titles that mean the same."""

    title: str
    field: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """A template; a table is of this kind if it has all the `marks` (fields)."""

    kind: Kind
    title: str
    platform: str
    columns: tuple[Column, ...]
    marks: tuple[frozenset[str], ...]


class Fit(NamedTuple):
    """How a header fits a template: field → place of its column, field → what one in it stands for.

    twice: places of columns whose title has stood before. rivals: places of columns that mean the same
    as one that was taken, neither in the template's own word.
    """

    template: Template
    places: dict[str, int]
    scales: dict[str, int]
    twice: tuple[int, ...]
    rivals: tuple[int, ...]
    closeness: tuple[int, int]


_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = re.compile(r"[\s*:_\ufeff]+")
_UNIT = re.compile(r"^[(\[](?:单位:?)?(千|万|百万|千万|亿)")
_PEOPLE = re.compile(r"[(\[]人数?[)\]]")
_SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


def _marks(*groups: str) -> tuple[frozenset[str], ...]:
    """Each group is a set of fields of which one must be there."""
    return tuple(frozenset(group.split("|")) for group in groups)


_UID = ("UID/原始ID", "账号ID", "用户ID", "user_id", "原始ID", "微信号", "微博UID", "公众号ID", "gh_id")
_SEEN = Column("取数时间", "observed_at", ("采集时间", "统计时间", "数据时间", "抓取时间"))
_ACCOUNT_WEIBO = Column(
    "账号", "account_name", ("账号名称", "昵称", "微博名称", "微博账号", "用户昵称", "微博昵称")
)
_ACCOUNT_WECHAT = Column(
    "公众号", "account_name", ("账号", "账号名称", "公众号名称", "微信名称", "微信公众号")
)
_UID_WEIBO = Column("UID", "uid", _UID)
_UID_WECHAT = Column("微信号/原始ID", "uid", (*_UID, "UID", "微信号／原始ID"))
_MONTH = Column("月份", "month", ("统计月份", "月度", "周期", "所属月份"))
_START = Column("起日", "start", ("开始日期", "起始日期", "统计起日"))
_END = Column("止日", "end", ("结束日期", "截止日期", "统计止日"))
_REPORTER = (
    Column("填报人", "reporter"),
    Column("电话", "phone", ("联系电话",)),
    Column("审核人", "reviewer"),
)

TEMPLATES: dict[Kind, Template] = {
    "weibo_posts": Template(
        "weibo_posts",
        "微博明细",
        "weibo",
        (
            _ACCOUNT_WEIBO,
            _UID_WEIBO,
            Column("链接", "link", ("微博链接", "网址", "URL", "原文链接")),
            Column("发布时间", "published_at", ("发布日期", "时间", "发表时间")),
            Column("正文摘要", "text", ("正文", "内容", "微博内容", "微博正文", "摘要")),
            Column("原创/转发", "original", ("是否原创", "原创", "类型")),
            Column("形式", "form", ("内容形式", "发布形式")),
            Column("阅读", "reads", ("阅读量", "阅读数")),
            Column("转发", "reposts", ("转发数", "转发量", "被转发")),
            Column("评论", "comments", ("评论数", "评论量", "被评论")),
            Column("点赞", "likes", ("点赞数", "赞", "点赞量")),
            _SEEN,
        ),
        _marks("published_at", "reposts|comments|likes", "text|link"),
    ),
    "wechat_posts": Template(
        "wechat_posts",
        "微信明细",
        "wechat",
        (
            _ACCOUNT_WECHAT,
            _UID_WECHAT,
            Column("标题", "title", ("文章标题", "图文标题")),
            Column("链接", "link", ("文章链接", "网址", "URL", "图文链接")),
            Column("发布时间", "published_at", ("发布日期", "时间", "推送时间", "群发时间")),
            Column("头条", "headline", ("是否头条", "头条/次条")),
            Column("声明原创", "declared_original", ("是否原创", "原创")),
            Column("阅读次数", "reads", ("阅读", "阅读量", "阅读数")),
            Column("阅读人数", "readers", ()),
            Column("点赞", "likes", ("点赞数", "赞")),
            Column("在看", "wow", ("在看数", "喜欢", "爱心")),
            Column("分享次数", "shares", ("转发", "分享", "分享数")),
            Column("分享人数", "sharers", ()),
            Column("留言", "comments", ("留言数", "评论", "评论数")),
            _SEEN,
        ),
        _marks("published_at", "title", "reads|readers|likes|wow"),
    ),
    "weibo_totals": Template(
        "weibo_totals",
        "微博汇总",
        "weibo",
        (
            _MONTH,
            _START,
            _END,
            _ACCOUNT_WEIBO,
            _UID_WEIBO,
            Column("月末粉丝", "followers", ("期末粉丝", "粉丝数", "粉丝", "粉丝量")),
            Column("发布数", "posts", ("发布量", "发博数", "发文数", "微博数", "发布条数")),
            Column("原创数", "originals", ("原创量", "原创微博数")),
            Column("阅读量", "reads", ("阅读数", "总阅读数", "阅读")),
            Column("转发", "reposts", ("转发数", "转发量", "转发总数", "被转发数")),
            Column("评论", "comments", ("评论数", "评论量", "评论总数", "被评论数")),
            Column("点赞", "likes", ("点赞数", "点赞量", "点赞总数")),
            Column("收到诉求", "asked", ("收到诉求数", "诉求数")),
            Column("回复数", "replied", ("回复", "回复诉求数")),
            Column("停更说明", "note", ("备注", "说明")),
            _SEEN,
            *_REPORTER,
        ),
        _marks("month|start", "posts", "reposts|comments|likes|originals"),
    ),
    "wechat_totals": Template(
        "wechat_totals",
        "微信汇总",
        "wechat",
        (
            _MONTH,
            _START,
            _END,
            _ACCOUNT_WECHAT,
            _UID_WECHAT,
            Column("订阅/服务号", "account_type", ("账号类型",)),
            Column("累积关注", "followers", ("累计关注", "粉丝数", "关注人数", "期末粉丝")),
            Column("新增", "new_followers", ("新增关注", "新关注人数", "新增粉丝")),
            Column("取消", "lost_followers", ("取消关注", "取消关注人数")),
            Column("推送次数", "pushes", ("群发次数", "发布次数")),
            Column("篇数", "posts", ("发布篇数", "文章数", "发文数", "图文篇数")),
            Column("声明原创数", "declared_originals", ("原创数", "原创篇数")),
            Column("阅读次数", "reads", ("总阅读数", "阅读量", "阅读数", "总阅读")),
            Column("阅读人数", "readers", ()),
            Column("头条阅读次数", "headline_reads", ("头条阅读数", "头条阅读")),
            Column("最高阅读次数", "max_reads", ("最高阅读数", "最高阅读")),
            Column("点赞", "likes", ("点赞数", "总点赞数")),
            Column("在看", "wow", ("在看数", "总在看数")),
            Column("分享次数", "shares", ("分享数", "转发数")),
            Column("分享人数", "sharers", ()),
            Column("留言", "comments", ("留言数", "评论数")),
            Column("回复", "replied", ("回复数", "回复留言数")),
            _SEEN,
            *_REPORTER,
        ),
        _marks("month|start", "posts", "reads|readers|pushes"),
    ),
    "followers": Template(
        "followers",
        "粉丝读数",
        "",
        (
            Column("日期", "date", ("取数日期", "取数时间", "统计日期", "采集日期")),
            Column("平台", "platform", ()),
            Column("账号名称", "account_name", ("账号", "昵称", "公众号")),
            Column("UID/原始ID", "uid", (*_UID[1:], "UID", "微信号/原始ID")),
            Column("粉丝数", "followers", ("粉丝", "粉丝量", "关注人数", "累积关注", "粉丝总数")),
        ),
        _marks("date", "platform", "followers"),
    ),
}
"""Every template by kind; the order of columns is that of the blank form."""


def header(kind: Kind) -> list[str]:
    """The titles of a blank form, in order, without 起日/止日."""
    return [column.title for column in TEMPLATES[kind].columns if column.field not in ("start", "end")]


def plain_title(cell: Any) -> str:
    """A title without marks, blanks and remarks in brackets: `* 发布数（条）` is 发布数."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell))
    return _MARKS.sub("", _REMARK.sub("", text)).casefold()


def scale(cell: Any) -> int | None:
    """What one in a column stands for by its title: 粉丝数(万) 10,000, 发布数(条) 1; null where it is a share."""
    text = unicodedata.normalize("NFKC", "" if cell is None else str(cell))
    for remark in _REMARK.findall(text):
        if "%" in remark or "百分" in remark:
            return None
        if match := _UNIT.search(remark):
            return _SCALES[match[1]]
    return 1


def match(cells: list[Any]) -> Fit | None:
    """The template that a header row fits best; None if none fits."""
    titles = ["" if scale(cell) is None else _of_people(cell) for cell in cells]
    fits = [_fit(template, titles) for template in TEMPLATES.values()]
    fits = [fit for fit in fits if all(group & set(fit.places) for group in fit.template.marks)]
    if not fits:
        return None
    best = max(fits, key=lambda fit: fit.closeness)
    scales = {name: scale(cells[place]) or 1 for name, place in best.places.items()}
    return best._replace(scales={name: many for name, many in scales.items() if many != 1})


def _of_people(cell: Any) -> str:
    """The plain title, where 阅读数（人） is 阅读人数 and not 阅读数: persons are no times."""
    title = plain_title(cell)
    if _PEOPLE.search(unicodedata.normalize("NFKC", "" if cell is None else str(cell))):
        return next(
            (f"{word}人数" for word in ("阅读", "分享") if title.removeprefix("总").startswith(word)), title
        )
    return title


@cache
def _words(column: Column) -> tuple[str, frozenset[str]]:
    """The column's own word and all that may stand for it, plain."""
    word = plain_title(column.title)
    return word, frozenset((word, *map(plain_title, column.also)))


def _fit(template: Template, titles: list[str]) -> Fit:
    """How a template fits: columns known, and of them those in its own words."""
    places: dict[str, int] = {}
    twice: list[int] = []
    rivals: list[int] = []
    own = 0
    for column in template.columns:
        word, words = _words(column)
        # The template's own word goes before others that may mean the same.
        named = sorted(
            (place for place, title in enumerate(titles) if title in words), key=lambda p: titles[p] != word
        )
        if named:
            places[column.field] = named[0]
            own += titles[named[0]] == word
            twice += [place for place in named[1:] if titles[place] == titles[named[0]]]
            if titles[named[0]] != word:
                rivals += [place for place in named[1:] if titles[place] != titles[named[0]]]
    return Fit(template, places, {}, tuple(sorted(twice)), tuple(sorted(rivals)), (len(places), own))
