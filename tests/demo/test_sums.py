"""Sums by account: equal to their posts, split over months, read back from the forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from jianwei.demo import sums
from jianwei.demo.world import World
from tests.demo.reading import rows_of


def test_sums_are_those_of_the_posts(made_world: World) -> None:
    size = len(made_world.cast.accounts)
    found = sums.of_posts(made_world.posts, size)
    assert int(found["posts"].sum()) == len(made_world.posts)
    for name in ("reposts", "comments", "likes"):
        assert int(found[name].sum()) == int(getattr(made_world.posts, name).sum())
    place = made_world.cast.parts["viral"]
    mine = made_world.posts.account == place
    assert int(found["reposts"][place]) == int(made_world.posts.reposts[mine].sum())
    assert int(found["originals"][place]) == int(made_world.posts.original[mine].sum())


def test_sums_are_those_of_the_articles(made_world: World) -> None:
    size, told = len(made_world.cast.accounts), made_world.articles
    found = sums.of_articles(told, size)
    assert int(found["posts"].sum()) == len(told)
    assert int(found["pushes"].sum()) == len(set(told.push.tolist()))
    assert int(found["reads"].sum()) == int(told.reads.sum())
    assert int(found["headline_reads"].sum()) == int(told.reads[told.headline].sum())


def test_the_half_year_before_is_a_little_less_over_whole_months(made_world: World) -> None:
    size, who = len(who_ := made_world.cast.accounts), made_world.cast
    now = sums.of_posts(made_world.posts, size)
    form, other = made_world.before
    assert {who_[place].platform for place, _, _ in form.rows} == {"微博"}
    assert "微博" not in {who_[place].platform for place, _, _ in other.rows}
    assert {month for _, month, _ in form.rows} == {date(2014, m, 1) for m in range(7, 13)}
    then = np.zeros(size, dtype=np.int64)
    for place, month, counts in form.rows:
        opened = who_[place].opened
        assert opened is None or opened <= month
        assert 0 <= counts["originals"] <= counts["posts"] + 1
        then[place] += counts["posts"]
    assert np.all(then <= now["posts"])
    skipped = {who.parts["silent"], who.parts["not_collected"]}
    assert not skipped & {place for place, _, _ in form.rows}


def test_the_tied_accounts_did_the_same_before(made_world: World) -> None:
    told = {
        part: [
            counts for place, _, counts in made_world.before[0].rows if place == made_world.cast.parts[part]
        ]
        for part in ("tie", "tie_too")
    }
    assert len(told["tie"]) == 6
    assert told["tie"] == told["tie_too"]


def test_months_handed_in_instead_of_posts_add_up_to_them(made_world: World) -> None:
    place = made_world.cast.parts["totals_only"]
    form = sums.instead_of_posts(made_world.posts, place)
    assert [month for _, month, _ in form.rows] == [date(2015, m, 1) for m in range(1, 7)]
    whole = sums.of_posts(made_world.posts, len(made_world.cast.accounts))
    for name in ("posts", "originals", "reposts", "comments", "likes"):
        assert sum(counts[name] for _, _, counts in form.rows) == int(whole[name][place])


def test_a_form_is_read_back_with_blanks_as_unknown(made_world: World, tmp_path: Path) -> None:
    for form in made_world.before:
        path = tmp_path / f"{form.platform}.csv"
        sums.write(path, made_world.cast, form)
        _, tables = rows_of(path)
        found = {(row["account_id"], row["start"]): row for row in tables["totals"]}
        assert len(found) == len(form.rows)
        for place, month, counts in form.rows:
            row = found[made_world.cast.accounts[place].account_id, month]
            assert {name: row[name] for name in counts} == counts
            assert row["replied"] is None
            assert (row["end"].year, row["end"].month) == (month.year, month.month)
