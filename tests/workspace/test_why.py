"""`why` on a demo workspace: the planted burst is what made the first of the 区县."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.cli.output import plain
from jianwei.errors import DataError
from jianwei.workspace import board, space, why
from jianwei.workspace.space import Workspace


@pytest.fixture
def demo(demo_space: Path) -> Workspace:
    return space.open(demo_space)


def test_a_place_down_to_the_post(demo: Workspace) -> None:
    ranked = board.board(demo, "shuangwei-2015", "区县", "2015H1", draws=40)
    first, second = ranked.rows[:2]
    told = why.why(demo, "shuangwei-2015", "区县", "2015H1", second.code, draws=40)
    assert (told.why.rank, told.why.score, told.interval) == (second.rank, second.score, second.interval)
    assert (told.why.above, told.why.above_score) == (first.unit, first.score)
    assert told.why.before_rank is not None
    assert sum(part.points or 0 for part in told.why.parts) == pytest.approx(second.score)
    assert told.posts
    assert [abs(post.gain or 0) for post in told.posts] == sorted(
        (abs(post.gain or 0) for post in told.posts), reverse=True
    )
    assert json.loads(json.dumps(plain(told.to_json())))["parts"]


def test_a_unit_of_another_cohort_is_none_of_this(demo: Workspace) -> None:
    with pytest.raises(DataError, match="没有单位"):
        why.why(demo, "shuangwei-2015", "区县", "2015H1", "重庆市公安局")


def test_the_unranked_are_explained_too(demo: Workspace) -> None:
    (out, *_) = board.board(demo, "shuangwei-2015", "区县", "2015H1").unranked
    told = why.why(demo, "shuangwei-2015", "区县", "2015H1", out.unit)
    assert (told.why.rank, told.interval) == (None, None)
    assert told.why.reason
