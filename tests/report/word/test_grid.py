"""Tables of a Word file: widths that fill the line, numbers to the right, heads that repeat."""

from __future__ import annotations

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.report.word import grid, style
from jianwei.table import Table, column

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=4))
def test_widths_fill_the_line_whatever_stands_in_the_cells(rows: list[list[str]]) -> None:
    out = docx.Document()
    style.prepare(out)
    made = grid.words(out, ["甲", "乙", "丙"], rows, [False, True, False], int(style.TEXT_WIDTH))
    widths = [int(one.width) for one in made.columns]
    assert all(one > 0 for one in widths)
    assert abs(sum(widths) - int(style.TEXT_WIDTH)) <= 3 * 635  # whole twentieths of a point
    assert len(made.rows) == len(rows) + 1


def test_missing_is_a_dash_and_numbers_stand_to_the_right() -> None:
    out = docx.Document()
    style.prepare(out)
    table = Table(
        "t",
        "表",
        (column("unit", "单位", "name"), column("n", "数", "count")),
        ({"unit": "甲", "n": None}, {"unit": "乙", "n": 0}),
    )
    made = grid.table(out, table, int(style.TEXT_WIDTH))
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["单位", "数"],
        ["甲", "—"],
        ["乙", "0"],
    ]
    assert made.cell(1, 1).paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert made.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
