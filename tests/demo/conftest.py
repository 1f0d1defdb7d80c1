"""One small world and one whole demo workspace for all tests of the demo; nobody changes them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from jianwei.demo.world import World, world
from jianwei.workspace import findings, space
from jianwei.workspace.demo import PERIOD, demo
from jianwei.workspace.findings import Found
from jianwei.workspace.space import Workspace

SEED, SCALE = 7, 0.02


@dataclass(frozen=True)
class Made:
    """A demo workspace: its folder, the world it was written from, the truth beside it, its findings."""

    folder: Path
    world: World
    done: dict[str, Any]

    @cached_property
    def space(self) -> Workspace:
        return space.open(self.folder)

    @cached_property
    def truth(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.done["truth"].read_text("utf-8"))
        return told

    @cached_property
    def found(self) -> Found:
        return findings.compute(self.space, PERIOD)

    @property
    def sources(self) -> Path:
        return self.folder / "sources" / "sources"


@pytest.fixture(scope="session")
def made_world() -> World:
    """The world of the default tests: arrays only, half a second."""
    return world(SEED, SCALE)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, made_world: World) -> Made:
    """The same world as a workspace: written, imported, reported."""
    folder = tmp_path_factory.mktemp("demo") / "city"
    return Made(folder, made_world, demo(folder, seed=SEED, scale=SCALE))
