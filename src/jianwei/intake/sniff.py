"""What a file is, by its content: extension and magic, then headers, then row widths, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, suggest
from jianwei.intake import files, forms, grid, template, weibo_crawler, weibo_profiles, weibo_search
from jianwei.intake.files import unusable
from jianwei.intake.grid import Grid, Row
from jianwei.intake.lines import numbered
from jianwei.intake.source import Layout, Options, Refused, Source
from jianwei.model import Scope

__all__ = ["read", "sniff"]

_HEADER_WITHIN = 12
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_UID_IN_NAME = re.compile(r"(?<!\d)\d{10}(?!\d)")
_PLATFORM_UID = re.compile(r"([a-z]+):(\S+)")
_ELSEWHERE = {
    "weiboSpider": {"微博id", "微博正文", "是否为原创微博"},
    "MediaCrawler": {"note_id", "create_time", "liked_count"},
    "wechatDownload": {"title", "url", "read_num", "like_num"},
    "wechat-article-exporter": {"链接", "标题", "喜欢", "文章类型", "所属合集"},
}


@dataclass(frozen=True)
class Found:
    """A readable part of a file: its layout and, for workbooks, the sheet's name."""

    layout: Layout
    sheet: str = ""


def read(path: Path, options: Options) -> list[Source]:
    """The sources in a file, ready to be read once. Raises DataError, with Issues, if there is none."""
    found, strange = _found(path, options)
    sha256 = files.digest(path)
    seen_at, seen_from = _observed(path, options)
    sources = []
    for place, part in enumerate(found):
        name = f"{path.name}〔{part.sheet}〕" if part.sheet else path.name
        layout = part.layout
        if place == 0 and strange:
            layout = replace(layout, notes=(*layout.notes, *(("other_sheet", what) for what in strange)))
        key = sha256 if place == 0 else f"{sha256}#{part.sheet}"
        sources.append(Source(path, name, key, layout, options, seen_at, seen_from))
    return sources


def sniff(path: Path, options: Options) -> str:
    """One line in Chinese: what the file was recognised as. Raises DataError as `read` does."""
    return "；".join(f"{part.layout.format}（{part.layout.era}）" for part in _found(path, options)[0])


def _found(path: Path, options: Options) -> tuple[list[Found], list[str]]:
    kind = files.kind_of(path)
    if options.account is not None:
        check_account(options.account)
    if kind == "json":
        return [Found(weibo_profiles.json_layout(path))], []
    if kind == "sqlite":
        raise unusable(
            path, "not_yet", "是 SQLite 数据库，目前还不能直接读取", "请从同一工具导出 CSV 或 JSON"
        )
    if kind == "workbook":
        return _workbook(path, options)
    text = files.text_of(path)
    if text.path.stat().st_size and path.suffix.lower() in (".xlsx", ".xls"):
        raise unusable(path, "damaged", "扩展名是 Excel，内容不是", "请用 Excel 或 WPS 打开后另存")
    return [Found(_layout(path, grid.from_text(text), options))], []


def _workbook(path: Path, options: Options) -> tuple[list[Found], list[str]]:
    found: list[Found] = []
    strange: list[str] = []
    problems: list[DataError] = []
    for name, rows, hidden in files.sheets(path):
        if hidden:
            strange.append(f"隐藏的工作表“{name}”未读取")
            continue
        table = grid.from_sheet(rows)
        if not table.peek(1):
            continue
        try:
            found.append(Found(_layout(path, table, options), name))
        except DataError as error:
            problems.append(error)
            strange.append(f"工作表“{name}”未读取：{error.issues[0].what}")
    if found:
        return found, strange
    if problems:
        raise problems[0]
    raise unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")


def _layout(path: Path, table: Grid, options: Options) -> Layout:
    """The layout of the header that stands near the top; rows above it are titles."""
    top = table.peek(_HEADER_WITHIN)
    if not top:
        raise unusable(path, "empty_file", "里面没有内容", "请核对是否选错了文件")
    for place, row in enumerate(top):
        header = [str(cell or "").strip().removeprefix("\ufeff") for cell in row.cells]
        layout = _known(path, table, header, options, place + 1)
        if layout is None:
            continue
        if len(top) == place + 1 and len(top) < _HEADER_WITHIN:
            raise unusable(path, "header_only", "只有表头，没有内容", "请核对导出是否完整", row.number)
        return layout
    raise _unknown(path, top)


