"""Named units: as many as published, and nobody carries a rank."""

from __future__ import annotations

import dataclasses

from jianwei.demo.districts import DISTRICTS
from jianwei.demo.stars import DISTRICT_STARS, GRASSROOTS_STARS, MUNICIPAL, Star, ordinary


def test_39_municipal_units_13_of_them_with_wechat() -> None:
    assert len(MUNICIPAL) == 39
    assert sum(star.wechat is not None for star in MUNICIPAL) == 13
    assert len({star.name for star in MUNICIPAL}) == 39
    assert len({star.weibo_name for star in MUNICIPAL}) == 39


def test_wechat_has_a_name_and_followers_exactly_where_it_has_a_level() -> None:
    for star in MUNICIPAL:
        assert bool(star.wechat_name) == bool(star.wechat_followers) == (star.wechat is not None)
        assert star.followers > 0


def test_levels_lie_between_nothing_and_the_best() -> None:
    levels = [star.weibo for star in MUNICIPAL] + [star.wechat for star in MUNICIPAL if star.wechat]
    levels += [level for _, _, *both, _, _ in DISTRICT_STARS.values() for level in both]
    levels += [level for _, level, _ in GRASSROOTS_STARS.values()]
    levels += [level for place in range(len(DISTRICTS)) for level in ordinary(place)]
    assert all(0 < level < 1 for level in levels)


def test_strength_is_told_by_magnitudes_and_never_by_a_rank() -> None:
    names = {field.name for field in dataclasses.fields(Star)}
    assert not {"rank", "place", "order", "position"} & names
    order = sorted(MUNICIPAL, key=lambda star: -star.weibo)
    assert [star.name for star in order] != [star.name for star in MUNICIPAL]


def test_named_districts_exist_and_lead_the_ordinary_ones() -> None:
    names = {district.name for district in DISTRICTS}
    assert set(DISTRICT_STARS) <= names
    assert {district for district, _ in GRASSROOTS_STARS} <= names
    best = max(level for place in range(len(DISTRICTS)) for level in ordinary(place))
    assert all(weibo >= best for _, _, weibo, _, _, _ in DISTRICT_STARS.values())
    assert len({ordinary(place) for place in range(38)}) == 38
