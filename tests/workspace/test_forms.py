"""Templates going out: one a unit, each with its own rows, and a record of who was sent what."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import DataError, RecipeError
from jianwei.forms import request
from jianwei.workspace import forms, space
from jianwei.workspace.forms import Made
from jianwei.workspace.space import Workspace
from tests.forms import office as offices
from tests.forms.filled import Book
from tests.forms.office import PERIOD, UNITS, uid
from tests.world import World, account, unit


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """A workspace of twelve units of its own."""
    return offices.fresh(tmp_path)


def small(folder: Path, units: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> Workspace:
    """A workspace of these units without any data."""
    folder.mkdir()
    (folder / "jianwei.toml").write_text("", "utf-8")
    World(folder, units, accounts)
    return space.open(folder)


def rows(made: Made, code: str, sheet: str) -> list[tuple[Any, Any, Any]]:
    """Month, account and uid of the rows of a unit's sheet."""
    asked = next(ask for ask in made.batch.asks if ask.code == code)
    page = Book.open(made.folder / asked.file)[sheet]
    return [tuple(page.cells[row - 1][:3]) for row in page.rows()]


def test_every_unit_gets_its_own_rows(place: Workspace) -> None:
    made = forms.make(place, "2015Q2")
    assert [ask.code for ask in made.batch.asks] == list(UNITS)
    assert sorted(path.name for path in made.folder.iterdir()) == [f"{c}_某{c}局_2015Q2.xlsx" for c in UNITS]
    months = ["2015-04", "2015-05", "2015-06"]
    assert rows(made, "U01", "微博汇总") == [(month, "发布U01", uid("U01")) for month in months]
    assert rows(made, "U01", "微信汇总") == [(month, "公众号U01", "gh_u010000000") for month in months]
    assert [row[1] for row in rows(made, "U05", "微博汇总")] == ["发布U05", "发布U05二号"] * 3
    asked = made.batch.asks[8]
    assert [sheet.name for sheet in Book.open(made.folder / asked.file).sheets] == [
        "填写说明", "微博汇总", "微博明细(选填)",
    ]  # fmt: skip


def test_known_counts_stand_beside_the_cells_not_in_them(place: Workspace) -> None:
    made = forms.make(place, PERIOD)
    sheet = Book.open(made.folder / made.batch.asks[0].file)["微博汇总"]
    assert {sheet.get(3, title) for title in ("月末粉丝", "发布数", "转发")} == {None}
    told = {t: sheet.get(3, t) for t in sheet.titles() if t.startswith("参考")}
    assert told == {
        "参考·月末粉丝": 10_000, "参考·发布数": 10, "参考·原创数": 5, "参考·转发": 30, "参考·评论": 10, "参考·点赞": 20,
        "参考·采集日期": "2015-07-01",
    }  # fmt: skip
    unknown = Book.open(made.folder / made.batch.asks[-1].file)["微博汇总"]
    assert not any(title.startswith("参考") for title in unknown.titles())


def test_they_stand_in_the_cells_where_that_is_wished(place: Workspace) -> None:
    made = forms.make(place, PERIOD, prefill=True)
    book = Book.open(made.folder / made.batch.asks[0].file)
    sheet = book["微博汇总"]
    assert (sheet.get(3, "发布数"), sheet.get(3, "阅读量")) == (10, None)
    assert not any(title.startswith("参考") for title in sheet.titles())
    assert "保留即表示贵单位确认属实" in str(book["填写说明"].cells)


def test_the_first_sheet_says_what_blank_means_until_when_and_to_whom(place: Workspace) -> None:
    made = forms.make(place, PERIOD, deadline=date(2015, 7, 10), contact="张三 63890000")
    book = Book.open(made.folder / made.batch.asks[0].file)
    for sheet in book.sheets:
        assert "空白 = 未掌握，0 = 确为零" in " ".join(str(cell) for row in sheet.cells[:2] for cell in row)
    words = str(book["填写说明"].cells)
    for word in ("U01市某某局", "2015年6月", "2015-07-10", "张三 63890000", made.batch.asks[0].token):
        assert word in words


