"""docs/映射.md cannot lie: its example is a mapping, and the words it names are those there are."""

from __future__ import annotations

import re
from pathlib import Path

from jianwei.intake import mapping_file
from jianwei.intake.mapping import words
from jianwei.intake.template import TEMPLATES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "映射.md"


def test_the_example_is_a_whole_mapping() -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    found, issues = mapping_file.read(example, "映射.toml")
    assert issues == []
    assert found is not None
    assert found.units == {"阅读（万）": 10_000}
    assert found.only == {"平台": "微信"}


def test_every_word_beyond_the_templates_is_named() -> None:
    page = PAGE.read_text("utf-8")
    for kind, template in TEMPLATES.items():
        own = {column.title for column in template.columns}
        assert [word for word in words(kind) if word not in own and f"`{word}`" not in page] == []
        assert template.title in page
