"""Progress: what long work says of itself."""

from __future__ import annotations

from pathlib import Path

from jianwei.workspace import ingest
from jianwei.workspace.progress import silent
from jianwei.workspace.space import Workspace
from tests.workspace import made
from tests.workspace.conftest import POSTS


def test_ingest_tells_what_it_reads_and_how_far_it_is(empty: Workspace, tmp_path: Path) -> None:
    told: list[tuple[str, float | None]] = []
    path = made.timeline(tmp_path, "9000000001", POSTS)
    ingest.ingest(empty, [path], progress=lambda doing, done=None: told.append((doing, done)))
    assert any(path.name in doing for doing, _ in told)
    assert next(done for _, done in told if done is not None) == 0
    assert silent("什么也不说") is None  # type: ignore[func-returns-value]  # that is the point
