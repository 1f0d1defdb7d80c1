"""One small world and one whole demo workspace for all tests of the demo; nobody changes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jianwei.demo.world import World, world
from jianwei.workspace import space
from jianwei.workspace.demo import PERIOD, demo
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.findings import gather
from tests.demo.made import SCALE, SEED, Made


@pytest.fixture(scope="session")
def made_world() -> World:
    """Arrays only: who is there, what they published, how many follow."""
    return world(SEED, SCALE)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, made_world: World) -> Iterator[Made]:
    """The same world as a workspace: written, imported, its boards and findings computed."""
    folder = tmp_path_factory.mktemp("demo") / "city"
    done = demo(folder, seed=SEED, scale=SCALE)
    with Desk(space.open(folder), parsed(PERIOD)) as desk:
        yield Made(folder, made_world, done, desk, gather(desk))
