"""How much each account does: nothing where nothing is planned, planted amounts, equal where tied."""

from __future__ import annotations

import numpy as np
import pytest

from jianwei.demo.activity import Activity, activity, factor
from jianwei.demo.world import World


@pytest.fixture(scope="module")
def act(made_world: World) -> Activity:
    return activity(made_world.cast, made_world.aims, made_world.scale, np.random.default_rng(11))


def test_a_small_scale_spares_the_named_and_a_large_one_does_not_swell_them() -> None:
    assert factor(0.25) == 0.5
    assert factor(1.0) == factor(3.0) == 1.0


def test_two_accounts_publish_nothing_and_everybody_else_something(act: Activity, made_world: World) -> None:
    parts = made_world.cast.parts
    silent = set(np.flatnonzero(act.posts == 0).tolist())
    assert silent == {parts["silent"], parts["not_collected"]}


def test_the_tied_accounts_do_the_same(act: Activity, made_world: World) -> None:
    one, two = made_world.cast.parts["tie"], made_world.cast.parts["tie_too"]
    for name in ("posts", "original_share", "reposts", "comments", "likes"):
        assert getattr(act, name)[one] == getattr(act, name)[two]


def test_named_accounts_have_sums_of_their_own_and_others_share_the_rest(
    act: Activity, made_world: World
) -> None:
    weibo = made_world.cast.weibo
    assert np.all(act.reposts[act.fixed & weibo] > 0)
    assert np.all(act.reposts[~act.fixed] == 0)
    assert np.all(act.reposts[~weibo] == 0)


def test_a_stronger_account_does_more_of_everything(act: Activity, made_world: World) -> None:
    levels = made_world.cast.levels
    weibo = sorted((place for place in levels if made_world.cast.weibo[place]), key=lambda p: levels[p])
    weak, strong = weibo[0], weibo[-1]
    for name in ("posts", "original_share", "reposts", "comments", "likes"):
        assert getattr(act, name)[strong] > getattr(act, name)[weak]


def test_shares_and_rates_are_shares(act: Activity) -> None:
    for name in ("original_share", "like_rate", "declared"):
        values = getattr(act, name)
        assert float(values.min()) >= 0
        assert float(values.max()) <= 1
    assert int(act.articles.min()) >= 1
    assert int(act.articles.max()) <= 4
