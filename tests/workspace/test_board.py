"""Boards, measures and posts of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError, RecipeError
from jianwei.workspace import board, desk, ingest, space
from jianwei.workspace.space import Workspace
from tests.workspace import made


def test_who_has_no_data_is_left_out_with_the_reason_and_never_zero(small: Workspace) -> None:
    found = board.board(small, "bci", "全部单位", "2015-03", by="account")
    assert [(row.rank, row.owner) for row in found.rows] == [(1, "甲局")]
    (left,) = found.unranked
    assert (left.unit, left.reason) == ("账号002", "本期没有数据")
    assert found.rows[0].change is None
    assert (found.lake_version, found.roster_version) == (small.lake.version(), small.roster.version)


def test_a_wrong_word_says_what_there_is(small: Workspace) -> None:
    for words, what in (
        (("bcj", "全部单位", "2015-03"), "bci"),
        (("bci", "全部单拉", "2015-03"), "全部单位"),
    ):
        with pytest.raises(RecipeError) as raised:
            board.board(small, *words)
        assert what in str(raised.value)
    with pytest.raises(DataError, match="2015-13"):
        board.board(small, "bci", "全部单位", "2015-13")
    with pytest.raises(DataError, match="不能按"):
        board.board(small, "bci", "全部单位", "2015-03", by="系统")


def test_without_a_roster_it_says_what_to_do(empty: Workspace) -> None:
    with pytest.raises(DataError, match="台账"):
        board.board(empty, "bci", "全部单位", "2015-03")


def test_posts_of_a_unit_by_code_or_name(small: Workspace) -> None:
    for word in ("A", "甲局"):
        found = board.posts(small, "2015-03", unit=word)
        assert [row["likes"] for row in found] == [5, 7]
        assert found[0]["text"] == "第1条政策解读"
    assert board.posts(small, "2015-04") == []
    with pytest.raises(DataError, match="丙局"):
        board.posts(small, "2015-03", unit="丙局")


def test_measures_keep_missing_apart_from_zero(small: Workspace) -> None:
    rows = {row["account_id"]: row for row in board.measures(small, "2015-03")["rows"]}
    assert rows["weibo:9000000001"]["posts"] == 2
    assert rows["weibo:9000000001"]["reposts"] == 4
    assert rows["weibo:9000000001"]["followers"] is None
    assert rows["weibo:9000000002"]["posts"] is None


def test_the_demo_ranks_all_cohorts(demo_space: Path) -> None:
    opened = space.open(demo_space)
    for cohort, size in (("市直机关", 39), ("区县", 38)):
        found = board.board(opened, "shuangwei-2015", cohort, "2015H1")
        assert len(found.rows) + len(found.unranked) == size
        assert all(row.score is not None for row in found.rows)
        assert [row.rank for row in found.rows] == sorted(row.rank or 0 for row in found.rows)


def test_posts_come_one_by_one_with_their_owner(small: Workspace) -> None:
    first = next(board.each_post(small, "2015-03"))
    assert (first["unit"], first["account"], first["likes"]) == ("甲局", "账号001", 5)
    assert list(board.each_post(small, "2015-03")) == board.posts(small, "2015-03")


def test_posts_without_a_roster_have_no_owner(empty: Workspace, tmp_path: Path) -> None:
    ingest.ingest(empty, [made.timeline(tmp_path, "9000000001", [(1, "2015-03-01", 5, 2, 1)])])
    (row,) = board.posts(empty, "2015-03")
    assert (row["unit"], row["account"], row["account_id"]) == (None, None, "weibo:9000000001")


@pytest.mark.parametrize("period", ["0001", "1899", "9999-12", "2999-12-31..3000-01-01", "昨天"])
def test_a_period_nobody_has_data_of_is_refused(period: str) -> None:
    with pytest.raises(DataError, match="周期"):
        desk.parsed(period)
    assert desk.parsed("1900").label == "1900"


def test_measures_stand_in_the_order_of_the_roster(demo_space: Path) -> None:
    opened = space.open(demo_space)
    order = {code: place for place, code in enumerate(opened.roster.units["code"].to_pylist())}
    rows = board.measures(opened, "2015H1")["rows"]
    places = [(order[row["unit_code"]], row["account_id"]) for row in rows]
    assert places == sorted(places)
    assert len(set(places)) > 100
