"""Tables read by a mapping: what is taken, what is passed over, what is asked, and for which files."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake.mapping import Mapping, composed, words
from jianwei.intake.template import Kind
from jianwei.period import Period
from tests.intake.made import NOW, Whole, book, csv_file, unusable, whole, wholes

URL = "http://mp.weixin.qq.com/s?__biz=AAA==&mid=7&idx=1"
POSTS = {"题": "标题", "址": "链接", "日": "发布时间", "读": "阅读次数", "人": "阅读人数"}
DAILY = {"日": "日期", "读": "阅读次数", "分享": "分享次数"}


def made(kind: Kind, columns: dict[str, str], *more: str, rows: int = 1, **told: Any) -> Mapping:
    known = words(kind)
    filled = {title: known[word] for title, word in columns.items()}
    return Mapping("甲系统", kind, (*columns, *more), filled, header_rows=rows, text="x", **told)


def read(tmp_path: Path, mapping: Mapping, *rows: Sequence[Any], **told: Any) -> Whole:
    """The rows under the mapping's header, by the mapping as confirmed."""
    return whole(csv_file(tmp_path / "表.csv", [mapping.header, *rows]), **{"mapping": mapping, **told})


def test_posts_are_taken_as_the_mapping_says(tmp_path: Path) -> None:
    mapping = made("wechat_posts", POSTS, "WCI", units={"读": 10_000})
    found = read(
        tmp_path,
        mapping,
        ["一", URL, "2015-05-05 10:00", "1.2", "", "9"],
        ["二", "", "2015-05-05", "", 7, "9"],
        account="wechat:gh_1",
    )
    assert (found.source.format, found.source.era, found.source.scope) == (
        "映射·甲系统",
        "微信明细",
        "search",
    )
    assert [(r["account_id"], r["reads"], r["read_basis"], r["rounded"]) for r in found.readings] == [
        ("wechat:AAA==", 12_000, "views", "reads"), ("wechat:gh_1", 7, "users", None),
    ]  # fmt: skip
    assert "甲系统" in found.issue("mapping").what


def test_a_whole_listing_is_claimed_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    mapping = made("wechat_posts", POSTS, complete=True)
    assert read(tmp_path, mapping, ["一", URL, "2015-05-05", 1, ""]).source.scope == "listing"


def test_rows_of_channels_are_not_added_to_the_whole(tmp_path: Path) -> None:
    mapping = made("wechat_totals", DAILY, "渠道", only={"渠道": "全部"})
    rows = [
        ["2015-06-01", 100, 5, "全部"], ["2015-06-01", 60, 5, "朋友圈"], ["2015-06-01", 40, 0, "公众号会话"],
        ["2015-06-02", 7, "", " 全部 "], ["2015-06-02", 7, "", "朋友圈"],
    ]  # fmt: skip
    found = read(tmp_path, mapping, *rows, account="wechat:gh_1")
    assert [(t["start"], t["end"], t["reads"], t["shares"]) for t in found.tables["totals"]] == [
        (date(2015, 6, 1), date(2015, 6, 1), 100, 5), (date(2015, 6, 2), date(2015, 6, 2), 7, None),
    ]  # fmt: skip
    assert found.source.rows_read == found.source.rows_taken == 2
    told = [issue.what for issue in found.source.issues if issue.code == "only"]
    assert "未取的行共 3 行：朋友圈 2、公众号会话 1" in told[1]


def test_a_table_without_the_row_of_all_channels_gives_nothing_and_says_so(tmp_path: Path) -> None:
    mapping = made("wechat_totals", DAILY, "渠道", only={"渠道": "全部"})
    found = read(tmp_path, mapping, ["2015-06-01", 60, 5, "朋友圈"], account="wechat:gh_1")
    assert found.tables == {}
    last = found.source.issues[-1]
    assert (last.level, last.code) == ("warning", "only")
    assert "没有一行" in last.what


