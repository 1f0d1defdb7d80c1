"""发布情况: volume and daily means, months, and the holiday effect per working day (S4, S5, F4)."""

from __future__ import annotations

from jianwei.figure import panels
from jianwei.figure.lines import Line
from jianwei.finding.model import Finding
from jianwei.phrase import absence, fill, given, plain, scope, trend
from jianwei.report.blocks import Facts, captioned, detail_table, para, reference, table_block
from jianwei.report.model import Block, Heading
from jianwei.table import Table, column

__all__ = ["chapter"]

_LINES = (
    Line("posts", "发布量", "条"),
    Line("reposts", "被转发", "次"),
    Line("comments", "被评论", "次"),
    Line("likes", "获点赞", "次"),
)


def chapter(facts: Facts) -> list[Block]:
    """What was published and what it drew, month by month."""
    blocks: list[Block] = [Heading(1, "发布情况", "activity")]
    blocks += para(scope.volume(facts.findings, facts.period))
    months = _months(facts)
    if len(months) > 1:
        blocks.append(Heading(2, "月度变化", "months"))
    blocks += months
    blocks += _holiday(facts)
    return blocks


def _months(facts: Facts) -> list[Block]:
    finding = facts.findings.get("F4.monthly")
    if finding is None:
        return []
    if given(facts.findings, finding.id) is None:
        return list(para(absence(finding)))
    if len(finding.detail) < 2:
        return list(para(trend.monthly(finding)))
    lead = fill("如{figure}所示，", figure=reference("fig", "F4"))
    caption = fill("政务微博发布量与互动量的月度变化")
    names = [_short(str(row["month"]), finding) for row in finding.detail]
    lines = [line for line in _LINES if any(row.get(line.key) is not None for row in finding.detail)]
    chart = panels("F4", plain(caption), "发布量与互动量", names=names, rows=finding.detail, lines=lines)
    return [
        *para(lead + trend.monthly(finding)),
        captioned(chart, caption, facts),
        table_block(_month_table(finding), facts),
    ]


def _month_table(finding: Finding) -> Table:
    columns = [column("month", "月份", "month")]
    columns += [column(line.key, line.name, "count", unit=line.unit) for line in _LINES]
    columns += [column("workdays", "工作日", "count", unit="天")]
    return detail_table(finding, "政务微博各月发布量与互动量", columns)


def _holiday(facts: Facts) -> list[Block]:
    finding = facts.findings.get("F4.holiday")
    if finding is None or (given(facts.findings, finding.id) is None and facts.period.calendar_days < 59):
        return []
    blocks: list[Block] = [Heading(2, "春节因素", "holiday")]
    if given(facts.findings, finding.id) is None:
        return [*blocks, *para(absence(finding))]
    return [*blocks, *para(trend.holiday(finding))]


def _short(month: str, finding: Finding) -> str:
    """A month on an axis: 2月, with the year where there is more than one."""
    years = {str(row["month"])[:4] for row in finding.detail}
    year, _, rest = month.partition("-")
    return f"{year[2:]}年{int(rest)}月" if len(years) > 1 else f"{int(rest)}月"
