"""The 38 districts are those of the period, with the people of the shipped preset."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from jianwei.demo.districts import DECIDED, DISTRICTS, RENAMED, UNSURVEYED, people, stem
from jianwei.roster.divisions import regions
from jianwei.roster.places import places
from jianwei.roster.populations import shipped


def test_there_are_38_in_order_of_code_and_half_of_them_have_wechat() -> None:
    codes = [district.adcode for district in DISTRICTS]
    assert len(codes) == 38
    assert codes == sorted(set(codes))
    assert sum(district.wechat for district in DISTRICTS) == 19


def test_codes_and_names_are_those_of_the_periods_end() -> None:
    known = places(regions().to_pylist())
    told = {district.adcode: known.name_on(district.adcode, date(2015, 6, 30)) for district in DISTRICTS}
    assert told == {district.adcode: district.name for district in DISTRICTS}


def test_accounts_of_districts_own_organs_come_to_91() -> None:
    own = Counter[str]()
    for district in DISTRICTS:
        own["宣传部微博"] += 1
        own["宣传部微信"] += district.wechat
        own["政府微博"] += district.government
        own["政府微信"] += district.government_wechat
    assert own.total() == 91


def test_those_without_wechat_by_decision_and_unsurveyed_have_none_planned() -> None:
    named = {district.name: district for district in DISTRICTS}
    for name in (DECIDED, UNSURVEYED):
        assert not named[name].wechat
        assert not named[name].government_wechat
    assert RENAMED[2] in named
    assert RENAMED[0] not in named


def test_leading_districts_by_accounts_and_by_reach() -> None:
    most = sorted(DISTRICTS, key=lambda district: -district.accounts)[:4]
    assert [district.name for district in most] == ["南岸区", "云阳县", "大渡口区", "合川区"]
    widest = sorted(DISTRICTS, key=lambda district: -district.reach)[:3]
    assert [district.name for district in widest] == ["大渡口区", "南岸区", "江津区"]


def test_people_are_those_of_the_preset_under_either_code() -> None:
    rows = {(row["adcode"], row["year"], row["kind"]): row["people"] for row in shipped().to_pylist()}
    assert people("500108") == rows["500108", 2014, "常住"]
    for district in DISTRICTS:
        assert 150_000 < people(district.adcode) < 2_000_000
    assert 29_000_000 < sum(people(district.adcode) for district in DISTRICTS) < 31_000_000


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("沙坪坝区", "沙坪坝"),
        ("彭水苗族土家族自治县", "彭水"),
        ("石柱土家族自治县", "石柱"),
        ("忠县", "忠县"),
        ("开县", "开县"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert stem(name) == short


def test_short_names_are_distinct() -> None:
    assert len({stem(district.name) for district in DISTRICTS}) == 38
