"""`findings`, `report`, `demo`: editions are frozen, copies are made where they can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.workspace import space
from jianwei.workspace.space import Workspace
from tests.cli.conftest import Jianwei
from tests.workspace import made


@pytest.fixture
def small(tmp_path: Path, jianwei: Jianwei) -> Workspace:
    """A workspace with a roster and nothing else."""
    opened = space.create(tmp_path / "space")
    book = made.register(tmp_path / "名册.xlsx", [("A", "甲局")], [("A", "账号", "9000000001")])
    jianwei("-C", opened.path, "registry", "import", book)
    return opened


def test_findings_without_a_value_have_a_reason(jianwei: Jianwei, small: Workspace) -> None:
    found = jianwei("-C", small.path, "findings", "--period", "2015-03", "--json").json
    missing = {one["id"]: one for one in found if one["value"] is None}
    assert {"S4.posts", "G1", "W.picks"} <= missing.keys()
    assert all((one["absent"] and one["absent"] in one["text"]) or one["text"] for one in missing.values())
    shown = jianwei("-C", small.path, "findings", "--period", "2015-03")
    assert shown.code == 0
    assert len(shown.out.splitlines()) == len(found)


def test_a_report_is_an_edition_and_its_copy(jianwei: Jianwei, small: Workspace, tmp_path: Path) -> None:
    told = jianwei(
        "-C", small.path, "report", "--period", "2015-03", "--out", tmp_path / "出" / "下", "--json"
    )
    assert (told.code, told.err) == (0, "")
    assert told.json["edition"] == "2015-03-001"
    edition = Path(told.json["path"])
    names = {"findings.json", "manifest.json", "report.html"}
    assert {path.name for path in edition.iterdir()} >= names
    for name in names:
        assert (tmp_path / "出" / "下" / name).read_bytes() == (edition / name).read_bytes()
    assert json.loads((edition / "manifest.json").read_text("utf-8")) == told.json["manifest"]
    assert "2015-03-002" in jianwei("-C", small.path, "report", "--period", "2015-03").out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--format", "pptx"), "pptx"),
        (("--format", " , "), "html"),
        (("--format", "html,word"), "word"),
        (("--out", "{file}"), "是文件"),
        (("--period", "2015-00"), "2015-00"),
    ],
)
def test_nothing_is_issued_where_a_word_is_wrong(
    jianwei: Jianwei, small: Workspace, tmp_path: Path, words: tuple[str, ...], what: str
) -> None:
    (tmp_path / "文件").touch()
    given = [word.format(file=tmp_path / "文件") for word in words]
    ran = jianwei("-C", small.path, "report", "--period", "2015-03", *given)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert list(small.editions.iterdir()) == []


def test_a_copy_that_fails_leaves_the_edition_and_says_where_it_is(
    jianwei: Jianwei, small: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "文件").touch()
    ran = jianwei("-C", small.path, "report", "--period", "2015-03", "--out", tmp_path / "文件" / "下")
    assert ran.code == 2
    assert "2015-03-001" in ran.err
    assert (small.editions / "2015-03-001" / "report.html").is_file()


def test_the_demo_makes_nothing_where_something_is(
    jianwei: Jianwei, tmp_path: Path, demo_space: Path
) -> None:
    (tmp_path / "有").mkdir()
    (tmp_path / "有" / "文件").touch()
    for folder in (tmp_path / "有", demo_space):
        ran = jianwei("demo", folder, "--json")
        assert ran.code == 2
        assert ran.json["ok"] is False
    assert [path.name for path in (tmp_path / "有").iterdir()] == ["文件"]