def _known(path: Path, table: Grid, header: list[str], options: Options, taken: int) -> Layout | None:
    def below() -> Grid:
        for _ in range(taken):
            next(table)
        return table

    if weibo_search.fits(header):
        return weibo_search.layout(below(), header)
    if weibo_crawler.fits(header):
        uid, name = _owner(path, options)
        return weibo_crawler.layout(below(), header, uid, name)
    if weibo_profiles.fits_users(header):
        return weibo_profiles.users_layout(below(), header)
    if weibo_crawler.comments(header):
        raise unusable(path, "comments", "是 weibo-crawler 的评论文件，不是微博", "目前只导入微博本身")
    for tool, names in _ELSEWHERE.items():
        if names <= set(header):
            raise unusable(
                path, "not_yet", f"是 {tool} 的文件，目前还不能读取", "可先转成“微博明细”或“微信明细”模板"
            )
    found = template.match(header)
    return None if found is None else _form(*found, header, below, options)


def _form(
    form: template.Template, fields: dict[int, str], header: list[str], below: Any, options: Options
) -> Layout:
    fallback = (
        options.account if options.account and options.account.startswith(f"{form.platform}:") else None
    )
    scopes: dict[str, Scope] = {"weibo_posts": "listing", "wechat_posts": "listing", "followers": "profile"}
    known = len([cell for cell in header if cell])
    rows: Grid = below()

    def parse(row: Row) -> Any:
        if [str(cell or "").strip() for cell in row.cells] == header:
            return None
        if row.broken:
            raise Refused("row_width", "", f"这一行不是完整的 CSV：{row.broken}", "请重新保存")
        if row.lines and (
            len(row.cells) < max(fields) + 1 or any(str(c).strip() for c in row.cells[len(header) :])
        ):
            what = f"有 {len(row.cells)} 格，表头有 {known} 格"
            raise Refused("row_width", "", what, "常见原因是行被截断，或文字里的逗号没有加引号")
        at = {field: row.cells[place] if place < len(row.cells) else None for place, field in fields.items()}
        return forms.records(form, at, fallback)

    unread = [cell for place, cell in enumerate(header) if cell and place not in fields]
    notes = (("unknown_column", f"未读取的列：{'、'.join(unread)}"),) if unread else ()
    return Layout(
        format=f"模板·{form.title}",
        era=f"{len(fields)} 列",
        scope=scopes.get(form.kind, "form"),
        version="1",
        lines=numbered(rows),
        parse=parse,
        retry=lambda line: line._replace(raw=rows.split(line.value).raw),
        notes=notes,
    )


def _owner(path: Path, options: Options) -> tuple[str, str | None]:
    """Uid and name of the account whose timeline a weibo-crawler file is."""
    if path.stem.isdigit() and len(path.stem) >= 5:
        parent = path.parent.name
        return path.stem, parent if parent and not parent.isdigit() else None
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
    match = _PLATFORM_UID.fullmatch(text)
    if match is None or match[1] not in ("weibo", "wechat"):
        raise DataError(
            f"--account 不能是“{text}”", hint="写成 weibo:UID 或 wechat:原始ID，如 weibo:2803301701"
        )


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
    titles = [str(cell or "").strip() for row in top for cell in row.cells if str(cell or "").strip()]
    known = dict.fromkeys(
        (*weibo_search.COLUMNS, *(c.title for t in template.TEMPLATES.values() for c in t.columns))
    )
    hits = [title for title in titles if title in known]
    what = "表头认不出来" + (f"，认得的列有：{'、'.join(hits[:6])}" if hits else "")
    near = suggest(titles[0], known) if titles else ""
    hint = near or "目前收 weibo-search、weibo-crawler 的文件和本系统的填报模板"
    return unusable(path, "unknown_layout", what, hint, top[0].number)
