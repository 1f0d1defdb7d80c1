"""Boards by account in the report: 分榜, 单项榜, 热文榜."""

from __future__ import annotations

from pathlib import Path

from jianwei.period import Period
from jianwei.workspace import findings, space, tables
from jianwei.workspace.desk import Desk
from jianwei.workspace.space import Workspace


def test_lists_of_a_platform_nobody_uses_are_left_out(small: Workspace) -> None:
    with Desk(small, Period.parse("2015-03")) as desk:
        made = tables.tables(desk, findings.gather(desk))
    assert [table.id for table in made] == [
        "accounts:weibo",
        "single:weibo.posts",
        "single:weibo.response",
        "hot:weibo",
    ]
    hot = made[-1]
    assert [(row["order"], row["reposts"], row["likes"]) for row in hot.rows] == [(1, 3, 7), (2, 1, 5)]
    assert hot.rows[0]["title"] == "第2条政策解读"


def test_reads_at_the_platforms_limit_are_told_as_such(demo_space: Path) -> None:
    with Desk(space.open(demo_space), Period.parse("2015H1")) as desk:
        made = {table.id: table for table in tables.tables(desk, findings.gather(desk))}
    reads = next(column for column in made["hot:wechat"].columns if column.key == "reads")
    assert reads.kind == "reads"
    assert made["hot:wechat"].rows[0]["reads"] == 100_001
    assert "上限" in made["hot:wechat"].note
    assert made["hot:weibo"].note == ""
