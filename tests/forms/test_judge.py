"""Forms with one planted error each: it is found, where it is, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jianwei.forms.judged import Judged
from tests.forms.filled import Book
from tests.forms.office import Bench, truth, uid

Plant = Callable[[Book], object]


def put(sheet: str, **values: Any) -> Plant:
    """Write into the first row of a sheet."""
    return lambda book: book[sheet].put(3, **values)


def again(**values: Any) -> Plant:
    """Repeat the first row of 微博汇总 with other values."""

    def edit(book: Book) -> None:
        sheet = book["微博汇总"]
        sheet.cells.append(list(sheet.cells[2]))
        sheet.put(len(sheet.cells), **values)

    return edit


def details(*rows: list[Any]) -> Plant:
    """Paste rows of posts."""
    return lambda book: book["微博明细"].paste(rows)


def row(number: int, **changes: Any) -> list[Any]:
    """A row of 微博明细 as an export has it."""
    cells = {
        "link": f"https://m.weibo.cn/detail/{3_850_000_000_000_000 + number}",
        "day": "2015-06-05 08:00", "text": f"第 {number} 条", "original": "原创", "form": "图文",
        "reads": 100, "reposts": 2, "comments": 1, "likes": 3, "seen": "2015-07-01",
    } | changes  # fmt: skip
    return list(cells.values())


def posts(count: int, **changes: Any) -> list[list[Any]]:
    """So many different posts, every second one a repost."""
    return [row(n, original="原创" if n % 2 else "转发", **changes) for n in range(count)]


def other_code(book: Book) -> None:
    """Another unit's code on the first sheet."""
    row = next(row for row in book["填写说明"].cells if row[0] == "单位编码")
    row[1] = "U02"


def told(judged: Judged) -> list[tuple[str, str, int | None, str]]:
    """Level, code, row and column of everything that a person must see to."""
    return [(i.level, i.code, i.where.row, i.where.field) for i in judged.to_mend]


NOTHING: list[tuple[str, str, int | None, str]] = []

