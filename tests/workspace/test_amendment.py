"""Corrections, appeals and decisions: each an event with who, when, why, before and after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jianwei.errors import DataError
from jianwei.workspace import amendment, board, ingest
from jianwei.workspace.forms import log_of
from tests.forms import office as offices
from tests.forms.office import PERIOD, Office, truth, uid

KEY = f"weibo:{uid('U11')}"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has U11's form."""
    made = offices.ask(tmp_path, offices.fresh(tmp_path))
    made.fill("U11", truth)
    made.collect()
    return made


def correct(office: Office, unit: str = "U11", **more: Any) -> Any:
    """Correct what is given by title."""
    how = {"who": "张三", "why": "电话核实"} | {k: more.pop(k) for k in ("account", "verified") if k in more}
    return amendment.correct(office.space, unit, PERIOD, more, **how)


def measured(office: Office, key: str = KEY) -> dict[str, Any]:
    """What boards are made of."""
    return next(row for row in board.measures(office.space, PERIOD)["rows"] if row["account_id"] == key)


def test_a_correction_is_used_and_remembered(office: Office) -> None:
    events = correct(office, 发布数="12", 转发="130", 月末粉丝="10,100")
    assert [(e.field, e.before, e.after, e.who, e.why) for e in events] == [
        ("posts", 10, 12, "张三", "电话核实"),
        ("reposts", 120, 130, "张三", "电话核实"),
        ("followers", 10_000, 10_100, "张三", "电话核实"),
    ]
    now = measured(office)
    assert (now["posts"], now["reposts"], now["comments"], now["followers"]) == (12, 130, 30, 10_100)
    assert amendment.history(office.space, kind="correction").events == tuple(events)
    row = office.totals(KEY)
    assert (row["note"], row["read_basis"], row["reads"]) == ("电话核实", "views", 50_000)


def test_there_and_back_again(office: Office) -> None:
    for posts in ("12", "10", "12"):
        correct(office, 发布数=posts)
    assert measured(office)["posts"] == 12
    assert [(e.before, e.after) for e in amendment.history(office.space, kind="correction").events] == [
        (10, 12), (12, 10), (10, 12),
    ]  # fmt: skip


def test_a_number_can_become_unknown_and_known_again(office: Office) -> None:
    correct(office, 评论="")
    assert measured(office)["comments"] is None
    correct(office, 评论="0")
    assert measured(office)["comments"] == 0
    with pytest.raises(DataError, match="不能改成未掌握"):
        correct(office, 月末粉丝="")


def test_an_account_that_sent_nothing_can_be_entered(office: Office) -> None:
    events = correct(office, "U12市某某局", 发布数="5", 转发="1")
    assert [(e.field, e.before, e.after) for e in events] == [("posts", None, 5), ("reposts", None, 1)]
    assert office.totals(f"weibo:{uid('U12')}")["posts"] == 5


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"发布数": "5"}, "原创数 6 大于发布数 5"),
        ({"发布数": "很多"}, "不是计数"),
        ({"发布数": "-1"}, "不是合理的计数|不是计数"),
        ({"粉丝团": "5"}, "没有“粉丝团”这一列"),
        ({"发布数": "10"}, "与现有的数字相同"),
        ({}, "没有写要更正什么"),
    ],
)
def test_what_no_form_may_say_is_refused(office: Office, changes: dict[str, str], what: str) -> None:
    with pytest.raises(DataError, match=what):
        correct(office, **changes)
    assert office.totals(KEY)["posts"] == 10
    assert amendment.history(office.space, kind="correction").events == ()
    assert list(office.space.path.glob("forms/**/*.csv")) == []


def test_fewer_posts_than_seen_need_a_second_word(office: Office) -> None:
    with pytest.raises(DataError, match="公开可查到") as refused:
        correct(office, "U01", 发布数="4", 原创数="3", account=uid("U01"))
    assert "--verified" in refused.value.hint
    correct(office, "U01", 发布数="4", 原创数="3", account=uid("U01"), verified=True)
    assert office.totals(f"weibo:{uid('U01')}")["posts"] == 4


