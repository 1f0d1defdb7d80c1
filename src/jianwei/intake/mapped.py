"""Tables read through a mapping: a template that the user made, filled in by somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from jianwei.errors import DataError
from jianwei.intake import forms, times, values
from jianwei.intake.files import unusable
from jianwei.intake.flat import KeyedGrid
from jianwei.intake.forms import Form
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import Refused
from jianwei.intake.mapping import ORDERS, Mapping, fingerprint
from jianwei.intake.records import Record
from jianwei.intake.source import Layout, Note, Options, Source
from jianwei.intake.template import Fit
from jianwei.intake.values import shown
from jianwei.model import PLATFORMS, Scope, split_account_id

__all__ = ["Reading", "fits_nothing", "for_file", "is_one", "layout", "mismatch", "name", "near", "reading"]

_PREFIX = "映射·"
_VERSION = "1"
_DAY = re.compile(r"(\d{1,4})\s*[-/.年月]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})日?(.*)", re.ASCII | re.DOTALL)
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?分?", re.ASCII)
_PLACES = {"年/月/日": (0, 1, 2), "月/日/年": (2, 0, 1), "日/月/年": (2, 1, 0)}
_DATES = ("published_at", "observed_at", "date", "start", "end", "day")
_SCOPES: dict[str, Scope] = {"followers": "profile", "weibo_totals": "form", "wechat_totals": "form"}


def name(mapping: Mapping) -> str:
    """The name of the format that a mapping makes."""
    return f"{_PREFIX}{mapping.title}"


def is_one(source: Source) -> bool:
    """Whether a source is read by a mapping."""
    return source.format.startswith(_PREFIX)


def fits_nothing(source: Source) -> bool:
    """Whether a source was read by a mapping to its end, and no row of it could be taken."""
    return is_one(source) and source.rows_taken == 0


def layout(grid: Grid, header: Sequence[str], given: Given, mapping: Mapping) -> Layout:
    """How to read a table by a mapping; the header is already taken off the grid.

    Raises DataError where account, period or day are neither in the table nor said for this file, and
    for a unit of measure above the header that the mapping says nothing of.
    """
    if fingerprint(header) != mapping.key:
        raise ValueError(mapping.title)
    mapping = for_file(mapping, given.options)
    _ask(mapping, given.path)
    if not mapping.units:
        forms.no_unit_above(given)
    read = reading(mapping, header, given)
    notes = [Note("mapping", f"按映射“{mapping.title}”读作{mapping.template.title}")]
    if mapping.only:
        told = "、".join(f"“{shown(title)}”是“{shown(word)}”" for title, word in mapping.only.items())
        notes.append(Note("only", f"只取{told}的行，其余的行不是另外的数"))
    listing: Scope = "listing" if mapping.complete else "search"
    return Layout(
        format=name(mapping),
        era=mapping.template.title,
        scope=_SCOPES.get(mapping.kind, listing),
        version=f"{_VERSION}.{mapping.version}",
        rows=grid,
        parse=read.parse,
        split=grid.split,
        notes=tuple(notes),
        after=lambda: [*read.passed_over(), *_unread(grid)],
    )


def for_file(mapping: Mapping, options: Options) -> Mapping:
    """A mapping with what was said of this file: what one file's mapping fixes holds for no other file."""
    if options.mapping is None:
        mapping = replace(mapping, account=None, period=None, observed_at=None)
    if mapping.spanless and options.period is not None:
        mapping = replace(mapping, period=options.period)
    if mapping.dayless and mapping.observed_at is None:
        mapping = replace(mapping, observed_at=options.observed_at)
    family = mapping.template.platform
    if options.account is not None and options.account.startswith(f"{family}:" if family else ""):
        mapping = replace(mapping, account=options.account)
    return mapping


