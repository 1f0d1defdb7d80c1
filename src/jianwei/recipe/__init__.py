"""Recipes (评价方案): declared, versioned methods as TOML files, read into a checked tree.

recipe = load("shuangwei-2015", folder)      # or a file
issues = check(path)                         # everything wrong at once
"""

from __future__ import annotations

from jianwei.recipe.grammar import KINDS, STATUSES
from jianwei.recipe.shelf import Summary, check, load, presets
from jianwei.recipe.tree import Node, Recipe
from jianwei.recipe.vocabulary import MEASURES, Measure

__all__ = [
    "KINDS",
    "MEASURES",
    "STATUSES",
    "Measure",
    "Node",
    "Recipe",
    "Summary",
    "check",
    "load",
    "presets",
]
