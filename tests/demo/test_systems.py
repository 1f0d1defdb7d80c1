"""Systems and their organs: names that can be told apart, bureaus that exist."""

from __future__ import annotations

from collections import Counter

from jianwei.demo.cast import SIX_NAMES
from jianwei.demo.stars import MUNICIPAL
from jianwei.demo.systems import OTHERS, SIX


def test_systems_are_distinct_and_five_of_the_six_are_there() -> None:
    names = [system.name for system in (*SIX, *OTHERS)]
    assert len(set(names)) == len(names)
    assert {system.name for system in SIX} == set(SIX_NAMES) - {"外宣"}
    assert not {system.name for system in OTHERS} & set(SIX_NAMES)


def test_organs_are_named_after_their_district_and_told_apart() -> None:
    organs = [organ for system in (*SIX, *OTHERS) for organ in system.organs]
    for text in (Counter(organ.pattern for organ in organs), Counter(organ.word for organ in organs)):
        assert [name for name, count in text.items() if count > 1] == []
    assert all(organ.pattern.count("{r}") == 1 for organ in organs)
    assert all(organ.kind and organ.word for organ in organs)


def test_a_party_organ_does_not_carry_the_citys_name() -> None:
    patterns = {organ.word: organ.pattern for system in OTHERS for organ in system.organs}
    assert patterns["组工"] == "{r}委组织部"
    assert patterns["教育"] == "重庆市{r}教育委员会"


def test_bureaus_are_municipal_units() -> None:
    city = {star.name for star in MUNICIPAL}
    named = {system.bureau for system in (*SIX, *OTHERS)} - {""}
    assert named - city <= {"重庆市财政局"}
    assert len(named & city) > 25


def test_capacity_is_the_number_of_organs() -> None:
    assert [system.capacity for system in SIX] == [8, 4, 3, 3, 3]
    assert all(3 <= system.capacity <= 4 for system in OTHERS)
