"""Mapping files: what is written is what is read, and everything wrong is said at once, with its place."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jianwei.errors import DataError
from jianwei.intake import mapping_file

GOOD = """
[mapping]
title = "某系统"
kind = "微信明细"
complete = true
dates = "日/月/年"
[columns]
"媒体" = "公众号"
"原文" = "链接"
"日期" = "发布时间"
"读(万)" = "阅读次数"
"名次" = ""
[units]
"读(万)" = "万"
[fixed]
account = "wechat:gh_0123456789ab"
accounts_by_name = true
observed_at = "2015-07-02"
[only]
"平台" = "微信"
[file]
header = ["名次", "媒体", "平台", "原文", "日期", "读(万)"]
header_rows = 1
"""


def wrong(text: str) -> dict[str, str]:
    """Key path → what and hint of each error."""
    with pytest.raises(DataError) as caught:
        mapping_file.load(text, "映射.toml")
    assert {issue.where.file for issue in caught.value.issues} == {"映射.toml"}
    assert "映射.toml" in str(caught.value)
    return {issue.where.field: f"{issue.what}。{issue.hint}" for issue in caught.value.issues}


def test_a_good_file() -> None:
    found = mapping_file.load("\ufeff" + GOOD, "映射.toml")
    assert (found.title, found.kind, found.complete, found.dates) == (
        "某系统",
        "wechat_posts",
        True,
        "日/月/年",
    )
    assert found.columns == {
        "媒体": "account_name",
        "原文": "link",
        "日期": "published_at",
        "读(万)": "reads",
    }
    assert found.units == {"读(万)": 10_000}
    assert found.only == {"平台": "微信"}
    assert (found.account, found.by_name) == ("wechat:gh_0123456789ab", True)
    assert found.observed_at == datetime(2015, 7, 2, 23, 59, 59)


def test_everything_wrong_is_said_at_once() -> None:
    text = (
        GOOD.replace('"公众号"', '"公众好"')
        .replace('"媒体" =', '"媒体x" =')
        .replace('"万"\n', '"萬"\n')
        .replace("complete = true", 'complete = "是"')
        .replace("dates =", "datess =")
        .replace("[only]", "[onli]")
        .replace('"wechat:gh_0123456789ab"', '"weibo:11111"')
        .replace("2015-07-02", "某天")
    )
    found = wrong(text)
    assert set(found) == {
        "columns.媒体x", "units.读(万)", "mapping.complete", "mapping.datess", "onli", "fixed.account",
        "fixed.observed_at", "fixed.accounts_by_name",
    }  # fmt: skip
    assert "是否想写：媒体" in found["columns.媒体x"]
    assert "是否想写：dates" in found["mapping.datess"]
    assert "是否想写：only" in found["onli"]
    assert "wechat:gh_" in found["fixed.account"]


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ('kind = "微信明细"', 'kind = "微信明系"', "mapping.kind", "微信明细"),
        ('"公众号"', '"公众好"', "columns.媒体", "公众号"),
        ('"名次" = ""', '"名次" = "链接"', "columns.名次", "原文"),
        ('"日期" = "发布时间"', '"日期" = ""', "columns", "发布时间"),
        ('["名次", "媒体"', '["媒体", "媒体"', "columns.媒体", "几列"),
        ('"平台" = "微信"', '"平台" = ""', "only.平台", "哪一种行"),
        ('"平台" = "微信"', '"频道" = "微信"', "only.频道", "没有这一列"),
        ("header_rows = 1", "header_rows = 9", "file.header_rows", "1 行或 2 行"),
        ("header = [", "heads = [", "file.header", "--draft-map"),
        ('"读(万)" = "阅读次数"', '"读(万)" = 3', "columns.读(万)", "文字"),
        ("[columns]", "columns = 1\n[columnz]", "columns", ""),
    ],
)
def test_one_thing_wrong(old: str, new: str, key: str, told: str) -> None:
    assert old in GOOD
    found = wrong(GOOD.replace(old, new))
    assert told in found.get(key, found.get("", ""))


@pytest.mark.parametrize("text", ["[mapping\n", 'a = "', "[columns]\n坏 = 1\n"])
def test_what_is_no_toml_names_the_line(text: str) -> None:
    found = wrong(text)
    assert "写法不对" in found[""]


SUMS = """
[mapping]
title = "月报"
kind = "微博汇总"
[columns]
"号" = "UID"
"发" = "发布数"
"月" = "月份"
"日" = ""
[fixed]
period = ""
[file]
header = ["号", "发", "月", "日", "占比(%)"]
"""


def test_a_span_is_said_once() -> None:
    assert mapping_file.load(SUMS, "a").period is None
    assert "fixed.period" in wrong(SUMS.replace('period = ""', 'period = "2015-06"'))
    assert "一种写法" in wrong(SUMS.replace('"日" = ""', '"日" = "日期"'))["columns"]
    fixed = SUMS.replace('"月" = "月份"', "").replace('period = ""', 'period = "2015H1"')
    period = mapping_file.load(fixed, "a").period
    assert period is not None
    assert period.end == date(2015, 6, 30)
    assert "fixed.period" in wrong(fixed.replace("2015H1", "2015年中"))


def test_a_share_is_no_count() -> None:
    assert "百分比" in wrong(SUMS.replace('"日" = ""', '"占比(%)" = "原创数"'))["columns.占比(%)"]


def test_what_can_be_said_with_the_file_is_only_a_warning() -> None:
    bare = SUMS.replace('"月" = "月份"', "").replace('"号" = "UID"', "")
    found, issues = mapping_file.read(bare, "a")
    assert found is not None
    assert {(issue.level, issue.where.field) for issue in issues} == {
        ("warning", "fixed.period"), ("warning", "fixed.account"),
    }  # fmt: skip


def test_followers_need_a_platform() -> None:
    text = (
        SUMS.replace("微博汇总", "粉丝读数")
        .replace('"发布数"', '"粉丝数"')
        .replace('"月份"', '"日期"')
        .replace('"UID"', '"UID/原始ID"')
    )
    assert "fixed.platform" in wrong(text)
    assert mapping_file.load(text.replace('period = ""', 'platform = "微博"'), "a").platform == "weibo"
    assert "微博" in wrong(text.replace('period = ""', 'platform = "微搏"'))["fixed.platform"]
