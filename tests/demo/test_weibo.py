"""Weibo posts as arrays: in order, ids distinct, originals exact, planted posts and their medians."""

from __future__ import annotations

import numpy as np

from jianwei.demo.days import H1_2014
from jianwei.demo.showcase import MURDER, SHOWCASE, VIRAL
from jianwei.demo.times import seconds_of
from jianwei.demo.weibo import FORMS, WeiboPosts
from jianwei.demo.world import World


def _response(posts: WeiboPosts) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = posts.reposts + posts.comments + posts.likes
    return found


def _place(made: World, special: object) -> int:
    return next(place for place, one in made.posts.special.items() if one is special)


def test_posts_stand_by_account_and_time_with_distinct_ids(made_world: World) -> None:
    for posts in (made_world.posts, made_world.earlier):
        order = np.lexsort((posts.at, posts.account))
        assert order.tolist() == list(range(len(posts)))
        assert len(set(posts.mid.tolist())) == len(posts)
        for values in (posts.reposts, posts.comments, posts.likes):
            assert int(values.min()) >= 0
        assert set(posts.form.tolist()) <= set(range(len(FORMS)))
    assert not set(made_world.posts.mid.tolist()) & set(made_world.earlier.mid.tolist())


def test_only_weibo_accounts_post_and_two_of_them_never(made_world: World) -> None:
    who = made_world.cast
    posting = set(made_world.posts.account.tolist())
    weibo = set(np.flatnonzero(who.weibo).tolist())
    assert weibo - posting == {who.parts["silent"], who.parts["not_collected"]}
    assert posting <= weibo


def test_originals_have_the_wanted_share_over_the_analysed(made_world: World) -> None:
    mine = made_world.cast.analysed[made_world.posts.account]
    share = float(made_world.posts.original[mine].mean())
    assert abs(share - made_world.aims.original_share) <= 3 / int(mine.sum())


def test_the_showcase_stands_among_the_posts_with_its_numbers(made_world: World) -> None:
    posts, who = made_world.posts, made_world.cast
    wanted = [special for special in (*SHOWCASE, VIRAL) if special.platform == "微博"]
    assert len(posts.special) == len(wanted) + 1
    for special in wanted:
        place = _place(made_world, special)
        assert posts.original[place]
        assert FORMS[posts.form[place]] == special.form
        assert (posts.reposts[place], posts.comments[place], posts.likes[place]) == (
            special.reposts, special.comments, special.likes,
        )  # fmt: skip
        if special is not VIRAL:
            assert who.accounts[posts.account[place]].name == special.account
        assert abs(int(posts.at[place]) - seconds_of(special.day)) < 21 * 86_400


def test_the_murder_has_a_thousand_times_the_median_of_its_account(made_world: World) -> None:
    posts, place = made_world.posts, _place(made_world, MURDER)
    mine = posts.account == posts.account[place]
    mine[place] = False
    middle = max(1, int(np.median(_response(posts)[mine])))
    assert int(_response(posts)[place]) == 1000 * middle
    assert int(_response(posts)[place]) > int(_response(posts)[mine].max())


def test_the_viral_post_outdoes_all_others_of_its_account_together(made_world: World) -> None:
    posts, place = made_world.posts, _place(made_world, VIRAL)
    assert posts.account[place] == made_world.cast.parts["viral"]
    mine = posts.account == posts.account[place]
    mine[place] = False
    assert int(posts.reposts[place]) > 10 * int(posts.reposts[mine].sum())


def test_the_tied_accounts_have_the_same_posts_but_for_their_times(made_world: World) -> None:
    posts, parts = made_world.posts, made_world.cast.parts
    one, two = (posts.account == parts[name] for name in ("tie", "tie_too"))
    assert int(one.sum()) > 20
    for name in ("original", "form", "reposts", "comments", "likes"):
        assert getattr(posts, name)[one].tolist() == getattr(posts, name)[two].tolist()
    assert posts.at[one].tolist() != posts.at[two].tolist()


def test_february_is_below_january_and_june_the_most(made_world: World) -> None:
    month = made_world.posts.at.astype("datetime64[s]").astype("datetime64[M]").astype(int) % 12
    counts = np.bincount(month, minlength=6)
    assert counts[1] < counts[0]
    assert counts[1] == counts.min()
    assert counts[5] > counts[1] * 1.1


def test_the_year_before_has_fewer_posts_and_fewer_pictures_that_explain(made_world: World) -> None:
    earlier, posts, who = made_world.earlier, made_world.posts, made_world.cast
    assert set(earlier.account.tolist()) <= {place for place in who.levels if who.weibo[place]}
    then = np.isin(posts.account, earlier.account)
    assert len(earlier) < int(then.sum())
    assert int(earlier.at.min()) >= seconds_of(H1_2014[0])
    assert int(earlier.at.max()) < seconds_of(H1_2014[1]) + 86_400
    explains = FORMS.index("一图解说")
    assert float((earlier.form == explains).mean()) < 0.7 * float((posts.form[then] == explains).mean())


def test_about_half_has_media_and_pictures_lead(made_world: World) -> None:
    form = made_world.posts.form
    media = form > 0
    assert 0.4 < float(media.mean()) < 0.6
    pictures = np.isin(form, [FORMS.index("图片"), FORMS.index("长微博")])
    assert float(pictures.sum() / media.sum()) > 0.85
