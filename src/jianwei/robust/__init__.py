"""How far a ranking hangs on its assumptions: rank intervals, tie bands, who really leads whom.

found = simulate(recipe, inputs, Variations(), draws=1000, seed=1)
found.interval(code)                       # 5–95 % of its ranks
found.leads("甲", "乙")                     # ahead in at least 95 % of the draws
removals(recipe, inputs)                   # one indicator left out at a time
shadow(recipe, inputs)                     # the equal-weights board
rise(recipe, inputs, "甲", 3)               # 提升建议: the cheapest change that wins three places
"""

from __future__ import annotations

from jianwei.robust.influence import Removal, equal_weights, removals, reversals, sensitivity, shadow
from jianwei.robust.plan import Plan, Rise
from jianwei.robust.result import Robustness
from jianwei.robust.rise import rise
from jianwei.robust.simulate import simulate
from jianwei.robust.variation import Variations

__all__ = [
    "Plan",
    "Removal",
    "Rise",
    "Robustness",
    "Variations",
    "equal_weights",
    "removals",
    "reversals",
    "rise",
    "sensitivity",
    "shadow",
    "simulate",
]
