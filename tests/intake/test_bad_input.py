"""The issue's list of bad input: a clear Chinese message with file, row, field and what to do; good rows taken."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.intake import read
from tests.intake.eras import ERAS, timeline
from tests.intake.made import (
    MID,
    Whole,
    book,
    csv_file,
    hit,
    options,
    search_file,
    search_header,
    unusable,
    whole,
)

UID = "1988438334"
READINGS = ("日期", "平台", "账号名称", "UID/原始ID", "粉丝数")


def told(found: Whole, code: str, row: int, field: str, says: str) -> None:
    """The one Issue of a bad row is complete, the row is kept, and the two good rows around it are taken."""
    issue = found.issue(code)
    assert (issue.level, issue.where.row, issue.where.field) == ("warning", row, field)
    assert issue.where.file == found.source.name
    assert says in str(issue)
    assert issue.hint
    assert found.refused == [(row, code, field)]
    [kept] = found.tables["quarantine"]
    assert kept["reason"] == issue.what
    assert kept["raw"]
    assert (found.source.rows_read, found.source.rows_taken, found.source.rows_quarantined) == (3, 2, 1)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.touch()
    issue = unusable(path)
    assert (issue.code, issue.what, issue.where.file) == ("empty_file", "是空文件", "空.csv")
    assert unusable(book(tmp_path / "空.xlsx", {"一": []})).code == "empty_file"
    path.write_text(",,,\n , \n", "utf-8")
    assert unusable(path).code == "empty_file"


def test_header_only(tmp_path: Path) -> None:
    for path in (
        search_file(tmp_path / "头.csv", []),
        timeline(tmp_path / f"{UID}.csv", "2025-12", []),
        book(tmp_path / "头.xlsx", {"一": [READINGS]}),
        csv_file(tmp_path / "粉丝.csv", [("填报说明",), READINGS]),
    ):
        issue = unusable(path)
        assert issue.code == "header_only"
        assert issue.where.row == (2 if path.name == "粉丝.csv" else 1)


def test_wrong_encoding(tmp_path: Path) -> None:
    path = search_file(tmp_path / "码.csv", [hit(1)], encoding="gb18030")
    path.write_bytes(path.read_bytes() + b"\x80\xff\xff\n")
    issue = unusable(path)
    assert (issue.code, issue.where.row) == ("encoding", 1)
    assert "CSV UTF-8" in issue.hint
    unmarked = search_file(tmp_path / "码.csv", [hit(1)], encoding="utf-16-le")
    assert whole(unmarked).source.rows_taken == 1


def test_one_row_in_another_encoding(tmp_path: Path) -> None:
    rows = [hit(n) for n in range(60)]
    path = search_file(tmp_path / "混.csv", rows)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[30] = lines[30].decode("utf-8").encode("gb18030")
    path.write_bytes(b"".join(lines))
    found = whole(path)
    assert found.refused == [(31, "encoding", "用户昵称")]
    assert found.source.rows_taken == 59
    assert {row["text"] for row in found.tables["texts"]} == {
        f"第{n}条，政策解读" for n in range(60) if n != 29
    }
    assert "\\udc" in found.tables["quarantine"][0]["raw"]


def test_half_a_row(tmp_path: Path) -> None:
    path = search_file(tmp_path / "半.csv", [hit(1), hit(2), hit(3)])
    path.write_bytes(path.read_bytes()[:-70])
    told(whole(path), "row_width", 4, "", "中断")


def test_a_row_width_of_no_known_era(tmp_path: Path) -> None:
    made = ERAS["2025-12"]
    rows = [
        made.row(0, originals=False),
        [*made.row(2, originals=False), "", "", ""],
        made.row(4, originals=False),
    ]
    found = whole(csv_file(tmp_path / f"{UID}.csv", [made.head(originals=False), *rows]))
    told(found, "row_width", 4, "", "有 22 格，不是任何一代的行宽")


@pytest.mark.parametrize("field", ["id", "user_id"])
def test_ids_mangled_by_a_spreadsheet(tmp_path: Path, field: str) -> None:
    path = search_file(tmp_path / "表.csv", [hit(1), hit(2, **{field: "3.83837E+15"}), hit(3)])
    told(whole(path), "mangled_id", 3, field, "“3.83837E+15”被 Excel 改成了科学计数")
    cells: list[object] = list(hit(2))
    cells[search_header().index(field)] = float(MID)
    path = book(tmp_path / "表.xlsx", {"一": [search_header(), hit(1), cells, hit(3)]})
    told(whole(path), "mangled_id", 3, field, "末几位可能已经丢失")


def test_counts_that_are_no_counts(tmp_path: Path) -> None:
    found = whole(
        search_file(
            tmp_path / "数.csv", [hit(1, 评论数="{}"), hit(2, 评论数="{'a': 1}"), hit(3, 评论数="赞")]
        )
    )
    assert [row["comments"] for row in found.readings] == [None, None]
    told(found, "bad_count", 3, "评论数", "不是计数")


def test_dates_in_the_future(tmp_path: Path) -> None:
    path = search_file(tmp_path / "期.csv", [hit(1), hit(2, 发布时间="2051-05-05 10:12"), hit(3)])
    told(whole(path), "future", 3, "发布时间", "2051-05-05 10:12:00 在将来")


def test_the_same_id_with_other_counts(tmp_path: Path) -> None:
    rows = [hit(1, 点赞数=40), hit(1, 点赞数=45), hit(1, 点赞数=45), hit(1, 点赞数="x")]
    found = whole(search_file(tmp_path / "重.csv", rows))
    assert [row["likes"] for row in found.readings] == [40, 45]
    source = found.source
    assert (source.rows_read, source.rows_taken, source.rows_duplicate, source.rows_quarantined) == (
        4,
        2,
        1,
        1,
    )


def test_an_unknown_platform(tmp_path: Path) -> None:
    rows = [("2015-06-30", name, "甲", f"1000{n}", 7) for n, name in enumerate(("微博", "微薄", "抖音"))]
    found = whole(csv_file(tmp_path / "粉丝.csv", [READINGS, *rows]))
    told(found, "unknown_platform", 3, "平台", "是否想写：微博")


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = book(tmp_path / "炸.xlsx", {"一": [READINGS, ("2015-06-30", "微博", "甲", "10001", 7)]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"\0" * (60 << 20))
    issue = unusable(path)
    assert issue.code == "zip_bomb"
    assert "已拒绝打开" in issue.what


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    assert unusable(tmp_path / "夹").code == "directory"
    issue = unusable(tmp_path / "无.csv")
    assert (issue.code, issue.what) == ("missing_file", "没有这个文件")


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = search_file(tmp_path / "锁.csv", [hit(1)])
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything
        assert whole(path).source.rows_taken == 1
    else:
        assert unusable(path).code == "unreadable"


PIECES = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", "\t", "\0", "\ufeff", "重庆", "1.2万", "True", "2015-05-05", "id,bid,user_id", "\udc80",
     "{}", "=1+1", "3.8E+15", "-5", "合计", " "],
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.integers(0, 400), st.sampled_from(["search", "crawler", "form"]))
def test_whatever_is_spliced_into_a_file_only_our_errors_come_out(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], place: int, kind: str
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    if kind == "search":
        path = search_file(folder / "a.csv", [hit(n) for n in range(4)])
    elif kind == "crawler":
        path = timeline(folder / f"{UID}.csv", "2025-12", range(4))
    else:
        path = csv_file(
            folder / "a.csv", [READINGS, *(("2015-06-30", "微博", "甲", f"1000{n}", n) for n in range(4))]
        )
    data = path.read_bytes()
    path.write_bytes(data[:place] + "".join(pieces).encode("utf-8", "surrogateescape") + data[place:])
    try:
        sources = read(path, options())
    except DataError:
        sources = []
    for source in sources:
        for batch in source.batches():
            batch.rows.validate(full=True)
        assert source.rows_read == source.rows_taken + source.rows_duplicate + source.rows_quarantined


def test_nothing_is_taken_from_a_file_that_is_not_ours(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["单位", "得分"], ["重庆市公安局", "98.5"]])
    assert unusable(path, now=datetime(2015, 7, 1)).code == "unknown_layout"