PLANTED: list[tuple[str, Plant, list[tuple[str, str, int | None, str]]]] = [
    ("right", lambda book: None, NOTHING),
    ("text in a number", put("微博汇总", 转发="约300"), [("error", "bad_count", 3, "转发")]),
    ("none as a word", put("微博汇总", 转发="无"), [("error", "bad_count", 3, "转发")]),
    ("negative", put("微博汇总", 评论=-5), [("error", "bad_count", 3, "评论")]),
    ("negative as text", put("微博汇总", 评论="-5"), [("error", "bad_count", 3, "评论")]),
    ("fraction", put("微博汇总", 点赞=12.5), [("error", "bad_count", 3, "点赞")]),
    ("a capped count is right", put("微博汇总", 阅读量="10万+"), NOTHING),
    ("a count with commas is right", put("微博汇总", 阅读量="50,123"), NOTHING),
    (
        "two in a row",
        put("微博汇总", 转发="约300", 评论=-5),
        [("error", "bad_count", 3, "转发"), ("error", "bad_count", 3, "评论")],
    ),
    ("more originals than posts", put("微博汇总", 原创数=11), [("error", "part_above_whole", 3, "原创数")]),
    ("as many originals as posts", put("微博汇总", 原创数=10), NOTHING),
    ("more replies than requests", put("微博汇总", 回复数=6), [("warning", "part_above_whole", 3, "回复数")]),
    ("headline above all", put("微信汇总", 头条阅读次数=9_001), [("error", "part_above_whole", 3, "头条阅读次数")]),
    ("people above times", put("微信汇总", 阅读人数=9_001), [("error", "part_above_whole", 3, "阅读人数")]),
    ("sharers above shares", put("微信汇总", 分享人数=61), [("error", "part_above_whole", 3, "分享人数")]),
    ("reads that no article has", put("微信汇总", 最高阅读次数=440, 头条阅读次数=440),
     [("warning", "part_above_whole", 3, "阅读次数")]),
    ("another month", put("微博汇总", 月份="2015-07"), [("error", "out_of_period", 3, "月份")]),
    ("no month", put("微博汇总", 月份="六月"), [("error", "bad_period", 3, "月份")]),
    ("the month as Excel shows it", put("微博汇总", 月份="2015年6月"), NOTHING),
    ("a time in the future", put("微博汇总", 取数时间="2099-01-01"), [("error", "future", 3, "取数时间")]),
    ("a time before the month", put("微博汇总", 取数时间="2015-05-30"), [("error", "observed_early", 3, "取数时间")]),
    ("a time within the month", put("微博汇总", 取数时间="2015-06-20"), [("warning", "observed_early", 3, "取数时间")]),
    ("an id as Excel writes it", put("微博汇总", UID="9E+09"), [("error", "mangled_id", 3, "UID")]),
    ("an id as a number is intact", put("微博汇总", UID=9_000_000_001), NOTHING),
    ("no id", put("微博汇总", UID=None), [("error", "no_account", 3, "UID")]),
    ("another id", put("微博汇总", UID="9000000777"), [("error", "changed_uid", 3, "UID")]),
    ("another id and name", put("微博汇总", UID="9000000777", 账号="别的"), [("error", "unknown_account", 3, "UID")]),
    ("another unit's account", put("微博汇总", UID=uid("U02"), 账号="发布U02"), [("error", "not_own_account", 3, "UID")]),
    ("another name", put("微博汇总", 账号="新名字"), [("warning", "renamed_account", 3, "账号")]),
    ("the same row twice", again(), [("warning", "duplicate_row", 4, "月份")]),
    ("two rows that differ", again(转发=121),
     [("error", "conflicting_rows", 3, "月份"), ("error", "conflicting_rows", 4, "月份")]),
    ("fewer posts than seen", put("微博汇总", 发布数=7), [("error", "below_public", 3, "发布数")]),
    ("one post fewer than seen", put("微博汇总", 发布数=9), NOTHING),
    ("many more posts than seen", put("微博汇总", 发布数=90), [("warning", "above_public", 3, "发布数")]),
    ("other followers than seen", put("微博汇总", 月末粉丝=130_000), [("warning", "far_from_public", 3, "月末粉丝")]),
    ("followers in 万", put("微博汇总", 月末粉丝="1.1万"), NOTHING),
    ("a missing sheet", lambda book: book.remove("微信汇总"), [("error", "missing_sheet", None, "")]),
    ("a sheet that is optional", lambda book: book.remove("微信明细"), NOTHING),
    ("a missing column", lambda book: book["微博汇总"].drop("点赞"), [("warning", "missing_column", 2, "点赞")]),
    ("a column that tells the sheet", lambda book: book["微博汇总"].rename("发布数", "发布总量"),
     [("error", "missing_column", 2, "")]),
    ("a column by another known name", lambda book: book["微博汇总"].rename("发布数", "发博数"),
     [("warning", "renamed_column", 2, "发博数")]),
    ("a title with a remark", lambda book: book["微博汇总"].rename("发布数", "发布数（条）"), NOTHING),
    ("a sheet by another name", lambda book: setattr(book["微博汇总"], "name", "Sheet1"),
     [("warning", "renamed_sheet", None, "")]),
    ("another unit's code on top", other_code, [("warning", "wrong_unit", None, "单位编码")]),
    ("a column by an unknown name", lambda book: book["微博汇总"].rename("点赞", "手指朝上"),
     [("warning", "missing_column", 2, "点赞")]),
    ("a column twice", lambda book: book["微博汇总"].rename("点赞", "评论"), [
        ("error", "duplicate_column", 2, "评论"), ("warning", "missing_column", 2, "点赞"),
    ]),
    ("a row deleted", lambda book: book["微信汇总"].cells.pop(2), [("warning", "missing_row", None, "")]),
    ("no first sheet", lambda book: book.remove("填写说明"), [("warning", "no_token", None, "")]),
    ("a sum below", again(月份="合计", 账号=None, UID=None), NOTHING),
    ("a signature below", lambda book: book["微博汇总"].put(6, 转发="审核：王五", 停更说明="盖章"), NOTHING),
    ("a row that lost its names", again(月份=None, 账号=None, UID=None),
     [("error", "bad_period", 4, "月份"), ("error", "no_account", 4, "UID")]),
    ("posts as pasted", details(*posts(6)), NOTHING),
    ("more posts than the sum", details(*posts(11)), [("error", "details_above_sum", 3, "发布数")]),
    ("more originals than the sum", details(*[row(n) for n in range(7)]), [("error", "details_above_sum", 3, "原创数")]),
    ("more reposts than the sum", details(row(1, reposts=121)), [("warning", "details_above_sum", 3, "转发")]),
    ("a post of another month", details(row(1, day="2015-07-01 00:10")), [("error", "out_of_period", 3, "发布时间")]),
    ("a post in the future", details(row(1, day="2099-06-01")), [("error", "future", 3, "发布时间")]),
    ("a post without a time", details(row(1, day=None)), [("error", "missing_time", 3, "发布时间")]),
    ("a word in a post's count", details(row(1, likes="很多")), [("error", "bad_count", 3, "点赞")]),
    ("a link that became a number", details(row(1, link=3.85e15)), [("error", "mangled_id", 3, "链接")]),
    ("a link as Excel shows numbers", details(row(1, link="3.85E+15")), [("error", "mangled_id", 3, "链接")]),
    ("an unknown form", details(row(1, form="舞蹈")), [("error", "unknown_form", 3, "形式")]),
    ("the same post twice", details(row(1), row(1)), [("warning", "duplicate_row", 4, "链接")]),
    ("a post twice, otherwise", details(row(1), row(1, likes=4)),
     [("error", "conflicting_rows", 3, "链接"), ("error", "conflicting_rows", 4, "链接")]),
    ("a post at two times", details(row(1), row(1, likes=4, seen="2015-07-03")), NOTHING),
]  # fmt: skip


@pytest.mark.parametrize(
    ("plant", "expected"), [(p, e) for _, p, e in PLANTED], ids=[n for n, _, _ in PLANTED]
)
def test_what_was_planted_is_found_and_nothing_else(
    bench: Bench, plant: Plant, expected: list[tuple[str, str, int | None, str]]
) -> None:
    judged = bench.judge("U01", truth, plant)
    assert sorted(told(judged), key=str) == sorted(expected, key=str)
    kept_out = {issue.where.row for issue in judged.issues if issue.level == "error" and issue.where.field}
    assert {spot.row for spot in judged.refused} == kept_out - {2}
