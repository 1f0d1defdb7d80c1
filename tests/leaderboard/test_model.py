"""A leaderboard as JSON: CONTRACTS' fields, unrounded, ties at the cut kept."""

from __future__ import annotations

import json
from pathlib import Path

from tests.leaderboard.made import board, plain, recipe


def test_the_document_of_a_board(tmp_path: Path) -> None:
    found = board(plain(tmp_path, {"A": 5, "B": 7, "C": 5, "D": 3, "E": None}), recipe("reposts"))
    told = found.to_json()
    assert {
        "recipe",
        "recipe_hash",
        "cohort",
        "period",
        "lake_version",
        "roster_version",
        "rows",
        "unranked",
    } <= told.keys()
    assert (told["cohort"], told["period"], told["by"]) == ("全部单位", "2015H1", "unit")
    row = told["rows"][1]
    assert {"rank", "unit", "score", "change", "tie", "nodes", "interval", "coverage"} <= row.keys()
    assert (row["rank"], row["unit"], row["tie"], row["interval"]) == (2, "单位A", True, None)
    assert row["score"] == found.rows[1].score
    assert row["nodes"]["root"] == row["score"]
    assert [(one["unit"], bool(one["reason"])) for one in told["unranked"]] == [("单位E", True)]
    assert json.dumps(told, default=str, allow_nan=False)


def test_the_cut_keeps_ties_and_the_unranked(tmp_path: Path) -> None:
    found = board(plain(tmp_path, {"A": 5, "B": 7, "C": 5, "D": 3, "E": None}), recipe("reposts"))
    assert [row["rank"] for row in found.to_json(top=2)["rows"]] == [1, 2, 2]
    assert [row["rank"] for row in found.to_json(top=3)["rows"]] == [1, 2, 2]
    assert found.to_json(top=0)["rows"] == []
    assert len(found.to_json(top=1)["unranked"]) == 1


def test_when_it_was_observed(tmp_path: Path) -> None:
    from tests.world import SEEN

    assert board(plain(tmp_path / "a", {"A": 5}), recipe("reposts")).observed == (SEEN, SEEN)
    assert board(plain(tmp_path / "b", {"A": None}), recipe("reposts")).observed is None
