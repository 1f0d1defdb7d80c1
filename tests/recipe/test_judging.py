"""Weights judged in pairs: Saaty's own example, refusals, and no loss on the way through tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei import recipe
from jianwei.recipe import Recipe
from jianwei.recipe.judging import judgement
from jianwei.recipe.reading import read

HEAD = """
[recipe]
name = "judged"
title = "判断"
source = "自拟"
[inputs.a]
name = "甲"
[inputs.b]
name = "乙"
[inputs.c]
name = "丙"
[nodes.total]
[nodes.x]
parent = "total"
formula = "a"
low = 0
high = 1
[nodes.y]
parent = "total"
formula = "b"
low = 0
high = 1
[nodes.z]
parent = "total"
formula = "c"
low = 0
high = 1
"""
PAIRS = '[judgements.total]\n"x:y" = 3\n"x:z" = 5\n"z : y" = 0.5\n'


def made(text: str) -> Recipe:
    found, problems = read(text)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def issues(text: str) -> list[tuple[str, str, str]]:
    _, problems = read(text)
    return [
        (one.code, one.where.field, f"{one.what} {one.hint}")
        for one in problems.issues
        if one.level == "error"
    ]


def test_weights_of_a_hand_worked_matrix() -> None:
    """(1, 3, 5; 1/3, 1, 2; 1/5, 1/2, 1): λ = 3.0037, w = 0.6483, 0.2297, 0.1220, CR = 0.0032 (Saaty's method)."""
    found = made(HEAD + PAIRS)
    assert [found.nodes[code].weight for code in "xyz"] == pytest.approx([0.6483, 0.2297, 0.1220], abs=5e-5)
    told = judgement(["x", "y", "z"], found.judgements["total"])
    assert told.eigenvalue == pytest.approx(3.0037, abs=5e-5)
    assert told.ratio == pytest.approx(0.0032, abs=5e-5)
    assert found.effective["x"] == pytest.approx(0.6483, abs=5e-5)


def test_the_order_of_pairs_and_nodes_does_not_count() -> None:
    turned = '[judgements.total]\n"y:x" = 0.3333333333333333\n"z:x" = 0.2\n"y:z" = 2\n'
    one, other = made(HEAD + PAIRS), made(HEAD + turned)
    for code in "xyz":
        assert one.nodes[code].weight == pytest.approx(other.nodes[code].weight, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "code", "where", "word"),
    [
        ('"x:y" = 9\n"y:z" = 9\n"z:x" = 9', "inconsistent", "judgements.total", "一致性比率 CR"),
        ('"x:y" = 3\n"x:z" = 5', "judgements", "judgements.total", "y:z"),
        ('"x:y" = 3\n"y:x" = 5\n"x:z" = 1\n"y:z" = 1', "judgements", "judgements.total.y:x", "已经比较过"),
        ('"x:w" = 3\n"x:z" = 5\n"y:z" = 1', "judgements", "judgements.total.x:w", "下级"),
        ('"x:y" = 0\n"x:z" = 5\n"y:z" = 1', "judgements", "judgements.total.x:y", "大于零"),
        ('"x:y" = "三"\n"x:z" = 5\n"y:z" = 1', "judgements", "judgements.total.x:y", "大于零"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(text: str, code: str, where: str, word: str) -> None:
    (found,) = issues(f"{HEAD}[judgements.total]\n{text}\n")
    assert found[:2] == (code, where)
    assert word in found[2]


def test_a_declared_weight_beside_judgements_is_refused() -> None:
    text = HEAD.replace('formula = "a"', 'formula = "a"\nweight = 2')
    assert [(one[0], one[1]) for one in issues(text + PAIRS)] == [("misplaced", "nodes.x.weight")]


@pytest.mark.parametrize("parent", ["totl", "x"])
def test_judgements_of_a_node_without_children(parent: str) -> None:
    (found,) = [one for one in issues(HEAD + PAIRS.replace("total", parent)) if one[0] != "weight"]
    assert found[:2] == ("judgements", f"judgements.{parent}")


def test_judgements_survive_text_and_tables(tmp_path: Path) -> None:
    one = made(HEAD + PAIRS)
    assert made(recipe.toml(one)) == one
    assert made(recipe.from_tables(recipe.tables(one), "x")) == one
    recipe.write(one, tmp_path / "判断.xlsx")
    assert recipe.load(tmp_path / "判断.xlsx") == one


def test_judgements_are_told_to_scripts() -> None:
    told = made(HEAD + PAIRS).to_json()["judgements"]["total"]
    assert {"one": "z", "other": "y", "times": 0.5} in told
    assert len(told) == 3


def test_a_changed_judgement_is_told_as_the_weights_that_follow() -> None:
    told = [
        str(change) for change in recipe.diff(made(HEAD + PAIRS), made(HEAD + PAIRS.replace("= 5", "= 4")))
    ]
    assert any("“x”的权重由 0.648" in line for line in told)
