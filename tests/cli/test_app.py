"""Which workspace a command works on: -C, JIANWEI_SPACE, the nearest one; and who can do without."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.workspace import space
from tests.cli.conftest import Jianwei


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two empty workspaces."""
    return space.create(tmp_path / "one").path, space.create(tmp_path / "two").path


def test_the_option_wins_over_the_environment_and_that_over_the_folder(
    jianwei: Jianwei, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one, other = two
    monkeypatch.chdir(one / "inbox")
    assert jianwei("status", "--json").json["path"] == str(one)
    monkeypatch.setenv("JIANWEI_SPACE", str(other))
    assert jianwei("status", "--json").json["path"] == str(other)
    assert jianwei("-C", one, "status", "--json").json["path"] == str(one)
    monkeypatch.chdir(tmp_path)
    assert jianwei("-C", "one", "status", "--json").json["path"] == str(one)


def test_a_wrong_choice_is_never_passed_over(
    jianwei: Jianwei, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(two[0])
    for words in (("status",), ("recipes",), ("recipe", "check", "bci")):
        ran = jianwei("-C", tmp_path / "没有", *words)
        assert ran.code == 2
        assert "不是见微工作区" in ran.err
    monkeypatch.setenv("JIANWEI_SPACE", str(tmp_path))
    assert jianwei("recipes").code == 2


def test_methods_need_no_workspace_and_take_the_workspace_s_own(
    jianwei: Jianwei, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    origins = {row["name"]: row["origin"] for row in jianwei("recipes", "--json").json}
    assert origins["bci"] == "preset"
    (two[0] / "jianwei.toml").write_text("设置写坏了", "utf-8")
    monkeypatch.chdir(two[0])
    origins = {row["name"]: row["origin"] for row in jianwei("recipes", "--json").json}
    assert origins["bci"] == str(two[0] / "recipes" / "bci.toml")


def test_a_broken_settings_file_says_where(jianwei: Jianwei, two: tuple[Path, Path]) -> None:
    settings = two[0] / "jianwei.toml"
    for content, what in (
        (b"[report\n", "TOML"),
        ("[report]\ntitle = '\u7532'".encode("gb18030"), "UTF-8"),
        (b"[report]\ntitel = 1\n[conventions]\nknown = 3\n", "titel"),
    ):
        settings.write_bytes(content)
        ran = jianwei("-C", two[0], "status", "--json")
        assert ran.code == 2
        assert what in ran.json["error"] + ran.json["hint"]


def test_a_lost_lake_is_said(jianwei: Jianwei, two: tuple[Path, Path]) -> None:
    (two[0] / "lake").rename(two[0] / "away")
    ran = jianwei("-C", two[0], "status")
    assert ran.code == 2
    assert "数据湖" in ran.err


def test_the_version(jianwei: Jianwei) -> None:
    ran = jianwei("--version")
    assert ran.code == 0
    assert ran.out.startswith("见微 0.")
