"""A finding does not change, and says all that CONTRACTS asks for."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from jianwei.finding.model import Finding


def test_a_finding_has_the_fields_of_the_contract() -> None:
    wanted = {
        "id",
        "value",
        "alt",
        "unit",
        "definition",
        "query",
        "rows",
        "recipe_hash",
        "lake_version",
        "roster_version",
    }
    assert wanted <= {field.name for field in fields(Finding)}


def test_a_finding_does_not_change() -> None:
    one = Finding("S4.posts", 3, "条", "发布数")
    with pytest.raises(FrozenInstanceError):
        one.value = 4  # type: ignore[misc]
