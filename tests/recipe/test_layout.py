"""A recipe as text and as tables, there and back without loss."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei import recipe
from jianwei.errors import RecipeError
from jianwei.recipe import Recipe
from jianwei.recipe.layout import HEAD_SHEET, INPUT_SHEET, NODE_SHEET
from jianwei.recipe.reading import read
from tests.recipe.test_check import GOOD
from tests.recipe.test_grammar import FREE
from tests.recipe.test_judging import HEAD, PAIRS

NAMES = [summary.name for summary in recipe.presets()]
ASEM = Path(__file__).parent.parent / "golden" / "asem.toml"

EVERYTHING = """
[recipe]
name = "all"
title = "引号\\"、换行\\n、反斜杠\\\\、= 号"
version = "2"
source = "=1+1"
purpose = "内部"
need = 0.30000000000000004
absent = "unranked"
followers_within = 7
reading = "7d"
group = "层级"
parameters = "panel"
[inputs.own]
name = "自有"
unit = "件"
note = "说明"
[nodes."总"]
combine = "power-mean"
exponent = 0.1
power = 2
times = 100
[nodes.a]
parent = "总"
weight = 0.1
note = " 前有空格"
formula = "own"
per = "own + 1"
impute = "group-mean"
outlier = "treat"
points = 3
transform = "sqrt"
factor = 10
scale = "percentile"
bottom = 0.5
direction = "down"
[nodes.b]
parent = "总"
weight = 3
formula = "own / 2"
scale = "target-capped"
aim = 9
bottom = 0.5
"""


def every() -> list[Recipe]:
    return [
        *map(recipe.load, NAMES),
        recipe.load(ASEM),
        made(EVERYTHING),
        made(GOOD),
        made(FREE),
        made(HEAD + PAIRS),
    ]


def made(text: str) -> Recipe:
    found, problems = read(text)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def same(one: Recipe, other: Recipe) -> None:
    assert other == one
    assert list(other.nodes) == list(one.nodes)
    assert list(other.inputs) == list(one.inputs)
    assert other.hash == one.hash


@pytest.mark.parametrize("one", every(), ids=lambda one: one.name)
def test_text_tables_and_workbook_lose_nothing(one: Recipe, tmp_path: Path) -> None:
    same(one, made(recipe.toml(one)))
    same(one, made(recipe.from_tables(recipe.tables(one), "x")))
    path = tmp_path / "x.xlsx"
    recipe.write(one, path)
    same(one, recipe.load(path))
    told = [issue.what for issue in recipe.check(path)]
    assert told == [issue.what for issue in recipe.check(recipe.toml(one))]


@given(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False))
def test_any_words_and_numbers_survive_the_text(words: str, number: float) -> None:
    node = replace(
        made(GOOD).nodes["posts_day"], note=words, low=min(number, 1.0), high=max(number, 1.0) + 1e-3
    )
    one = made(GOOD)
    changed = replace(one, note=words, nodes={**one.nodes, "posts_day": node})
    text = recipe.toml(changed)
    found, _ = read(text)
    if node.high is not None and node.low is not None and node.low < node.high and node.low > -1:
        assert found is not None
        assert found.nodes["posts_day"].low == node.low
        assert found.note == words


def test_the_table_begins_as_agreed() -> None:
    header, root, *_ = recipe.tables(made(GOOD))[NODE_SHEET]
    assert header[:8] == ("level", "code", "parent", "direction", "weight", "low", "high", "name")
    assert root[:4] == (0, "total", None, None)
    body = recipe.tables(made(GOOD))[NODE_SHEET][1:]
    assert [(row[0], row[1], row[2]) for row in body] == [
        (0, "total", None),
        (1, "spread", "total"),
        (2, "posts_day", "spread"),
        (2, "reposts_day", "spread"),
    ]


SMALL = (
    ("级别", "代码", "上级", "方向", "权重", "下限", "上限", "名称"),
    (0, "total", None, None, None, None, None, "总指数"),
    (1, "open", "total", "正向", 2.0, 0, 100, "公开"),
    (1.0, "delay", "total", -1, "1", 0.0, 30.0, "办理时长"),
    (None,) * 8,
)


def test_the_table_alone_is_a_recipe() -> None:
    one = made(recipe.from_tables({"Sheet1": SMALL}, "mine"))
    assert one.name == "mine"
    assert [(leaf.formula, leaf.direction, leaf.weight) for leaf in one.leaves] == [
        ("open", "up", 2),
        ("delay", "down", 1),
    ]
    assert one.inputs["delay"].title == "办理时长"
    assert one.nodes["delay"].high == 30


def test_a_csv_holds_the_indicators(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    recipe.write(made(GOOD), path)
    found = recipe.load(path)
    assert found.name == "mine"
    assert found.nodes == made(GOOD).nodes
    for encoding in ("utf-8", "gb18030"):
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(SMALL)
        assert recipe.load(str(path)).nodes["open"].name == "公开"


def without(place: int) -> Any:
    return tuple(tuple(cell for at, cell in enumerate(row) if at != place) for row in SMALL)


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({}, "没有表"),
        ({"a": ()}, "没有指标"),
        ({"a": without(1)}, "没有指标"),
        ({"a": (("code", "wieght"), ("x", 1))}, "不认识的列“wieght”"),
        ({"a": (*SMALL, SMALL[2])}, "“open”出现了不止一次"),
        ({"a": (*SMALL[:2], (2, *SMALL[2][1:]))}, "“open”的级别写的是 2，按上级应为 1"),
    ],
)
def test_tables_that_hold_no_recipe(sheets: dict[str, Any], told: str) -> None:
    with pytest.raises(RecipeError, match=told):
        recipe.from_tables(sheets, "x")


def test_what_is_wrong_in_a_cell_is_told_like_in_a_file() -> None:
    bad = (*SMALL[:2], (1, "open", "total", "往上", "很多", 5, 1, "公开"))
    head = (("key", "value"), ("absent", "zeros"), ("wat", 1), ("need", "0.5"))
    issues = recipe.check(recipe.from_tables({NODE_SHEET: bad, HEAD_SHEET: head, INPUT_SHEET: ()}, "x"))
    fields = {issue.where.field for issue in issues if issue.level == "error"}
    assert fields == {
        "recipe.wat",
        "recipe.absent",
        "nodes.open.direction",
        "nodes.open.weight",
        "nodes.open.low",
    }


def test_files_that_are_no_tables_are_issues_not_crashes(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    (tmp_path / "x.csv").write_bytes(b"\xff\xff\x81")
    for name in ("x.xlsx", "x.csv", "none.xlsx", "none.csv"):
        with pytest.raises(RecipeError):
            recipe.load(tmp_path / name)
        (issue,) = recipe.check(tmp_path / name)
        assert (issue.level, issue.code) == ("error", "not_found" if name.startswith("none") else "table")
    with pytest.raises(RecipeError, match="后缀"):
        recipe.write(made(GOOD), tmp_path / "x.ods")
