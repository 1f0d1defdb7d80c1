"""WeChat articles as arrays: pushes of one to four, one headline each, 10万+ where planted."""

from __future__ import annotations

import numpy as np

from jianwei.demo.showcase import SHOWCASE, TEN_THOUSAND_PLUS
from jianwei.demo.wechat import CAP
from jianwei.demo.world import World


def test_a_push_has_one_account_one_time_and_places_without_gaps(made_world: World) -> None:
    told = made_world.articles
    for values in (told.account, told.at):
        assert len(set(zip(told.push.tolist(), values.tolist(), strict=True))) == len(set(told.push.tolist()))
    sizes = np.bincount(told.push)
    sizes = sizes[sizes > 0]
    assert 1 <= int(sizes.min()) <= int(sizes.max()) <= 4
    last = np.zeros(int(told.push.max()) + 1, dtype=np.int64)
    np.maximum.at(last, told.push, told.place)
    assert last[last > 0].tolist() == sizes.tolist()
    assert int(told.headline.sum()) == len(sizes)


def test_every_wechat_account_has_articles_and_no_other(made_world: World) -> None:
    wechat = np.flatnonzero(~made_world.cast.weibo)
    assert sorted(set(made_world.articles.account.tolist())) == wechat.tolist()


def test_reads_beyond_the_cap_are_those_that_are_planted(made_world: World) -> None:
    told = made_world.articles
    assert CAP == 100_001
    capped = {told.special[place] for place in np.flatnonzero(told.reads >= 100_000).tolist()}
    assert capped == set(TEN_THOUSAND_PLUS)
    assert int(told.reads.max()) == CAP


def test_the_showcase_stands_among_headlines_with_its_numbers(made_world: World) -> None:
    told, who = made_world.articles, made_world.cast
    wanted = [special for special in SHOWCASE if special.platform == "微信"]
    places = {special: place for place, special in told.special.items()}
    assert set(places) == {*wanted, *TEN_THOUSAND_PLUS}
    for special, place in places.items():
        assert told.headline[place]
        assert who.accounts[told.account[place]].name == special.account
        assert (told.reads[place], told.likes[place]) == (special.reads, special.likes)


def test_what_is_rounded_is_whole_hundreds_of_large_counts(made_world: World) -> None:
    told = made_world.articles
    assert np.all(told.reads[told.rounded] % 100 == 0)
    assert np.all(told.reads[told.rounded] >= 10_000)


def test_likes_never_pass_reads(made_world: World) -> None:
    told = made_world.articles
    assert np.all(told.likes <= told.reads)
    assert int(told.likes.min()) >= 0


def test_headlines_are_read_more(made_world: World) -> None:
    told = made_world.articles
    assert float(np.median(told.reads[told.headline])) > 1.5 * float(np.median(told.reads[~told.headline]))
