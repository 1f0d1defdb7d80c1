"""From the document model to a Word file, block by block."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Emu, Mm, Pt

from jianwei import figure
from jianwei.errors import RenderError
from jianwei.phrase import Spans, clean, plain
from jianwei.report.model import (
    Box,
    Bullets,
    Cards,
    Document,
    FigureBlock,
    Heading,
    KpiRow,
    Note,
    PageBreak,
    Para,
    TableBlock,
    Tree,
)
from jianwei.report.word import chart, field, grid, style

__all__ = ["render", "write"]

_REFERENCE = re.compile(r"ref:(fig|tab):(.+)")
_WIDTH = style.TEXT_WIDTH


def write(document: Document, path: Path, pages: Mapping[str, int] | None = None) -> Path:
    """Write the report as a Word file. Raises RenderError when it cannot be written."""
    data = render(document, pages)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise RenderError(f"报告未能写入 {path}", hint=str(error)) from error
    return path


def render(document: Document, pages: Mapping[str, int] | None = None) -> bytes:
    """The report as a Word file. pages: by heading anchor the page that the contents show until Word counts."""
    return _Writer(document, pages or {}).file()


class _Writer:
    """One file on its way."""

    def __init__(self, document: Document, pages: Mapping[str, int]) -> None:
        self.document, self.pages = document, pages
        self.out: Any = docx.Document()
        self.marks = 0
        self.charts = 0
        style.prepare(self.out)
        # a bookmark's name may hold letters and digits only
        self.anchors = {heading.anchor: f"h_{place}" for place, heading in enumerate(document.headings, 1)}
        self.numbers = {
            ("fig" if isinstance(block, FigureBlock) else "tab", _id(block)): block.number
            for block in document.blocks
            if isinstance(block, FigureBlock | TableBlock) and block.number
        }

    def file(self) -> bytes:
        self._properties()
        self._margins()
        self._cover()
        self._contents()
        for block in self.document.blocks:
            getattr(self, type(block).__name__.lower())(block)
        held = io.BytesIO()
        self.out.save(held)
        return held.getvalue()

    def _properties(self) -> None:
        told = self.out.core_properties
        told.title, told.author = clean(self.document.title), clean(self.document.institution)
        told.subject, told.language, told.comments = self.document.period.chinese, "zh-CN", ""

    def _margins(self) -> None:
        """Page numbers outside, odd right and even left; none on the cover."""
        field.odd_and_even(self.out)
        section = self.out.sections[0]
        section.different_first_page_header_footer = True
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            field.page_number(paragraph)
            for run in paragraph.runs:
                run.font.size = Pt(14)
        for header in (section.header, section.even_page_header, section.first_page_header):
            paragraph = header.paragraphs[0]
            paragraph.style = self.out.styles["小字"]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.add_run(clean(self.document.mark))

    def _cover(self) -> None:
        for _ in range(4):
            self.out.add_paragraph()
        self._centred(self.document.period.chinese, 16)
        self.out.add_paragraph(clean(self.document.title), style="Title")
        if self.document.subtitle:
            self._centred(clean(self.document.subtitle), 16)
        for _ in range(8):
            self.out.add_paragraph()
        for name, words in self.document.cover:
            self._centred(f"{clean(name)}：{clean(words)}", 14)
        versions = "　".join(f"{name} {words}" for name, words in self.document.versions.items())
        self.out.add_paragraph(clean(versions), style="小字").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _centred(self, words: str, size: float) -> None:
        paragraph = self.out.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).font.size = Pt(size)

    def _contents(self) -> None:
        """The contents, filled: a field whose entries lead to the headings."""
        head = self.out.add_paragraph()
        head.paragraph_format.page_break_before = True
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        head.add_run("目　录").font.size = Pt(18)
        headings = self.document.headings
        for place, heading in enumerate(headings):
            entry = self.out.add_paragraph(style=f"toc {heading.level}")
            if place == 0:
                field.begin(entry, 'TOC \\o "1-2" \\h \\z \\u')
            field.entry(
                entry,
                f"{heading.number}{clean(heading.text)}",
                self.anchors[heading.anchor],
                self.pages.get(heading.anchor),
            )
            if place == len(headings) - 1:
                field.end(entry)
        self.out.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def heading(self, block: Heading) -> None:
        paragraph = self.out.add_paragraph(
            f"{block.number}{clean(block.text)}", style=f"Heading {block.level}"
        )
        if block.level <= 2 and block.anchor:
            self._mark(paragraph, self.anchors[block.anchor])

    def para(self, block: Para) -> None:
        self._say(self.out.add_paragraph(style="正文缩进"), block.spans)

    def note(self, block: Note) -> None:
        self._say(self.out.add_paragraph(style="小字"), block.spans)

    def bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._say(self.out.add_paragraph(style="正文缩进"), item)

    def box(self, block: Box) -> None:
        cell = grid.box(self.out, _WIDTH, caution=block.tone == "caution")
        head = cell.paragraphs[0]
        head.style = self.out.styles["表格文字"]
        head.add_run(clean(block.title)).bold = True
        for item in block.items:
            self._say(cell.add_paragraph(style=self.out.styles["表格文字"]), (*item,), before="· ")
        for what, why in block.pairs:
            paragraph = cell.add_paragraph(style=self.out.styles["表格文字"])
            paragraph.add_run(plain(what)).bold = True
            paragraph.add_run("　")
            self._say(paragraph, why)
        self._gap()

    def kpirow(self, block: KpiRow) -> None:
        table = grid.plain(self.out, -(-len(block.items) // 3), 3, _WIDTH)
        for place, one in enumerate(block.items):
            cell = table.cell(place // 3, place % 3)
            paragraph = cell.paragraphs[0]
            paragraph.style = self.out.styles["表格文字"]
            paragraph.add_run(clean(one.label))
            value = cell.add_paragraph(style=self.out.styles["表格文字"])
            big = value.add_run(plain(one.value) or "本期无数据")
            big.bold, big.font.size = True, Pt(18)
            value.add_run(f" {clean(one.unit)}")
            if one.remark:
                self._say(cell.add_paragraph(style=self.out.styles["小字"]), one.remark)
        self._gap()

    def cards(self, block: Cards) -> None:
        for one in block.items:
            head = self.out.add_paragraph(style="表格文字")
            head.paragraph_format.space_before = Pt(8)
            head.paragraph_format.keep_with_next = True
            head.add_run(f"{clean(one.number)}　{plain(one.account)}")
            title = self.out.add_paragraph(style="表格文字")
            title.paragraph_format.keep_with_next = True
            words = title.add_run(plain(one.title))
            words.bold, words.font.size = True, Pt(14)
            meta = self.out.add_paragraph(style="小字")
            self._say(meta, one.meta)
            meta.add_run("　")
            self._say(meta, one.counts)
            if one.reason:
                self._say(self.out.add_paragraph(style="表格文字"), one.reason)

    def tableblock(self, block: TableBlock) -> None:
        self._caption("表", "tab", block, above=True)
        grid.table(self.out, block.table, _WIDTH)
        for words in block.notes:
            self._say(self.out.add_paragraph(style="小字"), words)
        self._gap()

    def figureblock(self, block: FigureBlock) -> None:
        plots = chart.plots_of(block.figure)
        alt = block.figure.alt or block.figure.caption
        if len(plots) > 1:
            self._panels(plots, alt)
        else:
            paragraph = self._middle(self.out.add_paragraph(style="表格文字"))
            width, height = block.figure.size
            if plots:
                self.charts += 1
                tall = min(Mm(170), int(_WIDTH * height / width))
                chart.insert(paragraph, plots[0], (int(_WIDTH), tall), self.charts, alt)
            else:
                self._picture(paragraph, block.figure, alt)
        self._caption("图", "fig", block)
        for words in block.notes:
            self._say(self.out.add_paragraph(style="小字"), words)
        self._gap()

    def _panels(self, plots: Sequence[chart.Plot], alt: str) -> None:
        table = grid.plain(self.out, -(-len(plots) // 2), 2, _WIDTH)
        for place, plot in enumerate(plots):
            self.charts += 1
            paragraph = self._middle(table.cell(place // 2, place % 2).paragraphs[0])
            paragraph.style = self.out.styles["表格文字"]
            chart.insert(paragraph, plot, (int(_WIDTH * 0.48), Mm(48)), self.charts, f"{plot.title}：{alt}")

    def _picture(self, paragraph: Any, drawn: figure.Figure, alt: str) -> None:
        width, height = drawn.size
        fit = min(1.0, Mm(195) / (int(_WIDTH) * height / width))
        shape = paragraph.add_run().add_picture(io.BytesIO(_png(drawn)), width=Emu(int(_WIDTH * fit)))
        shape._inline.docPr.set("descr", alt)

    def _middle(self, paragraph: Any) -> Any:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def tree(self, block: Tree) -> None:
        rows = [
            [f"{'　' * depth}{clean(title)}", plain(weight), plain(effective), clean(how)]
            for depth, title, weight, effective, how in block.rows
        ]
        heads = ["指标", "占上级权重", "合成权重", "算法"]
        grid.words(self.out, heads, rows, [False, True, True, False], _WIDTH)
        self._gap()

    def pagebreak(self, _: PageBreak) -> None:
        self.out.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _caption(self, word: str, kind: str, block: TableBlock | FigureBlock, *, above: bool = False) -> None:
        paragraph = self.out.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = above
        if block.number:
            paragraph.add_run(word)
            field.field(paragraph, f"SEQ {word} \\* ARABIC", str(block.number))
            self._mark(paragraph, f"{kind}_{block.number}")
            paragraph.add_run("　")
        self._say(paragraph, block.caption)

    def _mark(self, paragraph: Any, name: str) -> None:
        self.marks += 1
        field.bookmark(paragraph, name, self.marks, 0)

    def _say(self, paragraph: Any, spans: Spans, *, before: str = "") -> None:
        """Runs of a sentence; a reference to a figure or table is a field."""
        if before:
            paragraph.add_run(before)
        for span in spans:
            found = _REFERENCE.fullmatch(span.address)
            number = self.numbers.get((found[1], found[2])) if found else None
            if found and number:
                field.field(paragraph, f"REF {found[1]}_{number} \\h", clean(span.text))
            else:
                paragraph.add_run(clean(span.text))

    def _gap(self) -> None:
        gap = self.out.add_paragraph(style="小字")
        gap.paragraph_format.space_after = Pt(4)


def _id(block: TableBlock | FigureBlock) -> str:
    return block.figure.id if isinstance(block, FigureBlock) else block.table.id


def _png(drawn: figure.Figure) -> bytes:
    """A figure as a picture, sharp enough for print."""
    import json

    import typst

    from jianwei.report.pdf import faces_of

    width, height = drawn.size
    source = (
        f"#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n"
        '#image(bytes(json(bytes(sys.inputs.svg))), format: "svg", width: 100%)'
    )
    made = typst.Compiler(font_paths=faces_of(()), ignore_system_fonts=True).compile(
        input=source.encode(), format="png", ppi=160, sys_inputs={"svg": json.dumps(figure.render(drawn))}
    )
    if not isinstance(made, bytes):
        raise RenderError(f"图“{drawn.caption}”没有画成")
    return made
