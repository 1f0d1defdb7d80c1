"""Many draws at once must give what the scorecard gives one at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jianwei import scorecard
from jianwei.errors import MethodError
from jianwei.method.vary import noisy
from jianwei.recipe import Recipe
from jianwei.robust.climb import FLOOR, Tree, blocks
from tests.robust.worlds import inputs, made, units


def reweighted(recipe: Recipe, codes: tuple[str, ...], weights: np.ndarray) -> Recipe:
    nodes = {
        code: replace(node, weight=float(weights[codes.index(code)])) for code, node in recipe.nodes.items()
    }
    return replace(recipe, nodes=nodes)


@pytest.mark.parametrize("gaps", [0.0, 0.15])
@pytest.mark.parametrize(
    "root",
    [
        "times = 100",
        "power = 2\ntimes = 3",
        'combine = "geometric"\nfloor = 0.02',
        'combine = "geometric"\nfloor = 0',
        'combine = "harmonic"\nfloor = 0.3',
        'combine = "power-mean"\nexponent = 0.5',
        'combine = "power-mean"\nexponent = 0\nfloor = 0.01',
        'combine = "max"',
        'combine = "sum"',
    ],
)
def test_every_draw_is_a_scorecard(root: str, gaps: float) -> None:
    recipe = made(root=root, head="need = 0.1")
    x = units(12, gaps=gaps)
    x[0, :2] = 0
    given = inputs(x)
    scaled = scorecard.score(recipe, given).scaled.values
    tree = Tree(recipe)
    weights = noisy(tree.weights, 3, 0.25, np.random.default_rng(1))
    found = tree.scores(scaled, weights)
    assert found.shape == (3, 12)
    for draw in range(3):
        card = scorecard.score(reweighted(recipe, tree.codes, weights[draw]), given)
        np.testing.assert_allclose(found[draw], card.score, rtol=1e-12)


def test_the_geometric_alternative_lifts_to_a_hundredth_of_the_range() -> None:
    recipe = made(root="times = 100")
    other = made(root=f'combine = "geometric"\nfloor = {FLOOR}\ntimes = 100')
    x = units(6)
    x[0, ::2] = 0
    scaled = scorecard.score(recipe, inputs(x)).scaled.values
    tree = Tree(recipe, geometric=True)
    assert not tree.linear
    found = tree.scores(scaled, tree.weights[None, :])[0]
    np.testing.assert_allclose(found, scorecard.score(other, inputs(x)).score, rtol=1e-12)


def test_equal_units_have_equal_scores_in_every_draw() -> None:
    tree = Tree(made())
    for count in (1, 2, 3, 7, 16, 33):
        scaled = np.repeat(units(count) / 100, 2, axis=0)
        weights = noisy(tree.weights, 20, 0.25, np.random.default_rng(2))
        found = tree.scores(scaled, weights)
        np.testing.assert_array_equal(found[:, ::2], found[:, 1::2])


def test_pairs_of_units_are_not_varied() -> None:
    tree = Tree(made(root='combine = "copeland"'))
    with pytest.raises(MethodError, match="两两比较"):
        tree.scores(units(3), tree.weights[None, :])


def test_blocks_cover_every_draw_once() -> None:
    for draws, count in ((10, 100_000), (1000, 7), (0, 5), (3, 0)):
        told = [place for block in blocks(draws, count) for place in range(block.start, block.stop)]
        assert told == list(range(draws))
