"""What a file is, by its content: extension and magic, then headers, then row widths, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Level, suggest
from jianwei.intake import files, grid, readers, sheets, template, values, weibo_search
from jianwei.intake.databases import Database
from jianwei.intake.files import unusable
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.objects import Objects
from jianwei.intake.source import Layout, Note, Options, Source

__all__ = ["check_account", "read", "sniff"]

_HEADER_WITHIN = 12
_LONGEST_TITLE = 30
_KNOWN = "收得下的格式见 docs/formats.md；其他表格可改用本系统的填报模板"
_HARMLESS = ("header_only", "empty_file", "unknown_layout")
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_PLATFORM_UID = re.compile(r"(?:weibo:\d{5,20}|wechat:\S{1,64})", re.ASCII)


@dataclass(frozen=True)
class _Part:
    """A readable part of a file: its layout and, for workbooks, the sheet's name."""

    layout: Layout
    sheet: str = ""


def read(path: Path, options: Options) -> list[Source]:
    """The sources in a file, ready to be read once. Raises DataError, with Issues, if there is none."""
    found, notes = _found(path, options)
    sha256 = files.digest(path)
    seen_at, seen_from = _observed(path, options)
    sources = []
    for place, part in enumerate(found):
        name = f"{files.title(path)}〔{part.sheet}〕" if part.sheet else files.title(path)
        layout = part.layout if place else replace(part.layout, notes=(*part.layout.notes, *notes))
        key = f"{sha256}#{part.sheet}" if place else sha256
        sources.append(Source(path, name, key, layout, options, seen_at, seen_from))
    return sources


def sniff(path: Path, options: Options) -> str:
    """One line in Chinese: what the file was recognised as. Raises DataError as `read` does."""
    return "；".join(f"{part.layout.format}（{part.layout.era}）" for part in _found(path, options)[0])


def _found(path: Path, options: Options) -> tuple[list[_Part], list[Note]]:
    """The readable parts of a file, and what is to be said of the others."""
    if options.account is not None:
        check_account(options.account)
    if options.observed_at is not None and options.observed_at > options.now:
        what = f"指定的取数时间 {options.observed_at} 在将来"
        raise unusable(path, "future", what, "请核对 --observed-at 和本机时钟")
    kind = files.kind_of(path)
    given = Given(path, options)
    if kind == "json":
        return [_Part(_objects(Objects(path), given))], []
    if kind == "sqlite":
        return _database(Database(path), given), []
    if kind == "workbook":
        return _workbook(given)
    return _text(given)


def _objects(objects: Objects, given: Given) -> Layout:
    for reader in readers.OBJECTS:
        if reader.fits(objects):
            return reader.layout(objects, given)
    keys = "、".join(values.shown(key) for key in list(objects.samples[0])[:8]) if objects.samples else ""
    what = "JSON 的布局认不出来" + (f"，第一条记录里有：{keys}" if keys else "")
    raise unusable(given.path, "unknown_layout", what, _KNOWN)


def _database(database: Database, given: Given) -> list[_Part]:
    for reader in readers.DATABASES:
        if reader.fits(database):
            return [_Part(layout, table) for table, layout in reader.layouts(database, given)]
    names = "、".join(values.shown(name) for name in list(database.tables)[:8])
    what = "SQLite 数据库的布局认不出来" + (f"，里面的表有：{names}" if names else "，里面没有表")
    raise unusable(given.path, "unknown_layout", what, _KNOWN)


def _text(given: Given) -> tuple[list[_Part], list[Note]]:
    path = given.path
    text = files.text_of(path)
    notes = []
    if text.damaged:
        what = f"有 {text.damaged} 行含无法解码的字节，用到的格子读不出来的会放入待处理记录"
        notes = [Note("encoding", what, "请从来源重新导出", "warning")]
    first: DataError | None = None
    for mark in grid.delimiters(text):
        try:
            return [_Part(_layout(grid.TextGrid(text, mark), given))], notes
        except DataError as error:
            if error.issues[0].code != "unknown_layout":
                raise
            first = first or error
    raise first or unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")


