"""账号分布情况: accounts by region, 传播覆盖系数, accounts by 系统 (F1, F2, F3, G1, G2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jianwei.figure import bars, choropleth, donut
from jianwei.finding.model import Finding
from jianwei.phrase import Span, Spans, absences, fill, given, leaders, number, plain, quality, scope, trend
from jianwei.report.blocks import Facts, captioned, detail_table, para, paras, reference, table_block
from jianwei.report.model import Block, Heading
from jianwei.table import column

__all__ = ["chapter"]

_TOP = 10
_PARTS = 8
_ALL = [
    "S1.weibo",
    "S1.wechat",
    "S1.municipal",
    "S1.district",
    "S2.weibo",
    "S2.wechat",
    "F1.leaders",
    "S3.total",
    "S3.municipal",
    "S3.district",
    "G1",
    "G2",
    "F2.leaders",
    "F3.share",
    "F3.systems",
    "F3.six_share",
]


def chapter(facts: Facts) -> list[Block]:
    """Where the accounts are, how far they reach, which systems they belong to."""
    findings = facts.findings
    blocks: list[Block] = [Heading(1, "账号分布情况", "distribution")]
    blocks += paras(scope.accounts(findings, facts.period, gaps=False), scope.opening(findings, gaps=False))
    for title, anchor, make in _SECTIONS:
        inside = make(facts)
        if inside:
            blocks += [Heading(2, title, anchor), *inside]
    return blocks + paras(*absences(findings, _ALL))


def _regions(facts: Facts) -> list[Block]:
    finding = given(facts.findings, "F1.leaders")
    if finding is None:
        return []
    shown = finding.detail[:_TOP]
    caption = _top("各区县政务新媒体账号数量", len(shown))
    rows = [(str(row["region"]), row.get("accounts")) for row in shown]
    chart = bars("F1", plain(caption), "账号数量", rows, unit="个", words=number.count)
    lead = fill("如{figure}所示，", figure=reference("fig", "F1"))
    blocks: list[Block] = [
        *para(lead + leaders.accounts_by_region(finding, facts.period)),
        captioned(chart, caption, facts, table=_region_table(finding, len(shown))),
    ]
    if facts.map_name:
        words = fill("各区县政务新媒体账号数量分布")
        values = {str(row["region"]): row.get("accounts") for row in finding.detail}
        labelled = [str(row["region"]) for row in shown]
        chart = choropleth(
            "F1map",
            plain(words),
            "账号数量",
            facts.map_name,
            values,
            names=facts.region_names,
            labelled=labelled,
            words=number.count,
            unit="个",
            note="示意图，不作划界依据；白色为无数据",
        )
        blocks.append(captioned(chart, words, facts))
    return blocks


def _region_table(finding: Finding, shown: int) -> Any:
    columns = [column("region", "区县"), column("accounts", "账号数", "count", unit="个")]
    if all("weibo" in row and "wechat" in row for row in finding.detail):
        columns += [column("weibo", "微博", "count", unit="个"), column("wechat", "微信", "count", unit="个")]
    return detail_table(finding, "各区县政务新媒体账号数量", columns, shown=shown)


def _audience(facts: Facts) -> list[Block]:
    sentence = scope.audience(facts.findings, facts.period, gaps=False)
    for one, write in (("G1", trend.growth), ("G2", trend.growing)):
        finding = given(facts.findings, one)
        sentence += write(finding) if finding else ()
    return [*para(sentence), *_reach(facts)]


def _reach(facts: Facts) -> list[Block]:
    finding = given(facts.findings, "F2.leaders")
    if finding is None:
        return []
    shown = finding.detail[:_TOP]
    caption = _top("各区县传播覆盖系数", len(shown))
    rows = [(str(row["region"]), row.get("coefficient")) for row in shown]
    chart = bars("F2", plain(caption), "传播覆盖系数", rows, words=lambda value: number.fixed(value, 3))
    columns = [
        column("region", "区县"),
        column("coefficient", "传播覆盖系数", "number", digits=3),
        column("followers", "覆盖人次", "count"),
        column("people", "区域人口", "count", unit="人"),
        column("year", "人口年份"),
        column("kind", "人口口径"),
        column("estimate", "估算"),
    ]
    table = detail_table(finding, "各区县传播覆盖系数", columns, shown=len(shown))
    lead = fill("如{figure}所示，", figure=reference("fig", "F2"))
    return [*para(lead + leaders.reach(finding)), captioned(chart, caption, facts, table=table)]


def _systems(facts: Facts) -> list[Block]:
    blocks: list[Block] = list(para(quality.systems(facts.findings, gaps=False)))
    finding = given(facts.findings, "F3.systems")
    if finding is None or not finding.detail:
        return blocks
    caption = fill("各系统政务新媒体账号数量构成")
    rows = [(str(row["system"]), float(row["accounts"])) for row in finding.detail if row.get("accounts")]
    head, tail = rows[:_PARTS], rows[_PARTS:]
    parts = [*head, ("其余系统", sum(value for _, value in tail))] if tail else head
    total = number.count(sum(value for _, value in rows))
    chart = donut("F3", plain(caption), "账号数量", parts, whole=f"{total}\n个账号", unit="个")
    columns = [
        column("system", "系统"),
        column("accounts", "账号数", "count", unit="个"),
        column("share", "占比", "percent"),
        column("followers", "覆盖人次", "count"),
        column("posts", "发布量", "count"),
    ]
    table = detail_table(finding, "各系统账号数量、覆盖人次和发布量", columns)
    return [*blocks, captioned(chart, caption, facts), table_block(table, facts)]


_SECTIONS: tuple[tuple[str, str, Callable[[Facts], list[Block]]], ...] = (
    ("区域分布", "by-region", _regions),
    ("覆盖情况", "reach", _audience),
    ("系统分布", "by-system", _systems),
)


def _top(words: str, shown: int) -> Spans:
    return fill("{words}（前{n}位）", words=words, n=Span(str(shown), f"text:{shown}"))
