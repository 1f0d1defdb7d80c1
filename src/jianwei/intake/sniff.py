"""What a file is, by its content: extension and magic, then headers, then row widths, else a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Level, suggest
from jianwei.intake import files, flat, grid, mapped, readers, sheets, template, values, weibo_search
from jianwei.intake.databases import Database
from jianwei.intake.files import unusable
from jianwei.intake.given import Given
from jianwei.intake.grid import Grid, Row
from jianwei.intake.mapping import Mapping
from jianwei.intake.objects import Objects
from jianwei.intake.source import Layout, Note, Options, Source

__all__ = ["check_account", "read", "sniff"]

_HEADER_WITHIN = 12
_LONGEST_TITLE = 30
_KNOWN = (
    "收得下的格式见 docs/formats.md；其他表格可改用本系统的填报模板，"
    "或加 --explain 看各列可能是什么，再写一个映射（docs/映射.md）"
)
_HARMLESS = ("header_only", "empty_file", "unknown_layout", "other_header")
_NO_LAYOUT = ("unknown_layout", "other_header")
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_PLATFORM_UID = re.compile(r"(?:weibo:\d{5,20}|wechat:\S{1,64})", re.ASCII)


@dataclass(frozen=True)
class _Part:
    """A readable part of a file: its layout, the name of its sheet or table, what sets its import apart.

    mark: "" for the part that stands for the file; by the part's place in the file, never by what
    else of it could be read, so that a mapping confirmed later changes no import.
    """

    layout: Layout
    sheet: str = ""
    mark: str = ""


def read(path: Path, options: Options) -> list[Source]:
    """The sources in a file, ready to be read once. Raises DataError, with Issues, if there is none."""
    found, notes = _found(path, options)
    sha256 = files.digest(path)
    seen_at, seen_from = _observed(path, options)
    sources = []
    for place, part in enumerate(found):
        name = f"{files.title(path)}〔{part.sheet}〕" if part.sheet else files.title(path)
        layout = part.layout if place else replace(part.layout, notes=(*part.layout.notes, *notes))
        key = f"{sha256}#{part.mark}" if part.mark else sha256
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
        return _objects(Objects(path), given), []
    if kind == "sqlite":
        return _database(Database(path), given), []
    if kind == "workbook":
        return _workbook(given)
    return _text(given)


def _objects(objects: Objects, given: Given) -> list[_Part]:
    table = flat.of_objects(objects)
    if table is not None:
        found = _by_mapping(table, lambda: flat.of_objects(Objects(given.path)), [table.header], 0, given)
        if found:
            return found
    if given.options.mapping is not None:
        raise mapped.mismatch(given, given.options.mapping, [] if table is None else table.header)
    for reader in readers.OBJECTS:
        if reader.fits(objects):
            return [_Part(reader.layout(objects, given))]
    keys = "、".join(values.shown(key) for key in list(objects.samples[0])[:8]) if objects.samples else ""
    what = "JSON 的布局认不出来" + (f"，第一条记录里有：{keys}" if keys else "")
    hint = mapped.near(given.options.mappings, [] if table is None else table.header) or _KNOWN
    raise unusable(given.path, "unknown_layout", what, hint)


def _database(database: Database, given: Given) -> list[_Part]:
    tables = {name: flat.of_table(database, name) for name in database.tables}
    found = [
        replace(part, sheet=name, mark=_marked(name, part.mark))
        for name, table in tables.items()
        for part in _by_mapping(table, partial(flat.of_table, database, name), [table.header], 0, given)
    ]
    if found:
        return found
    if given.options.mapping is not None:
        header = max((table.header for table in tables.values()), key=len, default=[])
        raise mapped.mismatch(given, given.options.mapping, header)
    for reader in readers.DATABASES:
        if reader.fits(database):
            parts = enumerate(reader.layouts(database, given))
            return [_Part(layout, table, table if place else "") for place, (table, layout) in parts]
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
            return _parts(grid.TextGrid(text, mark), partial(grid.TextGrid, text, mark), given), notes
        except DataError as error:
            if error.issues[0].code not in _NO_LAYOUT:
                raise
            first = first or error
    raise first or unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")


def _workbook(given: Given) -> tuple[list[_Part], list[Note]]:
    path = given.path
    notes = _formulas(path)
    found: list[_Part] = []
    problems: list[DataError] = []
    filled = 0
    for sheet in sheets.read(path):
        if sheet.hidden:
            notes.append(Note("other_sheet", f"隐藏的工作表“{sheet.name}”未读取"))
            continue
        table = grid.SheetGrid(sheet.rows)
        if not table.peek(1):
            continue
        filled += 1
        name = sheet.name if filled > 1 else ""
        try:
            parts = _parts(table, partial(_sheet_again, path, sheet.name), given)
            found += [replace(part, sheet=sheet.name, mark=_marked(name, part.mark)) for part in parts]
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


def _sheet_again(path: Path, name: str) -> Grid:
    return grid.SheetGrid(next(sheet.rows for sheet in sheets.read(path) if sheet.name == name))


def _marked(*marks: str) -> str:
    return "?".join(filter(None, marks))


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


def _parts(table: Grid, again: Callable[[], Grid], given: Given) -> list[_Part]:
    """How to read a table by the header that stands near its top; rows above it are titles.

    One part, or one a mapping where several take rows of their own. again: the table anew.
    """
    top = table.peek(_HEADER_WITHIN + 1)
    if not top:
        raise unusable(given.path, "empty_file", "里面没有内容", "请核对是否选错了文件")
    titles = [[_title(cell) for cell in row.cells] for row in top]
    for place, header in enumerate(titles[:_HEADER_WITHIN]):
        if found := _by_mapping(table, again, titles, place, given):
            return found
        reader = next((one for one in readers.TABLES if one.fits(header)), None)
        if reader is None or given.options.mapping is not None:
            continue
        _take_off(table, place + 1)
        layout = reader.layout(table, header, _below(given, titles, place))
        _not_only_header(table, given, top[place])
        return [_Part(layout)]
    if given.options.mapping is not None:
        known = set(given.options.mapping.header)
        raise mapped.mismatch(
            given, given.options.mapping, max(titles, key=lambda row: len(known & set(row)))
        )
    raise _unknown(given, top, titles)


def _by_mapping(
    table: Grid, again: Callable[[], Grid | None], titles: list[list[str]], place: int, given: Given
) -> list[_Part]:
    """A part for each mapping of the header that begins in this row; several if no row is two's."""
    options = given.options
    found: list[_Part] = []
    taken: list[Mapping] = []
    for mapping in options.mappings if options.mapping is None else (options.mapping,):
        header = mapping.header_of(titles, place)
        if header is None or not all(mapping.apart(one) for one in taken):
            continue
        rows = again() if taken else table
        if rows is None:
            continue
        first = rows.peek(1)
        _take_off(rows, 0 if isinstance(rows, flat.KeyedGrid) else place + mapping.header_rows)
        _not_only_header(rows, given, first[0] if first else Row(1, []))
        layout = mapped.layout(rows, header, _below(given, titles, place), mapping)
        found.append(_Part(layout, mark=mapping.mark))
        taken.append(mapping)
    return found


