"""Times of posts lie within what an account was open, ids tell the time as Weibo's do."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.demo import times
from jianwei.demo.days import H1_2015
from jianwei.demo.world import World
from jianwei.intake import weibo_id

_MIDS = st.integers(3_000_000_000_000_000, 4_999_999_999_999_999)


@given(st.lists(_MIDS, min_size=1, max_size=20))
def test_short_ids_are_those_that_intake_reads(mids: list[int]) -> None:
    made = times.bids(np.array(mids, dtype=np.int64)).tolist()
    assert [weibo_id.mid(word) for word in made] == [str(number) for number in mids]
    assert made == [weibo_id.bid(str(number)) for number in mids]


def test_ids_are_distinct_and_tell_the_second() -> None:
    at = np.repeat(times.seconds_of(date(2015, 3, 1)) + np.arange(50), 40).astype(np.int64)
    mids = times.mids(at, np.random.default_rng(1))
    assert len(set(mids.tolist())) == len(mids)
    assert all(len(str(mid)) == 16 for mid in mids.tolist())
    since = (mids >> 22) + 515_483_463 + 8 * 3600
    assert since.tolist() == at.tolist()


def test_a_public_post_fits_the_same_clock() -> None:
    # 3501756485200075 (z0JH2lOMb), from Weibo's own API documents of 2012
    seconds = (3501756485200075 >> 22) + 515_483_463 + 8 * 3600
    assert times.moment(seconds).year == 2012


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(2014, 2, 28), date(2015, 6, 30)])
def test_seconds_and_moments_are_inverse(day: date) -> None:
    assert times.moment(times.seconds_of(day)) == datetime(day.year, day.month, day.day)


def test_hours_are_those_of_offices() -> None:
    day = np.repeat(np.arange(181), 30)
    at = times.clock(day, H1_2015, np.random.default_rng(4))
    seconds = at - times.seconds_of(H1_2015[0]) - day * 86_400
    assert int(seconds.min()) >= 7.5 * 3600
    assert int(seconds.max()) < 22.6 * 3600
    assert float(np.mean((seconds > 9 * 3600) & (seconds < 18 * 3600))) > 0.7


def test_nobody_publishes_outside_the_days_that_it_was_open(made_world: World) -> None:
    accounts = made_world.cast.accounts
    for account, at in ((made_world.posts.account, made_world.posts.at),
                        (made_world.articles.account, made_world.articles.at)):  # fmt: skip
        days = at.astype("datetime64[s]").astype("datetime64[D]").astype(object)
        for place, day in zip(account.tolist(), days.tolist(), strict=True):
            opened, closed = accounts[place].opened, accounts[place].closed
            assert H1_2015[0] <= day <= H1_2015[1]
            assert opened is None or opened <= day
            assert closed is None or day < closed


def test_one_planted_account_is_silent_around_the_festival(made_world: World) -> None:
    first, last = (times.seconds_of(day) for day in times.GAP)
    mine = made_world.posts.account == made_world.cast.parts["festival_gap"]
    within = (made_world.posts.at >= first) & (made_world.posts.at < last + 86_400)
    assert int((mine & within).sum()) == 0
    assert int((mine & ~within).sum()) > 20
    assert int((within & ~mine).sum()) > 500


def test_named_accounts_show_the_whole_half_year(made_world: World) -> None:
    who = made_world.cast
    first, last = times.windows(who, H1_2015)
    for place in (place for place in who.levels if who.weibo[place]):
        at = made_world.posts.at[made_world.posts.account == place]
        day = (at - times.seconds_of(H1_2015[0])) // 86_400
        assert (day.min(), day.max()) == (first[place], last[place])
