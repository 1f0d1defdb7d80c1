"""Editions: numbered, complete or not there, never overwritten."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from jianwei.errors import RenderError
from jianwei.period import Period
from jianwei.report.edition import Edition, freeze, hashes

HALF = Period.parse("2015H1")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "made.html"
    path.write_text("<p>报告</p>", "utf-8")
    return path


def frozen(folder: Path, report: Path, period: Period = HALF) -> Edition:
    return freeze(folder, period, {"report.html": report}, "[]", {"lake": "9f3c"})


def test_an_edition_holds_files_findings_and_a_manifest_with_hashes(tmp_path: Path, report: Path) -> None:
    edition = frozen(tmp_path / "editions", report)
    assert edition.path == tmp_path / "editions" / "2015H1-001"
    manifest = json.loads((edition.path / "manifest.json").read_text("utf-8"))
    assert manifest["lake"] == "9f3c"
    assert manifest["edition"] == "2015H1-001"
    assert manifest["files"]["report.html"] == hashlib.sha256(report.read_bytes()).hexdigest()
    assert manifest["files"] == hashes(edition.path)
    assert set(manifest["files"]) == {"report.html", "findings.json"}


def test_numbers_go_on_by_period_and_old_editions_stay(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "editions"
    first = frozen(folder, report)
    before = hashes(first.path)
    report.write_text("<p>另一版</p>", "utf-8")
    assert frozen(folder, report).name == "2015H1-002"
    assert frozen(folder, report, Period.parse("2015-06")).name == "2015-06-001"
    assert hashes(first.path) == before


def test_a_removed_number_is_not_used_again_below_the_highest(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "editions"
    (folder / "2015H1-007").mkdir(parents=True)
    (folder / "2015H1-007" / "x").write_text("x")
    assert frozen(folder, report).name == "2015H1-008"


def test_a_period_is_not_taken_for_another_that_begins_alike(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "editions"
    frozen(folder, report, Period.parse("2015-06"))
    assert frozen(folder, report, Period.parse("2015")).name == "2015-001"


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "editions"
    with pytest.raises(RenderError, match="未能存入"):
        freeze(folder, HALF, {"report.html": tmp_path / "absent.html"}, "[]", {})
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../report.html", "manifest.json", "findings.json", "a/b.html", ""])
def test_names_that_leave_the_edition_are_refused(tmp_path: Path, report: Path, name: str) -> None:
    with pytest.raises(RenderError, match="不可用"):
        freeze(tmp_path / "editions", HALF, {name: report}, "[]", {})


def test_two_at_once_get_two_numbers(tmp_path: Path, report: Path) -> None:
    names: list[str] = []

    def run() -> None:
        names.append(frozen(tmp_path / "editions", report).name)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(names) == [f"2015H1-{number:03d}" for number in range(1, 7)]
