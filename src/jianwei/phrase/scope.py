"""Sentences on accounts, opening rates, audience, volume and daily means (S1 to S5)."""

from __future__ import annotations

from collections.abc import Callable

from jianwei.period import Period
from jianwei.phrase import number
from jianwei.phrase.absence import Findings, absences, given
from jianwei.phrase.address import row_span
from jianwei.phrase.span import Span, Spans, fill

__all__ = ["accounts", "audience", "certified", "daily", "ends", "fragments", "opening", "spans", "volume"]

_PLATFORMS = (("S1.weibo", "微博"), ("S1.wechat", "微信"))
_S1 = ("S1.weibo", "S1.wechat", "S1.municipal", "S1.district")
_UNSURVEYED = "未普查"
_MOST = 6


def spans(period: Period) -> Span:
    """The period from its first to its last day."""
    return Span(period.span, "period")


def ends(period: Period) -> Span:
    """The last day of the period."""
    day = period.end
    return Span(f"{day.year}年{day.month}月{day.day}日", "period#end")


def accounts(findings: Findings, period: Period, *, gaps: bool = True) -> Spans:
    """How many accounts are open at the period's end, by platform and level (S1).

    They are called 认证 only where the registry knows it. `gaps` adds what is absent and why.
    """
    whole = [part for one, name in _PLATFORMS if (part := _open_accounts(findings, one, name))]
    levels = [part for part in (_municipal(findings), _district(findings)) if part]
    sentence: Spans = ()
    if whole:
        sentence += fill("截至{day}，本报告范围内的单位{whole}。", day=ends(period), whole=_list(whole, "，"))
    if levels:
        opening_words = "其中，" if whole else ""
        sentence += fill("{lead}{levels}。", lead=opening_words, levels=_list(levels, "；"))
    return _or_absent(sentence, findings, _S1, gaps)


def opening(findings: Findings, *, gaps: bool = True) -> Spans:
    """Share of regions with at least one open account, by platform (S2); regions not surveyed are named."""
    found = [
        fill("政务{name}开通率为{n}", name=name, n=_value(findings, one, number.share))
        for one, name in (("S2.weibo", "微博"), ("S2.wechat", "微信"))
        if given(findings, one)
    ]
    sentence = fill("区县{rates}。", rates=_list(found)) if found else ()
    for one in ("S2.weibo", "S2.wechat"):
        sentence += _unsurveyed(findings, one)
    return _or_absent(sentence, findings, ("S2.weibo", "S2.wechat"), gaps)


def audience(findings: Findings, period: Period, *, gaps: bool = True) -> Spans:
    """Followers at the period's end, summed and not de-duplicated (S3)."""
    total = given(findings, "S3.total")
    parts = [
        fill("{name}{n}人次", name=name, n=_value(findings, one, number.big))
        for one, name in (("S3.municipal", "市直机关官方账号"), ("S3.district", "区县官方账号"))
        if given(findings, one)
    ]
    sentence: Spans = ()
    if total:
        sentence += fill(
            "截至{day}，覆盖人次为{n}（各账号粉丝数相加，未去重，不等于人数）",
            day=ends(period),
            n=_value(findings, "S3.total", number.big),
        )
    if parts:
        lead = "，其中" if total else "期末覆盖人次："
        sentence += fill("{lead}{parts}", lead=lead, parts=_list(parts))
    if sentence:
        sentence = (*sentence, Span("。"), *_known(findings))
    return _or_absent(sentence, findings, ("S3.total", "S3.municipal", "S3.district"), gaps)


def volume(findings: Findings, period: Period, *, gaps: bool = True) -> Spans:
    """Posts of the period and what they drew (S4), with the daily means (S5) in one sentence.

    Where all data are hits of a search the sentence says 检索到 and gives no daily means.
    """
    verbs = (("S4.posts", "发布微博", "条"), ("S4.reposts", "被转发", "次"), ("S4.comments", "被评论", "次"))
    ids = [one for one, _, _ in verbs]
    only_hits = fragments(findings) == "all"
    found = [
        fill(
            "{verb}{n}{unit}",
            verb="微博" if only_hits and verb == "发布微博" else verb,
            n=_value(findings, one),
            unit=unit,
        )
        for one, verb, unit in verbs
        if given(findings, one)
    ]
    if not found:
        return _or_absent((), findings, ids, gaps)
    who = "检索到参评单位的" if only_hits else "参评单位共"
    sentence = fill("{span}，{who}{found}", span=spans(period), who=who, found=_list(found, "，"))
    means = () if only_hits or period.calendar_days == 1 else daily(findings, period)
    sentence += fill("；{means}", means=means) if means else (Span("。"),)
    if fragments(findings):
        words = (
            "检索结果只是片段，不等于发布总量。"
            if only_hits
            else "其中部分账号只有检索片段，实际总量不低于此数。"
        )
        sentence += fill(words)
    return _or_absent(sentence, findings, ids, gaps)


