"""Facts → Document: the chapters of 综合影响力报告 in order, numbered without holes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jianwei.phrase import Span, Spans, fill
from jianwei.report import sources
from jianwei.report.chapters import (
    activity,
    boards,
    commentary,
    completeness,
    distribution,
    method,
    quality,
    showcase,
    summary,
)
from jianwei.report.facts import SYNTHETIC, Facts
from jianwei.report.model import (
    Block,
    Box,
    Bullets,
    Document,
    FigureBlock,
    Heading,
    Note,
    Para,
    TableBlock,
)

__all__ = ["CHAPTERS", "chinese", "compose"]

CHAPTERS: tuple[Callable[[Facts], list[Block]], ...] = (
    summary.chapter,
    boards.chapter,
    distribution.chapter,
    activity.chapter,
    quality.chapter,
    showcase.chapter,
    completeness.chapter,
    commentary.chapter,
    method.chapter,
)
"""The outline of 综合影响力报告, in order."""

_UNNUMBERED = ("摘要", "附录")
_DIGITS = "零一二三四五六七八九"


def compose(facts: Facts) -> Document:
    """The report on these facts: blocks numbered, references resolved, sources gathered."""
    blocks = [block for chapter in CHAPTERS for block in chapter(facts)]
    blocks = _referred(_counted(_headed(_filled(blocks))))
    return Document(
        title=facts.title,
        subtitle=facts.subtitle,
        institution=facts.institution,
        period=facts.period,
        blocks=tuple(blocks),
        sources=sources.collect(blocks, facts),
        versions=dict(facts.versions),
        cover=_cover(facts),
        mark=SYNTHETIC if facts.synthetic else "",
    )


def _cover(facts: Facts) -> tuple[tuple[str, str], ...]:
    lines = [("评估周期", facts.period.span)]
    if facts.institution:
        lines.append(("编制单位", facts.institution))
    if facts.issued:
        day = facts.issued
        lines.append(("成稿日期", f"{day.year}年{day.month}月{day.day}日"))
    return tuple(lines)


def _filled(blocks: list[Block]) -> list[Block]:
    """A heading under which nothing stands says so."""
    found: list[Block] = []
    for place, block in enumerate(blocks):
        found.append(block)
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        ends = after is None or (
            isinstance(after, Heading) and isinstance(block, Heading) and after.level <= block.level
        )
        if isinstance(block, Heading) and ends:
            found.append(Para(fill("本期没有这一部分的数据。")))
    return found


def _headed(blocks: list[Block]) -> list[Block]:
    """Chapters as 一、 and sections as （一）; 摘要 and 附录 stand without a number."""
    chapter = section = 0
    numbered = True
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section, numbered = 0, not block.text.startswith(_UNNUMBERED)
            chapter += numbered
            found.append(replace(block, number=f"{chinese(chapter)}、" if numbered else ""))
        elif isinstance(block, Heading) and block.level == 2:
            section += 1
            found.append(replace(block, number=f"（{chinese(section)}）"))
        else:
            found.append(block)
    return found


def _counted(blocks: list[Block]) -> list[Block]:
    """Tables and figures numbered from 1, each in its own row."""
    tables = figures = 0
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, TableBlock) and block.numbered:
            tables += 1
            found.append(replace(block, number=tables))
        elif isinstance(block, FigureBlock):
            figures += 1
            found.append(replace(block, number=figures))
        else:
            found.append(block)
    return found


def _referred(blocks: list[Block]) -> list[Block]:
    """References in sentences replaced by 图 or 表 with the number."""
    labels = {}
    for block in blocks:
        if isinstance(block, FigureBlock):
            labels[f"ref:fig:{block.figure.id}"] = f"图{block.number}"
        elif isinstance(block, TableBlock):
            labels[f"ref:tab:{block.table.id}"] = f"表{block.number}"

    def told(spans: Spans) -> Spans:
        return tuple(
            Span(labels.get(span.address, span.text), span.address, True)
            if span.address.startswith("ref:")
            else span
            for span in spans
        )

    found: list[Block] = []
    for block in blocks:
        match block:
            case Para(spans):
                found.append(Para(told(spans)))
            case Note(spans):
                found.append(Note(told(spans)))
            case Bullets(items):
                found.append(Bullets(tuple(told(item) for item in items)))
            case Box():
                found.append(replace(block, items=tuple(told(item) for item in block.items)))
            case _:
                found.append(block)
    return found


def chinese(number: int) -> str:
    """A number up to 99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
