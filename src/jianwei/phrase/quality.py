"""Sentences on systems, forms, functions and picked posts (F3, F5, N3, W)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jianwei.finding.model import Finding
from jianwei.phrase import number
from jianwei.phrase.absence import Findings, absences, given
from jianwei.phrase.address import row_span
from jianwei.phrase.span import Span, Spans, enumerate_names, fill

__all__ = ["forms", "functions", "infographic", "pick", "picks", "systems"]

_BESTS = (("accounts", "账号数量"), ("followers", "覆盖人次"), ("posts", "发布量"))


def systems(findings: Findings, *, gaps: bool = True) -> Spans:
    """Accounts by 系统 with the denominator said (F3), and which system leads in what."""
    sentence: Spans = ()
    if finding := given(findings, "F3.systems"):
        sentence += _largest(finding)
    rates: Spans = ()
    for one, whole in (("F3.share", "全部账号"), ("F3.six_share", "已登记系统账号")):
        if finding := given(findings, one):
            n = Span(number.share(finding.value), finding.id)
            rates += fill("{mark}占{whole}的{n}", mark="、" if rates else "", whole=whole, n=n)
    if rates:
        sentence += fill("公安、外宣、共青团、司法、旅游、环保六个系统的账号合计{rates}。", rates=rates)
    for missing in absences(findings, ("F3.share", "F3.systems", "F3.six_share")) if gaps else ():
        sentence += missing
    return sentence


def forms(findings: Findings) -> Spans:
    """Original share, multimedia share and what multimedia is made of (F5)."""
    sentence: Spans = ()
    if finding := given(findings, "F5.original_share"):
        sentence += fill("微博原创信息占{n}。", n=Span(number.share(finding.value), finding.id))
    if finding := given(findings, "F5.multimedia_share"):
        sentence += fill(
            "含图片、长微博、视频或一图解说的多媒体信息占{n}{word}。",
            n=Span(number.share(finding.value), finding.id),
            word=_half(float(finding.value)),
        )
    if finding := given(findings, "F5.picture_share"):
        sentence += fill(
            "多媒体信息中，使用图片、长微博的占{n}。", n=Span(number.share(finding.value), finding.id)
        )
    if finding := given(findings, "F5.infographic_change"):
        sentence += infographic(finding)
    ids = ("F5.original_share", "F5.multimedia_share", "F5.picture_share", "F5.infographic_change")
    for missing in absences(findings, ids):
        sentence += missing
    return sentence


def infographic(finding: Finding) -> Spans:
    """The share of 一图解说 against a year before, in percentage points."""
    way = number.turn(float(finding.value))
    if way == 0:
        return fill("“一图解说”占比与上年同期{word}。", word=Span("基本持平", finding.id))
    words = Span(number.points(float(finding.value)), finding.id)
    return fill("“一图解说”占比较上年同期{verb}{n}。", verb="提高" if way > 0 else "降低", n=words)


def functions(finding: Finding) -> Spans:
    """Share of posts by function (N3), the largest three."""
    parts: Spans = ()
    for place, row in enumerate(finding.detail, 1):
        if row.get("share") is None or place > 3:
            continue
        n = row_span(finding, place, "share", number.share(row["share"], 1))
        parts += fill("{mark}{name}占{n}", mark="、" if parts else "", name=str(row.get("function", "")), n=n)
    if not parts:
        return fill("按内容功能归类，{names}等居前。", names="、".join(map(str, finding.value)))
    return fill("按内容功能归类，{parts}。", parts=parts)


def picks(finding: Finding) -> Spans:
    """Which posts the showcase picked (W.picks)."""
    return fill(
        "工作展示选取{names}。", names=enumerate_names(list(finding.value), finding.id, quote=True, most=11)
    )


def pick(finding: Finding, place: int) -> Spans:
    """The counts of one picked post and the rule that picked it."""
    row = finding.detail[place - 1]
    counts: Spans = ()
    for field, name in (("reads", "阅读"), ("reposts", "转发"), ("comments", "评论"), ("likes", "点赞")):
        if row.get(field) is None:
            continue
        n = row_span(finding, place, field, number.count(row[field]))
        counts += fill("{mark}{name}{n}次", mark="，" if counts else "", name=name, n=n)
    return counts


def _largest(finding: Finding) -> Spans:
    rows = finding.detail
    first = _best(rows, "accounts")
    if first is None:
        return fill(
            "账号较多的系统依次为{names}。", names=enumerate_names(list(finding.value), finding.id, most=5)
        )
    leads = [name for field, name in _BESTS if _best(rows, field) == first]
    sentence = fill(
        "分系统看，{system}系统账号最多，为{n}个{share}",
        system=Span(str(rows[first]["system"]), f"{finding.id}#{rows[first]['system']}.system", name=True),
        n=row_span(finding, first + 1, "accounts", number.count(rows[first]["accounts"])),
        share=_share(finding, first, rows[first]),
    )
    if len(leads) > 1:
        sentence += fill("，{leads}均居各系统首位", leads="、".join(leads))
    return (*sentence, Span("。"))


def _share(finding: Finding, index: int, row: Mapping[str, Any]) -> Spans:
    if row.get("share") is None:
        return ()
    return fill("，占{n}", n=row_span(finding, index + 1, "share", number.share(row["share"])))


def _best(rows: tuple[Mapping[str, Any], ...], field: str) -> int | None:
    """Index of the row that alone holds the largest value of a field, else None."""
    known = [(row[field], index) for index, row in enumerate(rows) if row.get(field) is not None]
    if not known:
        return None
    top = max(value for value, _ in known)
    holders = [index for value, index in known if value == top]
    return holders[0] if len(holders) == 1 else None


def _half(fraction: float) -> str:
    return "，与纯文字信息大体各半" if 0.45 <= fraction <= 0.55 else ""
