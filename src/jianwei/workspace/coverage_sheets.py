"""The coverage ledger as a file: a workbook of accounts, days and rules, or a CSV of the accounts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from jianwei.coverage import COMPLETE_AT, GRADES, REASONS, STATES
from jianwei.coverage.reasons import RULES
from jianwei.errors import DataError, suggest
from jianwei.model import PLATFORMS
from jianwei.workspace.coverage import Account, Book

__all__ = ["SOURCES", "explained", "write"]

SOURCES = {"posts": "逐条", "totals": "汇总", "fragments": "检索片段", "none": "无数据"}
"""Where an account's numbers come from."""

_ACCOUNTS = (
    "单位", "单位编码", "平台", "账号", "账号编号", "应有天数", "完整天数", "部分天数", "无数据天数",
    "完整度", "等级", "来源", "原因",
)  # fmt: skip
_DAYS = ("单位", "平台", "账号", "账号编号", "起", "止", "天数", "状态", "原因", "来源文件")
_CALCULATED = re.compile(r"[=+\-@\t\r]")

Cell = str | int | float | date | None


def write(book: Book, path: Path) -> None:
    """Write the ledger to a .xlsx or .csv file. Raises DataError for another ending, or where it cannot be."""
    kinds = {".xlsx": _workbook, ".csv": _csv}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise DataError(
            f"不能写成“{path.suffix or path.name}”", hint=suggest(path.suffix, kinds) or "可用 .xlsx、.csv"
        )
    try:
        kind(book, path)
    except OSError as error:
        raise DataError(f"写不出 {path}", hint="请核对目录和权限；文件若在 Excel 中打开，请先关闭") from error


def explained(account: Account, *, most: int | None = None) -> str:
    """Why an account is not known in full: reasons with their days, the most first."""
    told = [f"{REASONS[code]}（{days} 天）" for code, days in account.reasons.items()]
    return "；".join(told[:most])


def _account_rows(book: Book) -> Iterable[Sequence[Cell]]:
    for one in book.accounts:
        yield (
            one.unit, one.unit_code, PLATFORMS[one.platform], one.account, one.account_id, one.expected,
            one.complete, one.partial, one.none, one.share, GRADES[one.grade], SOURCES[one.source],
            explained(one),
        )  # fmt: skip


def _day_rows(book: Book) -> Iterable[Sequence[Cell]]:
    for one in book.accounts:
        for stretch in one.calendar:
            yield (
                one.unit, PLATFORMS[one.platform], one.account, one.account_id, stretch.start, stretch.end,
                stretch.days, STATES[stretch.state], "；".join(REASONS[code] for code in stretch.reasons),
                "；".join(stretch.files),
            )  # fmt: skip


def _rule_rows(book: Book) -> Iterable[Sequence[Cell]]:
    yield "周期", book.period.label
    yield "数据版本", book.lake_version
    yield "台账版本", book.roster_version
    yield "完整：完整天数占应有天数至少", COMPLETE_AT
    yield "单位任一平台完整度低于此值为数据不足", book.least
    words = {
        "gap_days": "空档：连续无发布至少天数", "gap_times": "空档：至少为平时间隔的倍数",
        "gap_known": "空档：至少已知的间隔个数", "gap_sides": "空档：两侧各至少的间隔个数", "gap_around": "空档：周期前后各看的天数",
        "page_rows": "翻页上限：行数为此数的整倍", "page_least": "翻页上限：行数至少",
        "profile_share": "微博数：库内条数低于增量的此比例", "profile_posts": "微博数：且至少少几条",
    }  # fmt: skip
    for name, value in RULES.items():
        yield words[name], value


def _workbook(book: Book, path: Path) -> None:
    import xlsxwriter  # type: ignore[import-untyped]  # has no stubs; only where a workbook is written

    options = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    made = xlsxwriter.Workbook(str(path), options)
    head = made.add_format({"bold": True, "bg_color": "#EEEEEE", "text_wrap": True})
    percent = made.add_format({"num_format": "0.0%"})
    pages: tuple[tuple[str, Sequence[str], Iterable[Sequence[Cell]]], ...] = (
        ("账号", _ACCOUNTS, _account_rows(book)),
        ("日历", _DAYS, _day_rows(book)),
        ("无UID", ("单位", "账号"), book.unidentified),
        ("规则", ("规则", "数值"), _rule_rows(book)),
    )
    for name, columns, rows in pages:
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, columns, head)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 14)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    style = percent if columns[place] == "完整度" else None
                    sheet.write(number, place, cell, style)
    try:
        made.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from error


def _csv(book: Book, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_ACCOUNTS)
        for row in _account_rows(book):
            out.writerow([_harmless(cell) for cell in row])


def _harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet calculates; blank where nothing is known."""
    if isinstance(cell, str) and _CALCULATED.match(cell):
        return f"'{cell}"
    return "" if cell is None else cell
