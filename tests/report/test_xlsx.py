"""The workbook: numbers as numbers, unrounded; texts as texts; what is missing stays blank."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from jianwei.phrase import Span
from jianwei.report import Document, compose, xlsx
from jianwei.report.model import FigureBlock, TableBlock
from jianwei.report.word.chart import plots_of
from jianwei.table import CAPPED, MISSING, Table, column, show
from tests.report.example import facts, thin


@pytest.fixture(scope="module")
def paper() -> Document:
    return compose(facts())


@pytest.fixture(scope="module")
def data(paper: Document) -> bytes:
    return xlsx.render(paper)


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_table_as_data(paper: Document, data: bytes) -> None:
    found = list(sheets(data).values())
    for block in paper.blocks:
        if not isinstance(block, TableBlock):
            continue
        columns = block.table.columns
        wanted = [[_held(row.get(one.key), one) for one in columns] for row in block.table.rows]
        heads = [one.heading for one in columns]
        mine = [rows for rows in found if len(rows) > 2 and rows[2][: len(heads)] == heads]
        assert any([row[: len(heads)] for row in rows[3 : 3 + len(wanted)]] == wanted for rows in mine), (
            block.table.title
        )


def _held(value: Any, one: Any) -> Any:
    if value is None or show(value, one) == MISSING:
        return ""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if one.numeric and number and value != CAPPED:
        return float(f"{value:.16G}")  # what a workbook holds of a number
    return show(value, one)


def test_the_contents_lead_to_every_sheet_and_count_its_rows(data: bytes) -> None:
    told = sheets(data)
    names = list(told)
    rows = told["目录"]
    start = next(place for place, row in enumerate(rows) if row[0] == "工作表")
    assert [row[0] for row in rows[start + 1 :]] == names[1:]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.read("xl/worksheets/sheet1.xml").decode()
        formulas = re.findall(r"<f>(.*?)</f><v>(\d+)</v>", first)
    assert len(formulas) == len(names) - 1
    for (formula, shown), name in zip(formulas, names[1:], strict=True):
        assert name in formula
        assert int(shown) == rows[start + 1 + names[1:].index(name)][2]
    assert re.fullmatch(r"(ROWS|COUNTA)\(.*\)", formulas[0][0])


def test_names_of_sheets_are_taken_by_excel(data: bytes) -> None:
    names = list(sheets(data))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_charts_stand_where_excel_can_draw_them(paper: Document, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        charts = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    wanted = sum(len(plots_of(block.figure)) for block in paper.blocks if isinstance(block, FigureBlock))
    assert len(charts) == wanted > 0


def test_the_dictionary_has_every_source(paper: Document, data: bytes) -> None:
    rows = sheets(data)["数据字典"]
    assert [row[0] for row in rows[1:]] == [one.id for one in paper.sources.values()]
    assert rows[0] == ["地址", "名称", "口径", "算式", "数值", "另值", "来源行数", "取数语句"]


def test_no_cell_becomes_a_formula_a_number_or_a_link(paper: Document) -> None:
    words = ["=1+1", "+8613812345678", "http://x.cn", "3838374783294101", "-5", "@SUM(A1)", "\u0007\ud800x"]
    table = Table(
        "t",
        "表[1]:*",
        (column("a", "甲", "name"), column("n", "数", "count")),
        tuple({"a": word, "n": None} for word in words),
    )
    block = TableBlock(table, (Span("表[1]:*"),))
    made = xlsx.render(replace(paper, blocks=(block, block)))
    told = sheets(made)
    rows = told["表1"]
    assert [row[0] for row in rows[3:]] == [*words[:-1], "x"]
    assert all(row[1:] in ([], [""]) for row in rows[3:])
    assert "表1-2" in told
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_a_report_with_half_of_it_missing() -> None:
    assert "数据字典" in sheets(xlsx.render(compose(thin())))
