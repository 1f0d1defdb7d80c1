"""Findings on what was done: posts and responses, daily means, months, the holiday effect (S4, S5, F4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding

__all__ = ["daily", "monthly", "sums", "workdays"]

_COUNTS: tuple[tuple[str, str, str], ...] = (
    ("posts", "条", "发布数"),
    ("reposts", "次", "被转发数"),
    ("comments", "次", "被评论数"),
)

_WHO = "参评单位的微博账号"


def sums(ground: Ground) -> list[Finding]:
    """S4: posts, reposts and comments of the analysed Weibo accounts in the period."""
    sql = (
        "SELECT count(*) AS accounts, count(*) FILTER (WHERE a.source <> 'none') AS with_data, "
        "count(*) FILTER (WHERE a.source = 'totals') AS from_totals, "
        "count(*) FILTER (WHERE a.source = 'fragments') AS from_fragments, "
        + ", ".join(
            f"count(a.{name}) AS {name}_known, cast(sum(a.{name}) AS BIGINT) AS {name}"
            for name, _, _ in _COUNTS
        )
        + " FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        "WHERE c.analysed AND c.platform = 'weibo'"
    )
    row = ground.one(sql)
    found = []
    for name, unit, word in _COUNTS:
        definition = f"{_WHO}在周期内的{word}之和"
        if not row[f"{name}_known"]:
            reason = (
                f"{row['accounts']} 个参评微博账号都没有本期的{word}"
                if row["accounts"]
                else "台账中没有参评的微博账号"
            )
            found.append(ground.absent(f"S4.{name}", unit, definition, reason, query=sql))
            continue
        found.append(
            ground.finding(
                f"S4.{name}",
                int(row[name]),
                unit,
                definition,
                formula=f"{row[f'{name}_known']} 个有数据的账号之和（共 {row['accounts']} 个账号）",
                query=sql,
                rows=int(row["posts"] or 0),
                detail=(row,),
            )
        )
    return found


def daily(ground: Ground, totals: list[Finding]) -> list[Finding]:
    """S5: daily means of S4 by the declared day convention; `alt` by the calendar."""
    by_rule = ground.period.days(ground.conventions.days)
    by_calendar = ground.period.calendar_days
    rule = f"每月按30天、共 {by_rule} 天" if by_rule != by_calendar else f"日历天数 {by_calendar} 天"
    found = []
    for total in totals:
        id = total.id.replace("S4.", "S5.")
        unit = f"{total.unit}/日"
        definition = f"{total.definition} ÷ 天数（{rule}）"
        if total.value is None:
            found.append(ground.absent(id, unit, definition, total.absent, query=total.query))
            continue
        found.append(
            ground.finding(
                id,
                total.value / by_rule,
                unit,
                definition,
                formula=f"{total.value} ÷ {by_rule}（按日历为 ÷ {by_calendar}）",
                query=total.query,
                rows=total.rows,
                alt=total.value / by_calendar,
                detail=({"total": total.value, "days": by_rule, "calendar_days": by_calendar},),
            )
        )
    return found


_MONTHLY = """
SELECT month, cast(sum(posts) AS BIGINT) AS posts, cast(sum(reposts) AS BIGINT) AS reposts,
    cast(sum(comments) AS BIGINT) AS comments, cast(sum(likes) AS BIGINT) AS likes
