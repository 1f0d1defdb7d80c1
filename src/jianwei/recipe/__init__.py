"""Recipes (评价方案): declared, versioned methods as TOML files, read into a checked tree.

recipe = load("shuangwei-2015", folder)      # or a file: TOML, XLSX, CSV
issues = check(path)                         # everything wrong at once
changes = diff(old, new)                     # in plain Chinese
write(recipe, Path("recipe.xlsx"))           # as tables; toml(recipe) as text
"""

from __future__ import annotations

from jianwei.recipe.book import write
from jianwei.recipe.difference import Change, diff
from jianwei.recipe.grammar import KINDS, STATUSES
from jianwei.recipe.judging import judgement
from jianwei.recipe.layout import from_tables, tables
from jianwei.recipe.shelf import Summary, check, load, presets
from jianwei.recipe.tree import Node, Recipe
from jianwei.recipe.vocabulary import MEASURES, Measure
from jianwei.recipe.writing import toml

__all__ = [
    "KINDS",
    "MEASURES",
    "STATUSES",
    "Change",
    "Measure",
    "Node",
    "Recipe",
    "Summary",
    "check",
    "diff",
    "from_tables",
    "judgement",
    "load",
    "presets",
    "tables",
    "toml",
    "write",
]
