"""Made-up boards, account tables, coverage, imports and a recipe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jianwei.leaderboard import Leaderboard, Row, Unranked
from jianwei.period import Period
from jianwei.recipe import load as load_recipe
from jianwei.table import Table, column

HALF = Period.parse("2015H1")
DAY = Period.parse("2020-05-18")

MUNICIPAL = (
    "重庆市人民政府新闻办公室",
    "重庆市公安局交巡警总队",
    "重庆市环境保护局",
    "重庆市旅游局",
    "重庆市公安局网安总队",
    "共青团重庆市委",
    "重庆市公安局",
    "重庆市气象局",
    "重庆市高级人民法院",
    "重庆市人民检察院",
    "重庆市卫生和计划生育委员会",
    "重庆市教育委员会",
)
DISTRICTS = (
    "沙坪坝区",
    "涪陵区",
    "彭水苗族土家族自治县",
    "合川区",
    "南岸区",
    "大渡口区",
    "江津区",
    "云阳县",
    "武隆县",
    "丰都县",
    "渝中区",
    "北碚区",
)
NODES = {
    "spread": "传播指数",
    "audience": "受众指数",
    "interact": "互动指数",
    "content": "内容指数",
    "cluster": "集群指数",
    "growth": "成长指数",
}

VERSIONS: dict[str, Any] = {"lake_version": "9f3c21aa07b4e1d5", "roster_version": "5d0e8b7712c9aa43"}


def boards() -> tuple[Leaderboard, ...]:
    districts = [f"{name}委宣传部" for name in DISTRICTS]
    police = [f"{name}公安局" for name in DISTRICTS]
    return (
        board("市直机关", "市直机关", MUNICIPAL),
        board("区县", "区县", districts),
        board("公安系统", "公安系统", police),
    )


def board(
    cohort: str, title: str, names: Sequence[str], *, recipe_name: str = "shuangwei-2015"
) -> Leaderboard:
    rows = []
    for place, name in enumerate(names):
        score = 91.2345 - 3.217 * place
        nodes: dict[str, float | None] = {
            key: max(score - 4 * index + 7 * ((place + index) % 3), 5.0) for index, key in enumerate(NODES)
        }
        nodes["weibo"] = score + 3.1
        nodes["wechat"] = None if place % 4 == 3 else score - 3.1
        change = None if place == 5 else (place % 5) - 2
        marks = ("微信为填报汇总",) if place == 2 else ()
        rows.append(Row(place + 1, f"U{place:03d}", name, score, change, False, nodes, None, 0.98, marks))
    return Leaderboard(
        recipe=recipe_name,
        recipe_title="双微综合影响力（2015）",
        recipe_hash="ab12cd34ef56ab12cd34ef56",
        cohort=cohort,
        cohort_title=title,
        period=HALF,
        by="unit",
        lake_version=VERSIONS["lake_version"],
        roster_version=VERSIONS["roster_version"],
        node_titles={**NODES, "weibo": "微博", "wechat": "微信"},
        rows=tuple(rows),
        unranked=(
            Unranked("U900", "重庆市档案局", "应有数据的权重只到 41%，低于方案要求的 66.7%"),
            Unranked("U901", "重庆市地震局", "应有数据的权重只到 41%，低于方案要求的 66.7%"),
            Unranked("U902", "重庆市知识产权局", "没有开通账号"),
        ),
        observed=(datetime(2015, 7, 1, 9), datetime(2015, 7, 3, 18)),
    )


def account_table() -> Table:
    columns = (
        column("rank", "排名", "rank"),
        column("account", "账号"),
        column("unit", "主办单位"),
        column("posts", "发布量", "count", unit="条"),
        column("original_share", "原创率", "percent", digits=1),
        column("reposts", "转发", "count"),
        column("comments", "评论", "count"),
        column("likes", "点赞", "count"),
        column("mean", "条均互动", "number", digits=1),
        column("change", "较上期", "change"),
    )
    rows = tuple(
        {
            "rank": place,
            "account": name,
            "unit": unit,
            "posts": 2400 - 130 * place,
            "original_share": 0.61 - 0.02 * place,
            "reposts": 24010 - 1111 * place,
            "comments": 8013 - 401 * place,
            "likes": None if place == 3 else 9107 - 532 * place,
            "mean": 17.24 - 0.7 * place,
            "change": 2 - place,
        }
        for place, (name, unit) in enumerate(
            (
                ("重庆微发布", MUNICIPAL[0]),
                ("重庆交巡警", MUNICIPAL[1]),
                ("重庆环保", MUNICIPAL[2]),
                ("沙坪坝微政务", "沙坪坝区委宣传部"),
                ("今日合川", "合川区委宣传部"),
            ),
            1,
        )
    )
    return Table(
        "weibo-accounts",
        "微博分榜",
        columns,
        rows,
        key="account",
        definition="各账号在周期内的发布和互动",
        query="SELECT account, posts FROM of_accounts ORDER BY posts DESC",
        rows_behind=241139,
    )


def coverage() -> list[dict[str, Any]]:
    rows = []
    months = [month.label for month in HALF.months()]
    for index, name in enumerate(("公安", "外宣", "共青团", "司法", "旅游", "环保", "气象", "卫生")):
        for place, month in enumerate(months):
            share = (
                None
                if (index + place) % 9 == 8
                else 1.0
                if index < 3
                else 0.97 - 0.11 * ((index + place) % 5)
            )
            rows.append({"row": name, "month": month, "share": share})
    return rows


def imports() -> list[dict[str, Any]]:
    return [
        {
            "source_file": f"微博采集_2015年{month}月.csv",
            "parser": "weibo-crawler-csv",
            "scope": "timeline",
            "observed_at": datetime(2015, 7, 1, 9, 30),
            "rows_read": 41000 + month,
            "rows_taken": 40900,
            "rows_duplicate": 90 + month,
            "rows_quarantined": 10,
        }
        for month in range(1, 4)
    ]


def recipe() -> dict[str, Any]:
    """The shipped recipe as the workspace hands it over."""
    return load_recipe("shuangwei-2015").to_json()
