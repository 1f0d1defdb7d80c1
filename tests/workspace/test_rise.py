"""`rise` on a demo workspace: the board scored again bears out what it promises."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jianwei.cli.output import plain
from jianwei.errors import DataError, RecipeError
from jianwei.scorecard import score
from jianwei.workspace import board, rise, space
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.space import Workspace
from tests.robust.test_rise import replayed

BOARD: dict[str, Any] = {"recipe": "shuangwei-2015", "cohort": "区县", "period": "2015H1"}


@pytest.fixture
def demo(demo_space: Path) -> Workspace:
    return space.open(demo_space)


@pytest.fixture
def own(demo_space: Path, tmp_path: Path) -> Workspace:
    """A copy of the demo workspace that a test may change."""
    return space.open(Path(shutil.copytree(demo_space, tmp_path / "space")))


@pytest.mark.parametrize(("rank", "places"), [(3, 2), (8, 1), (20, 4), (25, 24)])
def test_the_board_scored_again_bears_it_out(demo: Workspace, rank: int, places: int) -> None:
    ranked = board.board(demo, "shuangwei-2015", "区县", "2015H1").rows
    row = ranked[rank - 1]
    assert row.rank == rank
    advice = rise.rise(demo, row.code, places, **BOARD)
    found, plan = advice.found, advice.found.plan
    assert plan is not None
    assert (found.rank, found.score, found.ranked) == (row.rank, row.score, len(ranked))
    assert plan.to_pass == ranked[rank - places - 1].score
    with Desk(demo, parsed("2015H1")) as desk:
        contest = desk.contest("shuangwei-2015", "区县")
        after = score(contest.recipe, replayed(found, contest.inputs), contest.pool)
    place = after.codes.index(row.code)
    assert after.rank[place] == plan.new_rank <= (plan.target if plan.enough else rank)
    assert {step.lever.name for step in plan.steps} <= {
        "active_days", "originals", "declared_originals", "service_posts", "infographics", "replied",
    }  # fmt: skip
    assert advice.assumed
    assert advice.left_out
    assert json.loads(json.dumps(plain(advice.to_json()), allow_nan=False))["code"] == row.code


def test_what_is_not_said_is_taken_from_the_workspace(demo: Workspace) -> None:
    name = board.board(demo, "shuangwei-2015", "区县", "2015H1").rows[9].unit
    told, said = rise.rise(demo, name, 1), rise.rise(demo, name, 1, **BOARD)
    assert (told.cohort, told.period, told.found.recipe.name) == ("区县", "2015H1", "shuangwei-2015")
    assert told.to_json() == said.to_json()
    assert told.levers_from == "随附的 levers.toml"


def test_the_unranked_hear_why_and_the_first_that_it_is(demo: Workspace) -> None:
    ranked = board.board(demo, "shuangwei-2015", "区县", "2015H1")
    (out, *_) = ranked.unranked
    told = rise.rise(demo, out.unit, 1, **BOARD)
    assert (told.found.outcome, told.reason) == ("unranked", out.reason)
    assert (told.assumed, told.left_out) == ((), ())
    first = rise.rise(demo, ranked.rows[0].unit, 1, **BOARD)
    assert (first.found.outcome, first.reason) == ("first", "")


def test_unknown_units_and_names_are_refused_with_a_hint(demo: Workspace) -> None:
    with pytest.raises(DataError, match="没有单位") as caught:
        rise.rise(demo, "沙坪坝区委宣传", 1, **BOARD)
    assert "沙坪坝区委宣传部" in (caught.value.hint or "")
    with pytest.raises(DataError, match="各榜单"):
        rise.rise(demo, "没有这家", 1, period="2015H1")
    last = board.board(demo, "shuangwei-2015", "区县", "2015H1").rows[-1]
    with pytest.raises(DataError, match="名可进"):
        rise.rise(demo, last.unit, 400, **BOARD)


def test_an_empty_workspace_does_not_guess_a_period(empty: Workspace) -> None:
    with pytest.raises(DataError, match="不知道看哪个周期"):
        rise.rise(empty, "甲局", 1)


def test_the_workspaces_own_levers_stand_first(own: Workspace) -> None:
    name = board.board(own, "shuangwei-2015", "区县", "2015H1").rows[9].unit
    (own.path / "levers.toml").write_text(
        'version = "本单位-1"\ncost_unit = "人天"\n[levers.originals]\ntitle = "自写"\ncost = 2\nshare = 1\n'
        'why = "试过"\nwhy_bound = "全部自写"\n',
        "utf-8",
    )
    told = rise.rise(own, name, 1, **BOARD)
    assert told.levers_from == "工作区的 levers.toml"
    assert [step["title"] for step in told.to_json()["steps"]] == ["自写"]
    assert told.to_json()["cost_unit"] == "人天"
    assert any("没有声明的：更新" in line for line in told.left_out)
    (own.path / "levers.toml").write_text("[levers.reads]\n", "utf-8")
    with pytest.raises(RecipeError, match="处错误"):
        rise.rise(own, name, 1, **BOARD)


def test_the_middle_post_is_told_from_the_posts_themselves(demo: Workspace) -> None:
    """With the posts at hand the median after further updates is exact, and it is never told too high."""
    with Desk(demo, parsed("2015H1")) as desk:
        contest = desk.contest("shuangwei-2015", "区县")
        for code in contest.inputs.codes[:5]:
            known = rise._known(desk, contest.now, code)
            row = contest.inputs.codes.index(code)
            median = contest.inputs.column("weibo", "median_response")[row]
            assert float(np.median(known.responses["weibo"])) == median
            assert len(known.responses["weibo"]) == contest.inputs.column("weibo", "posts")[row]
            assert known.accounts["weibo"] == 1


def test_a_recipe_of_another_kind_is_advised_by_the_same_rules(demo: Workspace) -> None:
    """A formula index whose only own measure is the number of articles: updates, or nothing."""
    ranked = board.board(demo, "bci", "市直机关", "2015H1")
    row = next((one for one in ranked.rows if (one.rank or 0) > 2), None)
    if row is None:
        assert ranked.unranked
        return
    told = rise.rise(demo, row.code, 1, recipe="bci", cohort="市直机关", period="2015H1")
    assert told.found.plan is not None
    assert {step.lever.name for step in told.found.plan.steps} <= {"active_days", "originals"}
    assert replace(told.found, plan=None).outcome == "first"  # a rank and no plan