@pytest.mark.parametrize(
    ("order", "written"),
    [
        ("自动", "2015-05-04 10:12"), ("月/日/年", "5/4/2015 10:12"), ("日/月/年", "04.05.2015 10:12"),
        ("年/月/日", "15/5/4 10:12"), ("日/月/年", datetime(2015, 5, 4, 10, 12)),
    ],
)  # fmt: skip
def test_days_in_other_orders(tmp_path: Path, order: str, written: Any) -> None:
    mapping = made("wechat_posts", POSTS, dates=order)
    path = book(tmp_path / "表.xlsx", {"表": [mapping.header, ["一", URL, written, 1, None]]})
    [reading] = whole(path, mapping=mapping).readings
    assert reading["published_at"] == datetime(2015, 5, 4, 10, 12)


@pytest.mark.parametrize("clock", ["10:12", "10:12:00", "10时12分", 0.425, datetime(1900, 1, 1, 10, 12)])
def test_a_time_of_day_in_a_column_of_its_own(tmp_path: Path, clock: Any) -> None:
    mapping = made("wechat_posts", POSTS | {"时": "发布时刻"})
    days: list[Any] = ["2015-05-04", datetime(2015, 5, 4)]
    path = book(
        tmp_path / "表.xlsx",
        {"表": [mapping.header, *([f"{n}", f"{URL}{n}", day, 1, None, clock] for n, day in enumerate(days))]},
    )
    assert {r["published_at"] for r in whole(path, mapping=mapping).readings} == {
        datetime(2015, 5, 4, 10, 12)
    }


def test_a_time_of_day_that_is_none_refuses_the_row(tmp_path: Path) -> None:
    mapping = made("wechat_posts", POSTS | {"时": "发布时刻"})
    found = read(
        tmp_path,
        mapping,
        ["一", URL, "2015-05-04", 1, "", "上午"],
        ["二", URL + "2", "2015-05-04", 1, "", ""],
    )
    assert found.refused == [(2, "bad_time", "发布时刻")]
    assert [r["published_at"] for r in found.readings] == [datetime(2015, 5, 4)]


def test_two_numbers_in_a_cell(tmp_path: Path) -> None:
    mapping = made("wechat_totals", {"号": "微信号/原始ID", "发": "推送次数/篇数", "读": "阅读次数"})
    rows = [["甲号", "30/120", 5], ["乙号", "", 6], ["丙号", "30", 7], ["丁号", date(2015, 3, 1), 8]]
    path = book(tmp_path / "表.xlsx", {"表": [mapping.header, *rows]})
    found = whole(path, mapping=mapping, period=Period.parse("2015-06"))
    assert [(t["pushes"], t["posts"], t["reads"]) for t in found.tables["totals"]] == [
        (30, 120, 5),
        (None, None, 6),
    ]
    assert [row[1] for row in found.refused] == ["bad_count", "bad_count"]


def test_accounts_by_their_names_in_the_registry(tmp_path: Path) -> None:
    mapping = made("weibo_totals", {"名": "账号", "月": "月份", "发": "发布数"}, by_name=True)
    names = {"weibo:甲": "1111111111", "weibo:乙": ""}
    rows = [["甲", "2015-05", 1], ["乙", "2015-05", 2], ["丙", "2015-05", 3], ["", "2015-05", 4]]
    found = read(tmp_path, mapping, *rows, names=names.get)
    assert [t["account_id"] for t in found.tables["totals"]] == ["weibo:1111111111"]
    assert [(row, code) for row, code, _ in found.refused] == [
        (3, "no_account"),
        (4, "no_account"),
        (5, "no_account"),
    ]


def test_followers_of_one_account(tmp_path: Path) -> None:
    mapping = made("followers", {"日": "日期", "粉": "粉丝数"}, account="wechat:gh_1", units={"粉": 10_000})
    found = read(tmp_path, mapping, ["2015-06-30", "312.5"])
    [row] = found.tables["followers"]
    assert (row["account_id"], row["followers"]) == ("wechat:gh_1", 3_125_000)


