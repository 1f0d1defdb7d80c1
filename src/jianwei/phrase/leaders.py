"""Sentences on boards and regional leaders (T2 to T5, F1, F2)."""

from __future__ import annotations

from jianwei.finding.model import Finding
from jianwei.period import Period
from jianwei.phrase import number
from jianwei.phrase.absence import Findings, absence, given
from jianwei.phrase.address import row_span
from jianwei.phrase.scope import ends
from jianwei.phrase.span import Span, Spans, enumerate_names, fill

__all__ = ["accounts_by_region", "board", "first", "reach"]

_COHORTS = {"T2": "市直机关", "T3": "区县", "T4": "公安系统", "T5": "基层"}
_FIRSTS = {
    "T2.wechat_first": "微信评价在全部参评单位中居首位",
    "T3.spread_first": "传播指数居区县首位",
    "T3.interact_first": "互动指数居区县首位",
}


def board(findings: Findings, table: str) -> Spans:
    """Who leads a board (T2 to T5), the first one's index, and who is first in a part of it."""
    finding = findings.get(f"{table}.leaders")
    if finding is None:
        return ()
    if given(findings, finding.id) is None:
        return absence(finding)
    names = list(finding.value)
    cohort = _COHORTS.get(table, "")
    sentence = fill(
        "在{cohort}参评单位中，{names}{verb}。",
        cohort=cohort,
        names=enumerate_names(names, finding.id, most=5),
        verb="排名前列" if len(names) > 1 else "排名首位",
    )
    sentence += _top(finding, names)
    return sentence + _join_firsts(findings, table)


def first(finding: Finding) -> Spans:
    """Who is first in one part of a board; several names tie."""
    names = enumerate_names(_leading(finding), finding.id)
    return fill(
        "{names}{what}{tie}。", names=names, what=_FIRSTS.get(finding.id, "居首位"), tie=_tie(finding)
    )


def accounts_by_region(finding: Finding, period: Period | None = None) -> Spans:
    """The regions with most accounts (F1), with their numbers."""
    parts = _counted(finding, "accounts", "个")
    when = fill("截至{day}，", day=ends(period)) if period else ()
    return fill(
        "{when}开设政务新媒体账号较多的区县依次为{names}。", when=when, names=parts or _names(finding)
    )


def reach(finding: Finding) -> Spans:
    """The regions with the highest 传播覆盖系数 (F2), its definition and whose population it uses."""
    parts: Spans = ()
    for place, row in enumerate(finding.detail[:3], 1):
        if row.get("coefficient") is None:
            continue
        words = number.quantity(row["coefficient"], 3)
        name = Span(str(row["region"]), f"{finding.id}#{place}", name=True)
        joint = Span("、") if parts else Span("")
        parts += fill(
            "{joint}{name}（{n}）", joint=joint, name=name, n=row_span(finding, place, "coefficient", words)
        )
    sentence = fill(
        "按传播覆盖系数（覆盖人次÷区域人口）排序，居前的区县为{names}。", names=parts or _names(finding)
    )
    return sentence + _people(finding)


def _top(finding: Finding, names: list[str]) -> Spans:
    row = finding.detail[0] if finding.detail else {}
    if row.get("score") is None or len(names) < 2:
        return ()
    score = row_span(finding, 1, "score", number.fixed(row["score"], 2))
    return fill(
        "其中，{name}综合指数为{score}，居首位。",
        name=Span(names[0], f"{finding.id}#1", name=True),
        score=score,
    )


def _join_firsts(findings: Findings, table: str) -> Spans:
    ids = [one for one in _FIRSTS if one.startswith(table + ".") and given(findings, one)]
    if ids == ["T3.spread_first", "T3.interact_first"]:
        spread, interact = (findings[one] for one in ids)
        if _leading(spread) == _leading(interact):
            names = enumerate_names(_leading(spread), spread.id)
            return fill("{names}的传播指数和互动指数均居区县首位{tie}。", names=names, tie=_tie(spread))
    sentence: Spans = ()
    for one in ids:
        sentence += first(findings[one])
    return sentence


def _tie(finding: Finding) -> str:
    return "（并列）" if len(_leading(finding)) > 1 else ""


def _leading(finding: Finding) -> list[str]:
    """The names of a finding that has one, or several that tie."""
    return [finding.value] if isinstance(finding.value, str) else list(finding.value)


def _names(finding: Finding) -> Spans:
    return enumerate_names(list(finding.value), finding.id, most=5)


def _counted(finding: Finding, field: str, unit: str) -> Spans:
    parts: Spans = ()
    for place, row in enumerate(finding.detail[:4], 1):
        if row.get(field) is None:
            return ()
        name = Span(str(row.get("region", "")), f"{finding.id}#{place}", name=True)
        joint = Span("、") if parts else Span("")
        words = number.count(row[field])
        parts += fill(
            "{joint}{name}（{n}{unit}）",
            joint=joint,
            name=name,
            n=row_span(finding, place, field, words),
            unit=unit,
        )
    return parts


def _people(finding: Finding) -> Spans:
    kinds = {(row.get("year"), row.get("kind")) for row in finding.detail if row.get("year")}
    if len(kinds) != 1:
        return ()
    row = finding.detail[0]
    guess = "，其中部分为估算值" if any(one.get("estimate") for one in finding.detail) else ""
    if all(one.get("estimate") for one in finding.detail):
        guess = "，为估算值"
    return fill(
        "区域人口采用{year}年{kind}人口{guess}。",
        year=row_span(finding, 1, "year", str(row["year"])),
        kind=str(row.get("kind") or ""),
        guess=guess,
    )
