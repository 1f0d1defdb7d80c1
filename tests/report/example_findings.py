"""Made-up findings: every id of the report, with the shapes that `finding/` gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jianwei.finding.model import Finding
from tests.report.example_boards import DISTRICTS, HALF, MUNICIPAL, VERSIONS, boards


def finding(id: str, value: Any, unit: str, definition: str, **more: Any) -> Finding:
    query = more.pop("query", f"SELECT count(*) AS n FROM census WHERE '{id}' <> ''")
    return Finding(id, value, unit, definition, query=query, **(VERSIONS | more))


def findings() -> dict[str, Finding]:
    """Every finding of the report, with plausible made-up values."""
    made = [*_scope(), *_leaders(), *_spread(), *_activity(), *_quality(), *_growth(), _picks()]
    return {one.id: one for one in made}


def kinds_of(counts: dict[str, int]) -> tuple[dict[str, Any], ...]:
    whole = sum(counts.values())
    return tuple({"kind": kind, "posts": n, "share": n / whole} for kind, n in counts.items())


def _scope() -> list[Finding]:
    row = {"accounts": 1936, "with_data": 1890, "from_totals": 46, "from_fragments": 0}
    return [
        finding("S1.weibo", 1936, "个", "周期末开通的认证账号：微博，全部单位", rows=1936),
        finding("S1.wechat", 1024, "个", "周期末开通的认证账号：微信，全部单位", rows=1024),
        finding("S1.municipal", 52, "个", "市直机关的主账号", rows=52),
        finding("S1.municipal_weibo", 39, "个", "市直机关的主账号，微博", rows=39),
        finding("S1.municipal_wechat", 13, "个", "市直机关的主账号，微信", rows=13),
        finding("S1.district", 91, "个", "区县本级的主账号", rows=91),
        finding(
            "S2.weibo", 1.0, "份额", "至少有一个开通的微博主账号的区县 ÷ 全部 38 个区县", formula="38 ÷ 38"
        ),
        finding(
            "S2.wechat",
            0.5,
            "份额",
            "至少有一个开通的微信主账号的区县 ÷ 全部 38 个区县",
            formula="19 ÷ 38",
            detail=(
                {"region": "城口县", "adcode": "500229", "accounts": 0, "status": "未普查"},
                {"region": "渝中区", "adcode": "500103", "accounts": 1, "status": "有账号"},
            ),
        ),
        finding(
            "S3.total",
            27012345,
            "人次",
            "全部单位的微博、微信账号期末粉丝数之和，不去重",
            detail=({"accounts": 2960, "known": 2876, "n": 27012345},),
        ),
        finding("S3.municipal", 10234567, "人次", "市直机关的主账号期末粉丝数之和"),
        finding("S3.district", 3145678, "人次", "区县本级的主账号期末粉丝数之和"),
        finding(
            "S4.posts", 241139, "条", "参评单位的微博账号在周期内的发布数之和", rows=241139, detail=(row,)
        ),
        finding("S4.reposts", 393009, "次", "参评单位的微博账号在周期内的被转发数之和", rows=241139),
        finding("S4.comments", 131330, "次", "参评单位的微博账号在周期内的被评论数之和", rows=241139),
        *[
            finding(
                f"S5.{name}",
                total / 180,
                unit,
                "日均（每月按30天、共 180 天）",
                formula=f"{total} ÷ 180（按日历为 ÷ 181）",
                rows=241139,
                alt=total / 181,
            )
            for name, total, unit in (
                ("posts", 241139, "条/日"),
                ("reposts", 393009, "次/日"),
                ("comments", 131330, "次/日"),
            )
        ],
    ]


def _leaders() -> list[Finding]:
    found = []
    for one in boards():
        table = {"市直机关": "T2", "区县": "T3", "公安系统": "T4"}[one.cohort]
        detail = tuple({"rank": row.rank, "unit": row.unit, "score": row.score} for row in one.rows[:10])
        names = [row.unit for row in one.rows[:10]]
        found.append(
            finding(
                f"{table}.leaders",
                names,
                "位",
                "综合指数由高到低",
                detail=detail,
                recipe_hash=one.recipe_hash,
            )
        )
    found.append(finding("T2.wechat_first", [MUNICIPAL[1]], "位", "微信得分最高"))
    found.append(finding("T3.spread_first", ["沙坪坝区委宣传部"], "位", "传播指数最高"))
    found.append(finding("T3.interact_first", ["沙坪坝区委宣传部"], "位", "互动指数最高"))
    found.append(finding("T5.leaders", None, "位", "综合指数由高到低", absent="没有这一参评范围的单位"))
    return found


def _spread() -> list[Finding]:
    accounts = tuple(
        {
            "region": name,
            "adcode": str(500101 + place),
            "accounts": 121 - 7 * place,
            "weibo": 80 - 5 * place,
            "wechat": 41 - 2 * place,
        }
        for place, name in enumerate(DISTRICTS)
    )
    reach = tuple(
        {
            "region": name,
            "adcode": str(500101 + place),
            "followers": 400000 - 21000 * place,
            "people": 340000 + 60000 * place,
            "coefficient": (400000 - 21000 * place) / (340000 + 60000 * place),
            "year": 2014,
            "kind": "常住",
            "estimate": place % 3 == 0,
            "source": "示例统计年鉴",
        }
        for place, name in enumerate(DISTRICTS)
    )
    systems = {
        "公安": 412,
        "外宣": 233,
        "共青团": 190,
        "司法": 161,
        "卫生": 120,
        "旅游": 88,
        "环保": 71,
        "气象": 45,
        "教育": 44,
        "民政": 31,
    }
    total = sum(systems.values())
    rows = tuple(
        {"system": name, "accounts": n, "followers": n * 9000, "posts": n * 81, "share": n / total}
        for name, n in systems.items()
    )
    six = sum(systems[name] for name in ("公安", "外宣", "共青团", "司法", "旅游", "环保"))
    return [
        finding(
            "F1.leaders", list(DISTRICTS[:10]), "个", "各区县周期末开通的账号数，取前10位", detail=accounts
        ),
        finding("F2.leaders", list(DISTRICTS[:10]), "倍", "期末粉丝数之和 ÷ 常住人口", detail=reach),
        finding(
            "F3.share",
            six / 2960,
            "份额",
            "六个系统的账号数 ÷ 全部账号 2960 个",
            formula=f"{six} ÷ 2960",
            detail=rows,
        ),
        finding("F3.systems", list(systems), "个", "各系统账号数，由多到少", detail=rows),
        finding(
            "F3.six_share",
            six / total,
            "份额",
            "六个系统的账号数 ÷ 登记了系统的账号",
            formula=f"{six} ÷ {total}",
            detail=rows,
        ),
    ]


def _activity() -> list[Finding]:
    posts: tuple[int, ...] = (41234, 32871, 40120, 41033, 42467, 43414)
    workdays = (21, 17, 22, 21, 20, 21)
    rows = tuple(
        {
            "month": month.label,
            "posts": n,
            "reposts": 65000 + 300 * place,
            "comments": 21500 + 150 * place,
            "likes": None if place == 0 else 18000 + 800 * place,
            "days": month.calendar_days,
            "workdays": days,
        }
        for place, (month, n, days) in enumerate(zip(HALF.months(), posts, workdays, strict=True))
    )
    pair = tuple({**row, "per_workday": posts[place] / workdays[place]} for place, row in enumerate(rows[:2]))
    change = (posts[1] / workdays[1]) / (posts[0] / workdays[0]) - 1
    return [
        finding(
            "F4.monthly",
            list(rows),
            "条",
            "按发布月份的发布数和互动数",
            formula="按月求和",
            detail=rows,
            rows=241139,
        ),
        finding(
            "F4.holiday", change, "份额", "春节所在月与上月相比，平均每个工作日发布数的变化", detail=pair
        ),
    ]


def _quality() -> list[Finding]:
    kinds = kinds_of({"图片": 96000, "长微博": 10500, "视频": 9000, "一图解说": 7400, "文字": 118239})
    functions = {
        "政务信息公开": 71000,
        "新闻发布": 52000,
        "便民服务": 33000,
        "文化传播": 21000,
        "政民互动": 9000,
        "舆论引导": 8000,
    }
    whole = sum(functions.values())
    rows = tuple({"function": name, "posts": n, "share": n / whole} for name, n in functions.items())
    return [
        finding(
            "F5.original_share",
            0.4292,
            "份额",
            "原创 ÷ 发布数",
            detail=kinds_of({"原创": 103497, "转发": 137642}),
        ),
        finding("F5.multimedia_share", 122900 / 241139, "份额", "多媒体 ÷ 形式可知的条数", detail=kinds),
        finding("F5.picture_share", 106500 / 122900, "份额", "图片和长微博 ÷ 多媒体", detail=kinds),
        finding("F5.infographic_change", 0.0123, "百分点", "一图解说所占份额比上年同期的变化"),
        finding(
            "N3.share",
            {row["function"]: row["share"] for row in rows},
            "份额",
            "可归类内容按功能的份额",
            detail=rows,
        ),
    ]


def _growth() -> list[Finding]:
    return [
        finding(
            "G1", 0.152, "份额", "固定样本的粉丝同比", detail=({"panel": 1700, "entries": 210, "exits": 26},)
        ),
        finding(
            "G2",
            0.728,
            "份额",
            "粉丝增长的单位 ÷ 两端都有读数的单位",
            detail=({"units": 1500, "growing": 1092},),
        ),
    ]


def _picks() -> Finding:
    titles = (
        ("一图解说：领导干部干预司法五类行为将被通报", "重庆微发布", MUNICIPAL[0], "weibo"),
        ("在重庆高校就读是一番怎样的体验？", "重庆共青团", MUNICIPAL[5], "wechat"),
        ("重庆5座大桥和快速路近期将封闭检测", "重庆网警", MUNICIPAL[4], "wechat"),
    )
    rows: list[dict[str, Any]] = [
        {
            "post_key": f"weibo:{place}",
            "unit": unit,
            "account": account,
            "platform": platform,
            "title": title,
            "published_at": datetime(2015, 3, 4 + place, 10),
            "reads": 52013 if platform == "wechat" else None,
            "reposts": None if platform == "wechat" else 10422,
            "comments": 812,
            "likes": 3021,
            "function": "新闻发布",
            "form": "图片",
            "reason": f"转评赞 {14255 - place}，为本账号同期中位数的 {41 - place} 倍",
        }
        for place, (title, account, unit, platform) in enumerate(titles)
    ]
    rows.append({**rows[0], "title": "不该出现的警情通报", "excluded": "警情"})
    return finding(
        "W.picks",
        [row["title"] for row in rows[:3]],
        "篇",
        "按规则初选，须经人工确认",
        detail=tuple(rows),
        rows=900,
    )
