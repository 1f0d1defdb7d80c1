"""Errors and Issues: said in Chinese, with a place and what to do."""

from __future__ import annotations

import errno
import json

import pytest

from jianwei.errors import (
    DataError,
    Issue,
    JianweiError,
    MethodError,
    Place,
    RecipeError,
    RenderError,
    cause,
    suggest,
)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), ""),
        (Place("a.csv"), "a.csv"),
        (Place("a.csv", 7), "a.csv 第 7 行"),
        (Place("a.csv", 7, "转发数"), "a.csv 第 7 行 「转发数」"),
        (Place("", None, "nodes.root"), "「nodes.root」"),
    ],
)
def test_a_place_in_words(place: Place, words: str) -> None:
    assert str(place) == words


def test_an_issue_in_words_and_as_json() -> None:
    issue = Issue("error", "bad_number", Place("a.csv", 3, "粉丝数"), "“很多”不是数", "填写整数")
    assert str(issue) == "a.csv 第 3 行 「粉丝数」：“很多”不是数。填写整数"
    assert json.loads(json.dumps(issue.to_json())) == {
        "level": "error", "code": "bad_number", "where": "a.csv 第 3 行 「粉丝数」", "what": "“很多”不是数",
        "hint": "填写整数", "file": "a.csv", "row": 3, "field": "粉丝数",
    }  # fmt: skip
    assert str(Issue("note", "x", Place(), "看过")) == "看过"


@pytest.mark.parametrize("kind", [DataError, RecipeError, MethodError, RenderError])
def test_an_error_carries_its_hint_and_its_issues(kind: type[JianweiError]) -> None:
    issues = [Issue("error", "x", Place(), str(n)) for n in range(3)]
    error = kind("文件是空的", hint="换一个文件", issues=iter(issues))
    assert isinstance(error, JianweiError)
    assert str(error) == "文件是空的。换一个文件"
    assert error.issues == tuple(issues)
    assert (str(kind("文件是空的")), kind("x").issues) == ("文件是空的", ())


def test_near_words_are_suggested_else_the_few_that_there_are() -> None:
    known = ["posts", "reposts", "comments", "likes"]
    assert suggest("post", known) == "是否想写：posts、reposts"
    assert suggest("粉丝", known) == "可用的有：posts、reposts、comments、likes"
    assert suggest("粉丝", [f"word{n}" for n in range(13)]) == ""
    assert suggest("粉丝", []) == ""
    assert suggest("posts", ["posts", "posts"]) == "是否想写：posts"
    assert suggest("aaaa", ["aaab", "aaac", "aaad", "aaae"], most=2).count("、") == 1


def test_the_system_s_refusals_are_in_chinese() -> None:
    assert cause(PermissionError(errno.EACCES, "Permission denied")) == "没有权限"
    assert cause(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert cause(OSError(errno.ELOOP, "Too many levels")) == "Too many levels"
    assert cause(OSError("somehow")) == "somehow"
