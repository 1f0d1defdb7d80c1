"""The page of formats says what the readers do with real files and with files of our own."""

from __future__ import annotations

from pathlib import Path

from tests.formats import PAGE, page


def test_the_page_is_what_the_readers_do(shared: Path) -> None:
    assert shared.is_dir()
    assert PAGE.read_text("utf-8") == page(), "stale: run `uv run python -m tests.formats`"
