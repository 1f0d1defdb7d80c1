from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei import recipe, scorecard
from jianwei.errors import DataError, Issue

EGDI = "unit,osi,hci,tii\n"
WCI = "unit,posts,reads,max_reads,likes,max_likes\n"


def csv(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding, newline="")
    return path


def scored(path: Path, name: str = "un-egdi", **options: Any) -> tuple[scorecard.Scorecard, list[Issue]]:
    made = recipe.load(name)
    inputs, issues = scorecard.table(path, made, **options)
    return scorecard.score(made, inputs), issues


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("header", ["unit", "单位", "名称", "Name"])
def test_encodings_and_unit_columns(tmp_path: Path, encoding: str, header: str) -> None:
    path = csv(tmp_path, f"osi,hci,{header},tii\r\n0.1,0.2,沙坪坝,0.3\r\n", encoding=encoding)
    card, issues = scored(path)
    assert issues == []
    assert card.names == ("沙坪坝",)
    assert card.score[0] == pytest.approx(0.2)


def test_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    rows = [
        ["单位", "osi", "hci", "tii"],
        [500106, 0.1, "0.2", 0.3],
        ["乙", None, 0.2, True],
        [],
        ["丙", 1, 1, 1],
    ]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    card, issues = scored(path)
    assert card.names == ("500106", "乙", "丙")
    assert card.rank == (2, None, 1)
    assert [(issue.code, issue.where.row, issue.where.field) for issue in issues] == [
        ("not_a_number", 3, "tii")
    ]


def test_the_first_column_of_text_stands_in_for_a_unit_column(tmp_path: Path) -> None:
    card, issues = scored(csv(tmp_path, "osi,city,hci,tii\n0.1,甲,0.2,0.3\n0.2,乙,0.2,0.3\n"))
    assert card.names == ("甲", "乙")
    assert [(issue.level, issue.code, issue.where.field) for issue in issues] == [
        ("note", "unit_column", "city")
    ]


@pytest.mark.parametrize("cell", ["", " ", "-", "—", "N/A", "null", "缺失"])
def test_a_blank_is_missing_without_a_word(tmp_path: Path, cell: str) -> None:
    card, issues = scored(csv(tmp_path, f"{EGDI}甲,0.1,{cell},0.3\n"))
    assert issues == []
    assert card.reason == ("缺：人力资本指数",)


@pytest.mark.parametrize(
    "cell",
    [
        "1.2万",
        "12%",
        "约0.5",
        "inf",
        "1e999",
        "0x10",
        "1_000",
        '"1,00"',
        "无",
        "TRUE",
        "2015-01-01",
        "1 2",
    ],
)
def test_never_a_number_from_a_non_number(tmp_path: Path, cell: str) -> None:
    card, issues = scored(csv(tmp_path, f"{EGDI}甲,0.1,{cell},0.3\n乙,0.1,0.2,0.3\n"))
    assert [(i.level, i.code, i.where.row, i.where.field) for i in issues] == [
        ("error", "not_a_number", 2, "hci")
    ]
    assert card.rank == (None, 1)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12", 12),
        ("+12", 12),
        ('"1,234,567"', 1234567),
        ("1.5e3", 1500),
        (" 7 ", 7),
        ("１２", 12),
        (".5", None),
    ],
)
def test_plain_numbers(tmp_path: Path, cell: str, value: float | None) -> None:
    card, issues = scored(csv(tmp_path, f"{EGDI}甲,1,{cell},1\n"))
    assert card.raw.row(0)["hci"] == value
    assert (issues == []) == (value is not None)


def test_a_count_below_zero_is_refused(tmp_path: Path) -> None:
    card, issues = scored(csv(tmp_path, f"{WCI}甲,10,-5,3,4,5\n"), "wci-2.0")
    assert [(issue.code, issue.where.field) for issue in issues] == [("negative", "reads")]
    assert card.reason == ("缺：阅读总数",)