@pytest.mark.parametrize(
    ("unit", "account", "what"),
    [("U99", None, "没有单位“U99”"), ("U01", None, "有 2 个账号"), ("U11", "别的", "没有账号“别的”")],
)
def test_it_must_be_clear_whose_number_it_is(
    office: Office, unit: str, account: str | None, what: str
) -> None:
    with pytest.raises(DataError, match=what):
        correct(office, unit, 发布数="12", account=account)


def test_nobody_corrects_without_a_name_and_a_reason(office: Office) -> None:
    with pytest.raises(DataError, match="谁、为什么"):
        amendment.correct(office.space, "U11", PERIOD, {"发布数": "12"}, who=" ", why="核实")


def test_an_appeal_waits_for_a_decision(office: Office) -> None:
    made = amendment.appeal(office.space, "某U11局", "2015H1", who="李四", why="榜单漏计")
    assert (made.outcome, made.period, made.before) == ("待复核", "2015H1", None)
    (decision,) = amendment.settle(office.space, made.number, accept=False, who="王五", why="口径如此")
    assert (decision.kind, decision.about, decision.outcome) == ("decision", made.number, "不采纳")
    for number, what in ((made.number, "已经复核过"), (999, "没有第 999 号")):
        with pytest.raises(DataError, match=what):
            amendment.settle(office.space, number, accept=True, who="王五", why="再议")


def test_an_accepted_appeal_corrects_the_number(office: Office) -> None:
    made = amendment.appeal(
        office.space, "U11", PERIOD, who="李四", why="漏计长微博", field="发布数", claim="14"
    )
    assert (made.field, made.before, made.after) == ("posts", 10, 14)
    decision, correction = amendment.settle(office.space, made.number, accept=True, who="王五", why="属实")
    assert (decision.outcome, correction.before, correction.after) == ("采纳", 10, 14)
    assert correction.why == f"采纳第 {made.number} 号异议：属实"
    assert measured(office)["posts"] == 14


def test_a_decision_that_was_cut_off_can_be_made_again(office: Office) -> None:
    made = amendment.appeal(office.space, "U11", PERIOD, who="李四", why="漏计", field="发布数", claim="14")
    correct(office, 发布数="14")
    (decision,) = amendment.settle(office.space, made.number, accept=True, who="王五", why="属实")
    assert decision.outcome == "采纳"


def test_a_claim_needs_a_column(office: Office) -> None:
    with pytest.raises(DataError, match="没有写是哪一列"):
        amendment.appeal(office.space, "U11", PERIOD, who="李四", why="漏计", claim="14")
    with pytest.raises(DataError, match="值不对"):
        amendment.appeal(office.space, "U11", PERIOD, who="李四", why="漏计", field="发布数", claim="多")


def test_history_is_of_a_period_a_unit_a_kind(office: Office) -> None:
    correct(office, 发布数="12")
    correct(office, "U12", 发布数="5")
    asked: list[dict[str, Any]] = [{"unit": "U12"}, {"kind": "received"}, {"period": "2015-05"}]
    names = [[(e.kind, e.unit_code) for e in amendment.history(office.space, **how).events] for how in asked]
    assert names == [[("correction", "U12")], [("received", "U11")], []]


def test_a_changed_log_is_told(office: Office) -> None:
    correct(office, 发布数="12")
    path = log_of(office.space)
    path.write_text(path.read_text("utf-8").replace('"after": 12', '"after": 13'), "utf-8")
    assert [issue.code for issue in amendment.history(office.space).issues] == ["changed_event"]


def test_what_a_vendor_said_of_other_columns_stays(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "汇总.csv"
    table.write_text(
        f"月份,账号,UID,发布数,转发,评论\r\n2015-06,发布U12,{uid('U12')},9,90,10万+\r\n", "utf-8"
    )
    ingest.ingest(office.space, [table])
    correct(office, "U12", 发布数="11")
    row = office.totals(f"weibo:{uid('U12')}")
    assert (row["posts"], row["reposts"], row["comments"], row["censored"]) == (11, 90, 100_001, "comments")
