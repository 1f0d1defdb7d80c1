"""The look of the Word file: official faces, sizes and margins, as named styles that an analyst may edit."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

__all__ = ["BODY", "FACES", "TEXT_WIDTH", "face", "indent", "prepare"]

FACES = {"song": "仿宋_GB2312", "title": "方正小标宋简体", "hei": "黑体", "kai": "楷体_GB2312"}
"""Faces of official papers; `fontTable` names what stands in where one is not installed."""

_STAND_INS = {"仿宋_GB2312": "仿宋", "方正小标宋简体": "宋体", "楷体_GB2312": "楷体", "黑体": "SimHei"}
_LATIN = "Times New Roman"
TEXT_WIDTH = Mm(156)
BODY = Pt(28.95)
_ACCENT = RGBColor(0x1F, 0x4E, 0x79)
_SOFT = RGBColor(0x5B, 0x68, 0x75)


def prepare(document: Any) -> None:
    """Give a new document the page, the styles and the faces of an official paper."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "0")  # the cover has no number, the contents begin with 1
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(start)
    styles = document.styles
    body = styles["Normal"]
    face(body, FACES["song"], 16)
    body.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    body.paragraph_format.line_spacing = BODY
    body.paragraph_format.space_after = Pt(0)
    for level, name in ((1, FACES["hei"]), (2, FACES["kai"]), (3, FACES["song"])):
        style = styles[f"Heading {level}"]
        face(style, name, 16, bold=level == 3)
        style.font.color.rgb = _ACCENT if level == 1 else RGBColor(0, 0, 0)
        style.font.italic = False
        style.paragraph_format.space_before = Pt(14 if level == 1 else 8)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    title = styles["Title"]
    face(title, FACES["title"], 26)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    title.paragraph_format.line_spacing = 1.3
    _drop(title.element, "w:pBdr")
    face(styles["Caption"], FACES["hei"], 12)
    styles["Caption"].font.color.rgb = RGBColor(0, 0, 0)
    styles["Caption"].font.bold = False
    styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _own(styles, "正文缩进", "Normal", FACES["song"], 16)
    indent(styles["正文缩进"].element, 200, 16)
    _own(styles, "表格文字", "Normal", FACES["hei"], 10.5)
    _own(styles, "小字", "Normal", FACES["hei"], 9).font.color.rgb = _SOFT
    for name in ("表格文字", "小字", "Caption"):
        styles[name].paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
        styles[name].paragraph_format.line_spacing = 1.15
    for level in (1, 2):
        toc = _own(styles, f"toc {level}", "Normal", FACES["song"], 14)
        toc.paragraph_format.line_spacing = Pt(24)
        toc.paragraph_format.left_indent = Pt(28 * (level - 1))
        toc.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, _right(), _dots())
    _stand_ins(document)


def face(style: Any, name: str, size: float, *, bold: bool = False) -> None:
    """Set the face of a style: Chinese and Latin, without the theme's."""
    style.font.name = _LATIN
    style.font.size = Pt(size)
    style.font.bold = bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(key), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:cs"), _LATIN)


def indent(element: Any, hundredths: int, size: float) -> None:
    """A first-line indent in hundredths of a character, which follows the size of the type.

    size: of the type in points, for readers that know no characters.
    """
    properties = element.get_or_add_pPr()
    found = properties.get_or_add_ind()
    found.set(qn("w:firstLine"), str(round(hundredths / 100 * size * 20)))
    found.set(qn("w:firstLineChars"), str(hundredths))


def _own(styles: Any, name: str, base: str, chinese: str, size: float) -> Any:
    known = [style for style in styles if style.name == name]
    style = known[0] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base]
    style.quick_style = True
    face(style, chinese, size)
    return style


def _right() -> Any:
    from docx.enum.text import WD_TAB_ALIGNMENT

    return WD_TAB_ALIGNMENT.RIGHT


def _dots() -> Any:
    from docx.enum.text import WD_TAB_LEADER

    return WD_TAB_LEADER.DOTS


def _drop(element: Any, name: str) -> None:
    for found in element.findall(f".//{qn(name)}"):
        found.getparent().remove(found)


def _stand_ins(document: Any) -> None:
    """Tell Word what to take where an official face is not installed."""
    for part in document.part.package.iter_parts():
        if str(part.partname) != "/word/fontTable.xml":
            continue
        from docx.oxml import parse_xml

        table = parse_xml(part.blob)
        for name, other in _STAND_INS.items():
            font = OxmlElement("w:font")
            font.set(qn("w:name"), name)
            stand_in = OxmlElement("w:altName")
            stand_in.set(qn("w:val"), other)
            charset = OxmlElement("w:charset")
            charset.set(qn("w:val"), "86")
            font.append(stand_in)
            font.append(charset)
            table.append(font)
        from lxml import etree

        part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)
