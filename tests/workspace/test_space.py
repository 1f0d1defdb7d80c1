"""Workspaces: made in an empty folder, found from below, written by one at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.workspace import space
from jianwei.workspace.space import Workspace


def test_a_new_workspace_has_settings_presets_and_an_empty_lake(empty: Workspace) -> None:
    assert (empty.path / "jianwei.toml").is_file()
    assert (empty.path / "recipes" / "wci-2.0.toml").is_file()
    assert (empty.path / "cohorts" / "district.toml").is_file()
    assert set(empty.lake.counts()["tables"].values()) == {0}
    with pytest.raises(DataError, match="台账"):
        _ = empty.roster


def test_nothing_is_made_over_what_is_there(tmp_path: Path, empty: Workspace) -> None:
    with pytest.raises(DataError, match="已经是见微工作区"):
        space.create(empty.path)
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "别的.txt").write_text("在", "utf-8")
    with pytest.raises(DataError, match="不是空目录"):
        space.create(tmp_path / "held")
    assert [path.name for path in (tmp_path / "held").iterdir()] == ["别的.txt"]
    with pytest.raises(DataError, match="不是空目录"):
        space.create(tmp_path / "held" / "别的.txt")


def test_a_folder_that_cannot_be_made_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataError, match="无法建立工作区"):
        space.create(tmp_path / "file" / "below")


def test_a_workspace_is_found_from_below_and_by_the_environment(
    empty: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANWEI_SPACE", raising=False)
    below = empty.path / "inbox"
    assert space.find(below).path == empty.path
    with pytest.raises(DataError, match="不是见微工作区") as raised:
        space.find(tmp_path)
    assert "jianwei init" in (raised.value.hint or "")
    monkeypatch.setenv("JIANWEI_SPACE", str(empty.path))
    assert space.find(tmp_path).path == empty.path


def test_opening_another_folder_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"没有 jianwei\.toml"):
        space.open(tmp_path)


def test_one_writes_at_a_time(empty: Workspace) -> None:
    with (
        empty.writing(),
        pytest.raises(DataError, match="另一个程序正在写"),
        space.open(empty.path).writing(patience=0.01),
    ):
        pass
    with empty.writing(patience=0.01):
        pass


def test_who_waits_for_another_writer_says_so(empty: Workspace) -> None:
    told: list[str] = []
    with (
        empty.writing(),
        pytest.raises(DataError, match="另一个程序正在写"),
        space.open(empty.path).writing(patience=0.01, progress=lambda doing, _=None: told.append(doing)),
    ):
        pass
    assert told == ["等待另一个程序写完"]


def test_a_folder_is_one_or_is_not(empty: Workspace, tmp_path: Path) -> None:
    assert space.is_one(empty.path)
    assert not space.is_one(tmp_path)
    assert space.nearest(empty.path / "inbox" / "深") == empty.path
    assert space.nearest(tmp_path) is None