FROM (
    -- only accounts whose sum over the period is known, so that the months add up to it
    SELECT p.pub_month AS month, count(*) AS posts,
        sum(p.reposts) FILTER (WHERE a.reposts IS NOT NULL) AS reposts,
        sum(p.comments) FILTER (WHERE a.comments IS NOT NULL) AS comments,
        sum(p.likes) FILTER (WHERE a.likes IS NOT NULL) AS likes
    FROM posts AS p
    JOIN census AS c ON c.account_id = p.account_id AND c.analysed AND c.platform = 'weibo'
    JOIN of_accounts AS a ON a.account_id = p.account_id AND a.source IN ('posts', 'fragments')
    WHERE p.published_at >= $start AND p.published_at < $stop
        AND p.pub_month BETWEEN $first_month AND $last_month
    GROUP BY p.pub_month
    UNION ALL
    SELECT strftime(t.start, '%Y-%m') AS month,
        sum(t.posts) FILTER (WHERE a.posts IS NOT NULL),
        sum(t.reposts) FILTER (WHERE a.reposts IS NOT NULL),
        sum(t.comments) FILTER (WHERE a.comments IS NOT NULL),
        sum(t.likes) FILTER (WHERE a.likes IS NOT NULL)
    FROM totals_of_period AS t
    JOIN census AS c ON c.account_id = t.account_id AND c.analysed AND c.platform = 'weibo'
    JOIN of_accounts AS a ON a.account_id = t.account_id AND a.source = 'totals'
    WHERE date_trunc('month', t.start) = date_trunc('month', t."end")
    GROUP BY strftime(t.start, '%Y-%m')
)
GROUP BY month ORDER BY month
"""


def monthly(ground: Ground) -> list[Finding]:
    """F4: posts and responses by month, and the Spring Festival month against the one before,
    per working day.
    """
    definition = f"{_WHO}按发布月份的发布数和被转发、评论、点赞数；以整期汇总报送、分不出月份的不计"
    holiday = "春节所在月与上月相比，平均每个工作日发布数的变化"
    rows = ground.rows(_MONTHLY)
    if not rows:
        reason = "本期没有参评微博账号的分月数据"
        return [
            ground.absent("F4.monthly", "条", definition, reason, query=_MONTHLY),
            ground.absent("F4.holiday", "份额", holiday, reason, query=_MONTHLY),
        ]
    months = {month.label: month for month in ground.period.months()}
    detail = []
    for row in rows:
        month = months[row["month"]]
        first, last = max(month.start, ground.period.start), min(month.end, ground.period.end)
        detail.append(row | {"days": (last - first).days + 1, "workdays": workdays(first, last)})
    found = ground.finding(
        "F4.monthly",
        detail,
        "条",
        definition,
        formula="按月求和",
        query=_MONTHLY,
        rows=sum(row["posts"] or 0 for row in rows),
        detail=tuple(detail),
    )
    return [found, _holiday(ground, detail, holiday)]


def _holiday(ground: Ground, months: list[dict[str, Any]], definition: str) -> Finding:
    by_label = {row["month"]: row for row in months}
    for month in ground.period.months():
        before = month.previous()
        festival, ordinary = by_label.get(month.label), by_label.get(before.label)
        first, last = max(month.start, ground.period.start), min(month.end, ground.period.end)
        if festival is None or ordinary is None or _spring_festival_in(first, last) is None:
            continue
        if not festival["workdays"] or not ordinary["workdays"] or not ordinary["posts"]:
            continue
        if festival["posts"] is None:
            continue
        per = [row["posts"] / row["workdays"] for row in (ordinary, festival)]
        detail = tuple(
            {
                "month": row["month"],
                "posts": row["posts"],
                "days": row["days"],
                "workdays": row["workdays"],
                "per_workday": value,
                "per_day": row["posts"] / row["days"],
            }
            for row, value in zip((ordinary, festival), per, strict=True)
        )
        return ground.finding(
            "F4.holiday",
            per[1] / per[0] - 1,
            "份额",
            definition,
            formula=f"（{festival['posts']} ÷ {festival['workdays']}）÷（{ordinary['posts']} ÷ {ordinary['workdays']}）− 1",
            query=_MONTHLY,
            rows=festival["posts"] + ordinary["posts"],
            detail=detail,
        )
    known = all(row["workdays"] is not None for row in months)
    reason = (
        "周期内没有同时含春节月及其上月的数据"
        if known
        else "节假日表只有 2004 至 2026 年，本期推算不出工作日"
    )
    return ground.absent("F4.holiday", "份额", definition, reason, query=_MONTHLY)


def workdays(first: date, last: date) -> int | None:
    """Working days of a closed range by the official calendar (swapped weekends counted); null
    outside the years that the calendar knows.
    """
    import chinese_calendar

    try:
        return len(chinese_calendar.get_workdays(first, last))
    except NotImplementedError:
        return None


def _spring_festival_in(first: date, last: date) -> date | None:
    """A day of the Spring Festival holiday within the range, where the calendar knows the year."""
    import chinese_calendar

    try:
        days: list[date] = chinese_calendar.get_holidays(first, last)
        for day in days:
            _, name = chinese_calendar.get_holiday_detail(day)
            if name == chinese_calendar.Holiday.spring_festival.value:
                return day
    except NotImplementedError:
        return None
    return None
