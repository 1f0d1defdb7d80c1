"""Readings at a declared age: the right one, what stands where it lacks, and what is raised."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.measure import aged
from tests.world import Rows, World, account, half, post, unit

DAY = "2015-03-01T10:00"


def seen(hours: float, reposts: int, published: str = DAY, **more: Any) -> Rows:
    """A reading of a post some hours after its publication."""
    when = datetime.fromisoformat(published) + timedelta(hours=hours)
    return post("weibo:1", published, reposts=reposts, seen=when.isoformat(), **more)


def reposts(folder: Path, rows: list[Rows], **rules: Any) -> tuple[int | None, float | None, int]:
    """The account's reposts, the share of its posts with a reading of the age, how many were raised."""
    world = World(
        folder, [unit("A")], [account("A", "1")], sources=[half(f"s{n}", one) for n, one in enumerate(rows)]
    )
    row = world.units("2015H1", **rules)["A", "weibo"]
    return row["reposts"], row["aged"], row["raised_posts"]


def test_day_seven_is_taken_whatever_was_read_later(tmp_path: Path) -> None:
    rows = [seen(24, 4), seen(170, 7), seen(24 * 40, 90)]
    assert reposts(tmp_path, rows, reading="7d") == (7, 1.0, 0)


@pytest.mark.parametrize(("rule", "expected"), [("missing", None), ("nearest", 11), ("latest", 12)])
def test_what_stands_for_a_post_without_a_reading_of_the_age(
    tmp_path: Path, rule: str, expected: int | None
) -> None:
    """One post read at 24 hours (1) and after 40 days (2), one at seven days (10)."""
    rows = [seen(24, 1), seen(24 * 50, 2), seen(168, 10, "2015-04-01T10:00")]
    assert reposts(tmp_path, rows, reading="7d", reading_missing=rule) == (expected, 0.5, 0)


def test_too_few_readings_of_the_age_are_none(tmp_path: Path) -> None:
    rows = [seen(24, 1), seen(168, 10, "2015-04-01T10:00")]
    how = {"reading": "7d", "reading_missing": "latest"}
    assert reposts(tmp_path, rows, **how, reading_least=0.51)[0] is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=8), st.sampled_from(aged.RULES))
def test_with_readings_at_day_seven_only_the_ages_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], rule: str
) -> None:
    rows = [seen(168 + place, n, f"2015-03-{place + 1:02d}T10:00") for place, n in enumerate(counts)]
    folder = tmp_path_factory.mktemp("aged")
    world = World(folder, [unit("A")], [account("A", "1")], sources=[half("s", *rows)])
    plain = world.units("2015H1")
    assert world.units("2015H1", reading="7d", reading_missing=rule) == plain
    if rule != "missing":
        assert world.units("2015H1", reading="7d", reading_missing=rule, mature="curve") == plain


def test_a_young_reading_is_raised_by_the_accounts_own_curve(tmp_path: Path) -> None:
    """Ten posts go from 10 at 24 hours to 40 at seven days; one was read after 48 hours only, with 100.

    Ratio 4; 4 ^ (ln(168/48) / ln(168/24)) = 4 ^ 0.64379… = 2.4412…; 400 + 244.
    """
    rows = []
    for place in range(10):
        day = f"2015-03-{place + 1:02d}T10:00"
        rows += [seen(24, 10, day), seen(168, 40, day)]
    rows.append(seen(48, 100, "2015-04-01T10:00"))
    how = {"reading": "7d", "reading_missing": "latest"}
    assert reposts(tmp_path / "plain", rows, **how) == (500, 10 / 11, 0)
    assert reposts(tmp_path / "raised", rows, **how, mature="curve") == (644, 10 / 11, 1)


def test_an_account_without_a_curve_of_its_own_is_not_raised(tmp_path: Path) -> None:
    rows = [seen(24, 10), seen(168, 40), seen(48, 100, "2015-04-01T10:00")]
    how = {"reading": "7d", "reading_missing": "latest", "mature": "curve"}
    assert reposts(tmp_path, rows, **how) == (None, 0.5, 0)


def test_unknown_words_are_refused_in_chinese() -> None:
    with pytest.raises(DataError, match="取数时点“7天”"):
        aged.posts_sql("7天")
    with pytest.raises(DataError, match="是否想写：nearest"):
        aged.posts_sql("7d", "neerest")
