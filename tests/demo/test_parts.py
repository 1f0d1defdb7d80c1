"""Planted parts: each has a district and an organ that exist, and none is played twice."""

from __future__ import annotations

from collections import Counter

from jianwei.demo.districts import DISTRICTS
from jianwei.demo.parts import PARTS
from jianwei.demo.systems import OTHERS, SIX


def test_every_part_is_played_once_in_a_district_by_an_organ_that_exists() -> None:
    assert Counter(PARTS.values()).most_common(1)[0][1] == 1
    patterns = {organ.pattern for system in (*SIX, *OTHERS) for organ in system.organs}
    districts = {district.name for district in DISTRICTS}
    for name, pattern in PARTS:
        assert name in districts
        assert pattern in patterns


def test_the_parts_that_a_world_leans_on_are_all_there() -> None:
    assert set(PARTS.values()) == {
        "tie", "tie_too", "opened_in_march", "silent", "totals_only", "not_collected", "viral",
        "festival_gap", "closed", "star",
    }  # fmt: skip


def test_the_tied_units_stand_in_one_district() -> None:
    places = {part: district for (district, _), part in PARTS.items()}
    assert places["tie"] == places["tie_too"]