def test_rows_without_or_with_a_repeated_unit_are_left_out(tmp_path: Path) -> None:
    card, issues = scored(csv(tmp_path, f"{EGDI}甲,1,1,1\n,1,1,1\n\n甲,2,2,2\n乙,3,3\n"))
    assert card.names == ("甲", "乙")
    assert card.rank == (1, None)
    assert [(issue.code, issue.where.row) for issue in issues] == [("no_unit", 3), ("duplicate_unit", 5)]


def test_a_missing_column_names_itself_and_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tii（电信基础设施指数）") as caught:
        scored(csv(tmp_path, "unit,osi,hci,tti\n甲,1,1,1\n"))
    assert "tti" in caught.value.hint


def test_columns_can_be_renamed(tmp_path: Path) -> None:
    path = csv(tmp_path, "国家,a,b,c\n甲,1,2,3\n")
    card, _ = scored(path, rename={"国家": "unit", "a": "osi", "b": "hci", "c": "tii"})
    assert card.score.tolist() == [2.0]
    with pytest.raises(DataError, match="没有列“d”"):
        scored(path, rename={"d": "osi"})


def test_chinese_titles_are_headers_too(tmp_path: Path) -> None:
    card, issues = scored(csv(tmp_path, "单位,在线服务指数,人力资本指数,电信基础设施指数\n甲,1,2,3\n"))
    assert issues == []
    assert card.score.tolist() == [2.0]


def test_a_repeated_column_is_told(tmp_path: Path) -> None:
    card, issues = scored(csv(tmp_path, "unit,osi,osi,hci,tii\n甲,1,9,2,3\n"))
    assert [issue.code for issue in issues] == ["duplicate_column"]
    assert card.score.tolist() == [2.0]


def test_days_from_the_table_or_the_option(tmp_path: Path) -> None:
    wanted = sorted(recipe.load("wci-14.2b").needs - {"days"})
    row = ",".join("60" for _ in wanted)
    bare = csv(tmp_path, f"unit,{','.join(wanted)}\n甲,{row}\n")
    with pytest.raises(DataError, match="days") as caught:
        scored(bare, "wci-14.2b")
    assert "--days" in caught.value.hint
    with_option, _ = scored(bare, "wci-14.2b", days=30)
    assert with_option.raw["overall_reads"].tolist() == [2.0]
    own = csv(tmp_path, f"unit,days,{','.join(wanted)}\n甲,20,{row}\n", name="own.csv")
    assert scored(own, "wci-14.2b", days=30)[0].raw["overall_reads"].tolist() == [3.0]


def test_several_platforms_are_told_apart_by_prefix(tmp_path: Path) -> None:
    text = "unit,weibo.posts,微信.posts,posts,weibo.followers\n甲,90,180,7,1000\n"
    card, issues = scored(csv(tmp_path, text), "shuangwei-2015", days=180)
    assert card.raw["wb_posts_day"].tolist() == [0.5]
    assert np.isnan(card.raw["wx_reads_post"]).all()
    (issue,) = issues
    assert (issue.level, issue.code) == ("warning", "missing_column")
    assert "wechat.reads" in issue.what
    assert "weibo.posts" not in issue.what
    assert "days" not in issue.what
    assert card.rank == (None,)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "是空的"),
        (b"\n\n", "是空的"),
        (b"unit,osi,hci,tii\n", "只有表头"),
        (b"\xff\xfe\x00\x00", "是空的"),
        ("单位,值\n甲,1\n".encode("gb18030") + b"\xff\xff\n", "编码"),
        (b'unit,osi\nA,"1\nB,2\n', "读不完整"),
        (b"unit\x00,osi\n", "表格文件"),
        (b"osi,hci,tii\n1,2,3\n", "没有单位列"),
    ],
)
def test_files_that_hold_no_table(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=words):
        scored(path)


def test_no_file_a_folder_and_a_broken_workbook(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="没有文件"):
        scored(tmp_path / "none.csv")
    with pytest.raises(DataError, match="文件夹"):
        scored(tmp_path)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    with pytest.raises(DataError, match="不是 Excel 工作簿"):
        scored(broken)


def test_a_workbook_that_unpacks_without_end_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    with pytest.raises(DataError, match="解压后"):
        scored(path)
