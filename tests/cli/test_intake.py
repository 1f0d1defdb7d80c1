"""`ingest`: sources of every kind of wrong, and times with their zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.workspace import space
from jianwei.workspace.space import Workspace
from tests.cli.conftest import POSTS, Jianwei
from tests.workspace import made


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return space.create(tmp_path / "space")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("空.csv", b"", "空文件"),
        ("乱.csv", b"\x00\xff\x8f" * 500, "二进制"),
        ("别的.csv", "姓名,年龄\n甲,3\n".encode(), "表头"),
        ("坏.xlsx", b"PK\x03\x04" + b"\0" * 200, "坏.xlsx"),
        ("坏.json", b'{"a": ', "坏.json"),
    ],
)
def test_an_unusable_file_is_named_with_the_reason(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = jianwei("-C", empty.path, "ingest", tmp_path / name)
    assert ran.code == 2
    assert what in ran.err
    assert "不可用" in ran.err
    told = jianwei("-C", empty.path, "ingest", tmp_path / name, "--json")
    assert told.code == 2
    (file,) = told.json["files"]
    assert file["unusable"]
    assert [issue["level"] for issue in file["issues"]] == ["error"]
    assert set(empty.lake.counts()["tables"].values()) == {0}


def test_a_folder_of_good_and_bad_ends_with_1(jianwei: Jianwei, empty: Workspace, tmp_path: Path) -> None:
    made.timeline(tmp_path / "in", "9000000001", POSTS)
    (tmp_path / "in" / "空.csv").touch()
    (tmp_path / "in" / "说明.docx").touch()
    told = jianwei("-C", empty.path, "ingest", tmp_path / "in", "--json")
    assert told.code == 1
    assert (told.json["totals"]["files"], told.json["totals"]["files_unusable"]) == (2, 1)
    assert told.json["totals"]["rows_taken"] == 2


def test_the_same_file_twice_is_said(jianwei: Jianwei, empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path, "9000000001", POSTS)
    assert "收 2" in jianwei("-C", empty.path, "ingest", path).out
    again = jianwei("-C", empty.path, "ingest", path)
    assert again.code == 0
    assert "收 0 + 重复 2" in again.out
    assert "已经导入过" in again.err


def test_without_a_path_the_inbox_is_taken(jianwei: Jianwei, empty: Workspace) -> None:
    for words in (("ingest",), ("ingest", "--explain")):
        ran = jianwei("-C", empty.path, *words)
        assert ran.code == 2
        assert "inbox" in ran.err
    made.timeline(empty.path / "inbox", "9000000001", POSTS)
    assert jianwei("-C", empty.path, "ingest", "--explain", "--json").json["totals"]["rows_taken"] == 2
    assert empty.lake.counts()["tables"]["posts"] == 0
    assert jianwei("-C", empty.path, "ingest").code == 0
    assert empty.lake.counts()["tables"]["posts"] == 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2015-07-02", "2015-07-02 00:00:00"),
        ("2015-07-02T09:00", "2015-07-02 09:00:00"),
        ("2015-07-02T01:00Z", "2015-07-02 09:00:00"),
        ("2015-07-02T10:00+09:00", "2015-07-02 09:00:00"),
    ],
)
def test_a_time_with_a_zone_becomes_that_of_shanghai(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path, written: str, meant: str
) -> None:
    path = made.timeline(tmp_path, "9000000001", POSTS)
    ran = jianwei("-C", empty.path, "ingest", path, "--observed-at", written, "--json")
    assert ran.json["files"][0]["observed_at_from"]
    with empty.lake.connect() as con:
        ((seen,),) = con.execute("SELECT DISTINCT observed_at FROM readings").fetchall()
    assert str(seen) == meant


def test_real_files_are_accounted_for_row_by_row(jianwei: Jianwei, empty: Workspace, shared: Path) -> None:
    folder = shared / "data" / "weibo"
    museum = folder / "search_museumday_2020-05-18_institutions.csv"
    daily = folder / "peoples_daily_2020-04-15_2020-05-17.csv"
    ran = jianwei("-C", empty.path, "ingest", museum, "--json")
    assert (ran.code, ran.err) == (0, "")
    refused = jianwei("-C", empty.path, "ingest", daily)
    assert refused.code == 2
    assert "--account weibo:" in refused.err
    ran = jianwei("-C", empty.path, "ingest", museum, daily, "--account", "weibo:2803301701", "--json")
    for file in ran.json["files"]:
        assert file["rows_read"] > 600
        assert file["rows_read"] == file["rows_taken"] + file["rows_duplicate"] + file["rows_quarantined"]
    assert [file["repeated"] for file in ran.json["files"]] == [True, False]
    assert ran.code == int(ran.json["totals"]["rows_quarantined"] > 0)
