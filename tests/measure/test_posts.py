"""posts.sql by hand: what is counted, which reading, which day, and what an unknown count does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import Source, World, account, half, post, search, timeline, unit

WEIBO = "weibo:1"


def row(folder: Path, *sources: Source, period: str = "2015H1", **rules: Any) -> dict[str, Any]:
    """Measures of the only account of a world."""
    uid, platform = sources[0].rows["readings"][0]["account_id"].split(":")[::-1]
    kind = {"weibo": "微博", "wechat": "微信订阅号"}[platform]
    world = World(folder, [unit("A")], [account("A", uid, kind)], sources=sources)
    (found,) = world.accounts(period, **rules).values()
    return found


def test_every_measure_of_weibo_by_hand(tmp_path: Path) -> None:
    found = row(
        tmp_path,
        half(
            "a",
            post(WEIBO, "2015-01-05T09:00", original=True, pictures=2, video=False, long_text=False,
                 reposts=10, comments=4, likes=1),
            post(WEIBO, "2015-01-05T18:00", original=False, pictures=0, video=False, long_text=False,
                 reposts=100, comments=50, likes=7),
            post(WEIBO, "2015-03-08T10:00", original=True, pictures=0, video=True, long_text=False,
                 reposts=0, comments=3, likes=0),
            post(WEIBO, "2015-06-30T23:59:59", original=True, pictures=0, video=False, long_text=True,
                 reposts=5, comments=0, likes=2),
        ),
    )  # fmt: skip
    wanted = {
        "source": "posts", "posts": 4, "originals": 3, "reposts": 115, "comments": 57, "likes": 10,
        "original_reposts": 15, "original_comments": 7, "max_likes": 7, "multimedia": 3, "active_days": 3,
        "response": 182, "censored_posts": 0,
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    unknown = ("reads", "max_reads", "wow", "shares", "headlines", "pushes", "declared_originals", "asked")
    assert {name: found[name] for name in unknown} == dict.fromkeys(unknown)


def test_every_measure_of_wechat_by_hand(tmp_path: Path) -> None:
    key = "wechat:gh_1"
    found = row(
        tmp_path,
        half(
            "a",
            post(key, "2015-02-01T08:00", headline=True, declared_original=True, reads=1000, likes=20, wow=5,
                 shares=9),
            post(key, "2015-02-01T08:00:01", headline=False, declared_original=False, reads=300, likes=2,
                 wow=1, shares=1),
            post(key, "2015-02-03T08:00", headline=True, declared_original=False, reads=100_001, likes=400,
                 wow=0, shares=50, censored="reads"),
        ),
    )  # fmt: skip
    wanted = {
        "posts": 3, "pushes": 2, "headlines": 2, "declared_originals": 1, "reads": 101_301,
        "max_reads": 100_001, "headline_reads": 101_001, "likes": 422, "max_likes": 400, "headline_likes": 420,
        "wow": 6, "max_wow": 5, "headline_wow": 5, "shares": 60, "max_shares": 50, "headline_shares": 59,
        "active_days": 2, "response": 488, "censored_posts": 1,
    }  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted


def test_the_period_is_half_open_at_its_end(tmp_path: Path) -> None:
    posts = [
        post(WEIBO, moment, reposts=10**place)
        for place, moment in enumerate(
            [
                "2014-12-31T23:59:59.999999",
                "2015-01-01T00:00",
                "2015-06-30T23:59:59.999999",
                "2015-07-01T00:00",
            ]
        )
    ]
    found = row(tmp_path, timeline("a", *posts))
    assert (found["posts"], found["reposts"]) == (2, 110)


def test_a_week_ends_before_the_midnight_after_it(tmp_path: Path) -> None:
    moments = ("2015-02-01T23:59:59.999999", "2015-02-02T00:00", "2015-01-26T00:00", "2015-01-25T23:59:59")
    posts = [post(WEIBO, moment, reposts=10**place) for place, moment in enumerate(moments)]
    found = row(tmp_path, timeline("a", *posts), period="2015W05")
    assert (found["posts"], found["reposts"], found["active_days"]) == (2, 101, 2)


def test_the_latest_reading_wins_whatever_the_order_of_import(tmp_path: Path) -> None:
    def seen(name: str, when: str, reposts: int | None, likes: int) -> Source:
        known = {"reposts": reposts} if reposts is not None else {}
        return half(name, post(WEIBO, "2015-03-01T10:00", seen=when, likes=likes, **known))

    sources = [
        seen("new", "2015-03-20", 7, 9),
        seen("old", "2015-03-02", 50, 5),
        seen("later, but knows only likes", "2015-04-01", None, 11),
    ]
    for place, order in enumerate((sources, sources[::-1])):
        found = row(tmp_path / str(place), *order)
        assert (found["posts"], found["reposts"], found["likes"]) == (1, 7, 11)


def test_a_declared_age_takes_the_reading_of_that_age_or_none(tmp_path: Path) -> None:
    sources = [
        half("first day", post(WEIBO, "2015-03-01T10:00", seen="2015-03-02T12:00", reposts=3)),
        half("a week", post(WEIBO, "2015-03-01T10:00", seen="2015-03-09", reposts=8)),
        half("at last", post(WEIBO, "2015-03-01T10:00", seen="2015-07-01", reposts=20)),
    ]
    assert row(tmp_path / "a", *sources)["reposts"] == 20
    assert row(tmp_path / "b", *sources, reading="24h")["reposts"] == 3
    assert row(tmp_path / "c", *sources, reading="7d")["reposts"] == 8
    assert row(tmp_path / "d", *sources, reading="30d")["reposts"] is None


def test_a_post_of_two_files_counts_once(tmp_path: Path) -> None:
    one = post(WEIBO, "2015-03-01T10:00", reposts=4)
    two = post(WEIBO, "2015-03-02T10:00", reposts=5)
    found = row(
        tmp_path, half("timeline", one, two), search("search", one), search("another search", two, one)
    )
    assert (found["posts"], found["reposts"], found["response"]) == (2, 9, 9)


def test_a_repost_counts_as_a_post_with_its_own_counts_and_never_as_an_original(tmp_path: Path) -> None:
    original = post(WEIBO, "2015-03-01T10:00", key="weibo:1001", original=True, reposts=6, comments=2)
    again = post(WEIBO, "2015-03-02T10:00", key="weibo:1002", original=False, repost_of="weibo:1001",
                 reposts=1, comments=0)  # fmt: skip
    found = row(tmp_path, half("a", original, again))
    wanted = {
        "posts": 2,
        "originals": 1,
        "reposts": 7,
        "original_reposts": 6,
        "comments": 2,
        "original_comments": 2,
    }
    assert {name: found[name] for name in wanted} == wanted


def test_unknown_counts_are_not_zeros(tmp_path: Path) -> None:
    known = [post(WEIBO, f"2015-03-{day:02d}", reposts=1, likes=1) for day in range(1, 20)]
    found = row(tmp_path / "95%", half("a", *known, post(WEIBO, "2015-03-20", likes=1)))
    assert (found["posts"], found["reposts"], found["likes"]) == (20, 19, 20)  # 19 of 20 known: just enough
    found = row(tmp_path / "90%", half("a", *known[1:], post(WEIBO, "2015-03-20"), post(WEIBO, "2015-03-21")))
    assert found["posts"] == 20
    assert (found["reposts"], found["likes"], found["response"]) == (None, None, None)
    found = row(tmp_path / "all", half("a", post(WEIBO, "2015-03-01", reposts=0)))
    assert (found["reposts"], found["comments"]) == (0, None)


def test_the_share_that_must_be_known_is_a_convention(tmp_path: Path) -> None:
    source = half("a", post(WEIBO, "2015-03-01", reposts=4), post(WEIBO, "2015-03-02"))
    assert row(tmp_path / "a", source)["reposts"] is None
    assert row(tmp_path / "b", source, known=0.5)["reposts"] == 4


def test_a_greatest_count_of_which_too_many_are_unknown_is_missing(tmp_path: Path) -> None:
    key = "wechat:gh_1"
    posts = [post(key, "2015-03-01", reads=5, likes=2, wow=1, shares=1)]
    posts += [post(key, f"2015-03-{day:02d}") for day in range(2, 12)]
    found = row(tmp_path, half("a", *posts))
    names = ("max_reads", "max_likes", "max_wow", "max_shares")
    assert {name: found[name] for name in names} == dict.fromkeys(names)


def test_responses_are_missing_where_one_kind_is_known_of_some_posts_only(tmp_path: Path) -> None:
    whole = [post(WEIBO, f"2015-03-{day:02d}", reposts=2, comments=1) for day in (1, 2)]
    assert row(tmp_path / "a", half("a", *whole))["response"] == 6  # likes were never collected
    mixed = [post(WEIBO, "2015-03-01", reposts=2, likes=90), post(WEIBO, "2015-03-02", reposts=2)]
    found = row(tmp_path / "b", half("a", *mixed))
    assert (found["reposts"], found["likes"], found["response"]) == (4, None, None)


def test_multimedia_is_missing_where_pictures_are_unknown(tmp_path: Path) -> None:
    plain = {"video": False, "long_text": False}
    found = row(
        tmp_path / "a", half("a", post(WEIBO, "2015-03-01", **plain), post(WEIBO, "2015-03-02", **plain))
    )
    assert found["multimedia"] is None
    clip = post(WEIBO, "2015-03-01", video=True)  # a film is multimedia, pictures or not
    assert row(tmp_path / "b", half("a", clip))["multimedia"] == 1
    assert row(tmp_path / "c", half("a", post(WEIBO, "2015-03-01", pictures=0)))["multimedia"] == 0


@pytest.mark.parametrize(("basis", "reads"), [("views", 30), ("users", None), ("any", 30)])
def test_reads_of_another_basis_are_missing(tmp_path: Path, basis: str, reads: int | None) -> None:
    found = row(
        tmp_path, half("a", post("wechat:gh_1", "2015-03-01", headline=True, reads=30)), read_basis=basis
    )
    assert (found["reads"], found["max_reads"], found["headline_reads"]) == (reads, reads, reads)


def test_reads_of_two_bases_never_mix(tmp_path: Path) -> None:
    views = post("wechat:gh_1", "2015-03-01", reads=30)
    users = post("wechat:gh_1", "2015-03-02", reads=20, read_basis="users")
    assert row(tmp_path, half("a", views, users))["reads"] is None


def test_hits_of_a_search_are_counted_as_fragments(tmp_path: Path) -> None:
    found = row(
        tmp_path, search("a", post(WEIBO, "2015-03-01", reposts=2), post(WEIBO, "2015-03-09", reposts=3))
    )
    assert (found["source"], found["grade"], found["share"]) == ("fragments", "fragments", None)
    assert (found["posts"], found["reposts"]) == (2, 5)
