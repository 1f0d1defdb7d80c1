"""The PDF writer: Typst sets what it is given as data, with outlines, tags and selectable chart text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from jianwei import figure
from jianwei.errors import RenderError
from jianwei.figure.svg import ASSETS
from jianwei.phrase import Spans, clean
from jianwei.report.address import source_of
from jianwei.report.model import (
    Block,
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
    Source,
    TableBlock,
    Tree,
)
from jianwei.table import Table, show

if TYPE_CHECKING:
    import typst

__all__ = ["FACES", "STANDARD", "faces_of", "families", "render", "set_pages", "write"]

_NARROW, _WIDEST = 14, 30
_TALL = 1.25
"""Height over width from which a figure is fitted to the page's height."""

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A-2a: archival, with tags."""

FACES: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "方正小标宋_GBK", "Noto Serif SC"),
    "song": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "Noto Serif SC"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "Noto Serif SC"),
    "hei": ("SimHei", "黑体", "Noto Sans SC"),
}
"""Faces of official papers by their use, the wanted one first; the last one ships with the package."""


def write(document: Document, path: Path, font_folders: Sequence[Path] = ()) -> Path:
    """Write the report as one PDF. Raises RenderError when it cannot be set or written."""
    data = render(document, font_folders)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise RenderError(f"报告未能写入 {path}", hint=str(error)) from error
    return path


def render(document: Document, font_folders: Sequence[Path] = ()) -> bytes:
    """The report as a PDF file. font_folders: the office's own faces, such as 仿宋_GB2312."""
    return set_pages(document, font_folders)[0]


def set_pages(document: Document, font_folders: Sequence[Path] = ()) -> tuple[bytes, dict[str, int]]:
    """The report as a PDF file, and the page of each heading by its anchor."""
    import typst  # 60 ms that other formats need not pay

    faces = faces_of(tuple(font_folders))
    data = json.dumps(_document(document, families(faces)), ensure_ascii=False, allow_nan=False)
    template = resources.files("jianwei.report").joinpath("templates/report.typ")
    try:
        with resources.as_file(template) as path:
            compiler = typst.Compiler(
                str(path), font_paths=faces, ignore_system_fonts=True, sys_inputs={"doc": data}
            )
            made = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=_stamp(document))
            places = json.loads(compiler.query("<place>", field="value"))
    except typst.TypstError as error:
        raise RenderError(f"PDF 没有排成：{error.message}", hint="请连同所用的数据反馈") from error
    if not isinstance(made, bytes):
        raise RenderError("PDF 没有排成", hint="请连同所用的数据反馈")
    return made, {one["anchor"]: one["page"] for one in places if one["anchor"]}


def families(faces: typst.Fonts) -> dict[str, list[str]]:
    """By use the faces that are there, the wanted one first."""
    known = set(faces.families())
    return {use: [name for name in names if name in known] for use, names in FACES.items()}


