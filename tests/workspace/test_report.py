"""Reports are frozen as editions, whole in one file, and never written over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jianwei.errors import RenderError
from jianwei.workspace import report
from jianwei.workspace.space import Workspace


def test_every_report_is_an_edition_of_its_own(small: Workspace, tmp_path: Path) -> None:
    first = report.report(small, "2015-03", out=tmp_path / "送审")
    content = (first.path / "report.html").read_bytes()
    second = report.report(small, "2015-03")
    assert (first.name, second.name) == ("2015-03-001", "2015-03-002")
    assert (first.path / "report.html").read_bytes() == content
    assert (tmp_path / "送审" / "report.html").read_bytes() == content
    manifest = json.loads((first.path / "manifest.json").read_text("utf-8"))
    assert manifest["lake_version"] == small.lake.version()
    assert manifest["roster_version"] == small.roster.version
    told = json.loads((first.path / "findings.json").read_text("utf-8"))
    assert {one["id"]: one["value"] for one in told}["S4.posts"] == 2


def test_the_page_needs_no_network_and_says_what_is_missing(small: Workspace) -> None:
    page = (report.report(small, "2015-03").path / "report.html").read_text("utf-8")
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page) == []
    assert "本报告的数据范围与缺口" in page
    assert "没有粉丝读数" in page or "粉丝" in page


def test_a_generated_one_is_marked_on_every_page(demo_space: Path) -> None:
    page = next(demo_space.glob("editions/*/report.html")).read_text("utf-8")
    assert page.count("合成数据，按公开报告的总量校准") >= 2
    assert "示意图" in page


def test_a_format_that_is_not_there_yet_is_refused(small: Workspace) -> None:
    with pytest.raises(RenderError, match="pptx"):
        report.report(small, "2015-03", formats=["pptx"])
    assert list(small.editions.iterdir()) == []


def test_every_format_is_frozen_in_one_edition(small: Workspace) -> None:
    edition = report.report(small, "2015-03", formats=report.FORMATS)
    assert set(edition.manifest["files"]) == {
        "report.html",
        "report.docx",
        "report.pdf",
        "report.xlsx",
        "findings.json",
    }
    assert (edition.path / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (edition.path / "report.docx").read_bytes().startswith(b"PK")
    only = report.report(small, "2015-03", formats=["docx"])
    assert set(only.manifest["files"]) == {"report.docx", "findings.json"}
