"""摘要: key figures, what the data cover and lack, and the three paragraphs of the seed report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from jianwei.phrase import Span, Spans, fill, given, number, scope, tight, trend
from jianwei.phrase.absence import lacking
from jianwei.phrase.address import row_span
from jianwei.report.blocks import Facts, para, paras
from jianwei.report.model import Block, Box, Heading, Kpi, KpiRow

__all__ = ["chapter", "gaps"]

_KEYS: tuple[tuple[str, str, str], ...] = (
    ("S3.total", "覆盖人次", "人次"),
    ("S4.posts", "微博发布量", "条"),
    ("S4.reposts", "微博被转发", "次"),
    ("S4.comments", "微博被评论", "次"),
    ("S1.weibo", "微博账号", "个"),
    ("S1.wechat", "微信账号", "个"),
    ("F5.original_share", "微博原创率", ""),
    ("S2.wechat", "区县微信开通率", ""),
)
_MOST = 6


def chapter(facts: Facts) -> list[Block]:
    """Key figures, the box on scope and gaps, then accounts, audience and volume in words."""
    findings, period = facts.findings, facts.period
    blocks: list[Block] = [Heading(1, "摘要", "summary")]
    blocks += _keys(facts)
    blocks += gaps(facts)
    blocks += paras(scope.accounts(findings, period, gaps=False), scope.opening(findings, gaps=False))
    blocks += para(scope.audience(findings, period, gaps=False) + _growth(facts))
    blocks += para(scope.volume(findings, period, gaps=False))
    return blocks


def gaps(facts: Facts) -> list[Block]:
    """The box 本报告的数据范围与缺口: sources, how far they reach, what could not be had and why."""
    items: list[Spans] = []
    items += _sources(facts)
    items += _reach(facts)
    items += [(Span(tight(words), f"text:{words}", name=True),) for words in facts.notes]
    if not facts.boards:
        items.append(fill("本期没有按单位发布的综合榜单。"))
    pairs = tuple(lacking(facts.findings))
    tone: Literal["plain", "caution"] = "caution" if pairs else "plain"
    return [Box("本报告的数据范围与缺口", tuple(items), pairs, tone)] if items or pairs else []


def _keys(facts: Facts) -> list[Block]:
    items: list[Kpi] = []
    for one, label, unit in _KEYS:
        finding = given(facts.findings, one)
        if finding is None or not finding.value or len(items) == _MOST:
            continue
        shape: Callable[[float], tuple[str, str]] = _share if not unit else _whole
        words, scale = shape(finding.value)
        known = "认证" if one.startswith("S1.") and scope.certified(facts.findings, one) else ""
        items.append(Kpi(known + label, (Span(words, one),), scale + unit, _remark(facts, one)))
    return [KpiRow(tuple(items))] if items else []


def _whole(value: float) -> tuple[str, str]:
    """Up to six figures in full, larger ones in 万 or 亿."""
    return number.scaled(value) if abs(value) >= 1_000_000 else (number.count(value), "")


def _share(value: float) -> tuple[str, str]:
    return number.share(value), ""


def _remark(facts: Facts, one: str) -> Spans:
    """The daily mean below a sum, the year's change below the audience."""
    daily = facts.findings.get(one.replace("S4.", "S5.")) if one.startswith("S4.") else None
    whole = facts.period.calendar_days > 1 and scope.fragments(facts.findings) != "all"
    if daily is not None and daily.value is not None and whole:
        mean = number.count(daily.value) if abs(daily.value) >= 10 else number.quantity(daily.value, 2)
        return fill("日均{n}", n=Span(mean, daily.id))
    if one == "S3.total" and (growth := given(facts.findings, "G1")):
        return fill("微博粉丝同比{said}", said=trend.change(growth.value, "G1", rise="增长"))
    return ()


def _growth(facts: Facts) -> Spans:
    sentence: Spans = ()
    if growth := given(facts.findings, "G1"):
        sentence += trend.growth(growth)
    if growing := given(facts.findings, "G2"):
        sentence += trend.growing(growing)
    return sentence


def _sources(facts: Facts) -> list[Spans]:
    if not facts.imports:
        return []
    parts: Spans = ()
    for name, word in (
        ("rows_read", "读入"),
        ("rows_taken", "采用"),
        ("rows_duplicate", "重复"),
        ("rows_quarantined", "待处理"),
    ):
        total = sum(row.get(name) or 0 for row in facts.imports)
        n = Span(number.count(total), f"imports#{name}")
        parts += fill("{mark}{word}{n}行", mark="、" if parts else "", word=word, n=n)
    files = Span(number.count(len(facts.imports)), "imports#files")
    found = [fill("数据来自{files}个来源文件，{parts}，逐个列于附录。", files=files, parts=parts)]
    if any(row.get("scope") == "search" for row in facts.imports):
        found.append(
            fill(
                "部分内容来自关键词检索，只是账号内容的片段：能说明发了什么，不能说明没有发什么，也不足以衡量账号全貌。"
            )
        )
    return found


def _reach(facts: Facts) -> list[Spans]:
    """How many of the analysed accounts have data at all, and from what."""
    finding = facts.findings.get("S4.posts")
    row = finding.detail[0] if finding is not None and finding.detail else {}
    if finding is None or row.get("accounts") is None or row.get("with_data") is None:
        return []
    sentence = fill(
        "参评微博账号{all}个，有本期数据的{known}个",
        all=row_span(finding, 1, "accounts", number.count(row["accounts"])),
        known=row_span(finding, 1, "with_data", number.count(row["with_data"])),
    )
    for field, words in (("from_totals", "只有汇总数"), ("from_fragments", "只有检索片段")):
        if row.get(field) and row[field] == row["with_data"]:
            sentence += fill("，均{words}", words=words)
        elif row.get(field):
            n = row_span(finding, 1, field, number.count(row[field]))
            sentence += fill("，其中{words}的{n}个", words=words, n=n)
    return [(*sentence, Span("。"))]
