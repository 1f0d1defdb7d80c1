"""The truth file: everything the report finds, told without any measure of 见微, and equal to it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest

from jianwei.demo import truth
from jianwei.demo.files import MARK
from jianwei.demo.truth import activity, boards, inputs, picks, scope
from jianwei.demo.world import World
from tests.demo.made import SCALE, SEED, Made, same
from tests.demo.worlds import untrue

ROOMS = (activity, boards, inputs, picks, scope)
IDS = [
    "S1.weibo", "S1.wechat", "S1.municipal", "S1.municipal_weibo", "S1.municipal_wechat", "S1.district",
    "S2.weibo", "S2.wechat", "S3.total", "S3.municipal", "S3.district", "S4.posts", "S4.reposts",
    "S4.comments", "S5.posts", "S5.reposts", "S5.comments", "T2.leaders", "T3.leaders", "T4.leaders",
    "T5.leaders", "T3.spread_first", "T3.interact_first", "T2.wechat_first", "F1.leaders", "F2.leaders",
    "F3.systems", "F3.share", "F3.six_share", "F4.monthly", "F4.holiday", "F5.original_share",
    "F5.multimedia_share", "F5.picture_share", "F5.infographic_change", "G1", "G2", "W.picks", "N3.share",
]  # fmt: skip


def test_the_file_says_what_it_is_and_whose_it_is(made: Made) -> None:
    assert (made.truth["mark"], made.truth["seed"], made.truth["scale"]) == (MARK, SEED, SCALE)
    for part, told in made.truth["parts"].items():
        account = made.world.cast.accounts[made.world.cast.parts[part]]
        assert (told["account"], told["unit"]) == (account.account_id, account.unit)


def test_every_finding_of_the_report_is_told(made: Made) -> None:
    assert set(made.truth["findings"]) == set(made.gathered.findings) == set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_the_finding_is_what_is_true(made: Made, id: str) -> None:
    told, found = made.truth["findings"][id], made.finding(id)
    assert found.absent == ""
    assert same(found.value, told["value"]), (found.value, told["value"])
    if told["alt"] is not None:
        assert same(found.alt, told["alt"]), (found.alt, told["alt"])


def test_another_worlds_edition_says_what_is_true_of_it(demo_space: Path) -> None:
    assert untrue(demo_space) == {}


def test_an_untrue_finding_is_seen(demo_space: Path, tmp_path: Path) -> None:
    edition = tmp_path / "city" / "editions" / "2015H1-001"
    edition.mkdir(parents=True)
    told = json.loads((demo_space / "editions" / "2015H1-001" / "findings.json").read_text("utf-8"))
    for one in told:
        if one["id"] == "S4.posts":
            one["value"] += 1
    (edition / "findings.json").write_text(json.dumps(told[1:]), "utf-8")
    (tmp_path / "city.truth.json").write_bytes(demo_space.with_name("space.truth.json").read_bytes())
    assert set(untrue(tmp_path / "city")) == {told[0]["id"], "S4.posts"}


def test_differences_are_seen() -> None:
    assert same(1 / 3, 1 / 3)
    assert not same(0.3333, 1 / 3)
    assert not same([1, 2], [1])
    assert not same({"a": 1.0}, {"a": 1.1})
    assert not same({}, {"a": 1})


def test_no_measure_of_the_product_is_behind_the_truth() -> None:
    allowed = ("jianwei.demo", "jianwei.roster.populations")
    for room in (*ROOMS, truth):
        assert room.__file__
        for node in ast.walk(ast.parse(Path(room.__file__).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jianwei"):
                assert (node.module or "").startswith(allowed)


def test_the_truth_is_of_the_arrays(made_world: World) -> None:
    told = activity.sums(made_world)
    mine = made_world.cast.analysed[made_world.posts.account]
    assert told["S4.reposts"] == int(made_world.posts.reposts[mine].sum()) > 0
    assert scope.counts(made_world)["S2.wechat"] == 0.5
    assert len(picks.picks(made_world)["W.picks"]) == 11


def test_what_nobody_collected_is_unknown_and_what_is_silent_is_nothing(made_world: World) -> None:
    who, weibo = made_world.cast, inputs.on_platform(made_world, "weibo")
    assert np.isnan(weibo["posts"][who.of[who.parts["not_collected"]]])
    assert weibo["posts"][who.of[who.parts["silent"]]] == 0
    assert np.isnan(weibo["multimedia"][who.of[who.parts["totals_only"]]])
    assert weibo["posts"][who.of[who.parts["totals_only"]]] > 0


def test_who_decided_against_a_platform(made_world: World) -> None:
    who = made_world.cast
    decided = inputs.decided(made_world, "wechat")
    assert decided[who.of[who.parts["tie"]]]
    assert not inputs.decided(made_world, "weibo")[who.of[who.parts["tie"]]]


def test_leaders_are_named_in_full(made_world: World) -> None:
    told = boards.leaders(made_world)
    names = {unit.name for unit in made_world.cast.units}
    for id in ("T2.leaders", "T3.leaders", "T4.leaders", "T5.leaders"):
        assert told[id]
        assert set(told[id]) <= names


def test_it_is_written_as_json_for_people(made: Made) -> None:
    text = Path(made.done["truth"]).read_text("utf-8")
    assert "合成数据" in text
    assert json.loads(text) == made.truth
