"""One run over a workspace: names of periods, contests, intervals, groups and panels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from jianwei import robust
from jianwei.errors import DataError, JianweiError
from jianwei.workspace import space
from jianwei.workspace.desk import Desk, parsed

RELATIVE = """
[recipe]
name = "relative"
title = "相对"
source = "自拟"
need = 0.1
{head}
[nodes.total]
times = 100
[nodes.a]
parent = "total"
weight = 1
platform = "weibo"
formula = "reposts / days"
scale = "minmax"
{leaf}
[nodes.b]
parent = "total"
weight = 1
platform = "weibo"
formula = "likes / days"
scale = "minmax"
"""


@pytest.fixture
def desk(demo_space: Path) -> Desk:
    return Desk(space.open(demo_space), parsed("2015H1"))


@pytest.mark.parametrize("period", ["去年", "2015H3", "0001", "3015"])
def test_what_is_no_period(period: str) -> None:
    with pytest.raises(JianweiError):
        parsed(period)


def test_a_contest_finds_its_units_by_any_name(desk: Desk) -> None:
    with desk:
        contest = desk.contest("shuangwei-2015", "区县")
        row = contest.units[3]
        for word in (row["code"], row["name"], row["short_name"]):
            assert contest.unit(str(word)) == row
        with pytest.raises(DataError, match="没有单位"):
            contest.unit("没有这家")
        with pytest.raises(DataError, match="排名"):
            desk.contest("shuangwei-2015", "区县", by="city")


def test_intervals_are_those_of_the_simulation(desk: Desk) -> None:
    with desk:
        contest = desk.contest("shuangwei-2015", "区县")
        told = robust.simulate(contest.recipe, contest.inputs, draws=50)
        board = desk.board("shuangwei-2015", "区县", draws=50)
        assert [row.interval for row in board.rows] == [
            (told.intervals[row.code].low, told.intervals[row.code].high) for row in board.rows
        ]
        plain = desk.board("shuangwei-2015", "区县")
        assert {row.interval for row in plain.rows} == {None}
        assert [row.rank for row in plain.rows] == [row.rank for row in board.rows]


def recipe(folder: Path, head: str = "", leaf: str = "") -> str:
    path = folder / "relative.toml"
    path.write_text(RELATIVE.format(head=head, leaf=leaf), "utf-8")
    return str(path)


def test_a_panel_recipe_scales_both_periods_together(desk: Desk, tmp_path: Path) -> None:
    """Within one period somebody has 100; on the panel the best may have had it in the other one."""
    with desk:
        alone = desk.board(recipe(tmp_path), "区县")
        both = desk.board(recipe(tmp_path, 'parameters = "panel"'), "区县")
        contest = desk.contest(recipe(tmp_path, 'parameters = "panel"'), "区县")
        assert len(contest.pool) == 1
        assert desk.contest(recipe(tmp_path), "区县").pool == ()
    leaf = "a"
    assert max(row.nodes[leaf] or 0 for row in alone.rows) == pytest.approx(1)
    top = max(row.nodes[leaf] or 0 for row in both.rows)
    before = np.nanmax(contest.pool[0].column("weibo", "reposts")) / 184
    now = np.nanmax(contest.inputs.column("weibo", "reposts")) / 181
    assert (top == pytest.approx(1)) == (now >= before)


def test_gaps_are_filled_from_the_registry_s_groups(desk: Desk, tmp_path: Path) -> None:
    leaf = 'impute = "group-mean"'
    with desk:
        found = desk.contest(recipe(tmp_path, 'group = "系统"', leaf), "公安系统")
        assert set(found.inputs.groups) >= {"系统", "机构类型", "行政级别", "参评类别", "地区"}
        assert set(found.inputs.groups["系统"]) == {"公安"}
        assert desk.board(recipe(tmp_path, 'group = "系统"', leaf), "公安系统").rows
        with pytest.raises(DataError, match="没有分组"):
            desk.board(recipe(tmp_path, 'group = "系同"', leaf), "公安系统")
