"""Two periods: ranks within the constant panel, reasons, entries and exits, sums on whole accounts only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jianwei.leaderboard.comparison import compare, totals
from tests.leaderboard.made import recipe
from tests.leaderboard.test_why import TWO, card


def test_ranks_are_within_the_panel_and_entries_stand_apart() -> None:
    """C left and D came: A and B only change places with each other."""
    before = card(TWO, {"C": (900, 900), "A": (500, 200), "B": (100, 200)})
    after = card(TWO, {"A": (500, 200), "B": (700, 300), "D": (600, 250)})
    found = compare(before, after, {code: code for code in "ABC"})
    assert [(one.code, one.rank_before, one.rank, one.shift) for one in found.moved] == [
        ("B", 2, 1, 1),
        ("A", 1, 2, -1),
    ]
    assert found.mean_shift == 1
    assert (found.entries, found.exits) == ((("D", "当时不在参评范围"),), (("C", "当时不在参评范围"),))
    first, second = found.moved
    assert first.gain == pytest.approx(20 + 20 / 3)
    assert dict(first.reasons) == pytest.approx({"weibo_1": 20, "weibo_2": 20 / 3})
    assert [title for title, _ in first.reasons] == ["weibo_1", "weibo_2"]
    assert (second.gain, second.reasons) == (pytest.approx(0), ())


def test_who_was_unranked_is_no_part_of_the_panel_and_the_reason_is_told() -> None:
    before = card(TWO, {"A": (500, None), "B": (100, 200)})
    after = card(TWO, {"A": (500, 200), "B": (100, 200)})
    found = compare(before, after, {"A": "A", "B": "B"})
    assert [one.code for one in found.moved] == ["B"]
    ((unit, reason),) = found.entries
    assert unit == "A"
    assert "有效权重" in reason


def test_a_unit_that_took_over_another_is_compared_with_it() -> None:
    before = card(TWO, {"old": (100, 100), "B": (500, 500)})
    after = card(TWO, {"new": (600, 600), "B": (500, 500)})
    found = compare(before, after, {"old": "new", "B": "B"})
    assert [(one.code, one.shift) for one in found.moved] == [("new", 1), ("B", -1)]
    assert (found.entries, found.exits) == ((), ())


def test_scores_that_hang_on_others_are_not_subtracted() -> None:
    made = recipe("reposts")
    relative = replace(
        made,
        nodes={code: replace(node, low=None, high=None, scale="minmax") if node.is_leaf else node
               for code, node in made.nodes.items()},
    )  # fmt: skip
    before = card(relative, {"A": (1, 0), "B": (3, 0)})
    after = card(relative, {"A": (4, 0), "B": (3, 0)})
    found = compare(before, after, {"A": "A", "B": "B"})
    assert not found.comparable
    assert [(one.code, one.shift, one.gain, one.reasons) for one in found.moved] == [
        ("A", 1, None, ()),
        ("B", -1, None, ()),
    ]


def test_nobody_in_both_periods() -> None:
    found = compare(card(TWO, {"A": (1, 1)}), card(TWO, {"B": (1, 1)}), {"A": "A"})
    assert (found.moved, found.mean_shift) == ((), None)


def row(account: str, share: float | None, **known: Any) -> dict[str, Any]:
    names = ("posts", "reads", "reposts", "comments", "likes", "wow", "shares", "followers")
    return {"account_id": account, "share": share, **dict.fromkeys(names), **known}


def test_sums_count_accounts_known_whole_in_both_periods() -> None:
    before = [
        row("weibo:1", 1.0, posts=10, followers=100),
        row("weibo:2", 0.5, posts=1000),
        row("weibo:3", 1.0, posts=5),
    ]
    after = [
        row("weibo:1", 1.0, posts=30, followers=150),
        row("weibo:2", 1.0, posts=1),
        row("weibo:4", 1.0, posts=7),
    ]
    found = {one.name: one for one in totals(before, after, (184, 181))}
    assert found.keys() == {"posts", "followers"}
    assert (found["posts"].accounts, found["posts"].before, found["posts"].after) == (1, 10, 30)
    assert found["posts"].change == pytest.approx(30 / 181 / (10 / 184) - 1)
    assert found["followers"].change == pytest.approx(0.5)


def test_a_missing_value_is_no_zero_and_nothing_grows_from_zero() -> None:
    before = [row("weibo:1", 1.0, posts=None, likes=0), row("weibo:2", None, posts=9)]
    after = [row("weibo:1", 1.0, posts=30, likes=5), row("weibo:2", 1.0, posts=9)]
    (likes,) = totals(before, after, (30, 30))
    assert (likes.name, likes.before, likes.after, likes.change) == ("likes", 0, 5, None)
