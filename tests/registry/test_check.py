"""Each kind of inconsistency is found once, at its unit and column; a clean registry has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

NOW = datetime(2015, 7, 1, 9, 30)
UNIT_HEAD = ["单位编码", "排序号", "全称", "区划代码", "属地上级", "起始", "终止"]
ACCOUNT_HEAD = ["单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "状态", "注销日期", "曾用名(起止)"]
OPENING_HEAD = ["单位编码", "平台", "状态"]
A = ["A", "1", "甲局", "500000", "", "", ""]
B = ["B", "2", "乙局", "500000", "A", "", ""]
WEIBO_A = ["A", "微博", "甲微博", "1000001", "是", "正常", "", ""]
WECHAT_A = ["A", "微信订阅号", "甲微信", "gh_a", "是", "正常", "", ""]
WEIBO_B = ["B", "微博", "乙微博", "1000002", "是", "正常", "", ""]
NO_WECHAT_B = ["B", "微信订阅号", "确认未开通"]


@pytest.mark.parametrize(
    ("units", "accounts", "openings", "expected"),
    [
        ([A, B], [WEIBO_A, WECHAT_A, WEIBO_B], [NO_WECHAT_B], []),
        (
            [A, [*B[:1], "1", *B[2:]]],
            [WEIBO_A, WECHAT_A, WEIBO_B],
            [NO_WECHAT_B],
            ["A order_doubled", "B order_doubled"],
        ),
        ([A, [*B[:1], "", *B[2:]]], [WEIBO_A, WECHAT_A, WEIBO_B], [NO_WECHAT_B], ["B order_missing"]),
        (
            [A, [*B[:2], "甲局", *B[3:]]],
            [WEIBO_A, WECHAT_A, WEIBO_B],
            [NO_WECHAT_B],
            ["A same_name", "B same_name"],
        ),
        (
            [A],
            [[*WEIBO_A[:4], "", "正常", "", ""], [*WECHAT_A[:4], "否", "", "", ""]],
            [],
            ["A no_main_account"],
        ),
        (
            [A],
            [WEIBO_A, ["A", "微博", "甲二", "1000009", "", "停更", "", ""], WECHAT_A],
            [],
            ["A several_accounts"],
        ),
        (
            [A],
            [WEIBO_A, ["A", "微博", "甲二", "1000009", "是", "已注销", "2014-01-01", ""], WECHAT_A],
            [],
            [],
        ),
        ([A], [WEIBO_A, WECHAT_A, ["A", "抖音", "甲", "d", "", "已注销", "", ""]], [], ["A closed_undated"]),
        (
            [A],
            [WEIBO_A, WECHAT_A, ["A", "抖音", "甲", "d", "", "正常", "2014-01-01", ""]],
            [],
            ["A closed_status"],
        ),
        ([[*A[:5], "2010-01-01", "2014-12-31"]], [WEIBO_A], [], ["A closed_unit"]),
        (
            [A, B],
            [WEIBO_A, WECHAT_A, WEIBO_B, ["B", "微信订阅号", "乙微信", "gh_b", "", "", "", ""]],
            [NO_WECHAT_B],
            ["B opening_contradicted"],
        ),
        ([A], [WEIBO_A], [["A", "微信订阅号", "有账号"]], ["A opening_without"]),
        ([A], [WEIBO_A], [["A", "微信订阅号", "未普查"]], ["A not_surveyed"]),
        ([A], [WEIBO_A], [], ["A not_surveyed"]),
        ([[*A[:4], "B", "", ""], B], [WEIBO_A, WECHAT_A, WEIBO_B], [NO_WECHAT_B], ["A cycle"]),
        ([[*A[:4], "Z", "", ""]], [WEIBO_A, WECHAT_A], [], ["A unknown_unit"]),
        ([[*A[:3], "500223", "", "2015-07-01", ""]], [WEIBO_A, WECHAT_A], [], ["A region_day"]),
        ([A], [[*WEIBO_A[:3], "3838374783294000", *WEIBO_A[4:]], WECHAT_A], [], ["A mangled_id"]),
        (
            [A, B],
            [WEIBO_A, WECHAT_A, [*WEIBO_B[:2], "甲微博", *WEIBO_B[3:]]],
            [NO_WECHAT_B],
            ["A same_account_name", "B same_account_name"],
        ),
        (
            [A, B],
            [[*WEIBO_A[:7], "乙微博(2012至2013)"], WECHAT_A, WEIBO_B],
            [NO_WECHAT_B],
            ["A alias_in_use"],
        ),
    ],
)
def test_found(
    book: Any,
    sheet: Callable[..., Path],
    units: list[list[str]],
    accounts: list[list[str]],
    openings: list[list[str]],
    expected: list[str],
) -> None:
    paths = [sheet([UNIT_HEAD, *units], "单位.csv"), sheet([ACCOUNT_HEAD, *accounts], "账号.csv")]
    if openings:
        paths.append(sheet([OPENING_HEAD, *openings], "开设.csv"))
    done = book.import_files(paths, now=NOW)
    assert done.errors == ()
    issues = book.check()
    assert [f"{issue.where.file.split()[0]} {issue.code}" for issue in issues] == expected
    assert all(issue.hint and issue.where.field for issue in issues)
