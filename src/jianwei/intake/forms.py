"""Our own templates as filled in: which rows are data, whose they are, sums and audiences of accounts.

Blank = not known, 0 = zero. Rows of posts are read in `form_posts`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from jianwei.errors import suggest
from jianwei.intake import form_posts, times, values
from jianwei.intake.files import unusable
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import CellReader, Refused, half, whole
from jianwei.intake.records import Audience, Record, Sum, marks
from jianwei.intake.source import Layout, Note
from jianwei.intake.template import Fit, match, plain_title
from jianwei.intake.values import shown
from jianwei.model import TOTAL_FIELDS, Platform, Scope, account_id

__all__ = ["PLATFORMS", "Form", "fits", "layout", "no_unit_above"]

_VERSION = "2"
PLATFORMS: dict[str, str] = {
    **{platform.value: platform.family for platform in Platform},
    **{platform.family: platform.family for platform in Platform},
    "微信": "wechat", "公众号": "wechat", "微信公众号": "wechat", "订阅号": "wechat", "服务号": "wechat",
    "新浪微博": "weibo", "头条": "toutiao", "今日头条": "toutiao", "哔哩哔哩": "bilibili",
}  # fmt: skip
"""Words that people write for a platform → its family."""

_BY_PLATFORM = frozenset(("平台", "媒体平台", "发布平台", "来源平台", "平台类型", "媒体类型"))
_SUMS = frozenset(("合计", "总计", "小计", "共计", "总和", "累计", "平均", "平均值", "均值", "汇总", "total"))
_SUM_ENDS = ("合计", "总计", "小计", "共计")
_SHORT = range(1, 9)
_UNIT_ABOVE = re.compile(r"单位:?\s*((?:千|万|百万|亿)[条次人个篇]?)(?=$|[\s)\],;、。])")
_SCOPES: dict[str, Scope] = {"weibo_posts": "listing", "wechat_posts": "listing", "followers": "profile"}
_TITLED = ("title", "published_at")
_NAMING = ("month", "start", "date", "account_name", "uid", "title", "published_at", "platform")


def fits(header: list[str]) -> bool:
    """Whether a header is one of a template, by the columns it has."""
    return match(header) is not None


def layout(grid: Grid, header: list[str], given: Given) -> Layout:
    """How to read a table of a template; the header row itself is already taken off the grid.

    Raises DataError for a header that has a column twice, or a unit of measure above it that says
    not of which columns.
    """
    fit = match(header)
    if fit is None:
        raise ValueError(header)
    given.once(name for place in fit.twice for name in (header[place], header[place]))
    no_unit_above(given)
    template, account = fit.template, given.options.account
    fallback = account if account and account.startswith(f"{template.platform}:") else None
    form = Form(fit, header, given.options.now, fallback, given.options.observed_at)
    if "platform" not in fit.places:
        form.by_platform = next(
            (n for n, cell in enumerate(header) if plain_title(cell) in _BY_PLATFORM), None
        )
    notes: tuple[Note, ...] = ()
    unread = [shown(cell) for place, cell in enumerate(header) if cell and place not in fit.places.values()]
    if unread:
        hint = "如其中有要用的列，可给这种表写一个映射：--draft-map，见 docs/映射.md"
        notes = (*notes, Note("unknown_column", f"未读取的列：{'、'.join(unread[:30])}", hint))
    if fit.rivals:
        words = "、".join(shown(header[place]) for place in fit.rivals)
        what = f"有几列意思相同，只取了前面的一列，未取：{words}"
        notes = (
            *notes,
            Note("same_meaning", what, "如取错了列，请把不用的列改名或删去后重新导入", "warning"),
        )
    if fit.scales:
        told = "、".join(f"{shown(header[fit.places[name]])} ×{many:,}" for name, many in fit.scales.items())
        notes = (*notes, Note("scaled_column", f"按表头写明的单位换算：{told}"))
    return Layout(
        format=f"模板·{template.title}",
        era=f"{len(fit.places)} 列",
        scope=_SCOPES.get(template.kind, "form"),
        version=_VERSION,
        rows=grid,
        parse=form.parse,
        split=grid.split,
        notes=notes,
    )


def no_unit_above(given: Given) -> None:
    """Refuse a unit of measure above the header: it says not of which columns. Raises DataError."""
    for title in given.above:
        if found := _UNIT_ABOVE.search(unicodedata.normalize("NFKC", title)):
            what = f"表头上方写着“单位：{found[1]}”，不知道是哪几列的单位"
            hint = f"请把单位写进列名，如“粉丝数({found[1]})”，其余列不写"
            raise unusable(given.path, "unit_above", what, hint)


@dataclass
class Form:
    """A table of one template.

    anchor: when the table was written, for times such as 昨天 10:30. completed: cells by field → the
    same with what is known of the whole table; may raise Refused. by_platform: place of a column that
    says of which platform each row is.
    """

    fit: Fit
    header: list[str]
    now: datetime
    fallback: str | None = None
    anchor: datetime | None = None
    completed: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    by_platform: int | None = None
    _uids: set[str] = field(default_factory=set)
    _unnamed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # A title is known by what stands outside its brackets; inside, bytes may not be text.
        self._titles = {column.field: column.title for column in self.fit.template.columns} | {
            name: self.header[place].encode("utf-8", "replace").decode()
            for name, place in self.fit.places.items()
        }

    def parse(self, row: Row) -> list[Record] | None:
        """What a row says; None for a repeated header.

        Raises Refused where a required field is missing or a cell cannot be read.
        """
        whole(row)
        cells, places = row.cells, self.fit.places
        if [str(cell or "").strip() for cell in cells] == self.header:
            return None
        width = max(places.values()) + 1
        # One cell more, blank or not, is what a comma within a number makes: 1,234 without quotes.
        if row.lines and not width <= len(cells) <= len(self.header):
            if row.cut and len(cells) < width:
                raise half(row, len(self.header))
            what = f"有 {len(cells)} 格，表头有 {len(self.header)} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或文字里的逗号没有加引号")
        at = {name: cells[place] if place < len(cells) else None for name, place in places.items()}
        if any(_sums_up(name, str(at.get(name) or "")) for name in _NAMING):
            hint = "不必处理；如确是一个账号，请改用账号全称"
            raise Refused("total_row", "", "这一行是合计，不是一个账号的数据", hint)
        self._own_platform(cells)
        return self._records(at if self.completed is None else self.completed(at))

    def _own_platform(self, cells: Any) -> None:
        """Refuse a row that says it is of another platform than the template's."""
        if self.by_platform is None or self.by_platform >= len(cells):
            return
        word = str(cells[self.by_platform] or "").strip()
        if PLATFORMS.get(word, self.fit.template.platform) != self.fit.template.platform:
            what = f"这一行是{values.shown(word)}的，不是{self.fit.template.title}"
            hint = "几个平台在一个表里的，请给每个平台写一个映射，见 docs/映射.md"
            raise Refused("other_platform", self.header[self.by_platform], what, hint)

    def _records(self, at: Mapping[str, Any]) -> list[Record]:
        get = CellReader(at, self._titles)
        template = self.fit.template
        if template.kind == "followers":
            return [self._audience(get, at)]
        account = self._account(get, at)
        observed = None if values.blank(at.get("observed_at")) else get("observed_at", self._closing)
        if template.kind in {"weibo_posts", "wechat_posts"}:
            anchor = observed or self.anchor
            return [form_posts.post(template.platform, get, at, account, observed, self.fit.scales, anchor)]
        return self._totals(get, at, account, observed)

    def _account(self, get: CellReader, at: Mapping[str, Any]) -> str:
        platform = self.fit.template.platform
        if not values.blank(at.get("uid")):
            uid = _uid(get, "uid", platform)
            self._uids.add(account_id(platform, uid))
            return account_id(platform, uid)
        if platform == "wechat" and (biz := form_posts.biz(at)):
            return account_id("wechat", biz)
        if self.fallback is None:
            raise Refused("no_account", "UID", "没有写明账号的 UID", "补上 UID/原始ID，或用 --account 指明")
        # One account was named for the whole file: rows that speak of several cannot all be its own.
        if name := get("account_name", values.text):
            self._unnamed.add(name)
        if len(self._unnamed) > 1 or self._uids - {self.fallback}:
            what = "文件里不止一个账号，这一行没有写明是哪一个"
            raise Refused("no_account", "UID", what, "补上 UID/原始ID；--account 只用于单个账号的文件")
        return self.fallback

    def _closing(self, cell: Any) -> datetime:
        return times.closing(cell, self.now)

    def _count(self, get: CellReader, name: str) -> values.Count:
        many = self.fit.scales.get(name, 1)
        return get(name, lambda cell: values.scaled(cell, many))

    def _totals(
        self, get: CellReader, at: Mapping[str, Any], account: str, observed: datetime | None
    ) -> list[Record]:
        start, end = _range(get, at)
        if end > self.now.date():
            what = f"汇总期止于 {end}，在将来"
            raise Refused(
                "future", self._titles.get("month", "止日"), what, "期满后再报，或核对年份和本机时钟"
            )
        counts = {name: self._count(get, name) for name in TOTAL_FIELDS if name in at}
        views, users = self._count(get, "reads"), self._count(get, "readers")
        basis = "views" if views.value is not None else "users" if users.value is not None else None
        counts["reads"] = users if basis == "users" else views
        followers = self._count(get, "followers")
        known = any(count.value is not None for count in counts.values())
        if not known and followers.value is None:
            raise Refused("empty_row", "", "这一行没有一项数字", "空白表示未掌握；确为零请填 0")
        name = get("account_name", values.text)
        found: list[Record] = []
        if known:
            found.append(
                Sum(
                    account,
                    start,
                    end,
                    {name: count.value for name, count in counts.items()},
                    observed,
                    read_basis=basis,
                    censored=marks(**{name: count.censored for name, count in counts.items()}),
                    rounded=marks(**{name: count.rounded for name, count in counts.items()}),
                    account_name=name,
                    note=get("note", values.text),
                )
            )
        if followers.value is not None:
            closing = min(datetime.combine(end, time(23, 59, 59)), self.now)
            found.append(_audience(account, closing, followers, name))
        return found

    def _audience(self, get: CellReader, at: Mapping[str, Any]) -> Audience:
        word = "" if at.get("platform") is None else str(at["platform"]).strip()
        family = PLATFORMS.get(word) or PLATFORMS.get(word.lower())
        if family is None:
            what = f"不认识的平台“{values.shown(word)}”" if word else "没有写明平台"
            hint = (
                suggest(word, PLATFORMS) or f"可用的有：{'、'.join(platform.value for platform in Platform)}"
            )
            raise Refused("unknown_platform", "平台", what, hint)
        if values.blank(at.get("uid")):
            raise Refused("no_account", "UID/原始ID", "没有写明账号的 UID", "补上 UID/原始ID")
        followers = self._count(get, "followers")
        if followers.value is None:
            raise Refused("empty_row", "粉丝数", "没有粉丝数", "空白表示未掌握；确为零请填 0")
        uid = _uid(get, "uid", family)
        name = get("account_name", values.text)
        return _audience(account_id(family, uid), get("date", self._closing), followers, name)


def _sums_up(name: str, word: str) -> bool:
    """Whether a cell says that its row is a sum of others: 合计, and in a name also 全市合计."""
    if len(word) in _SHORT and plain_title(word) in _SUMS:
        return True
    return name not in _TITLED and "计" in word and plain_title(word).endswith(_SUM_ENDS)


def _audience(account: str, seen: datetime, followers: values.Count, name: str | None) -> Audience:
    return Audience(
        account, seen, "row", followers.value, None,
        marks(followers=followers.censored), marks(followers=followers.rounded), name,
    )  # fmt: skip


def _uid(get: CellReader, name: str, family: str) -> str:
    read = values.number_id if family == "weibo" else values.identifier
    return get(name, lambda cell: read(cell, what="UID"))


def _range(get: CellReader, at: Mapping[str, Any]) -> tuple[date, date]:
    if not values.blank(at.get("start")) or not values.blank(at.get("end")):
        start, end = get("start", times.day), get("end", times.day)
        if end < start:
            raise Refused("bad_period", "止日", f"止日 {end} 早于起日 {start}", "请核对两个日期")
        return start, end
    span = get("month", times.span)
    return span.start, span.end
