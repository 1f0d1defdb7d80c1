"""Scorecards: a recipe applied to units, with every stage kept by name.

card = score(recipe, Inputs(codes, names, measures, structural))
cards = panel(recipe, {"2015H1": …, "2015H2": …})    # parameters of the whole panel
inputs, issues = table(path, recipe)         # a plain table, no workspace
write(card, Path("card.xlsx"))               # every stage, with live formulas
"""

from __future__ import annotations

from jianwei.scorecard.card import Clipped, Scorecard, Stage, State
from jianwei.scorecard.inputs import PLAIN, UNIT, Inputs
from jianwei.scorecard.plain import table
from jianwei.scorecard.stages import panel, score
from jianwei.scorecard.workbook import write

__all__ = [
    "PLAIN",
    "UNIT",
    "Clipped",
    "Inputs",
    "Scorecard",
    "Stage",
    "State",
    "panel",
    "score",
    "table",
    "write",
]
