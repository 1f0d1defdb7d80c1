"""Files of the tools after someone has opened them in Excel and saved them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake import eras
from tests.intake.made import UID, Whole, book, csv_file, hit, search_header, whole

COUNTS = ("post_key", "likes", "comments", "reposts", "original", "repost_of", "pictures")
READINGS = ["日期", "平台", "账号名称", "UID/原始ID", "粉丝数"]


def shown(cell: str) -> str:
    """A cell as Excel shows it after opening a CSV; a tab behind an id keeps it from being a number."""
    if cell in ("True", "False"):
        return cell.upper()
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?: (\d\d:\d\d):\d\d)?", cell):
        day = f"{match[1]}/{int(match[2])}/{int(match[3])}"
        return f"{day} {match[4]}" if match[4] else day
    if cell.isdigit() and len(cell) > 11:
        return f"{float(cell):.5E}"
    return cell


def resaved(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A CSV as Excel writes it in China: all rows as wide as the widest, GB18030."""
    wide = max(map(len, rows))
    cells = [[shown(cell) for cell in row] + [""] * (wide - len(row)) for row in rows]
    return csv_file(path, cells, encoding="gb18030")


def counts(found: Whole) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in COUNTS) for row in found.readings]


@pytest.mark.parametrize("originals", [False, True], ids=["all", "originals"])
@pytest.mark.parametrize("era", eras.ERAS)
def test_a_timeline(tmp_path: Path, era: str, originals: bool) -> None:
    made = eras.ERAS[era]
    numbers = [0, 2, 3] if originals else [0, 1, 2, 3]
    rows = [made.head(originals=originals), *(made.row(n, originals=originals) for n in numbers)]
    plain = whole(csv_file(tmp_path / "甲" / f"{UID}.csv", rows))
    again = whole(resaved(tmp_path / "乙" / f"{UID}.csv", rows))
    assert counts(again) == counts(plain)
    assert len(again.readings) == len(numbers)


def typed(cell: str) -> Any:
    """A cell as a workbook holds it."""
    if cell in ("True", "False"):
        return cell == "True"
    return int(cell) if cell.isdigit() else cell or None


BLANK = (
    "正文",
    "头条文章url",
    "原始图片url",
    "视频url",
    "Live Photo视频url",
    "位置",
    "工具",
    "话题",
    "@用户",
)


@given(
    versions=st.lists(st.sampled_from(sorted(eras.ERAS)), min_size=1, max_size=4),
    originals=st.booleans(),
    blank=st.sets(st.tuples(st.integers(0, 3), st.sampled_from(BLANK))),
)
@settings(max_examples=25)
def test_a_timeline_that_several_versions_wrote(
    tmp_path_factory: pytest.TempPathFactory,
    versions: list[str],
    originals: bool,
    blank: set[tuple[int, str]],
) -> None:
    folder = tmp_path_factory.mktemp("grown") / "甲"
    rows = [eras.ERAS[versions[0]].head(originals=originals)]
    for place, era in enumerate(versions):
        made = eras.ERAS[era]
        for number in (2 * place + 2,) if originals else (2 * place + 2, 1):
            row = made.row(number, originals=originals)
            for column in BLANK:
                if (place, column) in blank and column in made.own:
                    row[made.own.index(column)] = ""
            rows.append(row)
    plain = counts(whole(csv_file(folder / f"{UID}.csv", rows)))
    assert len(plain) >= len(versions)
    assert counts(whole(resaved(folder / f"{UID}.csv", rows))) == plain
    sheet = [[typed(cell) for cell in row] for row in rows]
    assert counts(whole(book(folder / f"{UID}.xlsx", {"一": sheet}))) == plain


def test_a_search_has_lost_its_ids_and_says_so(tmp_path: Path) -> None:
    found = whole(resaved(tmp_path / "a.csv", [search_header(), hit(1), hit(2)]))
    assert [row[1:] for row in found.refused] == [("mangled_id", "id")] * 2
    kept = [[f"{row[0]}\t", *row[1:]] for row in (hit(1), hit(2))]
    found = whole(resaved(tmp_path / "a.csv", [search_header(), *kept]))
    assert [row["published_at"] for row in found.readings] == [datetime(2015, 5, 5, 10, 12)] * 2


@pytest.mark.parametrize("day", ["20150630", "2015/6/30", 42185, 20150630])
def test_a_day_typed_into_a_workbook(tmp_path: Path, day: Any) -> None:
    found = whole(book(tmp_path / "a.xlsx", {"一": [READINGS, [day, "微博", "甲", "11111", 7]]}))
    assert [row["observed_at"] for row in found.tables["followers"]] == [datetime(2015, 6, 30, 23, 59, 59)]


def test_a_duration_beyond_all_measure_costs_its_own_row(tmp_path: Path) -> None:
    """A count in a column that is formatted as hours: calamine cannot make a timedelta of it."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, READINGS)
        for row, count in enumerate((7, 1e10, 9), start=1):
            sheet.write_row(row, 0, ["2015-06-30", "微博", "甲", f"1111{row}"])
            form = made.add_format({"num_format": "[h]:mm:ss"}) if count == 1e10 else None
            sheet.write_number(row, 4, count, form)
    found = whole(path)
    assert found.refused == [(3, "row_width", "")]
    assert [row["followers"] for row in found.tables["followers"]] == [7, 9]
