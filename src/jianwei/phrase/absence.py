"""What a report says when a fact is not there: the subject and the reason, never a 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jianwei.finding.model import Finding
from jianwei.phrase.span import Span, Spans, fill, tight
from jianwei.phrase.title import title_of

__all__ = ["Findings", "absence", "absences", "given", "has", "lacking"]

Findings = Mapping[str, Finding]


def has(findings: Findings, *ids: str) -> bool:
    """Whether all of these findings are there with a value (an empty list is no value)."""
    return all(given(findings, one) is not None for one in ids)


def given(findings: Findings, finding_id: str) -> Finding | None:
    """The finding when it is there with a value, else None."""
    finding = findings.get(finding_id)
    if finding is None or finding.value is None or finding.value in ([], ()):
        return None
    return finding


def absence(finding: Finding) -> Spans:
    """本期未取得……：reason. A finding with an empty list says that nothing qualified."""
    if finding.value is not None and not finding.absent:
        return fill("本期没有符合条件的{what}。", what=title_of(finding.id))
    return _sentence([finding])


def absences(findings: Findings, ids: Iterable[str]) -> list[Spans]:
    """One sentence a reason for those of the ids that are absent, in the order given."""
    reasons: dict[str, list[Finding]] = {}
    for one in ids:
        finding = findings.get(one)
        if finding is not None and finding.value is None:
            reasons.setdefault(_reason(finding), []).append(finding)
    return [_sentence(group) for group in reasons.values()]


def lacking(findings: Findings) -> list[tuple[Spans, Spans]]:
    """What is absent and why, one pair a reason: (names of the facts, the reason)."""
    reasons: dict[str, list[Finding]] = {}
    for finding in findings.values():
        if finding.value is None:
            reasons.setdefault(_reason(finding), []).append(finding)
    return [
        (
            fill("{what}", what="、".join(title_of(finding.id) for finding in group)),
            (Span(reason, f"{group[0].id}#absent", name=True),),
        )
        for reason, group in reasons.items()
    ]


def _reason(finding: Finding) -> str:
    return tight(finding.absent).strip().rstrip("。") or "未导入相应数据"


def _sentence(group: list[Finding]) -> Spans:
    what = "、".join(title_of(finding.id) for finding in group)
    reason = Span(_reason(group[0]), f"{group[0].id}#absent", name=True)
    return fill("本期未取得{what}：{reason}。", what=what, reason=reason)