def test_nothing_is_calculated_locked_or_linked(place: Workspace) -> None:
    made = forms.make(place, PERIOD)
    with zipfile.ZipFile(made.folder / made.batch.asks[0].file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    sheets = "".join(text for name, text in parts.items() if "worksheets/" in name)
    assert "<f>" not in sheets
    assert "sheetProtection" not in sheets
    assert "hyperlink" not in sheets
    assert "mergeCell" not in sheets
    assert sheets.count("<dataValidation ") > 20
    assert 'errorStyle="warning"' in sheets
    assert 'errorStyle="stop"' not in sheets


def test_accounts_are_asked_for_the_months_in_which_they_were_open(tmp_path: Path) -> None:
    accounts = [
        account("A", "9000000001", name="早", closed=date(2015, 5, 1)),
        account("A", "9000000002", name="晚", opened=date(2015, 6, 10)),
        account("A", "", name="无号"),
        account("A", "x", "抖音", name="抖音号"),
    ]
    made = forms.make(small(tmp_path / "space", [unit("A")], accounts), "2015Q2")
    assert rows(made, "A", "微博汇总") == [
        ("2015-04", "无号", None), ("2015-04", "早", "9000000001"), ("2015-05", "无号", None),
        ("2015-06", "无号", None), ("2015-06", "晚", "9000000002"),
    ]  # fmt: skip


def test_units_without_accounts_or_off_the_boards_are_not_asked(tmp_path: Path) -> None:
    units = [unit("A"), unit("B"), unit("C", category="不参评")]
    accounts = [account("A", "9000000001"), account("C", "9000000003")]
    made = forms.make(small(tmp_path / "space", units, accounts), PERIOD)
    assert [ask.code for ask in made.batch.asks] == ["A"]
    assert made.without == ("单位B",)
    with pytest.raises(DataError, match="没有微博或微信账号"):
        forms.make(small(tmp_path / "other", [unit("A")], []), PERIOD)


def test_names_of_files_are_safe_and_names_of_units_are_text(tmp_path: Path) -> None:
    units = [
        unit("CON", name="=1+1", short_name='甲/乙:*?"<>|局.'),
        unit("con", name="乙", short_name="甲_乙_局"),
        unit("C", name="丙" * 90, short_name=""),
    ]
    accounts = [
        account(row["code"], f"900000000{n}", name="=cmd|' /C calc'!A0") for n, row in enumerate(units)
    ]
    made = forms.make(small(tmp_path / "space", units, accounts), PERIOD)
    names = {ask.file for ask in made.batch.asks}
    assert names == {
        "_CON_甲_乙_局_2015-06.xlsx", "_con_甲_乙_局_2015-06_2.xlsx", f"C_{'丙' * 30}_2015-06.xlsx",
    }  # fmt: skip
    assert rows(made, "CON", "微博汇总")[0][1] == "=cmd|' /C calc'!A0"


def test_a_batch_is_not_made_twice_in_silence(place: Workspace, tmp_path: Path) -> None:
    first = forms.make(place, PERIOD)
    with pytest.raises(DataError, match="已经发过") as refused:
        forms.make(place, PERIOD)
    assert "--again" in refused.value.hint
    second = forms.make(place, PERIOD, again=True)
    assert (first.batch.id, second.batch.id) == ("2015-06-001", "2015-06-002")
    assert first.folder != second.folder
    assert [batch.id for batch in request.batches(forms.folder_of(place, forms.months_of(PERIOD)))] == [
        "2015-06-001", "2015-06-002",
    ]  # fmt: skip
    out = tmp_path / "下发"
    out.mkdir()
    (out / first.batch.asks[3].file).write_text("别动", "utf-8")
    with pytest.raises(DataError, match="已有同名的文件"):
        forms.make(place, PERIOD, out=out, again=True)
    assert [path.read_text("utf-8") for path in out.iterdir()] == ["别动"]


def test_the_manifest_tells_who_was_sent_what(place: Workspace) -> None:
    made = forms.make(place, PERIOD, by="张三", deadline=date(2015, 7, 10))
    told = json.loads(made.manifest.read_text("utf-8"))
    assert (told["id"], told["made_by"], told["deadline"]) == ("2015-06-001", "张三", "2015-07-10")
    assert len({ask["token"] for ask in told["asks"]}) == 12
    assert told["asks"][0]["lines"][0]["account_id"] == f"weibo:{uid('U01')}"
    assert request.batches(made.manifest.parent.parent) == [made.batch]


def test_a_damaged_manifest_is_not_passed_over(place: Workspace) -> None:
    made = forms.make(place, PERIOD)
    made.manifest.write_text("{", "utf-8")
    with pytest.raises(DataError, match="读不出来"):
        forms.make(place, PERIOD, again=True)


@pytest.mark.parametrize("period", ["2015W05", "2015-06-30", "2015-06-01..2015-06-29", "从前"])
def test_periods_are_whole_months(place: Workspace, period: str) -> None:
    with pytest.raises(DataError):
        forms.make(place, period)


def test_an_unknown_cohort_is_told(place: Workspace) -> None:
    with pytest.raises(RecipeError, match="没有名为“火星”的参评范围"):
        forms.make(place, PERIOD, cohort="火星")
