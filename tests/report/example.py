"""Made-up facts for the tests of reports: a full half-year, and a thin day from a search."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jianwei.report.facts import Facts
from tests.report.example_boards import DAY, HALF, account_table, board, boards, coverage, imports, recipe
from tests.report.example_findings import finding, findings, kinds_of

__all__ = ["HALF", "board", "facts", "findings", "thin"]


def facts(**changes: Any) -> Facts:
    """A full half-year of made-up facts."""
    given: dict[str, Any] = {
        "title": "重庆市政务新媒体综合影响力报告",
        "institution": "示例研究院政务新媒体课题组",
        "period": HALF,
        "findings": findings(),
        "boards": boards(),
        "board_tables": (account_table(),),
        "coverage": coverage(),
        "imports": imports(),
        "recipes": (recipe(),),
        "conventions": {
            "日均的天数": "每月按30天计，半年共180天；另列日历天数",
            "期末粉丝数": "期末前后15天内最近一次读数，没有则缺失",
            "并列": "同分同名次，其后名次顺延",
        },
        "versions": {"软件": "见微 0.1.0", "数据": "9f3c21aa07b4e1d5", "台账": "5d0e8b7712c9aa43"},
        "notes": ("微信阅读数为填报汇总，未经平台核对。",),
        "synthetic": True,
        "issued": datetime(2015, 7, 20),
    }
    return Facts(**(given | changes))


def thin(**changes: Any) -> Facts:
    """One day of Weibo posts found by a search: no followers, no WeChat, no cohorts."""
    absent = {
        "S3.total": ("人次", "422 个账号在期末都没有粉丝读数"),
        "S1.municipal": ("个", "台账未标明主账号"),
        "S1.district": ("个", "台账未标明主账号"),
        "S2.weibo": ("份额", "台账未登记区县"),
        "S2.wechat": ("份额", "台账未登记区县"),
        "T2.leaders": ("位", "没有这一参评范围的单位"),
        "F1.leaders": ("个", "台账中没有登记区划的区县账号"),
        "F2.leaders": ("倍", "没有同时具备粉丝读数和人口数的区县"),
        "F3.share": ("份额", "台账未登记单位所属系统"),
        "F3.systems": ("个", "台账未登记单位所属系统"),
        "F3.six_share": ("份额", "台账未登记单位所属系统"),
        "F4.holiday": ("份额", "周期内没有同时含春节月及其上月的数据"),
        "F5.infographic_change": ("百分点", "没有上年同期（2019-05-18）的微博"),
        "G1": ("份额", "没有账号在 2019-05-18 和期末都有粉丝读数"),
        "G2": ("份额", "没有单位在期初和期末都有粉丝读数"),
        "W.picks": ("篇", "没有账号在本期有足够的内容可供比较"),
    }
    row = {"accounts": 422, "with_data": 422, "from_totals": 0, "from_fragments": 422}
    made = [
        finding("S1.weibo", 422, "个", "周期末开通的账号（台账未登记认证情况）：微博，全部单位", rows=422),
        finding("S1.wechat", 0, "个", "周期末开通的账号（台账未登记认证情况）：微信，全部单位"),
        *[finding(id, None, unit, "口径从略", absent=why) for id, (unit, why) in absent.items()],
        finding("S4.posts", 653, "条", "参评单位的微博账号在周期内的发布数之和", rows=653, detail=(row,)),
        finding("S4.reposts", 14283, "次", "参评单位的微博账号在周期内的被转发数之和", rows=653),
        finding("S4.comments", 9127, "次", "参评单位的微博账号在周期内的被评论数之和", rows=653),
        *[
            finding(f"S5.{name}", value, unit, "日均", alt=value)
            for name, value, unit in (
                ("posts", 653, "条/日"),
                ("reposts", 14283, "次/日"),
                ("comments", 9127, "次/日"),
            )
        ],
        finding(
            "F4.monthly",
            [1],
            "条",
            "按发布月份",
            detail=(
                {
                    "month": "2020-05",
                    "posts": 653,
                    "reposts": 14283,
                    "comments": 9127,
                    "likes": 40211,
                    "days": 1,
                    "workdays": 1,
                },
            ),
        ),
        finding(
            "F5.original_share", 0.71, "份额", "原创 ÷ 发布数", detail=kinds_of({"原创": 464, "转发": 189})
        ),
    ]
    given: dict[str, Any] = {
        "title": "博物馆日机构微博检索片段报告",
        "period": DAY,
        "findings": {one.id: one for one in made},
        "boards": (),
        "coverage": [{"row": f"账号{place}", "grade": "检索片段", "share": None} for place in range(422)],
        "imports": [{**imports()[0], "scope": "search", "source_file": "search_museumday_2020-05-18.csv"}],
        "recipes": (),
        "synthetic": False,
        "notes": (),
    }
    return facts(**(given | changes))
