"""Sentences on monthly movement, the holiday effect and growth (F4, G1, G2).

A change is said with 上升, 下降 or 持平 after rounding as printed; no cause is claimed that
the data do not carry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jianwei.finding.model import Finding
from jianwei.phrase import number
from jianwei.phrase.address import row_span
from jianwei.phrase.span import Span, Spans, fill

__all__ = ["change", "growing", "growth", "holiday", "month_name", "monthly"]

_COUNTS = (
    ("posts", "发布量", "条"),
    ("reposts", "被转发", "次"),
    ("comments", "被评论", "次"),
    ("likes", "获点赞", "次"),
)


LEVEL = 0.02
"""A change of a daily mean below this is called level: less than what one more or fewer working day makes."""


def month_name(month: str) -> str:
    """2015-02 as 2015年2月."""
    year, _, rest = month.partition("-")
    return f"{year}年{int(rest)}月"


def change(fraction: float, address: str, *, rise: str = "上升", fall: str = "下降") -> Spans:
    """A relative change in words: 上升12.5%, 下降3.1%, 持平."""
    way = number.turn(fraction)
    if way == 0:
        return (Span("持平" if fraction == 0 else "基本持平", address),)
    return fill("{verb}{n}", verb=rise if way > 0 else fall, n=Span(number.percent(abs(fraction)), address))


def monthly(finding: Finding) -> Spans:
    """The months with most and fewest posts (F4.monthly), and how each count ended against its start.

    Missing months are named as missing, never drawn as 0.
    """
    rows = _rows(finding)
    known = [(place, row) for place, row in enumerate(rows, 1) if row.get("posts") is not None]
    if not known:
        return fill("各月发布量均未取得。")
    if len(known) == 1:
        return _only(finding, *known[0])
    most = max(known, key=lambda pair: (pair[1]["posts"], -pair[0]))
    least = min(known, key=lambda pair: (pair[1]["posts"], pair[0]))
    if most[1]["posts"] == least[1]["posts"]:
        return fill("各月发布量相同，均为{n}条。", n=_cell(finding, most[0], "posts", most[1]))
    sentence = fill(
        "各月中，{top}发布量最高，为{most}条；{low}最低，为{least}条。",
        top=_month(finding, *most),
        most=_cell(finding, most[0], "posts", most[1]),
        low=_month(finding, *least),
        least=_cell(finding, least[0], "posts", least[1]),
    )
    return sentence + _course(finding, rows) + _unknown(finding, rows)


def holiday(finding: Finding) -> Spans:
    """Whether February really fell once the number of working days is taken out (F4.holiday)."""
    rows = list(finding.detail)
    parts: Spans = ()
    for place, row in enumerate(rows[:2], 1):
        if row.get("posts") is None or row.get("per_workday") is None:
            continue
        parts += fill(
            "{mark}{month}发布{posts}条，工作日{days}天，按工作日计日均{mean}条",
            mark="；" if parts else "",
            month=_month(finding, place, row),
            posts=_cell(finding, place, "posts", row),
            days=_cell(finding, place, "workdays", row),
            mean=row_span(finding, place, "per_workday", number.quantity(row["per_workday"], 1)),
        )
    value = float(finding.value)
    said = change(value, finding.id)
    if 0 < abs(value) < LEVEL:
        said = fill("基本持平（{said}）", said=said)
    ending = fill("按工作日计，春节所在月份的日均发布量比上月{said}", said=said)
    lead = (*parts, Span("。")) if parts else ()
    return lead + ending + fill("{note}。", note=_against_total(float(finding.value), rows))


def growth(finding: Finding) -> Spans:
    """Weibo followers against a year before on the constant panel (G1); entries and exits apart."""
    said = change(float(finding.value), finding.id, rise="增长", fall="下降")
    sentence = fill("按上年同期末与本期末都有读数的同一批微博账号比较，粉丝总量同比{said}。", said=said)
    row = finding.detail[0] if finding.detail else {}
    parts: Spans = ()
    for field, name in (("entries", "只有本期末读数"), ("exits", "只有上年同期末读数")):
        if row.get(field) is None:
            continue
        n = row_span(finding, 1, field, number.count(row[field]))
        parts += fill("{mark}{n}个账号{name}", mark="、" if parts else "", name=name, n=n)
    return sentence + (fill("另有{parts}，不计入同比。", parts=parts) if parts else ())


def growing(finding: Finding) -> Spans:
    """Share of units whose followers grew (G2)."""
    n = Span(number.share(finding.value), finding.id)
    row = finding.detail[0] if finding.detail else {}
    count: Spans = ()
    if row.get("growing") is not None and row.get("units") is not None:
        count = fill(
            "（{units}家中的{growing}家）",
            units=row_span(finding, 1, "units", number.count(row["units"])),
            growing=row_span(finding, 1, "growing", number.count(row["growing"])),
        )
    return fill("期初期末都有读数的单位中，微博粉丝量正增长的占{n}{count}。", n=n, count=count)


def _rows(finding: Finding) -> Sequence[Mapping[str, Any]]:
    return finding.detail


def _month(finding: Finding, place: int, row: Mapping[str, Any]) -> Span:
    return row_span(finding, place, "month", month_name(str(row["month"])), name=True)


def _cell(finding: Finding, place: int, field: str, row: Mapping[str, Any]) -> Span:
    return row_span(finding, place, field, number.count(row[field]))


def _only(finding: Finding, place: int, row: Mapping[str, Any]) -> Spans:
    parts: Spans = ()
    for field, name, unit in _COUNTS:
        if row.get(field) is not None:
            n = _cell(finding, place, field, row)
            parts += fill("{mark}{name}{n}{unit}", mark="，" if parts else "", name=name, n=n, unit=unit)
    return fill(
        "本期数据只涉及{month}：{parts}，不作逐月比较。", month=_month(finding, place, row), parts=parts
    )


def _course(finding: Finding, rows: Sequence[Mapping[str, Any]]) -> Spans:
    """Whether the last three known months rise or fall in a row; nothing is said of a mixed course."""
    tail = [(place, row) for place, row in enumerate(rows, 1) if row.get("posts") is not None][-3:]
    if len(tail) < 3:
        return ()
    counts = [row["posts"] for _, row in tail]
    months = fill("{a}至{b}", a=_month(finding, *tail[0]), b=_month(finding, *tail[-1]))
    ends = {
        "a": _cell(finding, tail[0][0], "posts", tail[0][1]),
        "b": _cell(finding, tail[-1][0], "posts", tail[-1][1]),
    }
    if counts[0] < counts[1] < counts[2]:
        return fill("{months}发布量逐月上升，由{a}条增至{b}条。", months=months, **ends)
    if counts[0] > counts[1] > counts[2]:
        return fill("{months}发布量逐月下降，由{a}条减至{b}条。", months=months, **ends)
    return ()


def _unknown(finding: Finding, rows: Sequence[Mapping[str, Any]]) -> Spans:
    names: Spans = ()
    for place, row in enumerate(rows, 1):
        if row.get("posts") is None:
            names += ((Span("、"),) if names else ()) + (_month(finding, place, row),)
    return fill("{names}没有取得数据，图中留空。", names=names) if names else ()


def _against_total(value: float, rows: Sequence[Mapping[str, Any]]) -> str:
    """What the daily mean by working days says about a fall of the month's total."""
    totals = [row.get("posts") for row in rows[:2]]
    if len(totals) < 2 or totals[0] is None or totals[1] is None or totals[1] >= totals[0]:
        return ""
    if abs(value) < LEVEL:
        return "，总量减少与工作日较少相符"
    if number.turn(value) < 0:
        return "，可见总量减少不能只用工作日少来解释"
    return "，即当月总量少于上月，但按工作日计并未下降"