def _workbook(given: Given) -> tuple[list[_Part], list[Note]]:
    path = given.path
    notes = _formulas(path)
    found: list[_Part] = []
    problems: list[DataError] = []
    for sheet in sheets.read(path):
        if sheet.hidden:
            notes.append(Note("other_sheet", f"隐藏的工作表“{sheet.name}”未读取"))
            continue
        table = grid.SheetGrid(sheet.rows)
        if not table.peek(1):
            continue
        try:
            found.append(_Part(_layout(table, given), sheet.name))
        except DataError as error:
            problems.append(error)
            issue = error.issues[0]
            level: Level = "note" if issue.code in _HARMLESS else "warning"
            what = f"工作表“{sheet.name}”未读取：{issue.what}"
            notes.append(Note("other_sheet", what, issue.hint, level))
    if found:
        return found, notes
    if problems:
        raise max(problems, key=lambda error: error.issues[0].code not in _HARMLESS)
    raise unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")


def _formulas(path: Path) -> list[Note]:
    """Check a workbook and say what hangs on its formulas: readers give the values computed last."""
    checked = sheets.check(path)
    notes = []
    if checked.errors:
        named = "、".join(sorted(checked.errors, key=lambda name: (len(name), name))[:5])
        what = f"有 {len(checked.errors)} 格是公式错误（如 #REF!、#DIV/0!），按未掌握处理：{named}"
        notes.append(Note("formula_error", what, "请改正公式后重新导入", "warning"))
    if checked.formulas:
        what = f"有 {checked.formulas} 格是公式，取其上次算出的值"
        notes.append(Note("formula", what, "请确认文件在 Excel 或 WPS 中算过并保存"))
    return notes


def _layout(table: Grid, given: Given) -> Layout:
    """The layout of the header that stands near the top; rows above it are titles."""
    top = table.peek(_HEADER_WITHIN + 1)
    if not top:
        raise unusable(given.path, "empty_file", "里面没有内容", "请核对是否选错了文件")
    for place, row in enumerate(top[:_HEADER_WITHIN]):
        header = [_title(cell) for cell in row.cells]
        reader = next((one for one in readers.TABLES if one.fits(header)), None)
        if reader is None:
            continue
        above = tuple(_title(cell) for title in top[:place] for cell in title.cells)
        for _ in range(place + 1):
            next(table)
        found = reader.layout(table, header, replace(given, above=above))
        if len(top) == place + 1:
            what = "只有表头，没有内容"
            raise unusable(given.path, "header_only", what, "请核对导出是否完整", row.number)
        return found
    raise _unknown(given.path, top)


def check_account(text: str) -> None:
    """Check `--account`. Raises DataError if it is not a known platform and a uid."""
    if not _PLATFORM_UID.fullmatch(text):
        hint = "写成 weibo:UID 或 wechat:原始ID，如 weibo:2803301701"
        raise DataError(f"--account 不能是“{values.shown(text, 60)}”", hint=hint)


def _observed(path: Path, options: Options) -> tuple[datetime, str]:
    """When the counts were taken, for rows that do not say: option, file name, mtime."""
    if options.observed_at is not None:
        return options.observed_at, "option"
    changed = files.changed_at(path)
    dates = [datetime(int(y), int(m), int(d)) for y, m, d in _valid(path.stem)]
    if dates:
        last = datetime.combine(max(dates), time(23, 59, 59))
        if last <= options.now:
            return last, "name"
    return min(changed, options.now), "mtime"


def _valid(stem: str) -> Iterator[tuple[str, str, str]]:
    for year, month, day in _DATE_IN_NAME.findall(stem):
        try:
            datetime(int(year), int(month), int(day))
        except ValueError:
            continue
        yield year, month, day


def _unknown(path: Path, top: list[Row]) -> DataError:
    """Say which known format comes nearest."""
    titles = [_title(cell) for row in top for cell in row.cells if _title(cell)]
    known = dict.fromkeys(
        (*weibo_search.COLUMNS, *(c.title for t in template.TEMPLATES.values() for c in t.columns))
    )
    hits = list(dict.fromkeys(title for title in titles if title in known))
    what = "表头认不出来" + (f"，认得的列有：{'、'.join(hits[:6])}" if hits else "")
    near = suggest(titles[0], known) if titles and len(titles[0]) < _LONGEST_TITLE else ""
    hint = near or _KNOWN
    return unusable(path, "unknown_layout", what, hint, top[0].number)


def _title(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")
