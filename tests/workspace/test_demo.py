"""The demo verb: ordinary road, truth beside the folder, nothing written over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.workspace import space
from jianwei.workspace.demo import demo


def test_it_is_an_ordinary_workspace_with_its_sources(demo_space: Path) -> None:
    made = space.open(demo_space)
    assert made.settings.synthetic
    assert (demo_space / "sources" / "名册.xlsx").is_file()
    assert [path.name for path in made.editions.iterdir()] == ["2015H1-001"]
    assert made.lake.counts()["tables"]["quarantine"] > 0
    truth = json.loads(demo_space.with_name("space.truth.json").read_text("utf-8"))
    assert (truth["seed"], truth["scale"]) == (5, 0.01)


def test_a_folder_that_holds_something_is_left_alone(demo_space: Path) -> None:
    with pytest.raises(DataError, match="已经是见微工作区"):
        demo(demo_space)


def test_one_that_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jianwei.workspace.ingest.ingest", broken)
    with pytest.raises(KeyboardInterrupt):
        demo(tmp_path / "space", seed=5, scale=0.01)
    assert list(tmp_path.iterdir()) == []
