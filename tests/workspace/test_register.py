"""The registry through the workspace: import publishes a roster, drafts list who is unknown."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from jianwei.workspace import ingest, register
from jianwei.workspace.space import Workspace
from tests.workspace import made
from tests.workspace.conftest import POSTS


def test_import_publishes_a_roster_and_export_changes_nothing(small: Workspace, tmp_path: Path) -> None:
    before = small.roster
    assert before.units["name"].to_pylist() == ["甲局", "乙局"]
    assert register.export(small, tmp_path / "台账.xlsx")["units"] == 2
    register.import_files(small, [tmp_path / "台账.xlsx"], actor="测试")
    assert small.roster.version == before.version


def test_a_draft_lists_accounts_of_the_lake_that_nobody_registered(empty: Workspace, tmp_path: Path) -> None:
    ingest.ingest(empty, [made.timeline(tmp_path, "9000000001", POSTS)])
    assert register.draft(empty, tmp_path / "底稿.xlsx") == 1
    cells = python_calamine.load_workbook(str(tmp_path / "底稿.xlsx")).get_sheet_by_name("账号").to_python()
    row = dict(zip(cells[0], cells[1], strict=True))
    assert (row["账号名称"], row["UID/原始ID"], row["平台"]) == ("账号001", "9000000001", "微博")
    assert "2 条" in str(row["备注"])
    done = register.import_files(empty, [tmp_path / "底稿.xlsx"], actor="测试")
    assert [issue for issue in done.issues if issue.level == "error"] == []
    assert register.draft(empty, tmp_path / "再起草.xlsx") == 0


def test_check_lists_what_does_not_fit(empty: Workspace, tmp_path: Path) -> None:
    book = made.register(
        tmp_path / "名册.xlsx", [("A", "甲局"), ("B", "乙局")], [("A", "账号001", "9000000001")]
    )
    register.import_files(empty, [book], actor="测试")
    found = register.check(empty)
    assert any("乙局" in str(issue) or "B" in str(issue) for issue in found)


def test_csv_files_of_an_export_go_in_again_together(small: Workspace, tmp_path: Path) -> None:
    before = small.roster.version
    register.export(small, tmp_path / "台账.csv")
    written = sorted(tmp_path.glob("台账-*.csv"))
    assert [path.name for path in written] == ["台账-单位.csv", "台账-账号.csv"]
    done = register.import_files(small, written, actor="测试")
    assert [issue for issue in done.issues if issue.level == "error"] == []
    assert small.roster.version == before
