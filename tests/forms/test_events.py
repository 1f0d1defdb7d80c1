"""The log of events: lines are added, and what was done to them later shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.forms import events
from jianwei.forms.events import Event, titled

AT = datetime(2015, 7, 2, 9)


def draft(**more: object) -> Event:
    return Event(**{"kind": "correction", "at": AT, "who": "张三", "why": "核实"} | more)  # type: ignore[arg-type]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "forms" / "events.jsonl"
    events.append(path, [draft(before=1, after=None), draft(before=None, after=2)])
    events.append(path, [draft(before=2, after=3)])
    return path


def test_events_are_numbered_and_come_back_as_they_were(log: Path) -> None:
    read = events.read(log)
    assert [(e.number, e.before, e.after) for e in read.events] == [(1, 1, None), (2, None, 2), (3, 2, 3)]
    assert read.events[0].at == AT
    assert read.issues == ()


def test_nothing_is_no_event(tmp_path: Path) -> None:
    assert events.append(tmp_path / "none.jsonl", []) == []
    assert events.read(tmp_path / "none.jsonl").events == ()


def test_a_changed_line_shows(log: Path) -> None:
    log.write_text(log.read_text("utf-8").replace('"after": 2,', '"after": 9,'), "utf-8")
    assert [(i.code, i.where.row) for i in events.read(log).issues] == [("changed_event", 2)]


def test_a_removed_line_shows(log: Path) -> None:
    first, _, third = log.read_text("utf-8").splitlines()
    log.write_text(f"{first}\n{third}\n", "utf-8")
    assert [(i.code, i.where.row) for i in events.read(log).issues] == [("changed_event", 2)]


def test_a_line_that_was_cut_off_is_told_and_the_next_begins_anew(log: Path) -> None:
    whole = log.read_bytes()
    log.write_bytes(whole + '{"kind": "correction", "who": "张'.encode()[:-1])
    (added,) = events.append(log, [draft(after=4)])
    read = events.read(log)
    assert added.number == 4
    assert [(e.number, e.after) for e in read.events] == [(1, None), (2, 2), (3, 3), (4, 4)]
    assert [i.code for i in read.issues] == ["broken_event"]


@given(st.text(), st.text())
def test_any_words_stay_on_their_line(tmp_path_factory: pytest.TempPathFactory, who: str, why: str) -> None:
    path = tmp_path_factory.mktemp("log") / "events.jsonl"
    try:
        (who + why).encode()
    except UnicodeEncodeError:
        return  # half a surrogate is no text and cannot come from a file
    events.append(path, [draft(who=who, why=why), draft()])
    read = events.read(path)
    assert [(e.who, e.why) for e in read.events] == [(who, why), ("张三", "核实")]
    assert read.issues == ()


def test_events_call_columns_by_their_titles() -> None:
    assert titled(draft(account_id="weibo:1", field="followers")) == "月末粉丝"
    assert titled(draft(account_id="wechat:1", field="posts")) == "篇数"
    assert titled(draft()) == ""
