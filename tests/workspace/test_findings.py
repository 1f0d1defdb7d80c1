"""Findings of a workspace: every id of the contract once, a value or a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jianwei.workspace import findings, space
from jianwei.workspace.space import Workspace

IDS = ["S1.weibo", "S1.wechat", "S1.municipal", "S1.municipal_weibo", "S1.municipal_wechat", "S1.district", "S2.weibo", "S2.wechat", "S3.total", "S3.municipal", "S3.district", "S4.posts", "S4.reposts", "S4.comments", "S5.posts", "S5.reposts", "S5.comments", "T2.leaders", "T2.wechat_first", "T3.leaders", "T3.spread_first", "T3.interact_first", "T4.leaders", "T5.leaders", "F1.leaders", "F2.leaders", "F3.share", "F3.systems", "F3.six_share", "F4.monthly", "F4.holiday", "F5.original_share", "F5.multimedia_share", "F5.picture_share", "F5.infographic_change", "G1", "G2", "W.picks", "N3.share"]  # fmt: skip
KEYS = {"id", "value", "alt", "unit", "text", "definition", "query", "rows", "recipe_hash", "lake_version",
        "roster_version"}  # fmt: skip


@pytest.fixture(scope="module")
def told(demo_space: Path) -> dict[str, dict[str, Any]]:
    found = findings.findings(space.open(demo_space), "2015H1")
    assert [one["id"] for one in found if one["id"] in IDS] == [one["id"] for one in found]
    return {one["id"]: one for one in found}


def test_every_id_of_the_contract_with_its_keys(told: dict[str, dict[str, Any]]) -> None:
    assert sorted(told) == sorted(IDS)
    for one in told.values():
        assert one.keys() >= KEYS
        assert one["value"] is not None
        assert one["definition"]
        assert one["text"]


def test_the_values_are_the_truth(told: dict[str, dict[str, Any]], demo_space: Path) -> None:
    truth = json.loads(demo_space.with_name("space.truth.json").read_text("utf-8"))["findings"]
    assert sorted(truth) == sorted(told)
    for id, meant in truth.items():
        for key in ("value", "alt"):
            assert (
                told[id][key] == pytest.approx(meant[key], rel=1e-9)
                if isinstance(meant[key], float)
                else equal(told[id][key], meant[key])
            ), id


def equal(one: Any, other: Any) -> bool:
    """Equal to the letter, numbers to nine digits."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return bool(one == pytest.approx(other, rel=1e-9))
    return bool(one == other)


def test_what_cannot_be_told_has_a_reason_and_no_number(small: Workspace) -> None:
    found = {one["id"]: one for one in findings.findings(small, "2015-03")}
    assert sorted(found) == sorted(IDS)
    assert found["S4.posts"]["value"] == 2
    for id in ("S3.total", "G1", "G2", "F2.leaders", "T2.wechat_first", "F5.infographic_change"):
        assert found[id]["value"] is None
        assert len(found[id]["absent"]) > 5
    for one in found.values():
        assert (one["value"] is None) == bool(one["absent"]), one["id"]
