"""The small Chongqing and its ground, made once for the folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.finding import big
from tests.finding.city import City, lay
from tests.finding.oracle import Oracle


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    world = big.world(tmp_path_factory.mktemp("city"))
    with world.connect() as con:
        yield City(world, lay(con, world), Oracle(world))
