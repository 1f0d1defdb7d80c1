"""The page and the styles of an official paper."""

from __future__ import annotations

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jianwei.report.word import style


def test_the_page_and_the_body() -> None:
    out = docx.Document()
    style.prepare(out)
    section = out.sections[0]
    assert [
        round(one.mm)
        for one in (section.page_width, section.page_height, section.top_margin, section.left_margin)
    ] == [210, 297, 37, 28]
    body = out.styles["Normal"]
    assert (body.font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28.95))
    indent = out.styles["正文缩进"].element.pPr.ind
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")
    assert pytest.approx(section.page_width - section.left_margin - section.right_margin, abs=2000) == Mm(156)


@pytest.mark.parametrize(
    "name", ["Normal", "Heading 1", "Heading 2", "Heading 3", "Title", "Caption", "toc 1", "小字"]
)
def test_no_style_takes_its_face_from_the_theme(name: str) -> None:
    out = docx.Document()
    style.prepare(out)
    fonts = out.styles[name].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) in style.FACES.values()
    assert not [key for key in fonts.attrib if str(key).endswith("Theme")]
