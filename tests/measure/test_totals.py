"""totals.sql by hand: an account with only sums is measured on them, marked, and never twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jianwei.model import TOTAL_FIELDS
from tests.world import Source, World, account, form, half, post, timeline, total, unit

KEY = "weibo:1"


def row(folder: Path, *sources: Source, period: str = "2015H1", **rules: Any) -> dict[str, Any]:
    world = World(folder, [unit("A")], [account("A", "1")], sources=sources)
    (found,) = world.accounts(period, **rules).values()
    return found


def months(**by_field: list[int | None]) -> Source:
    """Totals of January, February …, one list a field."""
    rows = []
    for place in range(len(next(iter(by_field.values())))):
        known = {name: values[place] for name, values in by_field.items() if values[place] is not None}
        rows.append(total(KEY, f"2015-{place + 1:02d}", **known))
    return form("totals", *rows)


def test_sums_of_months_add_up_and_maxima_do_not(tmp_path: Path) -> None:
    adding = [name for name in TOTAL_FIELDS if not name.startswith("max_")]
    values: dict[str, list[int | None]] = {
        name: [place + 1, place + 101] for place, name in enumerate(TOTAL_FIELDS)
    }
    found = row(tmp_path, months(**values), period="2015-01-01..2015-02-28")
    assert found["source"] == "totals"
    same = [name for name in adding if name not in ("new_followers", "lost_followers")]
    assert {name: found[name] for name in same} == {name: sum(values[name]) for name in same}  # type: ignore[arg-type]
    for name in ("max_reads", "max_likes", "max_wow", "max_shares"):
        assert found[name] == values[name][1]
    new, lost = (sum(values[name]) for name in ("new_followers", "lost_followers"))  # type: ignore[arg-type]
    assert found["form_new_followers"] == new - lost
    parts = ("reposts", "comments", "likes", "wow", "shares")
    assert found["response"] == sum(sum(values[name]) for name in parts)  # type: ignore[arg-type]
    assert found["original_reposts"] is None
    assert found["active_days"] is None


def test_a_field_that_one_month_lacks_is_missing(tmp_path: Path) -> None:
    found = row(tmp_path, months(posts=[3, 4], reposts=[10, None], likes=[None, None], max_likes=[5, None]))
    assert (found["posts"], found["reposts"], found["likes"], found["max_likes"]) == (7, None, None, None)


def test_responses_are_missing_where_one_month_lacks_a_kind_that_another_has(tmp_path: Path) -> None:
    whole = row(tmp_path / "a", months(reposts=[1, 2], comments=[3, 4]))
    assert whole["response"] == 10
    mixed = row(tmp_path / "b", months(reposts=[1, 2], likes=[50, None]))
    assert mixed["response"] is None


def test_the_newest_row_of_a_range_wins(tmp_path: Path) -> None:
    old = form("old", total(KEY, "2015-01", seen="2015-02-01", posts=10))
    new = form("new", total(KEY, "2015-01", seen="2015-02-09", posts=12))
    assert row(tmp_path / "a", old, new)["posts"] == 12
    assert row(tmp_path / "b", new, old)["posts"] == 12


def test_a_sum_of_the_half_year_and_its_months_are_not_added(tmp_path: Path) -> None:
    monthly = [total(KEY, f"2015-{month:02d}", posts=10) for month in range(1, 7)]
    assert row(tmp_path / "a", form("a", *monthly))["posts"] == 60
    assert row(tmp_path / "b", form("a", total(KEY, "2015H1", posts=61), *monthly))["posts"] == 61


def test_only_sums_inside_the_period_stand_for_it(tmp_path: Path) -> None:
    rows = [total(KEY, "2015-01", posts=1), total(KEY, "2015-01-20..2015-02-10", posts=10)]
    source = form("a", *rows, total(KEY, "2015", posts=100), total(KEY, "2014-12", posts=1000))
    assert row(tmp_path, source, period="2015-01")["posts"] == 1


def test_totals_are_never_added_to_posts(tmp_path: Path) -> None:
    sums = form("sums", total(KEY, "2015H1", posts=500, reposts=900))
    whole = half("posts", post(KEY, "2015-02-01", reposts=3))
    found = row(tmp_path / "a", whole, sums)
    assert (found["source"], found["posts"], found["reposts"]) == ("posts", 1, 3)
    part = timeline("part", post(KEY, "2015-02-01", reposts=3), post(KEY, "2015-02-20", reposts=3))
    found = row(tmp_path / "b", part, sums)  # the source that vouches for more days stands for the account
    assert (found["source"], found["posts"], found["reposts"]) == ("totals", 500, 900)


def test_a_form_without_activity_does_not_displace_posts(tmp_path: Path) -> None:
    part = timeline("posts", post(KEY, "2015-01-10", reposts=3), post(KEY, "2015-06-20", reposts=4))
    asked = form("form", total(KEY, "2015H1", asked=8, replied=6, new_followers=70, lost_followers=10))
    found = row(tmp_path, part, asked)
    assert (found["source"], found["posts"], found["reposts"]) == ("posts", 2, 7)


def test_what_only_a_form_can_tell_stands_beside_posts(tmp_path: Path) -> None:
    part = half("posts", post(KEY, "2015-01-10", reposts=3))
    asked = form(
        "form", total(KEY, "2015H1", posts=9, asked=8, replied=6, new_followers=70, lost_followers=10)
    )
    found = row(tmp_path, part, asked)
    assert found["posts"] == 1
    assert (found["asked"], found["replied"], found["form_new_followers"]) == (8, 6, 60)


@pytest.mark.parametrize(("basis", "reads"), [("views", None), ("users", 7), ("any", 7)])
def test_reads_of_another_basis_are_missing(tmp_path: Path, basis: str, reads: int | None) -> None:
    known = {"reads": 7, "max_reads": 7, "headline_reads": 7, "read_basis": "users"}
    found = row(tmp_path, form("a", total(KEY, "2015H1", posts=2, **known)), read_basis=basis)
    assert (found["reads"], found["max_reads"], found["headline_reads"]) == (reads, reads, reads)
    assert found["posts"] == 2


def test_zero_in_a_form_is_zero(tmp_path: Path) -> None:
    found = row(tmp_path, form("a", total(KEY, "2015H1", posts=0, reposts=0)))
    assert (found["posts"], found["reposts"], found["comments"]) == (0, 0, None)


def test_new_followers_of_a_part_are_not_those_of_the_period(tmp_path: Path) -> None:
    found = row(tmp_path, months(posts=[1, 2], asked=[3, 4], new_followers=[10, 20]))
    assert (found["asked"], found["form_new_followers"]) == (7, None)
