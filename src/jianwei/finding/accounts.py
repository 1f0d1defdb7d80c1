"""Findings on who is there: accounts by platform and level, regions reached, systems (S1, S2, F1, F3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding
from jianwei.model import PLATFORMS

__all__ = ["SIX_SYSTEMS", "counts", "openings", "regions", "systems"]

SIX_SYSTEMS: tuple[str, ...] = ("公安", "外宣", "共青团", "司法", "旅游", "环保")
"""The systems that the seed report counts together."""

_COUNT = "SELECT count(*) AS n FROM census WHERE open_at_end AND {where}"


def counts(ground: Ground) -> list[Finding]:
    """S1: accounts open at period end, by platform over all and over the official main accounts."""
    certified = "certified" if ground.certification_known else "TRUE"
    who = "周期末开通的认证账号" if ground.certification_known else "周期末开通的账号（台账未登记认证情况）"
    wanted = [
        ("S1.weibo", f"{certified} AND platform = 'weibo'", f"{who}：微博，全部单位", False),
        ("S1.wechat", f"{certified} AND platform = 'wechat'", f"{who}：微信，全部单位", False),
        ("S1.municipal", f"{certified} AND main AND municipal", f"{who}：市直机关的主账号", True),
        (
            "S1.municipal_weibo",
            f"{certified} AND main AND municipal AND platform = 'weibo'",
            f"{who}：市直机关的主账号，微博",
            True,
        ),
        (
            "S1.municipal_wechat",
            f"{certified} AND main AND municipal AND platform = 'wechat'",
            f"{who}：市直机关的主账号，微信",
            True,
        ),
        ("S1.district", f"{certified} AND main AND district", f"{who}：区县本级的主账号", True),
    ]
    found = []
    for id, where, definition, needs_main in wanted:
        sql = _COUNT.format(where=where)
        if needs_main and not ground.main_known:
            found.append(ground.absent(id, "个", definition, "台账未标明主账号", query=sql))
        elif needs_main and not ground.root:
            found.append(ground.absent(id, "个", definition, "台账未登记区划，分不出市直与区县", query=sql))
        else:
            n = int(ground.one(sql)["n"])
            found.append(ground.finding(id, n, "个", definition, formula="计数", query=sql, rows=n))
    return found


def openings(ground: Ground) -> list[Finding]:
    """S2: share of the root's regions with at least one open official account, by platform."""
    found = []
    total = len(ground.regions)
    for platform in ("weibo", "wechat"):
        id = f"S2.{platform}"
        word = PLATFORMS[platform]
        definition = f"至少有一个开通的{word}主账号的区县 ÷ 全部 {total} 个区县（未普查的计入分母）"
        sql = (
            "SELECT adcode, count(*) AS accounts FROM census "
            f"WHERE open_at_end AND main AND district AND platform = '{platform}' GROUP BY adcode"
        )
        if not total or not ground.main_known:
            reason = "台账未登记区县" if not total else "台账未标明主账号"
            found.append(ground.absent(id, "份额", definition, reason, query=sql))
            continue
        reached = {row["adcode"]: row["accounts"] for row in ground.rows(sql)}
        reached = {code: n for code, n in reached.items() if code in ground.regions}
        surveyed = _surveyed(ground, platform)
        detail = tuple(
            {
                "region": name,
                "adcode": code,
                "accounts": reached.get(code, 0),
                "status": "有账号" if code in reached else _status(surveyed, ground.own.get(code, ())),
            }
            for code, name in ground.regions.items()
        )
        found.append(
            ground.finding(
                id,
                len(reached) / total,
                "份额",
                definition,
                formula=f"{len(reached)} ÷ {total}",
                query=sql,
                rows=sum(reached.values()),
                detail=detail,
            )
        )
    return found


def _status(surveyed: Mapping[str, set[str]], organs: Collection[str]) -> str:
    """What the registry says of a region without an account: decided by each of its own organs, or
    not surveyed.
    """
    decided = all(surveyed.get(code) == {"确认未开通"} for code in organs)
    return "确认未开通" if organs and decided else "未普查"


