"""One sentence a finding: what `findings` prints and what a popover repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jianwei.finding.model import Finding
from jianwei.period import Period
from jianwei.phrase import leaders, number, quality, scope, trend
from jianwei.phrase.absence import Findings, absence, given
from jianwei.phrase.span import Span, Spans, enumerate_names, fill
from jianwei.phrase.title import title_of

__all__ = ["text_of"]


def text_of(finding: Finding, period: Period | None = None) -> Spans:
    """The finding in one sentence; an absent one gives its reason.

    `period` adds the day or span where a sentence has room for it. A finding of an id that is
    not known here is said as name, value and unit.
    """
    if given({finding.id: finding}, finding.id) is None:
        return absence(finding)
    alone: Mapping[str, Finding] = {finding.id: finding}
    table, _, part = finding.id.partition(".")
    if part == "leaders" and table in ("T2", "T3", "T4", "T5"):
        return leaders.board(alone, table)
    if finding.id in _WRITERS:
        return _WRITERS[finding.id](finding, period)
    if finding.id.endswith("_first"):
        return leaders.first(finding)
    return _SERIES[table](finding, period) if table in _SERIES else _plain(finding)


def _plain(finding: Finding) -> Spans:
    name = title_of(finding.id)
    if isinstance(finding.value, (list, tuple)):
        return fill(
            "{name}：{names}。", name=name, names=enumerate_names(map(str, finding.value), finding.id)
        )
    if isinstance(finding.value, str):
        return fill("{name}：{word}。", name=name, word=Span(finding.value, finding.id, name=True))
    return fill("{name}为{n}{unit}。", name=name, n=_number(finding), unit=_unit(finding))


def _number(finding: Finding) -> Span:
    if finding.unit in ("份额", "%"):
        return Span(number.share(float(finding.value)), finding.id)
    return Span(number.quantity(float(finding.value), 2), finding.id)


def _unit(finding: Finding) -> str:
    return "" if finding.unit in ("份额", "%") else finding.unit


def _at_end(finding: Finding, period: Period | None) -> Spans:
    sentence = _plain(finding)
    return fill("截至{day}，{rest}", day=scope.ends(period), rest=sentence) if period else sentence


def _open(finding: Finding, period: Period | None) -> Spans:
    if finding.id in ("S1.weibo", "S1.wechat") and period:
        return scope.accounts({finding.id: finding}, period)
    return _at_end(finding, period)


def _followers(finding: Finding, period: Period | None) -> Spans:
    n = Span(number.big(finding.value), finding.id)
    when = fill("截至{day}，", day=scope.ends(period)) if period else ()
    return fill("{when}{name}为{n}人次（粉丝数相加，未去重）。", when=when, name=title_of(finding.id), n=n)


def _within(finding: Finding, period: Period | None) -> Spans:
    if scope.fragments({finding.id: finding}) == "all":
        return scope.volume({finding.id: finding}, period) if period else _plain(finding)
    n = Span(number.count(finding.value), finding.id)
    when = fill("{span}，", span=scope.spans(period)) if period else ()
    return fill(
        "{when}参评单位{name}为{n}{unit}。", when=when, name=title_of(finding.id), n=n, unit=finding.unit
    )


def _daily(finding: Finding, period: Period | None) -> Spans:
    return scope.daily({finding.id: finding}, period) if period else _plain(finding)


def _group(writer: Callable[[Findings], Spans]) -> _Writer:
    """A writer of joined sentences, used for one finding alone."""
    return lambda finding, _period: writer({finding.id: finding})


def _alone(writer: Callable[[Finding], Spans]) -> _Writer:
    """A writer that needs no period."""
    return lambda finding, _period: writer(finding)


_Writer = Callable[[Finding, Period | None], Spans]

_SERIES: dict[str, _Writer] = {
    "S1": _open,
    "S2": _group(scope.opening),
    "S3": _followers,
    "S4": _within,
    "S5": _daily,
}

_WRITERS: dict[str, _Writer] = {
    "F1.leaders": leaders.accounts_by_region,
    "F2.leaders": _alone(leaders.reach),
    "F3.share": _group(quality.systems),
    "F3.systems": _group(quality.systems),
    "F3.six_share": _group(quality.systems),
    "F4.monthly": _alone(trend.monthly),
    "F4.holiday": _alone(trend.holiday),
    "F5.original_share": _group(quality.forms),
    "F5.multimedia_share": _group(quality.forms),
    "F5.picture_share": _group(quality.forms),
    "F5.infographic_change": _group(quality.forms),
    "G1": _alone(trend.growth),
    "G2": _alone(trend.growing),
    "W.picks": _alone(quality.picks),
    "N3.share": _alone(quality.functions),
}