def _ask(mapping: Mapping, path: Path) -> None:
    """Ask for what neither the table nor anybody says. Raises DataError."""
    family = mapping.template.platform or "weibo"
    asked = (
        ("period_needed", mapping.spanless and mapping.period is None, "时段", "--period", "2015-06"),
        ("day_needed", mapping.dayless and mapping.observed_at is None, "日期", "--observed-at", "2015-06-30"),
        ("account_needed", not mapping.says_whose and mapping.account is None, "账号", "--account", f"{family}:UID"),
    )  # fmt: skip
    for code, needed, what, option, example in asked:
        if needed:
            told = f"按映射“{mapping.title}”读，但表里没有写明{what}"
            raise unusable(path, code, told, f"用 {option} 指明，如 {option} {example}")


def _unread(grid: Grid) -> list[Note]:
    more = grid.more if isinstance(grid, KeyedGrid) else {}
    told = "、".join(f"{shown(key)} {count} 条" for key, count in list(more.items())[:8])
    return [Note("unknown_column", f"有的记录里另有别的项，未读取：{told}")] if told else []


def mismatch(given: Given, mapping: Mapping, header: Sequence[str]) -> DataError:
    """What to say where a mapping was named for a file of another header."""
    lost, more = mapping.difference(header)
    told = "；".join(
        f"{word}：{'、'.join(map(shown, titles[:8]))}"
        for word, titles in (("少了", lost), ("多了", more))
        if titles
    )
    what = f"表头与映射“{mapping.title}”的不同，没有套用" + (f"。{told}" if told else "")
    hint = "请给这种表头另写一个映射：jianwei ingest 文件 --draft-map 映射.toml"
    return unusable(given.path, "other_header", what, hint)


