"""Fields of a Word file: page numbers, numbers of captions, references to them, the table of contents."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

__all__ = ["begin", "bookmark", "end", "entry", "field", "odd_and_even", "page_number"]


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field with what it shows until Word computes it again."""
    _mark(paragraph._p, "begin")
    _instruct(paragraph._p, instruction)
    _mark(paragraph._p, "separate")
    paragraph.add_run(shown)
    _mark(paragraph._p, "end")


def bookmark(paragraph: Any, name: str, number: int, since: int) -> None:
    """A bookmark around the paragraph's runs from a place on. number: unique in the file."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    runs = list(paragraph._p.iterchildren(qn("w:r")))
    runs[since].addprevious(start)
    runs[-1].addnext(end)


def begin(paragraph: Any, instruction: str) -> None:
    """The beginning of a field that goes on over several paragraphs."""
    _mark(paragraph._p, "begin")
    _instruct(paragraph._p, instruction)
    _mark(paragraph._p, "separate")


def end(paragraph: Any) -> None:
    """The end of a field that began in a paragraph above."""
    _mark(paragraph._p, "end")


def entry(paragraph: Any, words: str, anchor: str, page: int | None) -> None:
    """A line of the contents: the words, dots, the page; it leads to the heading's bookmark."""
    made = OxmlElement("w:hyperlink")
    made.set(qn("w:anchor"), anchor)
    made.set(qn("w:history"), "1")
    paragraph._p.append(made)
    _run(made, words)
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:tab"))
    made.append(run)
    _mark(made, "begin")
    _instruct(made, f"PAGEREF {anchor} \\h")
    _mark(made, "separate")
    _run(made, "" if page is None else str(page))
    _mark(made, "end")


def _run(holder: Any, words: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = words
    run.append(text)
    holder.append(run)


def _mark(holder: Any, kind: str) -> None:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    holder.append(run)


def _instruct(holder: Any, instruction: str) -> None:
    run, told = OxmlElement("w:r"), OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    run.append(told)
    holder.append(run)


def page_number(paragraph: Any) -> None:
    """The page's number between dashes, as official papers have it."""
    paragraph.add_run("— ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" —")


def odd_and_even(document: Any) -> None:
    """Have odd and even pages differ."""
    settings = document.settings.element
    if settings.find(qn("w:evenAndOddHeaders")) is None:
        document.settings.odd_and_even_pages_header_footer = True
