"""Findings on who is reached: followers, their growth, coverage of the population (S3, G1, G2, F2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding
from jianwei.model import Population

__all__ = ["coefficient", "followers", "growth"]


def followers(ground: Ground) -> list[Finding]:
    """S3: followers at period end summed over accounts (覆盖人次, not people, not de-duplicated)."""
    wanted = [
        ("S3.total", "TRUE", "全部单位的微博、微信账号"),
        ("S3.municipal", "c.main AND c.municipal", "市直机关的主账号"),
        ("S3.district", "c.main AND c.district", "区县本级的主账号"),
    ]
    return [_sum_of_followers(ground, id, where, who) for id, where, who in wanted]


def _sum_of_followers(ground: Ground, id: str, where: str, who: str) -> Finding:
    within = ground.conventions.followers_within
    definition = f"{who}期末粉丝数之和，不去重；期末前后 {within} 天内最近的读数"
    sql = (
        "SELECT count(*) AS accounts, count(a.followers) AS known, cast(sum(a.followers) AS BIGINT) AS n, "
        "cast(sum(a.followers) FILTER (WHERE c.platform = 'weibo') AS BIGINT) AS weibo, "
        "cast(sum(a.followers) FILTER (WHERE c.platform = 'wechat') AS BIGINT) AS wechat "
        "FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        f"WHERE c.open_at_end AND {where}"
    )
    row = ground.one(sql)
    if not row["known"]:
        reason = (
            f"台账中没有{who}" if not row["accounts"] else f"{row['accounts']} 个账号在期末都没有粉丝读数"
        )
        return ground.absent(id, "人次", definition, reason, query=sql)
    return ground.finding(
        id,
        int(row["n"]),
        "人次",
        definition,
        formula=f"{row['known']} 个有读数的账号之和（共 {row['accounts']} 个账号）",
        query=sql,
        rows=int(row["known"]),
        detail=(row,),
    )


def growth(ground: Ground) -> list[Finding]:
    """G1, G2: growth of followers on the year before and over the period, on constant panels."""
    return [_year_on_year(ground), _growing_units(ground)]


_NEAREST = (
    "SELECT f.account_id AS account_id, f.followers AS followers FROM followers AS f "
    "WHERE f.followers IS NOT NULL AND abs(date_diff('day', {day}, cast(f.observed_at AS DATE))) <= $within "
    "QUALIFY row_number() OVER (PARTITION BY f.account_id ORDER BY "
    "abs(date_diff('day', {day}, cast(f.observed_at AS DATE))), f.observed_at DESC, f.sha256 DESC, "
    "f.source_row DESC) = 1"
)


def _year_on_year(ground: Ground) -> Finding:
    before = ground.period.year_before()
    definition = f"微博期末粉丝数比 {before.end} 的增幅；只取两端都有读数的账号（固定样本），新开与退出的另列"
    sql = (
        f"WITH now AS ({_NEAREST.format(day='$last_day')}), then_ AS ({_NEAREST.format(day='$year_before')}) "
        "SELECT count(*) FILTER (WHERE n.followers IS NOT NULL AND t.followers IS NOT NULL) AS panel, "
        "cast(sum(n.followers) FILTER (WHERE t.followers IS NOT NULL) AS BIGINT) AS now, "
        "cast(sum(t.followers) FILTER (WHERE n.followers IS NOT NULL) AS BIGINT) AS before, "
        "count(*) FILTER (WHERE n.followers IS NOT NULL AND t.followers IS NULL) AS entries, "
        "count(*) FILTER (WHERE n.followers IS NULL AND t.followers IS NOT NULL) AS exits "
        "FROM census AS c LEFT JOIN now AS n ON n.account_id = c.account_id AND c.open_at_end "
        "LEFT JOIN then_ AS t ON t.account_id = c.account_id WHERE c.platform = 'weibo'"
    )
    row = ground.one(sql, year_before=before.end, within=ground.conventions.followers_within)
    if not row["panel"] or not row["before"]:
        return ground.absent(
            "G1", "份额", definition, f"没有账号在 {before.end} 和期末都有粉丝读数", query=sql
        )
    return ground.finding(
        "G1",
        row["now"] / row["before"] - 1,
        "份额",
        definition,
        formula=f"{row['now']} ÷ {row['before']} − 1",
        query=sql,
        rows=2 * int(row["panel"]),
        detail=(row,),
    )


def _growing_units(ground: Ground) -> Finding:
    definition = "期末粉丝数大于期初的单位 ÷ 期初期末都有读数的单位（微博账号合计，固定样本）"
    sql = (
        "SELECT count(*) AS units, count(*) FILTER (WHERE ending > starting) AS growing FROM ("
        "SELECT c.unit, sum(a.followers) AS ending, sum(a.followers_start) AS starting "
        "FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        "WHERE c.open_at_end AND c.platform = 'weibo' AND a.followers IS NOT NULL "
        "AND a.followers_start IS NOT NULL GROUP BY c.unit)"
    )
    row = ground.one(sql)
    if not row["units"]:
        return ground.absent("G2", "份额", definition, "没有单位在期初和期末都有粉丝读数", query=sql)
    return ground.finding(
        "G2",
        row["growing"] / row["units"],
        "份额",
        definition,
        formula=f"{row['growing']} ÷ {row['units']}",
        query=sql,
        rows=int(row["units"]),
        detail=(row,),
    )


def coefficient(ground: Ground) -> list[Finding]:
    """F2: 传播覆盖系数, followers of a region's accounts over its people, the ten highest."""
    kind = "常住"
    definition = "区县内全部微博、微信账号期末粉丝数之和 ÷ 该区县常住人口（取期初前最近的年末数，没有则取其后最近的），取前10位"
    sql = (
        "SELECT c.adcode AS adcode, c.region AS region, cast(sum(a.followers) AS BIGINT) AS followers, "
        "count(a.followers) AS known, count(*) AS accounts "
        "FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        "WHERE c.open_at_end AND c.region <> '' GROUP BY c.adcode, c.region ORDER BY c.adcode"
    )
    rows: list[dict[str, Any]] = []
    for row in ground.rows(sql):
        people = _people(ground, row["adcode"], kind, ground.period.start)
        if people is None or not row["known"]:
            continue
        rows.append(
            row
            | {
                "people": people.people,
                "year": people.year,
                "kind": kind,
                "estimate": people.estimate,
                "source": people.source,
                "coefficient": row["followers"] / people.people,
            }
        )
    rows.sort(key=lambda row: (-row["coefficient"], row["adcode"]))
    if not rows:
        return [
            ground.absent("F2.leaders", "倍", definition, "没有同时具备粉丝读数和人口数的区县", query=sql)
        ]
    return [
        ground.finding(
            "F2.leaders",
            [row["region"] for row in rows[:10]],
            "倍",
            definition,
            formula="粉丝数之和 ÷ 常住人口",
            query=sql,
            rows=sum(row["known"] for row in rows),
            detail=tuple(rows),
        )
    ]


def _people(ground: Ground, adcode: str, kind: str, before: date) -> Population | None:
    """The newest population of a region at a year's end before the day, else the next one known."""
    years = [*range(before.year - 1, before.year - 8, -1), *range(before.year, before.year + 8)]
    known = (ground.roster.population(adcode, year, kind) for year in years)
    return next((people for people in known if people is not None and people.people), None)
