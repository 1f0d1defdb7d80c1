"""账号普查 of a workspace: registry, exports and lake by the verb."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import python_calamine

from jianwei.errors import DataError
from jianwei.workspace import ingest, register, space
from jianwei.workspace.census import census
from jianwei.workspace.space import Workspace
from tests.workspace import made

DAY = date(2015, 6, 30)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Two registered accounts, one of them collected until March; the files do not say when they were made."""
    opened = space.create(tmp_path / "space")
    units = [("A", "甲局"), ("B", "乙局")]
    accounts = [("A", "账号001", "9000000001"), ("B", "账号002", "9000000002")]
    register.import_files(opened, [made.register(tmp_path / "名册.xlsx", units, accounts)])
    posts = [(1, "2015-03-01", 5, 2, 1), (2, "2015-03-20", 7, 0, 3)]
    ingest.ingest(opened, [made.timeline(tmp_path, "9000000001", posts)])
    return opened


def exported(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["账号名称,账号类型,UID,主办单位", *rows]) + "\n", "utf-8")
    return path


def test_three_sources_are_compared_and_written(place: Workspace, tmp_path: Path) -> None:
    path = exported(tmp_path / "导出.csv", "账号001,微博,9000000001,甲局", "丙发布,微博,9000000003,丙局")
    found = census(place, [path], as_of=DAY, out=tmp_path / "普查.xlsx")
    assert [(one.kind, one.account, one.confidence) for one in found.entries] == [
        ("not_filed", "账号002", "确定"),
        ("not_registered", "丙发布", "确定"),
        ("unknown", "账号001", "待核实"),
        ("unknown", "账号002", "待核实"),
        ("unknown", "丙发布", "待核实"),
    ]
    assert (found.as_of, found.as_of_from) == (DAY, "option")
    assert (found.lake_version, found.roster_version) == (place.lake.version(), place.roster.version)
    sheets = python_calamine.load_workbook(str(tmp_path / "普查.xlsx")).sheet_names
    assert sheets[:3] == ["说明", "未备案", "系统有本台账无"]


def test_a_crawl_of_a_known_time_hints_at_silence(place: Workspace, tmp_path: Path) -> None:
    """The same file with a time that somebody vouches for is a lead, of a modified file it is none."""
    path = made.timeline(tmp_path, "9000000002", [(1, "2015-01-01", 5, 2, 1)])
    assert census(place, as_of=DAY).of("dormant") == []
    ingest.ingest(place, [path], observed_at=space.now().replace(year=2015, month=7, day=1))
    (entry,) = census(place, as_of=DAY).of("dormant")
    assert (entry.account, entry.confidence) == ("账号002", "待核实")
    assert entry.unit == "乙局"


def test_the_day_is_where_the_data_end(place: Workspace) -> None:
    found = census(place)
    assert (found.as_of, found.as_of_from) == (date(2015, 3, 20), "data")
    with pytest.raises(DataError, match="还没有到"):
        census(place, as_of=date(2999, 1, 1))


def test_a_new_workspace_has_an_empty_census(tmp_path: Path) -> None:
    empty = space.create(tmp_path / "space")
    found = census(empty)
    assert (found.entries, found.roster_version, found.as_of_from, found.exit_code) == ([], "", "clock", 0)
    path = exported(tmp_path / "导出.csv", "丙发布,微博,9000000003,丙局")
    assert {one.kind for one in census(empty, [path]).entries} == {"not_registered", "unknown"}


def test_the_demo_has_one_who_sleeps_and_one_nobody_collected(demo_space: Path) -> None:
    """As its truth file says; everything else that the demo holds is no fault."""
    truth = json.loads(demo_space.with_name("space.truth.json").read_text("utf-8"))
    planted = truth["parts"]
    found = census(space.open(demo_space))
    assert found.as_of == DAY
    assert planted["silent"]["name"] in {one.account for one in found.of("dormant")}
    assert [one.account for one in found.of("unknown")] == [planted["not_collected"]["name"]]
    assert {one.kind for one in found.entries} <= {"dormant", "several", "unknown"}


def test_an_export_like_the_registry_leaves_nothing_to_file(demo_space: Path, tmp_path: Path) -> None:
    """The demo's own accounts under the national system's titles, but three of them, and one of another place."""
    roster = space.open(demo_space).roster
    units = {row["code"]: row["name"] for row in roster.units.to_pylist()}
    accounts = [row for row in roster.accounts.to_pylist() if row["closed"] is None]
    dropped, kept = accounts[2:5], accounts[:2] + accounts[5:]
    kinds = {"微博": "政务微博", "微信订阅号": "微信公众号", "微信服务号": "微信公众号"}
    rows = [f"{row['name']},{kinds[row['platform']]},{row['uid']},{units[row['unit']]}" for row in kept]
    path = exported(tmp_path / "导出.csv", *rows, "外地发布,新浪微博,5550000001,外地")
    found = census(space.open(demo_space), [path], as_of=DAY)
    assert {one.uid for one in found.of("not_filed")} == {row["uid"] for row in dropped}
    assert [one.uid for one in found.of("not_registered")] == ["5550000001"]
    assert found.of("renamed") == found.of("certified_otherwise") == found.of("lookalike") == []
