"""Two periods of the demo compared; orders and gaps that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.cli.output import plain
from jianwei.errors import DataError
from jianwei.workspace import board, compare, space
from jianwei.workspace.space import Workspace


@pytest.fixture
def demo(demo_space: Path) -> Workspace:
    return space.open(demo_space)


def test_one_board(demo: Workspace) -> None:
    found = compare.periods(demo, "2014H2", "2015H1", recipe="shuangwei-2015", cohort="区县")
    ((recipe, cohort, told),) = found.boards
    assert (recipe.name, cohort, told.comparable) == ("shuangwei-2015", "区县", True)
    now = {row.code: row for row in board.board(demo, "shuangwei-2015", "区县", "2015H1").rows}
    then = {row.code: row for row in board.board(demo, "shuangwei-2015", "区县", "2014H2").rows}
    predecessor = {row["code"]: row["predecessor"] for row in demo.roster.units.to_pylist()}
    came = {code: code if code in then else predecessor[code] for code in now}
    assert [code for code, old in came.items() if code != old]  # one unit took another's place
    assert {one.code for one in told.moved} == {code for code, old in came.items() if old in then}
    for one in told.moved:
        assert (one.score_before, one.score) == (then[came[one.code]].score, now[one.code].score)
    assert {unit for unit, _ in told.entries} == {now[c].unit for c, old in came.items() if old not in then}
    assert {unit for unit, _ in told.exits} == {then[c].unit for c in then.keys() - set(came.values())}
    assert sum(one.shift for one in told.moved) == 0
    assert {one.platform for one in found.totals} == {"weibo", "wechat"}
    assert json.loads(json.dumps(plain(found.to_json())))["boards"][0]["rows"]


def test_every_board_of_the_settings(demo: Workspace) -> None:
    found = compare.periods(demo, "2014H2", "2015H1")
    assert [cohort for _, cohort, _ in found.boards] == [one.cohort for one in demo.settings.boards]


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [("2015H1", "2014H2", "不晚于"), ("2015H1", "2015H1", "不晚于"), ("2012H1", "2015H1", "没有数据")],
)
def test_what_cannot_be_compared(demo: Workspace, before: str, after: str, word: str) -> None:
    with pytest.raises(DataError, match=word):
        compare.periods(demo, before, after, recipe="shuangwei-2015", cohort="区县")