def fragments(findings: Findings) -> str:
    """Whether posts are known from searches only: "all" accounts with data, "some", "" none."""
    finding = given(findings, "S4.posts")
    row = finding.detail[0] if finding and finding.detail else {}
    if not row.get("from_fragments"):
        return ""
    return "all" if row["from_fragments"] == row.get("with_data") else "some"


def daily(findings: Findings, period: Period) -> Spans:
    """Daily means with the declared day convention said, the calendar's beside it where it differs (S5)."""
    verbs = (("S5.posts", "发布", "条"), ("S5.reposts", "被转发", "次"), ("S5.comments", "被评论", "次"))
    there = [(one, verb, unit) for one, verb, unit in verbs if given(findings, one)]
    if not there:
        return ()
    means = [
        fill("{verb}{n}{unit}", verb=verb, n=_value(findings, one, _mean), unit=unit)
        for one, verb, unit in there
    ]
    calendar = Span(str(period.calendar_days), "period#calendar_days")
    others = [
        fill("{n}{unit}", n=Span(_mean(findings[one].alt), f"{one}#alt"), unit=unit)
        for one, _, unit in there
        if findings[one].alt not in (None, findings[one].value)
    ]
    if not others:
        return fill("按日历{days}天计，日均{means}。", days=calendar, means=_list(means, "，"))
    return fill(
        "按每月{month}天、共{days}天计，日均{means}（按日历{calendar}天计为{others}）。",
        month=Span("30", "convention#month_days"),
        days=Span(str(period.days("30-day-months")), "period#days"),
        means=_list(means, "，"),
        calendar=calendar,
        others=_list(others),
    )


def _known(findings: Findings) -> Spans:
    """How many accounts the sum of followers rests on, where some have no reading."""
    finding = given(findings, "S3.total")
    row = finding.detail[0] if finding and finding.detail else {}
    if finding is None or row.get("known") is None or row.get("accounts") in (None, row.get("known")):
        return ()
    return fill(
        "其中{known}个账号有期末读数，另有账号没有读数（共{all}个），未计入。",
        known=row_span(finding, 1, "known", number.count(row["known"])),
        all=row_span(finding, 1, "accounts", number.count(row["accounts"])),
    )


def _open_accounts(findings: Findings, one: str, name: str) -> Spans:
    finding = given(findings, one)
    if finding is None:
        return ()
    if not finding.value:
        return (Span(f"没有登记{name}账号", one, name=True),)
    known = "认证" if certified(findings, one) else ""
    return fill("开设{known}{name}账号{n}个", known=known, name=name, n=_value(findings, one))


def certified(findings: Findings, one: str) -> bool:
    """Whether a count of accounts is of certified ones: the registry may not know."""
    finding = given(findings, one)
    return finding is not None and "认证账号" in finding.definition


def _municipal(findings: Findings) -> Spans:
    if not given(findings, "S1.municipal"):
        return ()
    kinds = [
        fill("{name}{n}个", name=name, n=_value(findings, one))
        for one, name in (("S1.municipal_weibo", "微博"), ("S1.municipal_wechat", "微信"))
        if given(findings, one)
    ]
    inside = fill("（{kinds}）", kinds=_list(kinds)) if kinds else ()
    return fill("市直机关开设官方账号{n}个{inside}", n=_value(findings, "S1.municipal"), inside=inside)


def _district(findings: Findings) -> Spans:
    if not given(findings, "S1.district"):
        return ()
    return fill("区县开设官方账号{n}个", n=_value(findings, "S1.district"))


def _unsurveyed(findings: Findings, one: str) -> Spans:
    finding = given(findings, one)
    if finding is None:
        return ()
    names = [
        row_span(finding, place, "region", str(row["region"]), name=True)
        for place, row in enumerate(finding.detail, 1)
        if row.get("status") == _UNSURVEYED
    ]
    if not names:
        return ()
    joined: Spans = ()
    for place, name in enumerate(names[:_MOST]):
        joined += (Span("、"), name) if place else (name,)
    more = "等" if len(names) > _MOST else ""
    platform = "微博" if one.endswith("weibo") else "微信"
    return fill(
        "{names}{more}的政务{platform}开设情况尚未普查，仍计入分母。",
        names=joined,
        more=more,
        platform=platform,
    )


def _value(findings: Findings, one: str, shape: Callable[[float], str] = number.count) -> Span:
    return Span(shape(findings[one].value), one)


def _mean(value: float) -> str:
    """Daily means of ten and more as whole numbers, smaller ones with the decimals that tell them apart."""
    return number.count(value) if abs(value) >= 10 else number.quantity(value, 2)


def _list(parts: list[Spans], mark: str = "、") -> Spans:
    joined: Spans = ()
    for place, part in enumerate(parts):
        joined += ((Span(mark),) if place else ()) + part
    return joined


def _or_absent(sentence: Spans, findings: Findings, ids: list[str] | tuple[str, ...], gaps: bool) -> Spans:
    for missing in absences(findings, ids) if gaps else ():
        sentence += missing
    return sentence
