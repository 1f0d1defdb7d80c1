"""`coverage`: what is known of every account, day by day, and why not more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual

if TYPE_CHECKING:
    from jianwei.workspace.coverage import Account, Book

__all__ = ["coverage", "register"]

_MARKS = {"complete": "■", "partial": "▨", "none": "□"}
_MOST = 200
"""Accounts shown to people; --out and --json have them all."""


def register(app: Manual) -> None:
    """Add the command of this file to the app."""
    app.add(coverage, "数据")


def coverage(
    context: typer.Context,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="周期", help="如 2015H1、2015-06；不写则用最近有数据的半年"),
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="编码、全称或简称")] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="账号", help="账号名称、UID 或 weibo:UID")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="另存为 .xlsx（含日历）或 .csv")
    ] = None,
    as_json: Json = False,
) -> None:
    """数据完整度台账：每个账号每一天是完整、部分还是无数据，以及原因。

    时间线从最早到最晚一条之间的每一天都算有据，没有发布就是零；检索结果不能证明任何一天。
    空档、主页微博数、翻页上限、待处理记录与库内数据不合的日子列为部分，请核实后补采。
    指明 --unit 或 --account 时，按月画出日历。
    例：`jianwei coverage --period 2015H1`
    例：`jianwei coverage --period 2015H1 --unit 重庆市公安局`
    """
    from jianwei.workspace import coverage as verb

    with output.progress("核对各账号的数据", quiet=as_json):
        book = verb.coverage(chosen(context), period, unit=unit, account=account)
        if out is not None:
            from jianwei.workspace import coverage_sheets

            coverage_sheets.write(book, out)
    if as_json:
        output.document(book.to_json())
        return
    _table(book)
    if unit is not None or account is not None:
        _calendars(book)
    if out is not None:
        output.say(f"已写入 {out}", style="dim")


def _table(book: Book) -> None:
    from jianwei.coverage import GRADES
    from jianwei.model import PLATFORMS
    from jianwei.workspace.coverage_sheets import SOURCES, explained

    columns = ("单位", "平台", "账号", "应有", "完整", "部分", "无数据", "完整度", "等级", "来源", "主要原因")
    rows = [
        (
            one.unit, PLATFORMS[one.platform], one.account, one.expected, one.complete, one.partial, one.none,
            output.percent(one.share), GRADES[one.grade], SOURCES[one.source], explained(one, most=2) or None,
        )
        for one in book.accounts
    ]  # fmt: skip
    # the known-in-full are many and need nobody's eyes; where one unit is asked for, all are shown
    rows.sort(key=lambda row: row[8] == GRADES["complete"])
    output.table(
        f"数据完整度 {book.period.chinese}（单位：天）", columns, rows[:_MOST], numbers=(3, 4, 5, 6, 7)
    )
    if len(rows) > _MOST:
        output.people(f"只显示 {_MOST} 个账号，不完整的在前；用 --out 或 --json 取全部")
    counts = {word: sum(row[8] == word for row in rows) for word in GRADES.values()}
    told = "，".join(f"{word} {n:,} 个" for word, n in counts.items() if n)
    output.say(f"账号 {len(rows):,} 个：{told or '没有账号'}；数据版本 {book.lake_version}", style="dim")
    if book.unidentified:
        listed = "、".join(f"{unit}“{name}”" for unit, name in book.unidentified[:5])
        more = "等" if len(book.unidentified) > 5 else ""
        output.say(
            f"另有 {len(book.unidentified):,} 个账号台账中没有 UID，无从核对：{listed}{more}", style="dim"
        )
    if book.least:
        output.say(f"任一平台完整度低于 {book.least:.0%} 的单位，榜单列为未参评（数据不足）", style="dim")


def _calendars(book: Book) -> None:
    from jianwei.coverage import REASONS, STATES

    for one in book.accounts:
        output.say()
        output.say(f"{one.unit}　{one.account}（{one.account_id}）", style="bold")
        for line in _months(one):
            output.say(f"  {line}")
        for stretch in one.calendar:
            if not stretch.reasons:
                continue
            words = "；".join(REASONS[code] for code in stretch.reasons)
            files = f"　来源 {'、'.join(stretch.files)}" if stretch.files else ""
            output.say(
                f"  {stretch.start} 至 {stretch.end}（{stretch.days} 天）{STATES[stretch.state]}：{words}{files}",
                style="dim",
            )
        for doubt in one.doubts:
            output.say(f"    · {_figures(doubt)}", style="dim")
    output.say()
    output.say("图例：" + "　".join(f"{_MARKS[state]} {word}" for state, word in STATES.items()), style="dim")


def _figures(doubt: Mapping[str, Any]) -> str:
    """The numbers behind a doubt."""
    span = f"{doubt['first_day']} 至 {doubt['last_day']}"
    match doubt["code"]:
        case "gap":
            return f"{span}：连续 {doubt['n']} 天没有发布，平时平均每 {doubt['wanted']:.1f} 天有发布"
        case "profile":
            return f"{span}：主页微博数增加 {doubt['wanted']:.0f}，库内只有 {doubt['n']} 条"
        case "page_limit":
            return f"{span}：{doubt['source_file']} 恰为 {doubt['n']} 行"
    return f"{span}：{doubt['source_file']} 有 {doubt['n']} 行待处理"


def _months(account: Account) -> Iterator[str]:
    """A line a month, a mark a day; days that are not expected are blank."""
    marks = {
        stretch.start + timedelta(days=place): _MARKS[stretch.state]
        for stretch in account.calendar
        for place in range(stretch.days)
    }
    for month in sorted({(day.year, day.month) for day in marks}):
        days = {day.day: mark for day, mark in marks.items() if (day.year, day.month) == month}
        row = "".join(days.get(number, " ") for number in range(1, max(days) + 1))
        yield f"{month[0]}-{month[1]:02d}  {row}"
