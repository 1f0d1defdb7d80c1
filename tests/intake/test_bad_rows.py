"""Bad rows: each kind has its code and its words in Chinese, and the good rows beside it are taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.intake import template
from tests.intake import eras
from tests.intake.made import NOW, UID, csv_file, hit, search_file, search_header, table_text, whole

FOLLOWERS = template.header("followers")
RANGE = ["起日", "止日", "UID", "发布数", "转发"]
TOTALS = ["月份", "账号", "UID", "发布数", "转发", "评论"]


def in_chinese(words: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in words)


@dataclass(frozen=True)
class Bad:
    """One bad row between two good ones: code and field it is refused with, words of its reason and hint."""

    code: str
    field: str
    row: list[Any]
    what: str
    hint: str
    header: Sequence[str] = tuple(search_header())
    good: Sequence[Sequence[Any]] = (hit(11), hit(12))


def audience(**cells: Any) -> list[Any]:
    row = dict(zip(FOLLOWERS, ["2015-06-30", "微博", "重庆微发布", UID, "3125000"], strict=True))
    return list((row | cells).values())


def fans(code: str, field: str, what: str, hint: str, **cells: Any) -> Bad:
    good = (audience(日期="2015-04-30"), audience(日期="2015-05-31"))
    return Bad(code, field, audience(**cells), what, hint, FOLLOWERS, good)


def total(code: str, field: str, what: str, hint: str, *row: Any) -> Bad:
    good = [["2015-04", "甲", "11111", "3", "4", "5"], ["2015-05", "甲", "11111", "3", "4", "5"]]
    return Bad(code, field, list(row), what, hint, TOTALS, good)


def line(what: str, hint: str, row: list[str]) -> Bad:
    made = eras.ERAS["2025-12"]
    good = (made.row(0, originals=False), REPOST)
    return Bad("row_width", "", row, what, hint, made.head(originals=False), good)


POST = eras.ERAS["2025-12"].row(2, originals=False)
REPOST = eras.ERAS["2025-12"].row(1, originals=False)
LATER = str(NOW.replace(year=2016))

ROWS: dict[str, Bad] = {
    "half a row": Bad("row_width", "", hit()[:9], "9 格", "截断"),
    "half a row of a form": total("row_width", "", "3 格", "截断", "2015-06", "甲", "1"),
    "half a row of a timeline": line("7 格", "截断", POST[:7]),
    "a width of no era": Bad("row_width", "", hit()[:20], "20 格", "截断"),
    "a width of no era, timeline": line("38 格", "截断", [*REPOST, "x"]),
    "too wide": Bad("row_width", "", [*hit(), "x"], "22 格", "引号"),
    "too wide a form": total("row_width", "", "7 格", "引号", "2015-06", "甲", "1", "2", "3", "4", "5"),
    "id by Excel": Bad("mangled_id", "id", hit(id="3.83837E+15"), "Excel", "文本"),
    "uid by Excel": Bad("mangled_id", "user_id", hit(user_id="1.98844E+09"), "Excel", "文本"),
    "id with lost digits": Bad(
        "mangled_id", "id", hit(id="3501756485200070", bid="z0JH2lOMb"), "Excel", "文本"
    ),
    "uid of a form by Excel": fans("mangled_id", "UID/原始ID", "Excel", "文本", **{"UID/原始ID": "1.9E+09"}),
    "no id": Bad("missing_id", "id", hit(id=""), "没有", "补上"),
    "a word for an id": Bad("bad_id", "user_id", hit(user_id="重庆微发布"), "不是数字编号", "核对"),
    "a word for a count": Bad("bad_count", "转发数", hit(转发数="很多"), "“很多”", "12345"),
    "a negative count": Bad("bad_count", "评论数", hit(评论数="-3"), "“-3”", "负数"),
    "half a count": Bad("bad_count", "点赞数", hit(点赞数="12.5"), "12.5", "整数"),
    "a count of a form": total(
        "bad_count", "发布数", "约120", "12345", "2015-06", "甲", "1", "约120", "4", "5"
    ),
    "published in the future": Bad("future", "发布时间", hit(发布时间=LATER), "将来", "年份"),
    "a month to come": total("future", "月份", "将来", "年份", "2015-08", "甲", "11111", "3", "4", "5"),
    "seen in the future": fans("future", "日期", "将来", "年份", 日期="2016-06-30"),
    "no time": Bad("missing_time", "发布时间", hit(发布时间=""), "没有时间", "2015-05-05"),
    "no real day": Bad("bad_time", "发布时间", hit(发布时间="2015-02-30 10:00"), "2015-02-30", "2015-05-05"),
    "a relative time": Bad("relative_time", "发布时间", hit(发布时间="3分钟前"), "3分钟前", "--observed-at"),
    "no month": total("bad_period", "月份", "一月", "2015-01", "一月", "甲", "11111", "3", "4", "5"),
    "days that run backwards": Bad(
        "bad_period",
        "止日",
        ["2015-06-30", "2015-06-01", "11111", "3", "4"],
        "早于起日",
        "核对",
        RANGE,
        [["2015-04-01", "2015-04-30", "11111", "3", "4"], ["2015-05-01", "2015-05-01", "11111", "3", "4"]],
    ),
    "nearly a platform": fans("unknown_platform", "平台", "微薄", "微博", 平台="微薄"),
    "no account": total("no_account", "UID", "UID", "--account", "2015-06", "甲", "", "3", "4", "5"),
    "nothing but blanks": total(
        "empty_row", "", "没有一项数字", "填 0", "2015-06", "甲", "11111", "", "", ""
    ),
    "a sum": total("total_row", "", "合计", "不必处理", "合计", "", "", "6", "8", "10"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_bad_row_among_good_ones(tmp_path: Path, kind: str) -> None:
    bad = ROWS[kind]
    first, last = bad.good
    found = whole(csv_file(tmp_path / f"{UID}.csv", [bad.header, first, bad.row, last]))
    number = len(table_text([bad.header, first]).splitlines()) + 1
    assert found.refused == [(number, bad.code, bad.field)]
    source = found.source
    assert (source.rows_read, source.rows_taken, source.rows_quarantined) == (3, 2, 1)
    issue = found.issue(bad.code)
    assert (issue.level, issue.where.row, issue.where.field) == ("warning", number, bad.field)
    assert f"{UID}.csv 第 {number} 行" in str(issue)
    assert bad.what in issue.what
    assert bad.hint in issue.hint
    assert in_chinese(issue.what)
    assert in_chinese(issue.hint)
    [kept] = found.tables["quarantine"]
    assert (kept["reason"], kept["hint"]) == (issue.what, issue.hint)
    assert str(bad.row[0]) in kept["raw"]
    alone = whole(csv_file(tmp_path / f"{UID}.csv", [bad.header, first, last]))
    for name, rows in alone.tables.items():
        keys = [key for key in rows[0] if key not in ("sha256", "source_row", "observed_at")]
        told = [[row[key] for key in keys] for row in found.tables[name]]
        assert told == [[row[key] for key in keys] for row in rows]


@pytest.mark.parametrize("word", ["推特", "", "x"])
def test_an_unknown_platform_is_told_which_there_are(tmp_path: Path, word: str) -> None:
    found = whole(csv_file(tmp_path / "a.csv", [FOLLOWERS, audience(平台=word), audience()]))
    assert found.refused == [(2, "unknown_platform", "平台")]
    assert "微博" in found.issue("unknown_platform").hint


@pytest.mark.parametrize("cell", ["{}", "", "-", "转发", "null"])
def test_a_count_that_was_not_fetched_is_not_known_and_not_zero(tmp_path: Path, cell: str) -> None:
    found = whole(search_file(tmp_path / "a.csv", [hit(1, 转发数=cell), hit(2, 转发数=0)]))
    assert [(row["reposts"], row["comments"]) for row in found.readings] == [(None, 3), (0, 3)]
    assert found.source.rows_quarantined == 0


def test_many_of_one_kind_are_told_once(tmp_path: Path) -> None:
    rows = [hit(n, 转发数="很多" if n % 2 else 7) for n in range(100)]
    found = whole(search_file(tmp_path / "a.csv", rows))
    told = [issue for issue in found.source.issues if issue.code == "bad_count"]
    assert len(told) < 30
    assert "共 50 行" in told[-1].what
    assert (len(found.readings), len(found.refused)) == (50, 50)


def test_a_day_of_a_form_is_judged_by_the_callers_clock(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [FOLLOWERS, audience(日期=date(2015, 7, 1))])
    assert whole(path).tables["followers"][0]["observed_at"] == NOW
    assert whole(path, now=datetime(2015, 6, 30)).refused == [(2, "future", "日期")]


def test_the_last_day_of_a_month_is_not_over(tmp_path: Path) -> None:
    row = ["2015-06", "11111", "312500", "40", "5"]
    path = csv_file(tmp_path / "a.csv", [["月份", "UID", "月末粉丝", "发布数", "转发"], row])
    now = datetime(2015, 6, 30, 10)
    assert whole(path, now=now).tables["followers"][0]["observed_at"] == now
    assert whole(path).tables["followers"][0]["observed_at"] == datetime(2015, 6, 30, 23, 59, 59)
    assert whole(path, now=datetime(2015, 6, 29)).refused == [(2, "future", "月份")]


def test_a_comma_within_a_number_never_shifts_the_others(tmp_path: Path) -> None:
    header = template.header("weibo_totals")
    words = ["2015-05", "甲", "11111", "3125000", "40", "30", "1", "234", "100", "20", "5"]
    row = words + [""] * (len(header) + 1 - len(words))
    found = whole(csv_file(tmp_path / "a.csv", [header, row]))
    assert [code for _, code, _ in found.refused] == ["row_width"]
