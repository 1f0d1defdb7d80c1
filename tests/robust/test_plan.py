"""The answer as JSON: the same keys whatever the outcome, null where there is nothing to tell."""

from __future__ import annotations

import json
from dataclasses import replace

from jianwei.robust.lever import load
from jianwei.robust.plan import Changed, Move, Plan, Rise, Step
from jianwei.robust.room import Blocked
from tests.robust.offices import fortnight, recipe

LEVERS = load()
PLAN = Plan(
    target=2,
    to_pass=50.0,
    enough=True,
    steps=(Step("weibo", LEVERS.levers[1], 10.0, 13.0, 2.1, 1.5),),
    changed=(Changed("weibo", "originals", 10.0, 13.0), Changed("weibo", "works", None, 3.0)),
    moves=(Move("a", "原创率", (0.4, 0.5), (0.4, 0.5)),),
    cost=2.1,
    new_rank=2,
    new_score=50.5,
    best_rank=1,
    best_score=60.0,
    others=(),
    blocked=(Blocked("wechat", LEVERS.levers[0], "没有开通"),),
    applied=fortnight(1),
)
FOUND = Rise("A", "甲局", recipe(), LEVERS, 1, 10, 3, 49.0, "", PLAN)


def test_outcomes() -> None:
    assert FOUND.outcome == "enough"
    assert replace(FOUND, plan=replace(PLAN, enough=False)).outcome == "short"
    assert replace(FOUND, plan=None, rank=1).outcome == "first"
    assert replace(FOUND, plan=None, rank=None, score=None, reason="缺").outcome == "unranked"


def test_json() -> None:
    told = FOUND.to_json()
    json.dumps(told, allow_nan=False)
    assert (told["places"], told["places_won"], told["target_rank"], told["reason"]) == (1, 1, 2, None)
    (step,) = told["steps"]
    assert (step["lever"], step["from"], step["to"], step["change"]) == ("originals", 10.0, 13.0, 3)
    assert told["measures"][1] == {"platform": "weibo", "measure": "works", "from": None, "to": 3.0}
    assert told["unavailable"][0]["reason"] == "没有开通"
    nothing = replace(FOUND, plan=None, rank=None, score=None, reason="缺").to_json()
    assert nothing.keys() == told.keys()
    assert (nothing["enough"], nothing["cost"], nothing["new_rank"], nothing["steps"]) == (
        False,
        None,
        None,
        [],
    )
