"""运营质量: originals, forms and functions of what was published (F5, N3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.figure import bars, stacked
from jianwei.finding.model import Finding
from jianwei.phrase import absence, fill, given, number, plain, quality
from jianwei.report.blocks import Facts, captioned, detail_table, para, reference
from jianwei.report.model import Block, Heading
from jianwei.table import column

__all__ = ["chapter"]


def chapter(facts: Facts) -> list[Block]:
    """How posts are made and what they serve."""
    blocks: list[Block] = [Heading(1, "运营质量", "quality")]
    if facts.findings.get("N3.share") is not None:
        blocks.append(Heading(2, "信息构成", "forms"))
    sentence = quality.forms(facts.findings)
    chart = _composition(facts)
    if chart and sentence:
        sentence = fill("如{figure}所示，", figure=reference("fig", "F5")) + sentence
    blocks += para(sentence)
    blocks += chart
    blocks += _functions(facts)
    return blocks


def _composition(facts: Facts) -> list[Block]:
    rows = []
    for one, name in (("F5.original_share", "原创与转发"), ("F5.multimedia_share", "信息形式")):
        finding = given(facts.findings, one)
        parts = [(str(row["kind"]), float(row["share"])) for row in _shares(finding)]
        if parts:
            rows.append((name, parts))
    if not rows:
        return []
    caption = fill("政务微博各类信息占比")
    chart = stacked("F5", plain(caption), "占比", rows, words=_percent)
    finding = given(facts.findings, "F5.multimedia_share")
    table = None
    if finding is not None and _shares(finding):
        columns = [
            column("kind", "形式"),
            column("posts", "发布量", "count", unit="条"),
            column("share", "占比", "percent"),
        ]
        table = detail_table(finding, "政务微博信息形式构成", columns)
    return [captioned(chart, caption, facts, table=table)]


def _functions(facts: Facts) -> list[Block]:
    finding = facts.findings.get("N3.share")
    if finding is None:
        return []
    blocks: list[Block] = [Heading(2, "内容功能", "functions")]
    if given(facts.findings, finding.id) is None:
        return [*blocks, *para(absence(finding))]
    caption = fill("各类功能内容占比")
    rows = [(str(row["function"]), row.get("share")) for row in finding.detail]
    chart = bars(
        "N3", plain(caption), "占比", rows, words=_percent, note="一条内容只归入一类，判断不出的不归类"
    )
    columns = [
        column("function", "功能"),
        column("posts", "内容数", "count"),
        column("share", "占比", "percent"),
    ]
    lead = fill("如{figure}所示，", figure=reference("fig", "N3"))
    table = detail_table(finding, "各类功能内容占比", columns)
    return [*blocks, *para(lead + quality.functions(finding)), captioned(chart, caption, facts, table=table)]


def _percent(fraction: float) -> str:
    return f"{number.fixed(fraction * 100, 1)}%"


def _shares(finding: Finding | None) -> list[Mapping[str, Any]]:
    return [row for row in finding.detail if row.get("share")] if finding else []
