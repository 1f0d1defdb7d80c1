"""Fields and bookmarks as Word writes them."""

from __future__ import annotations

import docx
from docx.oxml.ns import qn

from jianwei.report.word import field


def test_a_field_shows_its_last_value() -> None:
    paragraph = docx.Document().add_paragraph("图")
    field.field(paragraph, "SEQ 图", "3")
    assert paragraph.text == "图3"
    kinds = [mark.get(qn("w:fldCharType")) for mark in paragraph._p.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert [node.text for node in paragraph._p.iter(qn("w:instrText"))] == [" SEQ 图 "]


def test_a_bookmark_goes_around_the_runs() -> None:
    paragraph = docx.Document().add_paragraph("图")
    paragraph.add_run("一")
    field.bookmark(paragraph, "fig_1", 5, 0)
    tags = [child.tag.rsplit("}", 1)[-1] for child in paragraph._p]
    assert tags == ["bookmarkStart", "r", "r", "bookmarkEnd"]


def test_a_line_of_contents_over_a_field_of_several_paragraphs() -> None:
    out = docx.Document()
    first, last = out.add_paragraph(), out.add_paragraph()
    field.begin(first, "TOC")
    field.entry(first, "一、摘要", "h_1", 2)
    field.entry(last, "二、榜单", "h_2", None)
    field.end(last)
    assert ["".join(node.text or "" for node in one._p.iter(qn("w:t"))) for one in (first, last)] == [
        "一、摘要2",
        "二、榜单",
    ]
    field.odd_and_even(out)
    field.odd_and_even(out)
    assert len(out.settings.element.findall(qn("w:evenAndOddHeaders"))) == 1
