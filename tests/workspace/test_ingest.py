"""Ingest: every row is accounted for, the same file changes nothing, two at once make one lake."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.model import TABLES
from jianwei.workspace import ingest, space
from jianwei.workspace.space import Workspace
from tests.workspace import made
from tests.workspace.conftest import POSTS


def digests(place: Workspace) -> dict[str, str]:
    lake = place.lake
    return {name: lake.digest(name) for name in TABLES if name != "imports"}


def counted(result: ingest.Ingested) -> tuple[int, ...]:
    totals = result.to_json()["totals"]
    names = ("rows_read", "rows_taken", "rows_duplicate", "rows_quarantined")
    read, *parts = (totals[name] for name in names)
    assert read == sum(parts)
    return (read, *parts)


def test_the_same_file_twice_changes_nothing(empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path, "9000000001", POSTS)
    assert counted(ingest.ingest(empty, [path])) == (2, 2, 0, 0)
    before = digests(empty)
    again = ingest.ingest(empty, [path])
    assert counted(again) == (2, 0, 2, 0)
    assert again.files[0].repeated
    assert again.exit_code == 0
    assert digests(empty) == before


def test_a_copy_under_another_name_is_the_same_file(empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path / "one", "9000000001", POSTS)
    other = tmp_path / "two" / path.parent.name / path.name
    other.parent.mkdir(parents=True)
    other.write_bytes(path.read_bytes())
    counted(ingest.ingest(empty, [path, other]))
    assert empty.lake.counts()["tables"]["readings"] == 2


def test_the_latest_reading_wins_and_both_are_kept(empty: Workspace, tmp_path: Path) -> None:
    early = made.timeline(tmp_path / "early", "9000000001", [(1, "2015-03-01", 5, 2, 1)])
    late = made.timeline(tmp_path / "late", "9000000001", [(1, "2015-03-01", 9, 2, 4)])
    ingest.ingest(empty, [late], observed_at=datetime(2015, 4, 1))
    ingest.ingest(empty, [early], observed_at=datetime(2015, 3, 2))
    assert empty.lake.counts()["tables"]["readings"] == 2
    with empty.lake.connect() as con:
        assert con.execute("SELECT likes, reposts FROM posts").fetchall() == [(9, 4)]


def test_good_rows_are_taken_and_bad_ones_kept_with_the_reason(empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path, "9000000001", POSTS)
    path.write_text(path.read_text("utf-8-sig") + "3838374783299999,半行\r\n", "utf-8-sig", newline="")
    result = ingest.ingest(empty, [path])
    assert counted(result) == (3, 2, 0, 1)
    assert result.exit_code == 1
    (issue,) = [one for one in result.files[0].issues if one.code == "row_width"]
    assert (issue.where.file, issue.where.row) == (path.name, 4)
    with empty.lake.connect() as con:
        assert "半行" in con.execute("SELECT raw FROM quarantine").fetchall()[0][0]


def test_an_unusable_file_among_good_ones_is_told_and_the_rest_goes_on(
    empty: Workspace, tmp_path: Path
) -> None:
    good = made.timeline(tmp_path, "9000000001", POSTS)
    (tmp_path / "空.csv").touch()
    result = ingest.ingest(empty, [tmp_path / "空.csv", good])
    assert result.exit_code == 1
    assert [taken.unusable for taken in result.files] == [True, False]
    assert counted(result) == (2, 2, 0, 0)


@pytest.mark.parametrize("name", ["没有.csv", "空文件夹"])
def test_nothing_usable_ends_with_2(empty: Workspace, tmp_path: Path, name: str) -> None:
    (tmp_path / "空文件夹").mkdir()
    result = ingest.ingest(empty, [tmp_path / name])
    assert result.exit_code == 2
    assert all(issue.level == "error" for taken in result.files for issue in taken.issues)


def test_folders_are_walked_and_sources_archived_by_digest(empty: Workspace, tmp_path: Path) -> None:
    one = made.timeline(tmp_path / "weibo", "9000000001", POSTS)
    made.timeline(tmp_path / "weibo", "9000000002", POSTS[:1])
    result = ingest.ingest(empty, [tmp_path / "weibo"])
    assert len(result.files) == 2
    kept = sorted(path.stem for path in (empty.path / "archive").rglob("*.csv"))
    assert kept == sorted(taken.sha256 for taken in result.files)
    assert one.exists()


def test_explaining_writes_nothing(empty: Workspace, tmp_path: Path) -> None:
    before = digests(empty)
    told = ingest.explain([made.timeline(tmp_path, "9000000001", POSTS)])
    assert counted(told) == (2, 2, 0, 0)
    assert told.files[0].format == "weibo-crawler"
    assert digests(empty) == before
    assert list((empty.path / "archive").rglob("*.csv")) == []


def test_two_processes_with_the_same_file_make_the_lake_of_one(tmp_path: Path) -> None:
    path = made.timeline(tmp_path, "9000000001", [(n, "2015-03-01", n, 0, 0) for n in range(1, 60)])
    alone, shared = (space.create(tmp_path / name) for name in ("alone", "shared"))
    ingest.ingest(alone, [path])
    code = (
        "import sys; from pathlib import Path; from jianwei.workspace import ingest, space\n"
        "sys.exit(ingest.ingest(space.open(sys.argv[1]), [Path(sys.argv[2])]).exit_code)"
    )
    line = [sys.executable, "-c", code, str(shared.path), str(path)]
    running = [subprocess.Popen(line) for _ in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    assert digests(shared) == digests(alone)
    assert len(shared.lake.imports()) == 1
