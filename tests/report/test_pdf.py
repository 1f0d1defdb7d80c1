"""The PDF: what a reader of the file finds in it."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from jianwei.phrase import Span
from jianwei.report import Document, compose, pdf
from jianwei.report.model import FigureBlock, Heading, Para, TableBlock
from jianwei.table import show
from tests.report.example import facts


@pytest.fixture(scope="module")
def paper() -> Document:
    return compose(facts())


@pytest.fixture(scope="module")
def reader(paper: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.render(paper)))


@pytest.fixture(scope="module")
def words(reader: pypdf.PdfReader) -> str:
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_it_claims_to_be_archival_and_tagged(reader: pypdf.PdfReader) -> None:
    root = reader.trailer["/Root"]
    packet = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("zh")


def test_title_outline_and_contents(reader: pypdf.PdfReader, paper: Document, words: str) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title

    def titles(nodes: list[object]) -> list[str]:
        return [
            title
            for node in nodes
            for title in (titles(node) if isinstance(node, list) else [str(getattr(node, "title"))])  # noqa: B009
        ]

    told = [squeezed(title) for title in titles(reader.outline)]
    for heading in paper.headings:
        assert squeezed(heading.number + heading.text) in told
        assert words.count(squeezed(heading.number + heading.text)) >= 2


def test_every_word_and_number_stands_in_it(paper: Document, words: str) -> None:
    for block in paper.blocks:
        if isinstance(block, Para):
            assert squeezed("".join(span.text for span in block.spans)) in words
        if isinstance(block, TableBlock):
            for row in block.table.rows:
                for one in block.table.columns:
                    assert squeezed(show(row.get(one.key), one)) in words


def test_figures_have_a_text_for_those_who_do_not_see(paper: Document) -> None:
    data = pdf.render(paper)
    figures = [block for block in paper.blocks if isinstance(block, FigureBlock)]
    assert figures
    assert pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
    assert data.count(b"/Alt") + data.count(b"/ObjStm") >= 1


def test_the_same_report_is_the_same_file(paper: Document) -> None:
    assert pdf.render(paper) == pdf.render(paper)


def test_pages_of_headings_rise(paper: Document) -> None:
    _, pages = pdf.set_pages(paper)
    told = [pages[heading.anchor] for heading in paper.headings]
    assert told == sorted(told)
    assert told[0] >= 1


def test_words_from_outside_are_never_markup(paper: Document) -> None:
    nasty = '#panic("x") $a$ *b* _c_ `d` <e> @f \\ \u0007 [g] //h'
    blocks = (Heading(1, nasty, "a"), Para((Span(nasty),)), *paper.blocks[:3])
    made = pdf.render(replace(paper, title=nasty, blocks=blocks))
    text = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages))
    assert text.count(squeezed('#panic("x")$a$*b*')) >= 3


def test_the_faces_wanted_first_are_taken_where_they_are() -> None:
    told = pdf.families(pdf.faces_of(()))
    assert set(told) == set(pdf.FACES)
    assert all(names and names[-1].startswith("Noto") for names in told.values())
