"""Followers near three days: the wanted growth, the wanted share of units that grew, no number made up."""

from __future__ import annotations

from datetime import date

import numpy as np

from jianwei.demo.audience import DAYS, NONE, audience
from jianwei.demo.cast import cast
from jianwei.demo.targets import targets
from jianwei.demo.world import World


def test_readings_are_near_the_ends_of_three_half_years() -> None:
    assert (date(2014, 6, 30), date(2014, 12, 31), date(2015, 6, 30)) == DAYS


def test_who_was_not_open_yet_or_never_read_has_no_reading(made_world: World) -> None:
    who, read = made_world.cast, made_world.followers
    opened = np.array([account.opened for account in who.accounts])
    assert np.all(read.start[opened >= DAYS[1]] == NONE)
    assert np.all(read.before[opened >= DAYS[0]] == NONE)
    unread = {who.parts["not_collected"], who.parts["closed"]}
    assert set(np.flatnonzero(read.end == NONE).tolist()) == unread
    for counts in (read.before, read.start, read.end):
        assert np.all((counts > 0) | (counts == NONE))


def test_growth_on_the_year_before_is_exact_over_the_panel(made_world: World) -> None:
    who, read = made_world.cast, made_world.followers
    panel = who.weibo & who.open_at_end & (read.before != NONE) & (read.end != NONE)
    end, before = int(read.end[panel].sum()), int(read.before[panel].sum())
    assert before == round(end / (1 + made_world.aims.growth))


def test_share_of_growing_units_is_the_nearest_one_can_get() -> None:
    aims, rng = targets(3, 0.3), np.random.default_rng(3)
    who = cast(aims, 0.3, rng)
    read = audience(who, aims, 0.3, rng)
    panel = who.weibo & who.open_at_end & (read.start != NONE) & (read.end != NONE)
    unit, size = np.array(who.of)[panel], len(who.units)
    grown = np.bincount(unit, read.end[panel], size) > np.bincount(unit, read.start[panel], size)
    units = np.unique(unit)
    assert len(units) > 300
    assert abs(int(grown[units].sum()) - aims.growing * len(units)) <= 0.5


def test_named_accounts_have_the_followers_they_are_given(made_world: World) -> None:
    who, read = made_world.cast, made_world.followers
    assert who.followers
    assert {place: int(read.end[place]) for place in who.followers} == who.followers


def test_the_tied_accounts_have_the_same_at_every_reading(made_world: World) -> None:
    one, two = made_world.cast.parts["tie"], made_world.cast.parts["tie_too"]
    for counts in (made_world.followers.before, made_world.followers.start, made_world.followers.end):
        assert counts[one] == counts[two] != NONE


def test_what_is_written_short_is_a_whole_number_of_thousands(made_world: World) -> None:
    read = made_world.followers
    assert read.shortened.any()
    assert np.all(read.end[read.shortened] % 1000 == 0)
    assert np.all(read.end[read.shortened] >= 10_000)


def test_districts_own_accounts_have_the_wanted_sum(made_world: World) -> None:
    own = made_world.cast.district_main
    assert int(made_world.followers.end[own].sum()) == made_world.aims.district_followers
