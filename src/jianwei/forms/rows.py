"""One row of a form that came back: every cell that cannot be right, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jianwei.errors import Issue, Level, Place
from jianwei.forms.blank import counted
from jianwei.forms.returned import Page
from jianwei.intake import times, values
from jianwei.intake.forms import Form
from jianwei.intake.grid import Row
from jianwei.intake.lines import Refused
from jianwei.intake.records import Record
from jianwei.intake.template import Kind
from jianwei.intake.values import Count

__all__ = ["Found", "counts_of", "examine"]

_PARTS: dict[Kind, tuple[tuple[str, str, Level], ...]] = {
    "weibo_totals": (("originals", "posts", "error"), ("replied", "asked", "warning")),
    "wechat_totals": (
        ("declared_originals", "posts", "error"),
        ("readers", "reads", "error"),
        ("headline_reads", "reads", "error"),
        ("max_reads", "reads", "error"),
        ("sharers", "shares", "error"),
        ("pushes", "posts", "warning"),
        ("replied", "comments", "warning"),
    ),
    "wechat_posts": (("readers", "reads", "error"), ("sharers", "shares", "error")),
}
"""Fields of which the first is a part of the second, or a number of people of a number of times."""

_NUMBER = re.compile(r"\d+\.?\d*[eE]\+?\d+|\d{16,}0{3,}|\d+\.\d+", re.ASCII)
"""What Excel makes of an id: 3.85E+15."""

_ROUNDING = 0.05
"""Share by which a shortened number (1.2万) may be off."""

_ABOUT = ("month", "account_name", "uid", "account_type", "reporter", "phone", "reviewer", "observed_at")
"""Fields that say whose a row is and who filled it, and nothing of what happened."""

_NAMING = ("month", "account_name", "uid", "link", "published_at", "title", "text")
"""Fields of which a row of data has at least one; a signature below the table has none."""

_SECOND_WORDS = {"bad_count": "请只填不小于 0 的整数；未掌握请留空，确为零请填 0"}


@dataclass
class Found:
    """What a row says and what is wrong with it."""

    row: Row
    at: Mapping[str, Any]
    counts: dict[str, Count] = field(default_factory=dict)
    observed: datetime | None = None
    records: list[Record] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    blank: bool = False
    skipped: bool = False  # a sum of other rows, or the titles once more

    def stated(self) -> dict[str, int | None]:
        """The numbers by field."""
        return {name: count.value for name, count in self.counts.items()}

    def has(self, name: str) -> bool:
        """Whether a field has a number."""
        return name in self.counts and self.counts[name].value is not None


def examine(page: Page, row: Row, form: Form, now: datetime) -> Found:
    """Read every cell of a row. now: naive Asia/Shanghai; what lies after it is in the future.

    Issues name the file, the row and the column; those of level error keep the row out.
    """
    found = Found(row, page.cells(row))
    tell = _Teller(page, row, found.issues)
    for name in counted(page.kind):
        if name in page.fit.places:
            try:
                found.counts[name] = _count(page, name, found.at[name])
            except values.CellError as error:
                tell("error", error.code, name, error.reason, error.hint or _SECOND_WORDS.get(error.code, ""))
    quiet = [name for name in page.fit.places if name not in (*_ABOUT, *found.counts)]
    found.blank = not (
        found.issues
        or any(count.value is not None for count in found.counts.values())
        or any(not values.blank(found.at[name]) for name in quiet if name != "note")
    )
    if found.blank:
        return found
    if not any(map(found.has, found.counts)) and all(values.blank(found.at.get(name)) for name in _NAMING):
        found.skipped = True
        found.issues.clear()
        tell("note", "remark_row", "", "这一行没有月份、账号和数字，作为备注略过", "")
        return found
    _observed(found, tell, now)
    _link(found, tell)
    _parts(page, found, tell)
    _parse(page, form, found, tell)
    return found


def counts_of(found: Found) -> tuple[tuple[str, int | None], ...]:
    """The numbers of a row, to compare two of them."""
    return tuple(sorted(found.stated().items()))


class _Teller:
    """Says what is wrong with a row; a column is complained of once for the same reason."""

    def __init__(self, page: Page, row: Row, issues: list[Issue]) -> None:
        self.page, self.row, self.issues = page, row, issues

    def __call__(self, level: Level, code: str, name: str, what: str, hint: str) -> None:
        place = Place(self.page.name, self.row.number, self.page.title(name) if name else "")
        self.issues.append(Issue(level, code, place, what, hint))


def _count(page: Page, name: str, cell: Any) -> Count:
    many = page.fit.scales.get(name, 1)
    reads = name == "reads" and page.kind.endswith("posts")
    return values.count(cell, reads=reads) if many == 1 else values.scaled(cell, many)


def _observed(found: Found, tell: _Teller, now: datetime) -> None:
    if values.blank(found.at.get("observed_at")):
        return
    try:
        found.observed = times.closing(found.at["observed_at"], now)
    except values.CellError as error:
        tell("error", error.code, "observed_at", error.reason, error.hint)
        return
    if found.observed > now:
        what = f"取数时间 {found.observed:%Y-%m-%d %H:%M} 在将来"
        tell("error", "future", "observed_at", what, "请核对年份和日期")


def _link(found: Found, tell: _Teller) -> None:
    """A link that Excel has taken for a number has lost the id in it."""
    cell = found.at.get("link")
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if number or (isinstance(cell, str) and _NUMBER.fullmatch(cell.strip())):
        what = f"链接“{values.shown(str(cell))}”成了数字，末几位可能已经丢失"
        tell("error", "mangled_id", "link", what, values.AS_TEXT)


def _parts(page: Page, found: Found, tell: _Teller) -> None:
    """A part greater than its whole: one of the two is wrong, and nobody but the unit knows which."""
    for part, whole, level in _PARTS.get(page.kind, ()):
        if not (found.has(part) and found.has(whole)):
            continue
        small, large = found.counts[part], found.counts[whole]
        if large.censored or small.value is None or large.value is None:
            continue
        slack = _ROUNDING * large.value if small.rounded or large.rounded else 0
        if small.value > large.value + slack:
            names = page.title(part), page.title(whole)
            what = f"{names[0]} {small.value:,} 大于{names[1]} {large.value:,}"
            tell(level, "part_above_whole", part, what, f"{names[0]}不会多于{names[1]}，请核对这两格")
    if page.kind == "wechat_totals" and all(found.has(name) for name in ("max_reads", "posts", "reads")):
        most, posts, reads = (found.counts[name] for name in ("max_reads", "posts", "reads"))
        known = None not in (most.value, posts.value, reads.value)
        exact = not (most.censored or most.rounded or reads.rounded)
        if known and exact and (most.value or 0) * (posts.value or 0) < (reads.value or 0):
            what = f"{posts.value} 篇、单篇最高 {most.value:,} 次，合计不到 {reads.value:,} 次"
            hint = "请核对篇数、阅读次数和最高阅读次数；如阅读次数含以前的文章，请只计当月发布的"
            tell("warning", "part_above_whole", "reads", what, hint)


def _parse(page: Page, form: Form, found: Found, tell: _Teller) -> None:
    """What the ordinary reader makes of the row; its complaint is added where it is a new one."""
    try:
        records = form.parse(found.row)
    except Refused as refused:
        if refused.code == "total_row":
            found.skipped = True
            found.issues.clear()
            tell("note", refused.code, "", refused.reason, refused.hint)
            return
        known = {issue.where.field for issue in found.issues if issue.level == "error"}
        if refused.field not in known:
            place = Place(page.name, found.row.number, refused.field)
            found.issues.append(Issue("error", refused.code, place, refused.reason, refused.hint))
        return
    if records is None:
        found.skipped = True
        found.issues.clear()
        return
    found.records = list(records)
