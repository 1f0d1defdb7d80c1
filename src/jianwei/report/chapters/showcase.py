"""工作展示: picked posts with their counts and the reason (W.picks)."""

from __future__ import annotations

from datetime import date

from jianwei.model import PLATFORMS
from jianwei.phrase import Span, Spans, absence, clean, fill, given, quality
from jianwei.phrase.address import row_span
from jianwei.report.blocks import Facts, para
from jianwei.report.model import Block, Card, Cards, Heading

__all__ = ["chapter"]


def chapter(facts: Facts) -> list[Block]:
    """The picked posts as cards; excluded candidates are not shown."""
    finding = facts.findings.get("W.picks")
    blocks: list[Block] = [Heading(1, "工作展示", "showcase")]
    if finding is None:
        return []
    if given(facts.findings, finding.id) is None:
        return [*blocks, *para(absence(finding))]
    cards = tuple(
        _card(facts, place) for place, row in enumerate(finding.detail, 1) if not row.get("excluded")
    )
    words = fill(
        "以下内容按声明的规则初选，未计入任何得分；印发前须经人工确认。警情、伤亡、讣告、领导活动和舆情类内容不列入。"
    )
    return [*blocks, *para(words), Cards(cards)]


def _card(facts: Facts, place: int) -> Card:
    finding = facts.findings["W.picks"]
    row = finding.detail[place - 1]

    def named(field: str) -> Span:
        return row_span(finding, place, field, clean(str(row.get(field) or "")), name=True)

    account = fill("“{account}”", account=named("account")) if row.get("account") else ()
    unit = fill("{unit}", unit=named("unit")) if row.get("unit") else ()
    reason = fill("入选理由：{reason}。", reason=named("reason")) if row.get("reason") else ()
    return Card(
        "一二三四五六七八九十"[place - 1] if place <= 10 else f"十{'一二三四五六七八九'[place - 11]}",
        account or unit,
        (named("title"),),
        _meta(unit if account else (), row_span(finding, place, "published_at", _day(row), name=True), row),
        quality.pick(finding, place),
        reason,
    )


def _meta(unit: Spans, day: Span, row: object) -> Spans:
    platform = str(row.get("platform") or "") if isinstance(row, dict) else ""
    parts = [unit, (Span(PLATFORMS.get(platform, platform)),), (day,)]
    joined: Spans = ()
    for part in parts:
        if part and part[0].text:
            joined += ((Span("　"),) if joined else ()) + part
    return joined


def _day(row: object) -> str:
    value = row.get("published_at") if isinstance(row, dict) else None
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else str(value or "")