def near(mappings: Sequence[Mapping], header: Sequence[str]) -> str:
    """Which kept mapping's header is nearly this one, "" where none is."""
    titles = {" ".join(cell.split()) for cell in header} - {""}
    for mapping in mappings:
        lost, more = mapping.difference(header)
        if len(lost) + len(more) <= max(2, len(titles) // 3) and 2 * len(more) < len(titles):
            told = "、".join([*(f"少了“{shown(t)}”" for t in lost), *(f"多了“{shown(t)}”" for t in more)])
            return f"与映射“{mapping.title}”只差几列（{told}），请确认后另写一个映射"
    return ""


def reading(mapping: Mapping, header: Sequence[str], given: Given) -> Reading:
    """The reader of one table's rows."""
    titles = list(header)
    places = {filled: titles.index(title) for title, filled in mapping.columns.items()}
    scales = {mapping.columns[title]: many for title, many in mapping.units.items() if many != 1}
    fit = Fit(mapping.template, places, scales, (), (), (len(places), 0))
    options = given.options
    found = Reading(mapping, titles, options.names)
    found.form = Form(fit, titles, options.now, mapping.account, options.observed_at, found.completed)
    return found


@dataclass
class Reading:
    """Rows of a table under a mapping; `passed` counts those that are not the ones to take."""

    mapping: Mapping
    header: list[str]
    names: Callable[[str], str | None]
    passed: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    form: Form = field(init=False)

    def parse(self, row: Row) -> list[Record] | None:
        """What a row says; None for one that is not to be taken. Raises Refused."""
        for title, word in self.mapping.only.items():
            place = self.header.index(title)
            cell = row.cells[place] if place < len(row.cells) else None
            if not row.broken and _plain(cell) != _plain(word):
                self.passed[_plain(cell)] += 1
                return None
        self.taken += 1
        return self.form.parse(row)

    def passed_over(self) -> list[Note]:
        """What to say after the last row."""
        if not self.passed:
            return []
        kinds = "、".join(f"{shown(word) or '空白'} {count}" for word, count in self.passed.most_common(8))
        if not self.taken:
            (title, word), *_ = self.mapping.only.items()
            what = f"没有一行的“{shown(title)}”是“{shown(word)}”，全部未取：{kinds}"
            return [Note("only", what, "请核对映射的 [only] 一节", "warning")]
        return [Note("only", f"未取的行共 {self.passed.total()} 行：{kinds}")]

    def completed(self, at: dict[str, Any]) -> dict[str, Any]:
        """Cells by field, with what the mapping says for the whole table. Raises Refused."""
        mapping = self.mapping
        if mapping.dates != ORDERS[0]:
            at |= {one: _turned(at[one], _PLACES[mapping.dates]) for one in _DATES if one in at}
        if "day" in at:
            at["start"] = at["end"] = _day(at.pop("day"))
        if "pushes_posts" in at:
            at["pushes"], at["posts"] = _two(at.pop("pushes_posts"))
        if "clock" in at:
            at["published_at"] = _joined(at["published_at"], at.pop("clock"))
        if mapping.period is not None:
            at["start"], at["end"] = mapping.period.start, mapping.period.end
        if mapping.observed_at is not None:
            at["date" if mapping.kind == "followers" else "observed_at"] = mapping.observed_at
        if mapping.kind == "followers":
            self._whose(at)
        if mapping.by_name and self.form.fallback is None and values.blank(at.get("uid")):
            at["uid"] = self._named(at)
        return at

    def _whose(self, at: dict[str, Any]) -> None:
        account = self.form.fallback
        if account is not None:
            family, uid = split_account_id(account)
            at.setdefault("uid", uid)
            at.setdefault("platform", PLATFORMS[family])
        if self.mapping.platform is not None:
            at["platform"] = PLATFORMS[self.mapping.platform]

    def _named(self, at: dict[str, Any]) -> str | None:
        """The uid of the registry's account of this name. Raises Refused where there is none or several."""
        word = "" if at.get("account_name") is None else str(at["account_name"]).strip()
        if not word:
            return None
        family = self.mapping.template.platform or forms.PLATFORMS.get(
            str(at.get("platform") or "").strip(), ""
        )
        found = self.names(f"{family}:{word}")
        if found is None:
            what = f"台账里没有叫“{shown(word)}”的{PLATFORMS.get(family, '')}账号"
            raise Refused("no_account", "账号", what, "补入台账（或其曾用名），或在表里补一列 UID")
        if not found:
            what = f"台账里叫“{shown(word)}”的账号不止一个"
            raise Refused("no_account", "账号", what, "请在表里补一列 UID")
        return found


def _plain(cell: Any) -> str:
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _turned(cell: Any, places: tuple[int, int, int]) -> Any:
    """A day with its year first, as times are read; what is no day of three numbers as it stands."""
    if not isinstance(cell, str) or not (match := _DAY.fullmatch(_plain(cell))):
        return cell
    year, month, day = (match[place + 1] for place in places)
    if len(year) == 2:
        year = f"20{year}"
    return f"{year}-{month}-{day}{match[4]}"


def _two(cell: Any) -> tuple[Any, Any]:
    """The two numbers of a cell such as 30/120; both unknown where it is blank. Raises Refused."""
    if values.blank(cell):
        return None, None
    first, mark, second = _plain(cell).partition("/")
    if not mark or isinstance(cell, date):
        raise Refused(
            "bad_count", "推送次数/篇数", f"“{shown(str(cell))}”不是“次数/篇数”", "写成 30/120 这样"
        )
    return first, second


def _day(cell: Any) -> date:
    """The one day whose sums a row holds. Raises Refused."""
    try:
        return times.day(cell)
    except values.CellError as error:
        raise Refused(error.code, "日期", error.reason, error.hint) from error


def _joined(day: Any, clock: Any) -> Any:
    """A day and a time of day in a column of its own. Raises Refused."""
    if values.blank(clock):
        return day
    if isinstance(clock, datetime):
        clock = clock.time()
    if isinstance(clock, timedelta):
        clock = (datetime.min + clock).time() if timedelta() <= clock < timedelta(days=1) else clock
    if isinstance(clock, float) and 0 <= clock < 1:
        clock = (datetime.min + timedelta(seconds=round(clock * 86_400))).time()
    if isinstance(clock, time):
        clock = f"{clock:%H:%M:%S}"
    match = _CLOCK.fullmatch(_plain(clock))
    if match is None:
        raise Refused("bad_time", "发布时刻", f"“{shown(str(clock))}”不是时刻", "写成 10:30 这样")
    told = f"{int(match[1]):02d}:{int(match[2]):02d}:{int(match[3] or 0):02d}"
    if isinstance(day, date):
        return f"{day:%Y-%m-%d} {told}"
    return day if values.blank(day) else f"{_plain(day).split(' ')[0]} {told}"