def _surveyed(ground: Ground, platform: str) -> dict[str, set[str]]:
    """What the registry says at the period's end of each unit on a platform."""
    found: dict[str, set[str]] = {}
    for row in ground.roster.on(ground.period.end).openings.to_pylist():
        if (row["platform"] or "").startswith(PLATFORMS[platform]):
            found.setdefault(row["unit"], set()).add(row["status"])
    return found


def regions(ground: Ground) -> list[Finding]:
    """F1: accounts per region, all units of the region, the ten with the most."""
    definition = "各区县周期末开通的微博、微信账号数（全部单位），取前10位；同数按建制顺序"
    sql = (
        "SELECT adcode, region, count(*) AS accounts, "
        "count(*) FILTER (WHERE platform = 'weibo') AS weibo, "
        "count(*) FILTER (WHERE platform = 'wechat') AS wechat "
        "FROM census WHERE open_at_end AND region <> '' GROUP BY adcode, region "
        "ORDER BY accounts DESC, adcode"
    )
    rows = ground.rows(sql)
    if not rows:
        return [ground.absent("F1.leaders", "个", definition, "台账中没有登记区划的区县账号", query=sql)]
    return [
        ground.finding(
            "F1.leaders",
            [row["region"] for row in rows[:10]],
            "个",
            definition,
            formula="按区县计数并排序",
            query=sql,
            rows=sum(row["accounts"] for row in rows),
            detail=tuple(rows),
        )
    ]


def systems(ground: Ground) -> list[Finding]:
    """F3: accounts by 系统, with followers and posts; the share of the six named systems."""
    sql = (
        "SELECT c.system AS system, count(*) AS accounts, cast(sum(a.followers) AS BIGINT) AS followers, "
        "cast(sum(a.posts) AS BIGINT) AS posts "
        "FROM census AS c JOIN of_accounts AS a ON a.account_id = c.account_id "
        "WHERE c.open_at_end GROUP BY c.system ORDER BY accounts DESC, system"
    )
    rows = ground.rows(sql)
    total = sum(row["accounts"] for row in rows)
    named = [row for row in rows if row["system"]]
    base = "周期末开通的微博、微信账号"
    if not named:
        reason = "台账未登记单位所属系统" if total else "台账中没有开通的账号"
        return [
            ground.absent("F3.share", "份额", f"六个系统账号数 ÷ 全部{base}", reason, query=sql),
            ground.absent("F3.systems", "个", f"各系统{base}数，由多到少", reason, query=sql),
            ground.absent("F3.six_share", "份额", f"六个系统账号数 ÷ 登记了系统的{base}", reason, query=sql),
        ]
    of_systems = sum(row["accounts"] for row in named)
    six = sum(row["accounts"] for row in named if row["system"] in SIX_SYSTEMS)
    listed = "、".join(SIX_SYSTEMS)
    detail = tuple(row | {"share": row["accounts"] / of_systems} for row in named)
    return [
        ground.finding(
            "F3.share",
            six / total,
            "份额",
            f"{listed}六个系统的账号数 ÷ 全部{base} {total} 个",
            formula=f"{six} ÷ {total}",
            query=sql,
            rows=total,
            detail=detail,
        ),
        ground.finding(
            "F3.systems",
            [row["system"] for row in named],
            "个",
            f"各系统{base}数，由多到少；未登记系统的 {total - of_systems} 个不计",
            formula="按系统计数并排序",
            query=sql,
            rows=of_systems,
            detail=detail,
        ),
        ground.finding(
            "F3.six_share",
            six / of_systems,
            "份额",
            f"{listed}六个系统的账号数 ÷ 登记了系统的{base} {of_systems} 个",
            formula=f"{six} ÷ {of_systems}",
            query=sql,
            rows=of_systems,
            detail=detail,
        ),
    ]
