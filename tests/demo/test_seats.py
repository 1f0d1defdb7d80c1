"""How many accounts each district and system has: exact at scale 1, room for every part at any scale."""

from __future__ import annotations

import numpy as np
import pytest

from jianwei.demo import seats
from jianwei.demo.districts import DISTRICTS
from jianwei.demo.parts import PARTS
from jianwei.demo.targets import PUBLISHED, targets


@pytest.fixture(scope="module")
def whole() -> list[list[seats.Cell]]:
    return seats.plan(PUBLISHED, 1.0, np.random.default_rng(2))


def test_named_accounts_are_those_of_the_city_and_of_districts_own_organs() -> None:
    assert seats.NAMED_WEIBO == 39 + seats.SECOND_ACCOUNTS + 38 + 30
    assert seats.NAMED_WECHAT == 13 + 19 + 4


def test_at_scale_1_accounts_of_each_platform_are_exact(whole: list[list[seats.Cell]]) -> None:
    platforms = [p for row in whole for cell in row for _, held in cell.organs for p in held]
    assert platforms.count("微博") + seats.NAMED_WEIBO == PUBLISHED.weibo_accounts
    assert platforms.count("微信订阅号") + seats.NAMED_WECHAT == PUBLISHED.wechat_accounts


def test_at_scale_1_districts_have_accounts_in_the_order_that_is_planned(
    whole: list[list[seats.Cell]],
) -> None:
    held = {
        district.name: sum(len(platforms) for cell in row for _, platforms in cell.organs)
        + 1 + district.wechat + district.government + district.government_wechat
        for district, row in zip(DISTRICTS, whole, strict=True)
    }  # fmt: skip
    order = sorted(held, key=lambda name: -held[name])
    assert order[:4] == ["南岸区", "云阳县", "大渡口区", "合川区"]
    assert held[order[3]] > held[order[4]]


def test_an_organ_sits_once_in_its_cell(whole: list[list[seats.Cell]]) -> None:
    for row in whole:
        for cell in row:
            patterns = [organ.pattern for organ, _ in cell.organs]
            assert len(set(patterns)) == len(patterns)
            assert all(platforms for _, platforms in cell.organs)


@pytest.mark.parametrize("scale", [0.01, 0.05, 0.3, 1.0, 2.0, 4.0])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_part_has_its_organ_on_weibo_alone(seed: int, scale: float) -> None:
    plan = seats.plan(targets(seed, scale), scale, np.random.default_rng(seed))
    held = {
        (district.name, organ.pattern): platforms
        for district, row in zip(DISTRICTS, plan, strict=True)
        for cell in row
        for organ, platforms in cell.organs
    }
    for key in PARTS:
        assert held[key] == ("微博",)


def test_a_larger_scale_has_more_accounts() -> None:
    counts = [
        sum(len(p) for row in seats.plan(targets(3, scale), scale, np.random.default_rng(3)) for cell in row
            for _, p in cell.organs)
        for scale in (0.01, 0.1, 0.5, 1.0)
    ]  # fmt: skip
    assert counts == sorted(set(counts))
