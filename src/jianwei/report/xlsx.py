"""The Excel writer: every table as data, charts that can be edited, and a dictionary of all numbers."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import RenderError
from jianwei.figure.style import ACCENT, SERIES
from jianwei.phrase import clean, plain
from jianwei.report.model import Document, FigureBlock, TableBlock
from jianwei.report.word.chart import Plot, plots_of
from jianwei.table import CAPPED, Column, Table, show

__all__ = ["render", "write"]

_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {"count": "#,##0", "reads": "#,##0", "rank": "0", "change": "+0;-0;0"}
_FIRST = 3
"""Row of a sheet's first data, from 0: title, blank, heads stand above."""

_DICTIONARY = ("地址", "名称", "口径", "算式", "数值", "另值", "来源行数", "取数语句")
_CELL = 32_000


def write(document: Document, path: Path) -> Path:
    """Write the report's tables as one workbook. Raises RenderError when it cannot be written."""
    data = render(document)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise RenderError(f"报告未能写入 {path}", hint=str(error)) from error
    return path


def render(document: Document) -> bytes:
    """The report's tables as a workbook: 目录, a sheet a table, 数据字典."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(
        held,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": clean(document.title), "author": clean(document.institution)})
    _Book(book, document).fill()
    book.close()
    return held.getvalue()


class _Book:
    """One workbook on its way."""

    def __init__(self, book: Any, document: Document) -> None:
        self.book, self.document = book, document
        self.names: set[str] = set()
        self.listed: list[tuple[str, str, int]] = []
        font = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
        self.text = book.add_format(font | {"num_format": "@"})
        self.wrapped = book.add_format(font | {"num_format": "@", "text_wrap": True, "valign": "top"})
        self.plain = book.add_format(font)
        self.head = book.add_format(
            font | {"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#F4F6F8"}
        )
        self.title = book.add_format(font | {"bold": True, "font_size": 14, "font_color": ACCENT})
        self.soft = book.add_format(font | {"font_color": "#5B6875", "font_size": 9})
        self.link = book.add_format(font | {"font_color": ACCENT, "underline": 1})
        self.font = font
        self.numbers: dict[str, Any] = {}

    def fill(self) -> None:
        contents = self._sheet("目录")
        for block in self.document.blocks:
            if isinstance(block, TableBlock):
                self._table(block.table, self._called("表", block.number, block), block.notes)
            elif isinstance(block, FigureBlock):
                self._figure(block)
        self._dictionary()
        self._contents(contents)

    def _called(self, word: str, number: int, block: TableBlock | FigureBlock) -> str:
        return f"{word}{number}　{plain(block.caption)}" if number else plain(block.caption)

    def _sheet(self, name: str) -> Any:
        """A sheet by a name that no other has and that Excel takes."""
        stem = _FORBIDDEN.sub("", clean(name)).strip()[:_LONGEST_NAME] or "表"
        taken, place = stem, 2
        while taken.casefold() in self.names:
            tail = f"-{place}"
            taken, place = stem[: _LONGEST_NAME - len(tail)] + tail, place + 1
        self.names.add(taken.casefold())
        sheet = self.book.add_worksheet(taken)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _table(self, table: Table, title: str, notes: Any = ()) -> tuple[Any, int]:
        """A sheet of one table; returns it and the row below the last."""
        sheet = self._sheet(re.sub(r"\s", " ", title))
        self.listed.append((sheet.get_name(), title, len(table.rows)))
        sheet.write_string(0, 0, clean(title), self.title)
        sheet.write_string(1, 0, self.document.mark or self.document.period.chinese, self.soft)
        for at, one in enumerate(table.columns):
            sheet.write_string(_FIRST - 1, at, clean(one.heading), self.head)
            sheet.set_column(at, at, self._width(table, one))
        for place, row in enumerate(table.rows):
            for at, one in enumerate(table.columns):
                self._cell(sheet, _FIRST + place, at, row.get(one.key), one)
        last = _FIRST + len(table.rows)
        if table.rows:
            sheet.autofilter(_FIRST - 1, 0, last - 1, len(table.columns) - 1)
        sheet.freeze_panes(_FIRST, 1)
        sheet.repeat_rows(_FIRST - 1)
        for place, words in enumerate(notes):
            sheet.write_string(last + 1 + place, 0, clean(plain(words)), self.soft)
        return sheet, last + 1 + len(notes)

    def _cell(self, sheet: Any, row: int, at: int, value: Any, one: Column) -> None:
        """A value as itself: numbers unrounded, texts as texts, what is missing blank."""
        if value is None or value != value:  # noqa: PLR0124 - NaN is unequal to itself
            return
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if one.numeric and number and not (one.kind == "reads" and value == CAPPED):
            sheet.write_number(row, at, value, self._number(one))
        else:
            sheet.write_string(row, at, clean(show(value, one)), self.text)

    def _number(self, one: Column) -> Any:
        told = _FORMATS.get(one.kind) or f"#,##0.{'0' * one.digits}" * bool(one.digits) or "#,##0"
        if one.kind in ("percent", "points"):
            told = f"0.{'0' * one.digits}%" if one.digits else "0%"
        if told not in self.numbers:
            self.numbers[told] = self.book.add_format(self.font | {"num_format": told})
        return self.numbers[told]

    def _width(self, table: Table, one: Column) -> float:
        lengths = [len(show(row.get(one.key), one).encode("gb18030", "replace")) for row in table.rows[:200]]
        return min(48, max([8, len(one.heading.encode("gb18030", "replace")), *lengths]) + 2)

    def _figure(self, block: FigureBlock) -> None:
        """A figure's numbers beside the chart that shows them; its own table where it has one."""
        plots = plots_of(block.figure)
        title = self._called("图", block.number, block)
        if block.table is None and not plots:
            return
        if block.table is not None:
            sheet, row = self._table(block.table, title, block.notes)
            column = len(block.table.columns) + 1
        else:
            sheet, row, column = self._sheet(title), 0, 0
            self.listed.append((sheet.get_name(), title, len(plots[0].categories)))
        del row
        for place, plot in enumerate(plots):
            self._plot(sheet, plot, column, place * 18 + _FIRST - 1)

    def _plot(self, sheet: Any, plot: Plot, column: int, row: int) -> None:
        sheet.write_string(row, column, clean(plot.title or "项目"), self.head)
        for at, (name, _) in enumerate(plot.series, 1):
            sheet.write_string(row, column + at, clean(name), self.head)
        shape = self.book.add_format(self.font | {"num_format": plot.format})
        for place, category in enumerate(plot.categories, 1):
            sheet.write_string(row + place, column, clean(category), self.text)
            for at, (_, values) in enumerate(plot.series, 1):
                value = values[place - 1]
                if value is not None:
                    sheet.write_number(row + place, column + at, value, shape)
        kind = {"bar": "bar", "stacked": "bar", "line": "line", "pie": "pie"}[plot.kind]
        chart = self.book.add_chart(
            {"type": kind} | ({"subtype": "stacked"} if plot.kind == "stacked" else {})
        )
        name, last = sheet.get_name(), row + len(plot.categories)
        for at in range(1, len(plot.series) + 1):
            colour = {"color": SERIES[(at - 1) % len(SERIES)]}
            chart.add_series(
                {
                    "name": [name, row, column + at],
                    "categories": [name, row + 1, column, last, column],
                    "values": [name, row + 1, column + at, last, column + at],
                    "data_labels": {"percentage": True, "category": True}
                    if kind == "pie"
                    else {"value": True},
                    **(
                        {"points": [{"fill": {"color": ink}} for ink in plot.colours]} if plot.colours else {}
                    ),
                    **({"line": colour} if kind == "line" else {"fill": colour} if kind == "bar" else {}),
                }
            )
        chart.set_title({"name": clean(plot.title)} if plot.title else {"none": True})
        if kind == "bar":
            chart.set_y_axis({"reverse": True})
            chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        if len(plot.series) < 2:
            chart.set_legend({"none": True})
        chart.show_blanks_as("gap")
        sheet.insert_chart(row, column + len(plot.series) + 2, chart)

    def _dictionary(self) -> None:
        sheet = self._sheet("数据字典")
        self.listed.append(
            (sheet.get_name(), "数据字典：每个数字的口径、算式和来源", len(self.document.sources))
        )
        for at, word in enumerate(_DICTIONARY):
            sheet.write_string(0, at, word, self.head)
        for place, one in enumerate(self.document.sources.values(), 1):
            words = (one.id, one.title, one.definition, one.formula, one.value, one.alt)
            for at, text in enumerate(words):
                sheet.write_string(place, at, clean(text)[:_CELL], self.wrapped)
            if one.rows is not None:
                sheet.write_number(place, 6, one.rows, self.plain)
            sheet.write_string(place, 7, clean(one.query)[:_CELL], self.wrapped)
        for at, width in enumerate((28, 24, 40, 30, 40, 24, 10, 40)):
            sheet.set_column(at, at, width)
        sheet.autofilter(0, 0, max(1, len(self.document.sources)), len(_DICTIONARY) - 1)
        sheet.freeze_panes(1, 2)

    def _contents(self, sheet: Any) -> None:
        """What the workbook holds, each line leading to its sheet; the number of rows counts itself."""
        sheet.write_string(0, 0, clean(self.document.title), self.title)
        told = [("周期", self.document.period.chinese), *self.document.cover, *self.document.versions.items()]
        row = 2
        for name, words in dict(told).items():
            sheet.write_string(row, 0, clean(name), self.plain)
            sheet.write_string(row, 1, clean(words), self.text)
            row += 1
        row += 1
        for at, word in enumerate(("工作表", "内容", "行数")):
            sheet.write_string(row, at, word, self.head)
        for place, (name, title, rows) in enumerate(self.listed, row + 1):
            sheet.write_url(place, 0, f"internal:'{name}'!A1", self.link, name)
            sheet.write_string(place, 1, clean(title), self.plain)
            quoted = name.replace("'", "''")
            if title.startswith("数据字典"):
                formula = f"=COUNTA('{quoted}'!A2:A{rows + 1})"
            else:
                formula = f"=ROWS('{quoted}'!A{_FIRST + 1}:A{max(_FIRST + 1, _FIRST + rows)})"
            sheet.write_formula(
                place, 2, formula, self.plain, max(rows, int(not title.startswith("数据字典")))
            )
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 70)
        sheet.activate()
