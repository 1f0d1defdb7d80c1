"""Small makers of blocks that all chapters share: captions bound to the period, tables of a finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from jianwei.errors import RenderError
from jianwei.figure import Figure
from jianwei.finding.model import Finding
from jianwei.period import Period
from jianwei.phrase import Span, Spans, fill, given, plain
from jianwei.phrase.address import key_of
from jianwei.report.facts import Facts
from jianwei.report.model import Bullets, FigureBlock, Note, Para, TableBlock
from jianwei.table import Column, Table

__all__ = [
    "Facts",
    "bullets",
    "captioned",
    "detail_table",
    "note",
    "para",
    "paras",
    "period_name",
    "reference",
    "sentences",
    "table_block",
]


def period_name(period: Period) -> Span:
    """The period as captions name it: 2015年上半年."""
    return Span(period.chinese, "period#name")


def reference(kind: str, name: str) -> Span:
    """A reference to a figure (`fig`) or table (`tab`) that gets its number when all are counted."""
    return Span("图" if kind == "fig" else "表", f"ref:{kind}:{name}")


def para(spans: Spans) -> list[Para]:
    """A paragraph, or nothing when there is nothing to say."""
    return [Para(spans)] if spans else []


def paras(*sentences: Spans) -> list[Para]:
    """The sentences as one paragraph, or nothing."""
    joined: Spans = ()
    for sentence in sentences:
        joined += sentence
    return para(joined)


def sentences(facts: Facts, *ids: str) -> list[Finding]:
    """Those of the findings that are there with a value."""
    return [found for one in ids if (found := given(facts.findings, one)) is not None]


def captioned(
    figure: Figure, caption: Spans, facts: Facts, *, table: Table | None = None, notes: Iterable[Spans] = ()
) -> FigureBlock:
    """A figure block whose caption is the period and the figure's own caption.

    Raises RenderError when the spans do not say what the figure's caption says.
    """
    if plain(caption) != figure.caption:
        raise RenderError(f"图题“{plain(caption)}”与所绘的图“{figure.caption}”不符")
    own = (fill("注：{note}。", note=figure.note),) if figure.note else ()
    return FigureBlock(figure, (period_name(facts.period), *caption), table, (*own, *notes))


def table_block(
    table: Table, facts: Facts, *, notes: Sequence[Spans] = (), caption: Spans = ()
) -> TableBlock:
    """A table block captioned with the period and the table's title."""
    words = caption or (Span(table.title),)
    note = (fill("注：{note}。", note=table.note.rstrip("。")),) if table.note else ()
    return TableBlock(table, (period_name(facts.period), *words), (*note, *notes))


def detail_table(
    finding: Finding, title: str, columns: Sequence[Column], *, shown: int | None = None, note: str = ""
) -> Table:
    """A table of a finding's detail rows; each cell is addressed as the finding's row and field."""
    rows: list[dict[str, Any]] = []
    for place, row in enumerate(finding.detail[:shown], 1):
        rows.append({**row, "_key": key_of(finding, place)})
    bound = tuple(
        Column(
            one.key,
            one.title,
            one.kind,
            one.digits,
            one.unit,
            one.definition,
            one.address or f"{finding.id}#{{_key}}.{one.key}",
        )
        for one in columns
    )
    return Table(
        finding.id.replace(".", "-"),
        title,
        bound,
        tuple(rows),
        key="_key",
        note=note,
        definition=finding.definition,
        formula=finding.formula,
        query=finding.query,
        rows_behind=finding.rows,
    )


def note(spans: Spans) -> list[Note]:
    """A note, or nothing."""
    return [Note(spans)] if spans else []


def bullets(items: Iterable[Spans]) -> list[Bullets]:
    """A list, or nothing."""
    kept = tuple(item for item in items if item)
    return [Bullets(kept)] if kept else []
