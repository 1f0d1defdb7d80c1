"""The lists of measures agree with each other, with the SQL and with what recipes may ask for."""

from __future__ import annotations

from pathlib import Path

from jianwei.measure import engine, fields
from jianwei.recipe.vocabulary import MEASURES
from tests.world import World, account, unit


def test_every_activity_either_adds_up_or_is_a_maximum_or_is_told_apart() -> None:
    assert set(fields.ACTIVITY) == set(fields.SUMS) | set(fields.MAXIMA)
    assert not set(fields.SUMS) & set(fields.MAXIMA)
    assert not set(fields.ACTIVITY) & set(fields.FORMS)


def test_posts_and_totals_give_the_columns_in_the_declared_order(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], [account("A", "1")])
    columns = world.measure("2015H1").accounts.column_names
    start = columns.index(fields.ACTIVITY[0])
    assert tuple(columns[start : start + len(fields.ACTIVITY)]) == fields.ACTIVITY


def test_every_count_that_a_recipe_may_name_is_measured(tmp_path: Path) -> None:
    world = World(tmp_path, [unit("A")], [account("A", "1")])
    measured = set(world.measure("2015H1", needs=MEASURES).table.column_names)
    known = (
        set(fields.SUMS) | set(fields.MAXIMA) | set(fields.FORMS) | set(fields.LABELLED) | set(fields.DERIVED)
    )
    assert known <= measured
    assert {name for name in fields.DERIVED if name not in MEASURES} <= {"accounts"}


def test_a_silent_account_has_every_activity() -> None:
    assert all(f" {name}" in engine._silent_sql() for name in fields.ACTIVITY)
