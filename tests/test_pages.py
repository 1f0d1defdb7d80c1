"""Every preset has a page that says what the recipe says."""

from __future__ import annotations

import pytest

from tests.pages import FOLDER, names, page


@pytest.mark.parametrize("name", names())
def test_a_page_is_that_of_its_recipe(name: str) -> None:
    assert (FOLDER / f"{name}.md").read_text("utf-8") == page(name), "uv run python -m tests.pages"


def test_no_page_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == names()
