"""What forms say against what is seen in public: only what cannot be is an error."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import DataError
from jianwei.forms import public, tolerance
from jianwei.forms.public import Known
from jianwei.period import Period
from tests.world import World, account, follower, form, post, profiles, search, timeline, total, unit

JUNE = Period.parse("2015-06")
SEEN = Known(
    {"posts": 100, "originals": 60, "reposts": 1_000}, None, 20_000, datetime(2015, 6, 29), whole=True
)


@pytest.mark.parametrize(
    ("stated", "listed", "expected"),
    [
        ({"posts": 100, "reposts": 1_000, "followers": 20_000}, 0, []),
        ({"posts": None, "reposts": None, "followers": None}, 0, []),
        ({"posts": 98}, 0, []),
        ({"posts": 97}, 0, [("posts", "below_public", "error")]),
        ({"posts": 0}, 0, [("posts", "below_public", "error")]),
        ({"posts": 150}, 0, []),
        ({"posts": 151}, 0, [("posts", "above_public", "warning")]),
        ({"posts": 200}, 190, []),
        ({"originals": 50}, 0, [("originals", "below_public", "warning")]),
        ({"reposts": 700}, 0, []),
        ({"reposts": 699}, 0, [("reposts", "below_public", "warning")]),
        ({"reposts": 99_999}, 0, []),
        ({"followers": 24_000}, 0, []),
        ({"followers": 15_999}, 0, [("followers", "far_from_public", "warning")]),
        ({"followers": 24_001}, 0, [("followers", "far_from_public", "warning")]),
    ],
)
def test_what_contradicts(stated: dict[str, int | None], listed: int, expected: list[Any]) -> None:
    found = public.compare(stated, SEEN, tolerance.load(), listed=listed)
    assert [(doubt.field, doubt.code, doubt.level) for doubt in found] == expected


def test_more_posts_than_seen_say_nothing_where_not_all_were_seen() -> None:
    part = Known({"posts": 10})
    assert public.compare({"posts": 500, "followers": 9}, part, tolerance.load()) == []


def test_what_the_lake_knows(tmp_path: Path) -> None:
    key = "weibo:1"
    place = World(
        tmp_path, [unit("A")], [account("A", "1"), account("A", "2")],
        sources=[
            timeline("a", post(key, "2015-06-01", original=True, reposts=2), post(key, "2015-06-29", reposts=3),
                     post(key, "2015-07-01", original=True)),
            search("b", post("weibo:2", "2015-06-05", reposts=1)),
            profiles("f", follower(key, "2015-06-20", 5), follower(key, "2015-07-02", 7), follower(key, "2015-05-01", 1)),
        ],
    )  # fmt: skip
    with place.connect() as con:
        found = public.known(con, JUNE, place.roster.accounts.to_pylist(), 31)
    one, other = found[key, "2015-06"], found["weibo:2", "2015-06"]
    assert one.counts == {"posts": 2, "reposts": 5}  # of one post it is not known whether it is original
    assert (one.followers, one.whole, one.seen_on) == (7, True, "2015-07-02")
    assert (other.counts, other.followers, other.whole) == ({"posts": 1, "reposts": 1}, None, False)
    assert set(found) == {(key, "2015-06"), ("weibo:2", "2015-06")}


def test_what_was_said_before_is_the_newest_of_the_month(tmp_path: Path) -> None:
    key = "weibo:1"
    place = World(
        tmp_path, [unit("A")], [account("A", "1")],
        sources=[
            form("v", total(key, "2015-06", posts=9), total(key, "2015H1", posts=60)),
            form("w", total(key, "2015-06", posts=8, seen="2015-07-02")),
        ],
    )  # fmt: skip
    with place.connect() as con:
        assert public.stated(con, JUNE) == {}  # no form of ours
        found = public.stated(con, JUNE, by_forms=False)
    assert {month: row["posts"] for month, row in found.items()} == {(key, "2015-06"): 8}


def test_tolerance_can_be_changed_for_a_workspace(tmp_path: Path) -> None:
    (tmp_path / tolerance.FILE).write_text("posts_fewer = 40\n", "utf-8")
    own = tolerance.load(tmp_path)
    assert own.allowed("posts_fewer", 100) == 40
    assert own.allowed("followers_apart", 20_000) == 4_000
    assert tolerance.load(tmp_path / "none") == tolerance.load()


@pytest.mark.parametrize(
    "text",
    [
        "posts_fewwer = 1",
        "posts_fewer = -1",
        'posts_fewer = "1"',
        "posts_fewer = nan",
        "=",
        "posts_fewer = true",
    ],
)
def test_a_wrong_tolerance_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / tolerance.FILE).write_text(text, "utf-8")
    with pytest.raises(DataError, match="tolerance"):
        tolerance.load(tmp_path)


def test_days_of_readings_are_told() -> None:
    assert Known().seen_on == ""
    assert (
        Known({"posts": 1}, datetime(2015, 7, 3), 5, datetime(2015, 6, 30)).seen_on
        == date(2015, 7, 3).isoformat()
    )
    assert Known({"posts": 1}, None, 5).told == {"followers": 5, "posts": 1}
