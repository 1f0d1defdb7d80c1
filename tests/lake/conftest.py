"""A lake of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.lake import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """An empty lake; one thread, so that small tests do not fight over cores."""
    return Lake.create(tmp_path / "lake", threads=1)
