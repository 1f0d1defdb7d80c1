"""Scores of many draws at once: leaves up the tree under a set of weights each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.method.pairwise import RELATIVE
from jianwei.recipe import Node, Recipe

__all__ = ["Tree", "blocks"]

Floats = NDArray[np.float64]

CELLS = 32_768
"""Scores worked on at a time: what fits a processor's cache."""

FLOOR = 0.01
"""Least part of a geometric alternative, as a share of the part's range."""


@dataclass(frozen=True)
class Tree:
    """A recipe as what a draw needs.

    geometric: whether the root takes the geometric mean in place of its own, each part lifted to
    a hundredth of what it can reach.
    """

    recipe: Recipe
    geometric: bool = False

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Nodes in the order of the columns of a draw's weights: by code, whatever the file's order."""
        return tuple(sorted(self.recipe.nodes))

    @cached_property
    def weights(self) -> Floats:
        """Declared weights, (nodes,), in the order of `codes`."""
        return np.array([self.recipe.nodes[code].weight for code in self.codes])

    @cached_property
    def linear(self) -> bool:
        """Whether the score is a weighted sum of leaves where nothing is missing."""
        return not self.geometric and all(
            node.combine in ("arithmetic", "sum") and node.power == 1 and node.floor is None
            for node in self.recipe.upward
        )

    def scores(self, scaled: Floats, weights: Floats) -> Floats:
        """Scores of all units under each draw's weights.

        scaled: (units, leaves), NaN = missing. weights: (draws, nodes) in the order of `codes`.
        Returns (draws, units).
        Raises MethodError where the recipe combines by pairs of units.
        """
        if self.linear and not np.isnan(scaled).any():
            return _summed(scaled, self._effective(weights))
        root = self.nodes(scaled, weights)[self.recipe.root.code]
        return np.asarray(np.broadcast_to(root, (len(weights), len(scaled))))

    def nodes(self, scaled: Floats, weights: Floats) -> dict[str, Floats]:
        """Values of every node, each (draws, units) or (1, units) where no draw matters."""
        values = {leaf.code: scaled[:, place][None, :] for place, leaf in enumerate(self.recipe.leaves)}
        for node in self.recipe.upward:
            children = self._children(node)
            parts = [values[child.code] for child in children]
            own = [weights[:, self.codes.index(child.code), None] for child in children]
            varied = self.geometric and node is self.recipe.root
            used = replace(node, combine="geometric") if varied else node
            floors = self._floors if varied else [node.floor] * len(parts)
            value = _combined(used, parts, own, floors)
            with np.errstate(invalid="ignore"):  # a negative base has no fractional power: NaN
                values[node.code] = node.times * (value if node.power == 1 else value**node.power)
        return values

    @cached_property
    def _floors(self) -> list[float | None]:
        """Floors of the root's children under the geometric alternative."""
        full = np.array([[leaf.top for leaf in self.recipe.leaves]])
        tops = Tree(self.recipe).nodes(full, self.weights[None, :])
        return [FLOOR * float(tops[child.code][0, 0]) for child in self._children(self.recipe.root)]

    def _children(self, node: Node) -> list[Node]:
        """Children by code: the order of addition must not hang on the order of the file."""
        return sorted(self.recipe.children(node.code), key=lambda child: child.code)

    def _effective(self, weights: Floats) -> Floats:
        """What each leaf's scaled value is multiplied by, (draws, leaves)."""
        factor = {self.recipe.root.code: np.ones(len(weights))}
        for node in reversed(self.recipe.upward):
            own = {child.code: weights[:, self.codes.index(child.code)] for child in self._children(node)}
            whole = np.sum(list(own.values()), axis=0) if node.combine == "arithmetic" else 1.0
            for code, weight in own.items():
                factor[code] = factor[node.code] * node.times * weight / whole
        return np.column_stack([factor[leaf.code] for leaf in self.recipe.leaves])


def blocks(draws: int, units: int) -> Iterator[slice]:
    """Slices of draws whose scores fit the cache."""
    step = max(1, CELLS // max(1, units))
    for start in range(0, draws, step):
        yield slice(start, min(start + step, draws))


def _summed(scaled: Floats, effective: Floats) -> Floats:
    """Σ weight · leaf, leaf by leaf, so that equal units have equal scores in every draw."""
    columns = np.ascontiguousarray(scaled.T)
    total = np.zeros((len(effective), len(scaled)))
    step = np.empty_like(total)
    for leaf, column in enumerate(columns):
        np.multiply(effective[:, leaf, None], column, out=step)
        total += step
    return total


def _combined(node: Node, parts: list[Floats], weights: list[Floats], floors: list[float | None]) -> Floats:
    """A node's children combined; each part (draws or 1, units), each weight (draws, 1)."""
    lifted = [
        part if floor is None else np.maximum(part, floor) for part, floor in zip(parts, floors, strict=True)
    ]
    if node.combine == "sum":
        return np.asarray(sum(w * part for w, part in zip(weights, lifted, strict=True)))
    if node.combine == "max":
        return np.asarray(np.fmax.reduce(np.broadcast_arrays(*lifted)))
    inward, outward = _ways(node)
    total, share = np.zeros(1), np.zeros(1)
    for weight, part in zip(weights, lifted, strict=True):
        there = ~np.isnan(part)
        whole = bool(there.all())
        told = inward(part if whole else np.where(there, part, 1.0))
        total = total + weight * (told if whole else np.where(there, told, 0.0))
        share = share + (weight if whole else weight * there)
    known = share > 0
    mean = total / share if known.all() else np.where(known, total / np.where(known, share, 1.0), np.nan)
    value = outward(mean)
    if node.floor == 0 and node.combine == "geometric":
        value = np.where(np.any(np.broadcast_arrays(*[part == 0 for part in lifted]), axis=0), 0.0, value)
    return np.asarray(value)


def _ways(node: Node) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    """What is done to each part before the mean is taken, and to the mean after."""
    exponent = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}.get(node.combine, node.exponent)
    if node.combine in RELATIVE or exponent is None:
        raise MethodError(
            f"{node.title}按单位两两比较合成，不作扰动分析", hint="改用算术或几何平均的方案作稳健性分析"
        )
    if exponent == 1:
        return (lambda x: x), (lambda x: x)
    if exponent == 0:
        return _log, np.exp
    return (lambda x: x**exponent), (lambda x: x ** (1 / exponent))


def _log(x: Floats) -> Floats:
    """Logarithm; minus infinity at zero, without a warning (floor = 0 puts it right)."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(x))
