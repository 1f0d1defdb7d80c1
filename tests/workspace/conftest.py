"""A workspace of two units with a post or two, new for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.workspace import ingest, register, space
from jianwei.workspace.space import Workspace
from tests.workspace import made

POSTS = [(1, "2015-03-01", 5, 2, 1), (2, "2015-03-20", 7, 0, 3)]


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """A workspace that holds nothing yet."""
    return space.create(tmp_path / "space")


@pytest.fixture
def small(tmp_path: Path, empty: Workspace) -> Workspace:
    """Two units with an account each; only the first one's posts were collected."""
    book = made.register(
        tmp_path / "名册.xlsx",
        [("A", "甲局"), ("B", "乙局")],
        [("A", "账号001", "9000000001"), ("B", "账号002", "9000000002")],
    )
    register.import_files(empty, [book], actor="测试")
    ingest.ingest(empty, [made.timeline(tmp_path / "weibo", "9000000001", POSTS)])
    return empty