@cache
def faces_of(folders: tuple[Path, ...]) -> typst.Fonts:
    """The faces of the package and of the office; reading them takes a quarter of a second."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(ASSETS / "fonts"), *map(str, folders)],
    )


def _stamp(document: Document) -> int:
    """A fixed moment, so that the same report gives the same bytes."""
    from datetime import UTC, datetime, time

    return int(datetime.combine(document.period.end, time(), UTC).timestamp())


def _document(document: Document, fonts: Mapping[str, list[str]]) -> dict[str, Any]:
    labels = {name: f"source-{place}" for place, name in enumerate(document.sources, 1)}
    return {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "institution": clean(document.institution),
        "keywords": [document.period.label],
        "period": document.period.chinese,
        "mark": clean(document.mark),
        "cover": [[clean(name), clean(words)] for name, words in document.cover],
        "versions": "　".join(f"{name} {words}" for name, words in document.versions.items()),
        "fonts": dict(fonts),
        "blocks": [_Setter(labels).block(block) for block in document.blocks],
        "sources": [_source(source, labels[name]) for name, source in document.sources.items()],
    }


def _source(source: Source, label: str) -> dict[str, Any]:
    facts = {"口径": source.definition, "算式": source.formula, "值": source.value, "另值": source.alt}
    rows = "" if source.rows is None else f"{source.rows:,} 行"
    told = {name: clean(words) for name, words in (facts | {"来源行数": rows}).items() if words}
    return {"id": source.id, "title": clean(source.title), "label": label, "facts": told}


class _Setter:
    """Blocks as plain data; a number's span leads to its source."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def block(self, block: Block) -> dict[str, Any]:
        """Any block, by the method that bears its kind's name."""
        kind = type(block).__name__.lower()
        made: dict[str, Any] = getattr(self, kind)(block)
        return {"kind": kind} | made

    def say(self, spans: Spans) -> list[dict[str, str]]:
        found = []
        for span in spans:
            told = {"t": clean(span.text)}
            label = "" if span.name or not span.address else self.labels.get(source_of(span.address), "")
            found.append(told | {"to": label} if label else told)
        return found

    def each(self, items: Iterable[Spans]) -> list[list[dict[str, str]]]:
        return [self.say(item) for item in items]

    def heading(self, block: Heading) -> dict[str, Any]:
        return {
            "level": block.level,
            "number": block.number,
            "text": clean(block.text),
            "anchor": block.anchor,
        }

    def para(self, block: Para) -> dict[str, Any]:
        return {"spans": self.say(block.spans)}

    def note(self, block: Note) -> dict[str, Any]:
        return {"spans": self.say(block.spans)}

    def bullets(self, block: Bullets) -> dict[str, Any]:
        return {"items": self.each(block.items)}

    def box(self, block: Box) -> dict[str, Any]:
        pairs = [[self.say(what), self.say(why)] for what, why in block.pairs]
        told = {"title": clean(block.title), "items": self.each(block.items)}
        return told | {"pairs": pairs, "tone": block.tone}

    def kpirow(self, block: KpiRow) -> dict[str, Any]:
        return {
            "items": [
                {
                    "label": clean(one.label),
                    "value": self.say(one.value) or [{"t": "本期无数据"}],
                    "unit": clean(one.unit),
                    "remark": self.say(one.remark),
                }
                for one in block.items
            ]
        }

    def cards(self, block: Cards) -> dict[str, Any]:
        parts = ("account", "title", "meta", "counts", "reason")
        return {
            "items": [
                {"number": clean(one.number)} | {name: self.say(getattr(one, name)) for name in parts}
                for one in block.items
            ]
        }

    def tableblock(self, block: TableBlock) -> dict[str, Any]:
        told = {"number": block.number, "caption": self.say(block.caption), "notes": self.each(block.notes)}
        return told | {"table": _table(block.table)}

    def figureblock(self, block: FigureBlock) -> dict[str, Any]:
        drawn = block.figure
        told = {"number": block.number, "caption": self.say(block.caption), "notes": self.each(block.notes)}
        tall = drawn.size[1] > _TALL * drawn.size[0]
        return told | {"svg": figure.render(drawn), "alt": drawn.alt or drawn.caption, "tall": tall}

    def tree(self, block: Tree) -> dict[str, Any]:
        return {
            "rows": [
                {
                    "depth": depth,
                    "title": clean(title),
                    "weight": self.say(weight),
                    "effective": self.say(effective),
                    "how": clean(how),
                }
                for depth, title, weight, effective, how in block.rows
            ]
        }

    def pagebreak(self, _: PageBreak) -> dict[str, Any]:
        return {}


def _table(table: Table) -> dict[str, Any]:
    rows = [[clean(show(row.get(one.key), one)) for one in table.columns] for row in table.rows]
    columns = [
        {"heading": clean(one.heading), "numeric": one.numeric,
         "share": _share([row[at] for row in rows]) if one.kind == "text" else 0}
        for at, one in enumerate(table.columns)
    ]  # fmt: skip
    return {"columns": columns, "rows": rows}


def _share(words: Sequence[str]) -> float:
    """How much of the free width a column of text wants: the mean length of its cells; none for short ones."""
    mean = sum(map(len, words)) / len(words) if words else 0
    return min(_WIDEST, mean) if max(map(len, words), default=0) > _NARROW else 0
