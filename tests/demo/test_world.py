"""A world is its seed's: the same arrays again, others with another seed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from jianwei.demo.world import World, by_month, world


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    """Every array and number of a nest of dataclasses, by its path."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return {
            key: one for part, held in parts.items() for key, one in _flat(held, f"{name}.{part}").items()
        }
    if isinstance(value, np.ndarray):
        return {name: value.tolist()}
    if isinstance(value, pa.Array):
        return {name: value.to_pylist()}
    return {name: repr(value)}


@pytest.fixture(scope="module")
def other() -> World:
    return world(8, 0.02)


def test_the_same_seed_and_scale_make_the_same_world(made_world: World) -> None:
    first, second = _flat(made_world), _flat(world(made_world.seed, made_world.scale))
    assert len(first) > 40
    assert [name for name in first if first[name] != second[name]] == []


def test_another_seed_makes_another_world(made_world: World, other: World) -> None:
    first, second = _flat(made_world), _flat(other)
    for name in (
        ".cast.accounts", ".posts.at", ".posts.mid", ".posts.original", ".posts.form", ".posts.reposts",
        ".words.words", ".earlier.at", ".articles.reads", ".titles.words", ".followers.end", ".before",
    ):  # fmt: skip
        assert first[name] != second[name]


def test_parts_are_played_by_the_same_organs_in_every_world(made_world: World, other: World) -> None:
    named = [
        {part: one.cast.units[one.cast.of[place]].name for part, place in one.cast.parts.items()}
        for one in (made_world, other)
    ]
    assert named[0] == named[1]


def test_a_larger_scale_has_more_of_everything(made_world: World) -> None:
    small = world(made_world.seed, 0.01)
    assert len(small.cast.accounts) < len(made_world.cast.accounts)
    assert len(small.posts) < len(made_world.posts)
    assert len(small.articles) < len(made_world.articles)


def test_accounts_whose_posts_nobody_has(made_world: World) -> None:
    parts = made_world.cast.parts
    assert made_world.without_posts == {parts["totals_only"], parts["not_collected"]}


@pytest.mark.parametrize("scale", [0.0, 0.005, 5.0])
def test_a_scale_that_cannot_be_made_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        world(1, scale)


def test_months_since_1970() -> None:
    days: NDArray[np.int64] = np.array([(date(2015, m, 28) - date(1970, 1, 1)).days for m in (1, 2, 6)])
    assert by_month(days * 86_400 + 86_399).tolist() == [540, 541, 545]