def _take_off(table: Grid, rows: int) -> None:
    for _ in range(rows):
        next(table)


def _below(given: Given, titles: list[list[str]], place: int) -> Given:
    """The same with the cells above a header."""
    return replace(given, above=tuple(cell for row in titles[:place] for cell in row))


def _not_only_header(table: Grid, given: Given, header: Row) -> None:
    if not table.peek(1):
        what = "只有表头，没有内容"
        raise unusable(given.path, "header_only", what, "请核对导出是否完整", header.number)


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


def _unknown(given: Given, top: list[Row], rows: list[list[str]]) -> DataError:
    """Say which known format comes nearest, or which mapping."""
    titles = [title for row in rows for title in row if title]
    known = dict.fromkeys(
        (*weibo_search.COLUMNS, *(c.title for t in template.TEMPLATES.values() for c in t.columns))
    )
    hits = list(dict.fromkeys(title for title in titles if title in known))
    what = "表头认不出来" + (f"，认得的列有：{'、'.join(hits[:6])}" if hits else "")
    closest = next(filter(None, (mapped.near(given.options.mappings, row) for row in rows)), "")
    if not closest and titles and len(titles[0]) < _LONGEST_TITLE:
        closest = suggest(titles[0], known)
    hint = f"{closest}；{_KNOWN}" if closest else _KNOWN
    return unusable(given.path, "unknown_layout", what, hint, top[0].number)


def _title(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")
