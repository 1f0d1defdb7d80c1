"""`registry import|export|check|draft`: all or nothing on demand, and what may not be read or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.workspace import ingest, space
from jianwei.workspace.space import Workspace
from tests.cli.conftest import POSTS, Jianwei
from tests.workspace import made

GOOD = [("A", "甲局"), ("B", "乙局")]


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return space.create(tmp_path / "space")


def test_good_rows_are_taken_and_strict_takes_none(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path
) -> None:
    book = made.register(
        tmp_path / "名册.xlsx", GOOD, [("A", "账号", "9000000001"), ("无", "账号", "9000000002")]
    )
    ran = jianwei("-C", empty.path, "registry", "import", book, "--strict", "--json")
    assert (ran.code, ran.json["applied"]) == (1, False)
    assert not (empty.path / "roster" / "publications.jsonl").exists()
    ran = jianwei("-C", empty.path, "registry", "import", book, "--actor", "张三", "--why", "核对", "--json")
    assert (ran.code, ran.json["applied"]) == (1, True)
    assert ran.json["kinds"]["accounts"]["rejected"] == 1
    (issue,) = [issue for issue in ran.json["issues"] if issue["level"] == "error"]
    assert issue["row"] == 3
    assert "无" in issue["what"]
    assert empty.roster.version == ran.json["roster_version"]
    shown = jianwei("-C", empty.path, "registry", "import", book)
    assert shown.code == 1
    assert "退回 1" in shown.out
    assert "第 3 行" in shown.err


def test_export_comes_back_unchanged(jianwei: Jianwei, empty: Workspace, tmp_path: Path) -> None:
    book = made.register(tmp_path / "名册.xlsx", GOOD, [("A", "账号", "9000000001")])
    assert jianwei("-C", empty.path, "registry", "import", book).code == 0
    for name, pattern in (("出.xlsx", "出.xlsx"), ("出.csv", "出-[单账]*.csv")):
        told = jianwei("-C", empty.path, "registry", "export", tmp_path / name, "--json").json
        assert told["rows"] == {"units": 2, "accounts": 1, "openings": 0}
        files = sorted(tmp_path.glob(pattern))
        again = jianwei("-C", empty.path, "registry", "import", *files, "--json")
        assert again.code == 0
        assert {tally["unchanged"] == tally["read"] for tally in again.json["kinds"].values()} == {True}


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("没有.xlsx", None, "没有文件"),
        ("空.csv", b"", "空文件"),
        ("乱.xlsx", bytes(range(256)) * 8, "不是 Excel"),
        ("别的.csv", "姓名,年龄\n甲,3\n".encode(), "表头"),
    ],
)
def test_what_is_no_register_is_refused(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path, name: str, content: bytes | None, what: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = jianwei("-C", empty.path, "registry", "import", tmp_path / name, "--json")
    assert ran.code == 2
    assert what in ran.json["error"]


@pytest.mark.parametrize("command", ["export", "draft"])
def test_where_nothing_can_be_written_is_said(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path, command: str
) -> None:
    ingest.ingest(empty, [made.timeline(tmp_path, "9000000001", POSTS)])
    (tmp_path / "文件").touch()
    (tmp_path / "目录.xlsx").mkdir()
    for target, what in (
        (tmp_path / "出.doc", ".doc"),
        (tmp_path / "文件" / "出.xlsx", "文件"),
        (tmp_path / "目录.xlsx", "目录"),
    ):
        ran = jianwei("-C", empty.path, "registry", command, target)
        assert (ran.code, ran.out) == (2, "")
        assert what in ran.err


def test_a_draft_is_written_only_where_somebody_is_unknown(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "底稿.xlsx"
    assert jianwei("-C", empty.path, "registry", "draft", target, "--json").json["accounts"] == 0
    assert not target.exists()
    ingest.ingest(empty, [made.timeline(tmp_path, "9000000001", POSTS)])
    told = jianwei("-C", empty.path, "registry", "draft", target, "--json").json
    assert told == {"path": str(target), "accounts": 1}
    assert target.is_file()


def test_check_ends_with_1_where_a_person_must_look(
    jianwei: Jianwei, empty: Workspace, tmp_path: Path
) -> None:
    assert jianwei("-C", empty.path, "registry", "check", "--json").json == []
    accounts = [("A", "账号一", "9000000001"), ("A", "账号二", "9000000002")]
    jianwei("-C", empty.path, "registry", "import", made.register(tmp_path / "名册.xlsx", GOOD, accounts))
    ran = jianwei("-C", empty.path, "registry", "check", "--json")
    assert ran.code == 1
    assert "warning" in {issue["level"] for issue in ran.json}
    assert "需要人工确认" in jianwei("-C", empty.path, "registry", "check").out


def test_a_broken_database_is_said(jianwei: Jianwei, empty: Workspace) -> None:
    (empty.path / "jianwei.sqlite3").write_bytes(b"not a database at all" * 100)
    ran = jianwei("-C", empty.path, "registry", "check")
    assert ran.code == 2
    assert "jianwei.sqlite3" in ran.err
