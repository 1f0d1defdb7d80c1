"""A census as a workbook: one sheet a kind in 建制顺序, ids as text, columns for what a person finds out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError
from jianwei.registry.census import Census
from jianwei.registry.entry import KINDS, LIKELY, OPEN, SURE, Entry
from jianwei.registry.writing import whole

__all__ = ["write"]

_COLUMNS: tuple[tuple[str, int], ...] = (
    ("序号", 6), ("主办单位", 28), ("单位编码", 14), ("平台", 11), ("账号", 24), ("UID/原始ID", 20), ("把握", 8),
    ("为什么", 36), ("证据", 60), ("出处（文件、行）", 32), ("处理建议", 36), ("核实结果", 20), ("核实人、日期", 16),
)  # fmt: skip
_TEXT = {"num_format": "@", "valign": "top", "text_wrap": True}
_OWNER = {"lookalike": "被相近的单位"}
_LONGEST = 32_767
"""Characters that a cell holds."""


def write(census: Census, path: Path) -> None:
    """Write the workbook whole or not at all. Raises DataError for another suffix than .xlsx."""
    if path.suffix.lower() != ".xlsx":
        raise DataError(f"普查结果不能写成“{path.suffix or path.name}”", hint="请用 .xlsx 结尾的文件名")
    whole(path, lambda place: _book(census, place))


def _book(census: Census, path: Path) -> None:
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(str(path), options)
    plain = book.add_format(_TEXT)
    head = book.add_format({**_TEXT, "bold": True, "bg_color": "#DDE6F0", "border": 1})
    _sheet(book, "说明", (("项目", 30), ("内容", 90)), _told(census), plain, head)
    for kind, word in KINDS.items():
        columns = [
            (_OWNER.get(kind, title) if title == "主办单位" else title, width) for title, width in _COLUMNS
        ]
        rows = [_row(number, entry) for number, entry in enumerate(census.of(kind), 1)]
        empty = census.skipped.get(kind, "没有发现")
        _sheet(book, word.title, columns, rows or [["", empty]], plain, head)
    book.close()


def _sheet(
    book: Any,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    plain: Any,
    head: Any,
) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width, plain)
        sheet.write_string(0, place, name, head)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell[:_LONGEST], plain)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def _row(number: int, entry: Entry) -> list[str]:
    many = len(entry.evidence) > 1
    marks = [f"{n}. " if many else "" for n in range(1, len(entry.evidence) + 1)]
    pairs = list(zip(marks, entry.evidence, strict=True))
    return [
        str(number), entry.unit, entry.unit_code, entry.platform, entry.account, entry.uid, entry.confidence,
        entry.rule, "\n".join(f"{mark}{one.what}" for mark, one in pairs),
        "\n".join(f"{mark}{one.where}" for mark, one in pairs if str(one.where)), entry.advice,
    ]  # fmt: skip


def _told(census: Census) -> list[list[str]]:
    """The first sheet: what was compared, how many entries of each kind, what each kind means."""
    compared = census.compared
    scope = (
        f"本台账 {compared['own']} 个账号；全国系统导出 {compared['filed']} 个，"
        f"其中 {compared['paired']} 个与本台账对上；数据中见到 {compared['seen']} 个"
    )
    rows = [
        ["普查日", f"{census.as_of}（{FROM[census.as_of_from]}）"],
        ["台账版本", census.roster_version or "还没有发布过台账"],
        ["数据版本", census.lake_version],
        ["比对范围", scope],
    ]
    for export in census.exports:
        told = f"读 {export.rows} 行：采用 {len(export.accounts)}，重复 {export.duplicates}，未采用 {export.rejected}"
        rows.append([f"导出文件 {export.path.name}", told])
    for kind, counts in census.counts.items():
        word = KINDS[kind]
        told = "；".join(
            [f"{counts.total()} 条"]
            + [f"{name} {counts[name]}" for name in (SURE, LIKELY, OPEN) if counts[name]]
        )
        told = census.skipped.get(kind, told)
        rows.append([word.title, f"{told}。{word.meaning}{'。依据：' + word.basis if word.basis else ''}"])
    rows.append(["把握", f"{SURE}：证据直接说明；{LIKELY}：有一环是按名称或推断；{OPEN}：只是线索，不是结论"])
    return rows


FROM = {
    "option": "由 --as-of 指定",
    "data": "数据到达的日期，可用 --as-of 改",
    "clock": "今天；还没有导入数据",
}
"""Where the day of a census comes from, in Chinese."""
