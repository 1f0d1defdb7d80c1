"""What a file is, by its content: extension and magic, then headers, then row widths, else a question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Level, suggest
from jianwei.intake import (
    files,
    forms,
    grid,
    sheets,
    template,
    values,
    weibo_crawler,
    weibo_profiles,
    weibo_search,
)
from jianwei.intake.files import unusable
from jianwei.intake.grid import Grid, Row
from jianwei.intake.source import Layout, Note, Options, Source

__all__ = ["check_account", "read", "sniff"]

_HEADER_WITHIN = 12
_LONGEST_TITLE = 30
_HARMLESS = ("header_only", "empty_file", "unknown_layout")
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UID_IN_NAME = re.compile(r"(?<!\d)\d{10}(?!\d)")
_UID = re.compile(r"\d{5,20}", re.ASCII)
_NO_NAMES = frozenset(
    [
        "inbox",
        "data",
        "weibo",
        "weibo_data",
        "download",
        "downloads",
        "desktop",
        "tmp",
        "temp",
        "下载",
        "桌面",
        "微博",
        "数据",
        "文件",
    ]
)
"""Folders that are not named after the account, as weibo-crawler's own are."""
_PLATFORM_UID = re.compile(r"(?:weibo:\d{5,20}|wechat:\S{1,64})", re.ASCII)
_UNIT_ABOVE = re.compile(r"单位:?\s*((?:千|万|百万|亿)[条次人个篇]?)(?=$|[\s)\],;、。])")
_ELSEWHERE = {
    "weiboSpider": {"微博id", "微博正文", "是否为原创微博"},
    "MediaCrawler": {"note_id", "create_time", "liked_count"},
    "wechatDownload": {"title", "url", "read_num", "like_num"},
    "wechat-article-exporter": {"链接", "标题", "喜欢", "文章类型", "所属合集"},
}


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
    if kind == "json":
        return [_Part(weibo_profiles.json_layout(path))], []
    if kind == "sqlite":
        what = "是 SQLite 数据库，目前还不能直接读取"
        raise unusable(path, "not_yet", what, "请从同一工具导出 CSV 或 JSON")
    if kind == "workbook":
        return _workbook(path, options)
    return _text(path, options)


def _text(path: Path, options: Options) -> tuple[list[_Part], list[Note]]:
    text = files.text_of(path)
    notes = []
    if text.damaged:
        what = f"有 {text.damaged} 行含无法解码的字节，用到的格子读不出来的会放入待处理记录"
        notes = [Note("encoding", what, "请从来源重新导出", "warning")]
    first: DataError | None = None
    for mark in grid.delimiters(text):
        try:
            return [_Part(_layout(path, grid.TextGrid(text, mark), options))], notes
        except DataError as error:
            if error.issues[0].code != "unknown_layout":
                raise
            first = first or error
    raise first or unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")


def _workbook(path: Path, options: Options) -> tuple[list[_Part], list[Note]]:
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
            found.append(_Part(_layout(path, table, options), sheet.name))
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


def _layout(path: Path, table: Grid, options: Options) -> Layout:
    """The layout of the header that stands near the top; rows above it are titles."""
    top = table.peek(_HEADER_WITHIN + 1)
    if not top:
        raise unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")
    for place, row in enumerate(top[:_HEADER_WITHIN]):
        above = [_title(cell) for title in top[:place] for cell in title.cells]
        reader = _reader(path, [_title(cell) for cell in row.cells], above, options)
        if reader is None:
            continue
        if len(top) == place + 1:
            raise unusable(path, "header_only", "只有表头，没有内容", "请核对导出是否完整", row.number)
        for _ in range(place + 1):
            next(table)
        return reader(table)
    raise _unknown(path, top)


def _reader(
    path: Path, header: list[str], above: list[str], options: Options
) -> Callable[[Grid], Layout] | None:
    """Who reads a table below this header; None where it is no known header. above: titles over it."""
    if weibo_search.fits(header):
        _once(path, [name for name in header if name in weibo_search.COLUMNS])
        return lambda rows: weibo_search.layout(rows, header)
    if weibo_crawler.fits(header):
        uid, name = _owner(path, options)
        return lambda rows: weibo_crawler.layout(rows, header, uid, name)
    if weibo_profiles.fits_users(header):
        _once(path, header)
        return lambda rows: weibo_profiles.users_layout(rows, header)
    if weibo_crawler.comments(header):
        raise unusable(path, "comments", "是 weibo-crawler 的评论文件，不是微博", "目前只导入微博本身")
    for tool, names in _ELSEWHERE.items():
        if names <= set(header):
            what = f"是 {tool} 的文件，目前还不能读取"
            raise unusable(path, "not_yet", what, "可先转成“微博明细”或“微信明细”模板")
    fit = template.match(header)
    if fit is None:
        return None
    _once(path, [name for place in fit.twice for name in (header[place], header[place])])
    for title in above:
        if match := _UNIT_ABOVE.search(unicodedata.normalize("NFKC", title)):
            what = f"表头上方写着“单位：{match[1]}”，不知道是哪几列的单位"
            raise unusable(path, "unit_above", what, f"请把单位写进列名，如“粉丝数({match[1]})”，其余列不写")
    return lambda rows: forms.layout(rows, header, fit, options.now, options.account)


def _once(path: Path, names: list[str]) -> None:
    """Refuse a header that has a column twice: nobody can say which one counts."""
    twice = next((name for place, name in enumerate(names) if name and name in names[:place]), None)
    if twice is not None:
        what = f"“{values.shown(twice)}”列出现了两次，不知道以哪一列为准"
        raise unusable(path, "duplicate_column", what, "请删去或改名其中一列后重新导入")


def _owner(path: Path, options: Options) -> tuple[str, str | None]:
    """Uid and name of the account whose timeline a weibo-crawler file is."""
    if _UID.fullmatch(path.stem):
        parent = path.parent.name
        named = parent and not parent.isdigit() and parent.casefold() not in _NO_NAMES
        return path.stem, files.title(path.parent) if named else None
    if options.account is not None:
        family, uid = options.account.split(":", 1)
        if family == "weibo":
            return uid, None
    hits = set(_UID_IN_NAME.findall(path.stem))
    if len(hits) == 1:
        return hits.pop(), None
    what = "是 weibo-crawler 的微博文件，里面没有账号，文件名也不是 UID"
    raise unusable(path, "account_needed", what, "用 --account weibo:UID 指明这是谁的微博")


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
    hint = near or "目前收 weibo-search、weibo-crawler 的文件和本系统的填报模板"
    return unusable(path, "unknown_layout", what, hint, top[0].number)


def _title(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removeprefix("\ufeff")
