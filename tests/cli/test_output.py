"""What is printed: JSON without NaN, tables with missing cells, problems in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from jianwei.cli import output
from jianwei.errors import DataError, Issue, Place
from jianwei.period import Period


def test_a_document_is_plain_json(capfd: pytest.CaptureFixture[str]) -> None:
    output.document(
        {
            "unknown": float("nan"),
            "zero": 0,
            "none": None,
            "day": date(2015, 1, 2),
            "at": datetime(2015, 1, 2, 3, 4),
            "period": Period.parse("2015H1"),
            "path": Path("a/b"),
            "counted": np.int64(3),
            "several": ("甲", {"乙"}),
        }
    )
    assert json.loads(capfd.readouterr().out) == {
        "unknown": None, "zero": 0, "none": None, "day": "2015-01-02", "at": "2015-01-02T03:04:00",
        "period": "2015H1", "path": "a/b", "counted": 3, "several": ["甲", ["乙"]],
    }  # fmt: skip


def test_a_table_shows_missing_apart_from_zero(capfd: pytest.CaptureFixture[str]) -> None:
    output.table("题", ("甲", "乙"), [(None, 0)])
    assert capfd.readouterr().out.split()[-2:] == ["—", "0"]


def test_problems_go_to_stderr_errors_first_and_the_rest_is_counted(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = [Issue("note", "n", Place("a.csv"), "说一说")] * 2
    output.issues([*found, Issue("error", "e", Place("a.csv", 3, "转发"), "不是计数", "改正")], most=2)
    told = capfd.readouterr()
    assert told.out == ""
    lines = told.err.splitlines()
    assert "错误" in lines[0]
    assert "不是计数" in lines[0]
    assert "另有 1 条" in lines[-1]


def test_failing_tells_people_and_scripts(capfd: pytest.CaptureFixture[str]) -> None:
    output.fail(DataError("不行", hint="换一个"), as_json=True)
    told = capfd.readouterr()
    assert json.loads(told.out) == {"ok": False, "error": "不行", "hint": "换一个", "issues": []}
    assert "不行。换一个" in told.err


@pytest.mark.parametrize(("places", "words"), [(3, "↑3"), (-2, "↓2"), (0, "持平"), (None, None)])
def test_changes_in_words(places: int | None, words: str | None) -> None:
    assert output.change(places) == words


def test_progress_off_a_terminal_keeps_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    with output.progress() as progress:
        progress("读取", 0.5)
    assert capfd.readouterr().err == ""


def test_text_is_shown_as_it_is(capfd: pytest.CaptureFixture[str]) -> None:
    words = "转发 [心][/b] :100: \x1b[31m红"
    output.say(words)
    output.people(words)
    output.table("[题]", ("[列]",), [(words,)])
    told = capfd.readouterr()
    shown = words.replace("\x1b", "")
    assert told.err.strip() == shown
    assert [line.strip() for line in told.out.splitlines()] == [shown, "[题]", "[列]", shown]


def test_off_a_terminal_a_row_is_a_line(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    output.table("题", ("甲", "乙"), [("很长" * 40, 1), ("短", 12_345)], numbers=(1,))
    _, head, long, short = capfd.readouterr().out.splitlines()
    assert head.split() == ["甲", "乙"]
    assert long.split() == ["很长" * 40, "1"]
    assert short.split() == ["短", "12345"]


def test_an_iterator_is_written_row_by_row(capfd: pytest.CaptureFixture[str]) -> None:
    output.document(iter([{"a": float("nan")}, {"a": "甲"}]))
    told = capfd.readouterr().out
    assert json.loads(told) == [{"a": None}, {"a": "甲"}]
    assert len(told.splitlines()) == 4
    output.document(iter([]))
    assert json.loads(capfd.readouterr().out) == []


def test_nothing_is_written_where_the_first_row_fails(capfd: pytest.CaptureFixture[str]) -> None:
    def rows() -> Iterator[int]:
        raise DataError("不行")
        yield 1

    with pytest.raises(DataError):
        output.document(rows())
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_progress_on_a_terminal_unless_a_document_is_wanted(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, quiet: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    with output.progress("开始", quiet=quiet) as progress:
        progress("读取一个文件", 0.5)
    told = capfd.readouterr()
    assert told.out == ""
    assert ("读取一个文件" in told.err) is not quiet
