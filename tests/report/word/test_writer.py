"""The Word file: what a reader that knows nothing of us finds in it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from python_calamine import CalamineWorkbook

from jianwei.phrase import Span
from jianwei.report import Document, compose, word
from jianwei.report.model import FigureBlock, Heading, Para, TableBlock
from jianwei.table import show
from tests.report.example import facts, thin

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def paper() -> Document:
    return compose(facts())


@pytest.fixture(scope="module")
def data(paper: Document) -> bytes:
    return word.render(paper, {heading.anchor: place for place, heading in enumerate(paper.headings, 1)})


@pytest.fixture(scope="module")
def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def texts(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph._p.iter(f"{W}t"))


def test_headings_are_headings_and_the_contents_are_filled(paper: Document, opened: Any) -> None:
    told = [(one.style.name, one.text) for one in opened.paragraphs if one.style.name.startswith("Heading")]
    assert told == [
        (f"Heading {block.level}", f"{block.number}{block.text}")
        for block in paper.blocks
        if isinstance(block, Heading)
    ]
    contents = [one for one in opened.paragraphs if one.style.name.startswith("toc ")]
    assert [texts(one) for one in contents] == [
        f"{heading.number}{heading.text}{place}" for place, heading in enumerate(paper.headings, 1)
    ]
    marks = {mark.get(qn("w:name")) for mark in opened.element.body.iter(f"{W}bookmarkStart")}
    links = [link.get(qn("w:anchor")) for link in opened.element.body.iter(f"{W}hyperlink")]
    assert len(links) == len(set(links)) == len(paper.headings)
    assert set(links) <= marks


def test_fields_begin_and_end(opened: Any) -> None:
    kinds = [mark.get(qn("w:fldCharType")) for mark in opened.element.body.iter(f"{W}fldChar")]
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "separate": 0, "end": -1}[kind]
        assert depth in (0, 1, 2)
    assert depth == 0
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end")
    ids = [mark.get(qn("w:id")) for mark in opened.element.body.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_captions_count_themselves_and_are_referred_to(paper: Document, opened: Any) -> None:
    captions = [texts(one) for one in opened.paragraphs if one.style.name == "Caption"]
    assert captions == [
        f"{'图' if isinstance(block, FigureBlock) else '表'}{block.number}　" * bool(block.number)
        + "".join(span.text for span in block.caption)
        for block in paper.blocks
        if isinstance(block, FigureBlock | TableBlock)
    ]
    told = [node.text.strip() for node in opened.element.body.iter(f"{W}instrText")]
    for sign in ("图", "表"):
        shown = [text for text in told if text.startswith(f"SEQ {sign}")]
        assert len(shown) == sum(bool(re.match(rf"{sign}\d", caption)) for caption in captions)
    marks = {mark.get(qn("w:name")) for mark in opened.element.body.iter(f"{W}bookmarkStart")}
    references = [text.split()[1] for text in told if text.startswith("REF ")]
    assert references
    assert set(references) <= marks


def test_every_number_of_every_table(paper: Document, opened: Any) -> None:
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in opened.tables]
    for block in paper.blocks:
        if isinstance(block, TableBlock):
            wanted = [[one.heading for one in block.table.columns]]
            wanted += [
                [show(row.get(one.key), one) for one in block.table.columns] for row in block.table.rows
            ]
            assert wanted in cells, block.table.title
    for table in opened.tables:
        if len(table.rows) > 2:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(int(column.width) > 0 for column in table.columns)


def test_sentences_stand_as_they_are(paper: Document, opened: Any) -> None:
    told = [texts(one) for one in opened.paragraphs]
    for block in paper.blocks:
        if isinstance(block, Para):
            assert "".join(span.text for span in block.spans) in told


def test_charts_can_be_edited_and_hold_the_numbers(paper: Document, parts: dict[str, bytes]) -> None:
    charts = sorted(name for name in parts if re.fullmatch(r"word/charts/chart\d+\.xml", name))
    assert charts
    for name in charts:
        space = etree.fromstring(parts[name])
        shown = [float(node.text or "nan") for node in space.iter("{*}v") if _numeric(node)]
        number = re.sub(r"\D", "", name.rsplit("/", 1)[-1])
        book = CalamineWorkbook.from_filelike(io.BytesIO(parts[f"word/embeddings/chart{number}.xlsx"]))
        cells = book.get_sheet_by_index(0).to_python()
        held = [cell for column in zip(*cells, strict=True) for cell in column[1:] if isinstance(cell, float)]
        assert sorted(shown) == pytest.approx(sorted(held))
        relations = parts[f"word/charts/_rels/chart{number}.xml.rels"].decode()
        assert f"chart{number}.xlsx" in relations
    types = parts["[Content_Types].xml"].decode()
    assert types.count("drawingml.chart+xml") == len(charts)


def _numeric(node: Any) -> bool:
    return any(above.tag.endswith("}numCache") for above in node.iterancestors())


def test_pictures_and_charts_have_a_text(paper: Document, parts: dict[str, bytes]) -> None:
    body = etree.fromstring(parts["word/document.xml"])
    told = [node.get("descr") for node in body.iter("{*}docPr")]
    assert len(told) >= sum(isinstance(block, FigureBlock) for block in paper.blocks)
    assert all(told)


def test_the_faces_are_official_and_no_theme_stands_before_them(parts: dict[str, bytes]) -> None:
    styles = etree.fromstring(parts["word/styles.xml"])
    normal = next(one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Normal")
    fonts = normal.find(f".//{W}rFonts")
    assert fonts is not None
    assert fonts.get(f"{W}eastAsia") == "仿宋_GB2312"
    assert not [key for key in fonts.attrib if "Theme" in str(key)]
    assert "altName" in parts["word/fontTable.xml"].decode()
    settings = parts["word/settings.xml"].decode()
    assert "evenAndOddHeaders" in settings


def test_properties_stand_in_the_order_that_word_wants(parts: dict[str, bytes]) -> None:
    order = {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
        "trPr": "cantSplit trHeight tblHeader jc",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
        "sectPr": "headerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    }
    for part in ("word/document.xml", "word/styles.xml"):
        body = etree.fromstring(parts[part])
        for name, wanted in order.items():
            places = {tag: place for place, tag in enumerate(wanted.split())}
            for node in body.iter(f"{W}{name}"):
                # heads and feet may be named in any order
                tags = [etree.QName(child).localname.replace("footerRef", "headerRef") for child in node]
                assert all(tag in places for tag in tags), (name, tags)
                assert [places[tag] for tag in tags] == sorted(places[tag] for tag in tags), (name, tags)


def test_words_from_outside_and_a_report_with_half_of_it_missing() -> None:
    nasty = "<w:t>&amp; \u0007\ud800 =1+1"
    paper = compose(thin())
    made = word.render(replace(paper, title=nasty, blocks=(*paper.blocks, Para((Span(nasty),)))))
    told = docx.Document(io.BytesIO(made))
    assert texts(told.paragraphs[-1]) == "<w:t>&amp;  =1+1"
