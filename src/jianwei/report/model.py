"""The document model: what a report consists of, before any writer gives it a form.

Every number stands in a Span or a table cell that carries the address of its fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from jianwei.figure import Figure
from jianwei.period import Period
from jianwei.phrase import Spans
from jianwei.table import Table

__all__ = [
    "Block",
    "Box",
    "Bullets",
    "Card",
    "Cards",
    "Document",
    "FigureBlock",
    "Heading",
    "Kpi",
    "KpiRow",
    "Note",
    "PageBreak",
    "Para",
    "Source",
    "TableBlock",
    "Tree",
]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; `number` (一、, （一）) is given when the document is composed."""

    level: Literal[1, 2, 3]
    text: str
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True)
class Para:
    """A paragraph of body text."""

    spans: Spans


@dataclass(frozen=True)
class Note:
    """A small note under what stands before it."""

    spans: Spans


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[Spans, ...]


@dataclass(frozen=True)
class Box:
    """A framed passage with a title, such as 本报告的数据范围与缺口.

    `pairs` are (what is lacking, why), set as two columns below the sentences.
    """

    title: str
    items: tuple[Spans, ...]
    pairs: tuple[tuple[Spans, Spans], ...] = ()
    tone: Literal["plain", "caution"] = "plain"


@dataclass(frozen=True)
class Kpi:
    """One key figure: what it is, the number as shown, its unit, a remark below.

    An empty `value` shows 本期无数据 and the remark.
    """

    label: str
    value: Spans
    unit: str = ""
    remark: Spans = ()


@dataclass(frozen=True)
class KpiRow:
    """Key figures side by side."""

    items: tuple[Kpi, ...]


@dataclass(frozen=True)
class Card:
    """One showcase post: who, what, when, its counts, why it was picked."""

    number: str
    account: Spans
    title: Spans
    meta: Spans
    counts: Spans
    reason: Spans


@dataclass(frozen=True)
class Cards:
    """Showcase posts in order."""

    items: tuple[Card, ...]


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption and notes; `number` counts captioned tables, 0 = not counted."""

    table: Table
    caption: Spans
    notes: tuple[Spans, ...] = ()
    number: int = 0
    numbered: bool = True
    compact: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """A figure with its caption, its notes and the table behind it."""

    figure: Figure
    caption: Spans
    table: Table | None = None
    notes: tuple[Spans, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Tree:
    """A recipe as an indented tree: (depth, title, weight within its parent, effective weight, remark)."""

    title: str
    rows: tuple[tuple[int, str, Spans, Spans, str], ...]
    recipe: str = ""


@dataclass(frozen=True)
class PageBreak:
    """A new page in print."""


Block = Heading | Para | Note | Bullets | Box | KpiRow | Cards | TableBlock | FigureBlock | Tree | PageBreak


@dataclass(frozen=True)
class Source:
    """What a number opens: 定义, 公式, query, row count, versions; `id` is the address up to the row."""

    id: str
    title: str
    definition: str = ""
    formula: str = ""
    query: str = ""
    rows: int | None = None
    value: str = ""
    alt: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A composed report: cover, blocks in order, and the sources that its numbers open."""

    title: str
    institution: str
    period: Period
    blocks: tuple[Block, ...]
    sources: Mapping[str, Source]
    versions: Mapping[str, str]
    cover: Sequence[tuple[str, str]] = ()
    subtitle: str = ""
    mark: str = ""

    @property
    def headings(self) -> list[Heading]:
        """Headings of the table of contents (levels 1 and 2)."""
        return [block for block in self.blocks if isinstance(block, Heading) and block.level <= 2]
