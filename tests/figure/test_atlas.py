"""Maps by province: every file is there and knows its own regions."""

from __future__ import annotations

import pytest

from jianwei.errors import RenderError
from jianwei.figure import atlas


def test_a_municipality_shows_its_districts() -> None:
    assert atlas.map_of("500000") == atlas.map_of("50") == "chongqing"
    found = atlas.regions("chongqing")
    assert len(found) == 38
    assert found["渝中区"] == "500103"


@pytest.mark.parametrize("adcode", ["", "000000", "500103", "510100", "810000"])
def test_no_map_is_better_than_a_wrong_one(adcode: str) -> None:
    assert not atlas.map_of(adcode)


@pytest.mark.parametrize("province", [f"{n:02d}" for n in range(11, 66)])
def test_a_map_knows_regions_of_its_own_province(province: str) -> None:
    name = atlas.map_of(province)
    if name:
        codes = set(atlas.regions(name).values())
        assert codes
        assert {code[:2] for code in codes} == {province}


def test_a_map_that_is_not_there_is_said() -> None:
    with pytest.raises(RenderError, match=r"atlantis\.json"):
        atlas.regions("atlantis")