def test_followers_of_a_platform_on_a_day(tmp_path: Path) -> None:
    mapping = made(
        "followers", {"号": "UID/原始ID", "粉": "粉丝数"}, platform="weibo", observed_at=datetime(2015, 6, 30)
    )
    [row] = read(tmp_path, mapping, ["11111", 5]).tables["followers"]
    assert (row["account_id"], row["observed_at"].date()) == ("weibo:11111", date(2015, 6, 30))


# ------------------------------------------------- which files a mapping is for


def test_a_kept_mapping_reads_its_header_without_asking(tmp_path: Path) -> None:
    mapping = made("wechat_posts", POSTS)
    other = made("wechat_posts", {"别": "标题", "日": "发布时间"})
    path = csv_file(tmp_path / "表.csv", [mapping.header[::-1], [9, 5, "2015-05-05", URL, "一"]])
    [reading] = whole(path, mappings=(other, mapping)).readings
    assert (reading["reads"], reading["read_basis"]) == (5, "views")


@pytest.mark.parametrize(
    "header",
    [["题", "址", "日", "读"], ["题", "址", "日", "读", "人", "新"], ["题", "址", "日", "读(万)", "人"]],
)
def test_a_mapping_is_never_applied_to_another_header(tmp_path: Path, header: list[str]) -> None:
    mapping = made("wechat_posts", POSTS)
    path = csv_file(tmp_path / "表.csv", [header, ["一", URL, "2015-05-05", 1, 2, 3][: len(header)]])
    issue = unusable(path, mapping=mapping)
    assert issue.code == "other_header"
    assert any(word in issue.what for word in ("少了：人", "多了：新", "多了：读(万)"))
    kept = unusable(path, mappings=(mapping,))
    assert kept.code == "unknown_layout"
    assert "甲系统" in kept.hint


def test_what_one_file_s_mapping_fixes_holds_for_no_other(tmp_path: Path) -> None:
    mapping = made(
        "weibo_totals", {"名": "账号", "发": "发布数"}, account="weibo:11111", period=Period.parse("2015-05")
    )
    path = csv_file(tmp_path / "表.csv", [mapping.header, ["甲", 1]])
    [total] = whole(path, mapping=mapping).tables["totals"]
    assert (total["account_id"], total["end"]) == ("weibo:11111", date(2015, 5, 31))
    assert unusable(path, mappings=(mapping,)).code == "period_needed"
    june = Period.parse("2015-06")
    assert unusable(path, mappings=(mapping,), period=june).code == "account_needed"
    [total] = whole(path, mappings=(mapping,), period=june, account="weibo:22222").tables["totals"]
    assert (total["account_id"], total["end"]) == ("weibo:22222", date(2015, 6, 30))


def test_the_day_of_followers_is_asked(tmp_path: Path) -> None:
    mapping = made(
        "followers", {"号": "UID/原始ID", "粉": "粉丝数"}, platform="weibo", observed_at=datetime(2015, 6, 1)
    )
    path = csv_file(tmp_path / "表.csv", [mapping.header, ["11111", 1]])
    assert unusable(path, mappings=(mapping,)).code == "day_needed"
    [row] = whole(path, mappings=(mapping,), observed_at=datetime(2015, 6, 30)).tables["followers"]
    assert row["observed_at"].date() == date(2015, 6, 30)


def test_a_period_does_not_displace_a_column(tmp_path: Path) -> None:
    mapping = made("weibo_totals", {"号": "UID", "月": "月份", "发": "发布数"})
    found = read(tmp_path, mapping, ["11111", "2015-05", 1], period=Period.parse("2015-06"))
    assert found.tables["totals"][0]["end"] == date(2015, 5, 31)


def test_a_unit_above_the_header_must_be_in_the_mapping(tmp_path: Path) -> None:
    columns = {"号": "UID", "月": "月份", "粉": "月末粉丝"}
    rows = [["单位：万人", "", ""], list(columns), ["11111", "2015-05", "3.5"]]
    path = csv_file(tmp_path / "表.csv", rows)
    assert unusable(path, mapping=made("weibo_totals", columns)).code == "unit_above"
    found = whole(path, mapping=made("weibo_totals", columns, units={"粉": 10_000}))
    assert found.tables["followers"][0]["followers"] == 35_000


