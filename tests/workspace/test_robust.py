"""Robustness of a cohort and of a plain table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jianwei.errors import MethodError
from jianwei.workspace import board, robust, space
from jianwei.workspace.robust import Asked


def table(folder: Path, rows: list[tuple[str, float, float, float]]) -> Path:
    path = folder / "表.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("unit", "osi", "hci", "tii"), *rows])
    return path


def test_a_clear_leader_and_two_that_nobody_can_tell_apart(tmp_path: Path) -> None:
    rows = [("甲", 0.95, 0.9, 0.92), ("乙", 0.5, 0.6, 0.4), ("丙", 0.6, 0.5, 0.4), ("丁", 0.1, 0.1, 0.1)]
    found, issues = robust.of_table("un-egdi", table(tmp_path, rows), Asked(draws=500))
    assert issues == []
    told = found.to_json()
    at = {row["unit"]: row for row in told["rows"]}
    assert (at["甲"]["interval"], at["丁"]["interval"]) == ([1, 1], [4, 4])
    assert at["乙"]["interval"] == at["丙"]["interval"] == [2, 3]
    assert at["乙"]["band"] == at["丙"]["band"] != at["甲"]["band"]
    assert [row["equal_weights_rank"] for row in told["rows"]] == [1, 2, 2, 4]
    assert told["sensitivity"] is None
    assert len(told["removals"]) == 3


def test_the_same_seed_tells_the_same(tmp_path: Path) -> None:
    path = table(tmp_path, [("甲", 0.5, 0.6, 0.4), ("乙", 0.6, 0.5, 0.4), ("丙", 0.55, 0.5, 0.5)])
    told = [robust.of_table("un-egdi", path, Asked(draws=50, seed=seed))[0].to_json() for seed in (1, 1, 2)]
    assert told[0] == told[1]
    assert told[0] != told[2]


def test_a_cohort_with_everything_asked(demo_space: Path) -> None:
    opened = space.open(demo_space)
    told = robust.of_cohort(opened, "shuangwei-2015", "区县", "2015H1", Asked(draws=50, deep=True)).to_json()
    ranked = board.board(opened, "shuangwei-2015", "区县", "2015H1")
    assert [row["unit"] for row in told["rows"]] == [row.unit for row in ranked.rows]
    assert len(told["unranked"]) == len(ranked.unranked)
    assert told["reversals"] == []  # goalposts are declared: nobody's score hangs on another
    assert {one["factor"] for one in told["sensitivity"]} == {
        "weights",
        "scale",
        "outlier",
        "missing",
        "combine",
    }
    assert all(row["interval"][0] <= row["rank"] + 5 for row in told["rows"])


def test_units_compared_in_pairs_are_not_simulated(tmp_path: Path) -> None:
    recipe = tmp_path / "对.toml"
    recipe.write_text(
        '[recipe]\nname = "p"\ntitle = "对"\nsource = "x"\n[inputs.osi]\nname = "一"\n[nodes.t]\ncombine = "copeland"\n'
        '[nodes.a]\nparent = "t"\nweight = 1\nformula = "osi"\nscale = "minmax"\n',
        "utf-8",
    )
    with pytest.raises(MethodError, match="两两比较"):
        robust.of_table(str(recipe), table(tmp_path, [("甲", 0.5, 0.6, 0.4)]))
