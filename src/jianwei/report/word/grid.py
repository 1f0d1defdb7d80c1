"""Tables of a Word file: three rules, repeated heads, explicit widths, numbers to the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from jianwei.phrase import clean
from jianwei.table import Table, show

__all__ = ["box", "plain", "table", "words"]

_LEAST, _MOST = 4.0, 26.0
_PALE = "F4F6F8"


def table(out: Any, given: Table, width: int) -> Any:
    """A table of the model, its values as they are shown."""
    heads = [clean(one.heading) for one in given.columns]
    rows = [[clean(show(row.get(one.key), one)) for one in given.columns] for row in given.rows]
    return words(out, heads, rows, [one.numeric for one in given.columns], width)


def words(
    out: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int
) -> Any:
    """A table of texts. numeric: which columns stand to the right."""
    made = out.add_table(rows=1, cols=len(heads))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    _borders(made, top=12, bottom=12, inside=4)
    widths = _widths(heads, rows, width)
    for column, one in zip(made.columns, widths, strict=True):
        column.width = Emu(one)
    size = Pt(10.5 if len(heads) <= 6 else 9 if len(heads) <= 9 else 7.5)
    small = out.styles["表格文字"]
    _fill(made.rows[0], heads, numeric, widths, size, small, bold=True)
    _repeat(made.rows[0])
    for row in rows:
        line = made.add_row()
        _fill(line, row, numeric, widths, size, small)
        _whole(line)
    return made


def plain(out: Any, rows: int, columns: int, width: int) -> Any:
    """A table without rules, its columns alike."""
    made = out.add_table(rows=rows, cols=columns)
    made.autofit = False
    for column in made.columns:
        column.width = Emu(width // columns)
    for row in made.rows:
        for cell in row.cells:
            cell.width = Emu(width // columns)
    return made


def box(out: Any, width: int, *, caution: bool) -> Any:
    """The cell of a framed passage."""
    made = plain(out, 1, 1, width)
    cell = made.cell(0, 0)
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "FFF7E6" if caution else _PALE)):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
    return cell


def _fill(
    row: Any,
    cells: Sequence[str],
    numeric: Sequence[bool],
    widths: Sequence[int],
    size: Any,
    style: Any,
    *,
    bold: bool = False,
) -> None:
    for cell, text, right, width in zip(row.cells, cells, numeric, widths, strict=True):
        cell.width = Emu(width)
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text)
        run.font.size, run.bold = size, bold


def _widths(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Widths by what stands in the columns: the longest cell of short ones, the mean of long ones."""
    wanted = []
    for place, head in enumerate(heads):
        lengths = [_length(row[place]) for row in rows] or [0.0]
        longest, mean = max(lengths), sum(lengths) / len(lengths)
        natural = longest if longest <= _MOST / 2 else max(mean, _MOST / 2)
        wanted.append(min(_MOST, max(_LEAST, natural, min(_length(head), 8.0))) + 1.2)
    whole = sum(wanted)
    return [int(width * one / whole) for one in wanted]


def _length(text: str) -> float:
    """Characters' width in ems: Chinese ones are whole, others half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.55 for sign in text)


def _borders(made: Any, **sizes: int) -> None:
    borders = OxmlElement("w:tblBorders")
    for key, size in (("top", sizes["top"]), ("bottom", sizes["bottom"]), ("insideH", sizes["inside"])):
        rule = OxmlElement(f"w:{key}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"),
                            ("color", "000000" if key != "insideH" else "C9D1D9")):  # fmt: skip
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    properties = made._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    (layout.addprevious if layout is not None else properties.append)(borders)


def _repeat(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()
    _whole(row)
    mark = OxmlElement("w:tblHeader")
    properties.append(mark)


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
