"""Scorecards: a recipe applied to units, with every stage kept by name.

card = score(recipe, Inputs(codes, names, measures, structural))
inputs, issues = table(path, recipe)         # a plain table, no workspace
"""

from __future__ import annotations

from jianwei.scorecard.card import Clipped, Scorecard, Stage, State
from jianwei.scorecard.inputs import PLAIN, UNIT, Inputs
from jianwei.scorecard.plain import table
from jianwei.scorecard.stages import score

__all__ = ["PLAIN", "UNIT", "Clipped", "Inputs", "Scorecard", "Stage", "State", "score", "table"]
