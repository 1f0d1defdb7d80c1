"""运营点评 and 建议: sentences that a finding carries, each with its evidence; no other advice."""

from __future__ import annotations

from collections.abc import Callable

from jianwei.phrase import Span, Spans, fill, given, number, quality, trend
from jianwei.report.blocks import Facts, bullets, para
from jianwei.report.model import Block, Heading

__all__ = ["chapter"]

_Rule = Callable[[Facts], Spans]


def chapter(facts: Facts) -> list[Block]:
    """What the findings say about the work, then advice for which a finding is the reason."""
    comments = [said for rule in _COMMENTS if (said := rule(facts))]
    advice = [said for rule in _ADVICE if (said := rule(facts))]
    blocks: list[Block] = [Heading(1, "运营点评与建议", "commentary"), Heading(2, "运营点评", "comments")]
    if comments:
        blocks += bullets(comments)
    else:
        blocks += para(fill("本期数据不足以支持对运营情况的评价，不作点评。"))
    blocks.append(Heading(2, "工作建议", "advice"))
    if advice:
        blocks += para(fill("以下各条均注明所依据的数据；没有数据支持的，不作建议。"))
        blocks += bullets(advice)
    else:
        blocks += para(fill("本期没有数据支持的建议。"))
    return blocks


def _functions(facts: Facts) -> Spans:
    finding = given(facts.findings, "N3.share")
    return quality.functions(finding) if finding else ()


def _originals(facts: Facts) -> Spans:
    finding = given(facts.findings, "F5.original_share")
    if finding is None:
        return ()
    n = Span(number.share(finding.value), finding.id)
    if finding.value > 0.5:
        return fill("发布以原创为主，原创信息占{n}。", n=n)
    return fill("原创信息占{n}，转发仍多于原创。", n=n)


def _platforms(facts: Facts) -> Spans:
    weibo, wechat = given(facts.findings, "S2.weibo"), given(facts.findings, "S2.wechat")
    if weibo is None or wechat is None:
        return ()
    n, m = Span(number.share(weibo.value), weibo.id), Span(number.share(wechat.value), wechat.id)
    if wechat.value < weibo.value:
        return fill("区县微博开通率为{n}，微信开通率为{m}，“双微”并用尚不均衡。", n=n, m=m)
    return fill("区县微博开通率为{n}，微信开通率为{m}，“双微”布局已较均衡。", n=n, m=m)


def _holiday(facts: Facts) -> Spans:
    finding = given(facts.findings, "F4.holiday")
    if finding is None:
        return ()
    said = trend.change(float(finding.value), finding.id)
    if number.turn(float(finding.value)) >= 0:
        return fill("春节所在月份按工作日计的日均发布量比上月{said}，节假日值守发布未见减弱。", said=said)
    return fill("春节所在月份按工作日计的日均发布量比上月{said}。", said=said)


def _growing(facts: Facts) -> Spans:
    finding = given(facts.findings, "G2")
    return trend.growing(finding) if finding else ()


def _advise_wechat(facts: Facts) -> Spans:
    finding = given(facts.findings, "S2.wechat")
    if finding is None or finding.value >= 1:
        return ()
    return fill(
        "推进“双微”互补。区县微信开通率为{n}，尚未开通的地区可结合办事服务需要研究开通，已开通的侧重服务功能，不单以开通数量为目标。",
        n=Span(number.share(finding.value), finding.id),
    )


def _advise_original(facts: Facts) -> Spans:
    finding = given(facts.findings, "F5.original_share")
    if finding is None or finding.value >= 0.5:
        return ()
    return fill(
        "提高原创内容比重。原创信息占{n}，可围绕本单位职责多作政策解读和服务信息，减少单纯转发。",
        n=Span(number.share(finding.value), finding.id),
    )


def _advise_service(facts: Facts) -> Spans:
    finding = given(facts.findings, "N3.share")
    if finding is None:
        return ()
    for place, row in enumerate(finding.detail, 1):
        if row.get("function") == "政民互动" and row.get("share") is not None and row["share"] < 0.1:
            n = Span(number.share(row["share"], 1), f"{finding.id}#政民互动.share")
            return (
                fill("加强回应。政民互动类内容占{n}，建议及时回复网民留言和诉求，回复情况纳入日常检查。", n=n)
                if place
                else ()
            )
    return ()


def _advise_panel(facts: Facts) -> Spans:
    finding = given(facts.findings, "G2")
    if finding is None or finding.value >= 0.8:
        return ()
    return fill(
        "关注更新和服务质量。微博粉丝量正增长的单位占{n}，其余单位宜先核查账号更新、回复是否及时，不宜下达粉丝、阅读等数量任务。",
        n=Span(number.share(finding.value), finding.id),
    )


def _advise_data(facts: Facts) -> Spans:
    absent = [finding for finding in facts.findings.values() if finding.value is None]
    if not absent:
        return ()
    n = Span(number.count(len(absent)), f"text:{len(absent)}")
    return fill(
        "补齐评价所需数据。本期有{n}项主要数据因缺少来源没有取得（见“本报告的数据范围与缺口”），建议按填报模板补报粉丝数和微信数据，并在台账中登记单位系统、区划和主账号。",
        n=n,
    )


_COMMENTS: tuple[_Rule, ...] = (_functions, _originals, _platforms, _holiday, _growing)
_ADVICE: tuple[_Rule, ...] = (_advise_wechat, _advise_original, _advise_service, _advise_panel, _advise_data)
