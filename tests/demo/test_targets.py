"""The published totals belong to one seed at one scale; every other world has its own."""

from __future__ import annotations

import dataclasses

import pytest

from jianwei.demo.targets import DEFAULT_SEED, PUBLISHED, Targets, targets

_DRAWN = (
    "posts",
    "wechat_posts",
    "weibo_posts",
    "reposts",
    "comments",
    "original_share",
    "growth",
    "growing",
)


def test_the_default_seed_at_scale_1_has_the_published_totals() -> None:
    assert targets(DEFAULT_SEED, 1.0) is PUBLISHED
    assert PUBLISHED.exact
    assert (PUBLISHED.weibo_posts, PUBLISHED.reposts, PUBLISHED.comments) == (241_139, 393_009, 131_330)
    assert (PUBLISHED.original_share, PUBLISHED.growth, PUBLISHED.growing) == (0.4292, 0.152, 0.728)
    assert PUBLISHED.followers == 27_000_000
    accounts = PUBLISHED.weibo_accounts + PUBLISHED.wechat_accounts
    assert round(100 * PUBLISHED.six_systems / accounts, 2) == 16.63


@pytest.mark.parametrize(("seed", "scale"), [(DEFAULT_SEED, 0.5), (DEFAULT_SEED, 2.0), (1, 1.0), (7, 0.02)])
def test_another_world_has_totals_of_its_own(seed: int, scale: float) -> None:
    own = targets(seed, scale)
    assert not own.exact
    for name in _DRAWN:
        assert getattr(own, name) != getattr(PUBLISHED, name)


def test_the_same_seed_draws_the_same_and_others_draw_others() -> None:
    assert targets(3, 1.0) == targets(3, 1.0)
    drawn = {dataclasses.astuple(targets(seed, 0.5)) for seed in range(12)}
    assert len(drawn) == 12


def test_posts_of_both_platforms_fit_into_the_whole() -> None:
    for seed in range(12):
        own: Targets = targets(seed, 0.5)
        assert own.posts > own.weibo_posts + own.wechat_posts
        assert 0 < own.original_share < 1


@pytest.mark.parametrize("scale", [0.0, 0.009, 4.01, -1.0, float("nan"), float("inf")])
def test_a_scale_that_cannot_be_made_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match=r"0\.01 and 4"):
        targets(1, scale)


def test_the_ends_of_the_range_are_taken() -> None:
    assert not targets(DEFAULT_SEED, 0.01).exact
    assert not targets(DEFAULT_SEED, 4.0).exact
