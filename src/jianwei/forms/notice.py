"""What a unit is to mend (退改通知) and who has not reported (未报送单位), as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError, Issue, cause
from jianwei.forms.book import OPTIONS
from jianwei.period import Period

__all__ = ["Late", "absent", "mend"]

_LEVELS = {"error": "须改正（未收）", "warning": "请核对（已收）", "note": "说明"}
_COLUMNS = (
    ("序号", 6),
    ("文件〔工作表〕", 38),
    ("行", 7),
    ("列", 16),
    ("问题", 52),
    ("怎样改", 52),
    ("性质", 16),
)
_ABSENT = (("序号", 6), ("单位编码", 16), ("单位", 36), ("情况", 30), ("下发的文件", 40), ("批次号", 26))


@dataclass(frozen=True)
class Late:
    """A unit that has not reported, why it counts as such, and the file it was sent."""

    code: str
    name: str
    why: str
    file: str
    token: str


def mend(
    path: Path, unit: str, period: Period, issues: Sequence[Issue], *, deadline: date | None, contact: str
) -> None:
    """Write a unit's notice: every problem with its file, row, column, reason and what to do.

    No other unit's name stands on it. Raises DataError where it cannot be written.
    """
    order = {"error": 0, "warning": 1, "note": 2}
    told = sorted(issues, key=lambda issue: order[issue.level])
    kept_out = sum(issue.level == "error" for issue in told)
    until = f"请于 {deadline.isoformat()} 前" if deadline else "请尽快"
    told_of = (
        f"贵单位报送的{period.chinese}数据有 {len(told)} 处需要处理，其中 {kept_out} 处须改正（这些行没有收入），其余已收入、请核对。"
        f"{until}在原表上改好，把整份表再交一次；以后一份为准，没有问题的行不会受影响。"
    )
    contacts = f"联系方式：{contact}" if contact else ""
    lines = [f"{unit}：", told_of, f"不知道的格子请留空，确为零才填 0。{contacts}"]
    rows = [
        (
            number,
            issue.where.file,
            issue.where.row,
            issue.where.field,
            issue.what,
            issue.hint,
            _LEVELS[issue.level],
        )
        for number, issue in enumerate(told, 1)
    ]
    _write(path, "退改通知", lines, _COLUMNS, rows)


def absent(path: Path, period: Period, late: Sequence[Late]) -> None:
    """Write the list of units that have not reported, in 建制顺序. Raises DataError."""
    rows = [(number, one.code, one.name, one.why, one.file, one.token) for number, one in enumerate(late, 1)]
    _write(
        path, "未报送单位", [f"{period.chinese}未报送单位，共 {len(late)} 个（按建制顺序）"], _ABSENT, rows
    )


def _write(
    path: Path,
    title: str,
    lines: Sequence[str],
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Any]],
) -> None:
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "0", "valign": "top", "border": 1})
    sheet = book.add_worksheet(title)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 16}))
    for place, line in enumerate(lines, 1):
        sheet.write_string(place, 0, line)
    top = len(lines) + 2
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, name, head)
    for offset, row in enumerate(rows, top + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(offset, place, cell, number)
            else:
                sheet.write_string(offset, place, "" if cell is None else str(cell), text)
    sheet.freeze_panes(top + 1, 0)
    sheet.autofilter(top, 0, top + max(1, len(rows)), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    try:
        book.close()
    except (OSError, FileCreateError) as error:
        refused = error if isinstance(error, OSError) else error.args[0]
        hint = "请确认文件夹可写、磁盘未满，且文件没有在 Excel 中打开"
        raise DataError(f"写不了文件 {path}：{cause(refused)}", hint=hint) from error