def test_a_mapping_goes_before_the_readers(tmp_path: Path) -> None:
    columns = {"月份": "月份", "UID": "UID", "发布数": "发布数", "转发": "评论"}
    found = read(tmp_path, made("weibo_totals", columns), ["2015-05", "11111", 1, 2])
    [total] = found.tables["totals"]
    assert (total["comments"], total["reposts"]) == (2, None)


def test_a_header_of_two_rows(tmp_path: Path) -> None:
    top = [["公众号", "阅读", ""], ["", "次数", "人数"]]
    titles = composed(top)
    mapping = made(
        "wechat_totals", dict(zip(titles, ["微信号/原始ID", "阅读次数", "阅读人数"], strict=True)), rows=2
    )
    path = csv_file(tmp_path / "表.csv", [["某月数据", "", ""], *top, ["gh_1", 9, 4]])
    [total] = whole(path, mapping=mapping, period=Period.parse("2015-05")).tables["totals"]
    assert (total["reads"], total["read_basis"], total["source_row"]) == (9, "views", 4)


# ------------------------------------------------- JSON and SQLite


def rows_of_json(count: int) -> list[dict[str, Any]]:
    return [
        {"题": f"第{n}篇", "址": f"{URL}{n}", "日": 1430791953 + n, "读": n, "人": None} for n in range(count)
    ]


@pytest.mark.parametrize("lines", [True, False])
def test_json_objects_are_rows(tmp_path: Path, lines: bool) -> None:
    objects = rows_of_json(120)
    del objects[3]["人"]
    objects[100]["另"] = 1
    text = "\n".join(map(json.dumps, objects)) if lines else json.dumps(objects)
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    found = whole(path, mapping=made("wechat_posts", POSTS))
    assert [r["reads"] for r in found.readings] == list(range(120))
    assert "另 1 条" in found.issue("unknown_column").what
    assert unusable(path, mapping=made("wechat_posts", DAILY | POSTS)).code == "other_header"


def test_tables_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as made_db:
        made_db.execute("CREATE TABLE 别的 (a, b)")
        made_db.execute("CREATE TABLE 文章 (题, 址, 日, 读, 人)")
        made_db.executemany("INSERT INTO 文章 VALUES (:题, :址, :日, :读, :人)", rows_of_json(3))
    made_db.close()
    [found] = wholes(path, mapping=made("wechat_posts", POSTS))
    assert found.source.name == "a.db〔文章〕"
    assert found.source.sha256.endswith("#文章")
    assert [r["reads"] for r in found.readings] == [0, 1, 2]
    assert unusable(path, mapping=made("wechat_totals", DAILY)).code == "other_header"


def test_a_sheet_has_one_import_whatever_else_can_be_read(tmp_path: Path) -> None:
    mapping = made("wechat_posts", POSTS)
    sums = [["月份", "UID", "发布数", "转发"], ["2015-05", "11111", 1, 2]]
    path = book(
        tmp_path / "表.xlsx", {"甲": [mapping.header, ["一", URL, datetime(2015, 5, 5), 1, None]], "乙": sums}
    )
    [before] = wholes(path)
    after = {found.source.name: found.source.sha256 for found in wholes(path, mappings=(mapping,))}
    assert len(after) == 2
    assert after[before.source.name] == before.source.sha256


def test_times_without_a_year_take_that_of_the_crawl(tmp_path: Path) -> None:
    mapping = made("weibo_posts", {"文": "正文摘要", "时": "发布时间"})
    rows = [["甲", "05月12日 10:30"], ["乙", "昨天 08:00"], ["丙", "3分钟前"]]
    found = read(tmp_path, mapping, *rows, account="weibo:11111", observed_at=NOW)
    assert [str(r["published_at"]) for r in found.readings] == [
        "2015-05-12 10:30:00",
        "2015-06-30 08:00:00",
        "2015-07-01 09:27:00",
    ]
    found = read(tmp_path, mapping, *rows, account="weibo:11111")
    assert {code for _, code, _ in found.refused} == {"relative_time"}
