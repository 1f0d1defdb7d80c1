"""One changed source row moves exactly the findings that depend on it, and moves them to what is true."""

from __future__ import annotations

import numpy as np
import pytest

from tests.demo.changes import KINDS, MAY_MOVE, Change
from tests.demo.dependence import Bench, Outcome
from tests.demo.made import Made

TRIED = (
    "weibo reposts", "weibo month", "weibo left out", "wechat title", "followers at the end",
    "sums of the half-year before", "registry mark",
)  # fmt: skip
"""Some kinds once; `python -m tests.demo.dependence --changes 50` tries all of them again and again."""


@pytest.fixture(scope="module")
def bench(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench.of(tmp_path_factory.mktemp("bench"), made)


@pytest.mark.parametrize("kind", TRIED)
def test_a_changed_row_moves_what_depends_on_it_and_nothing_else(bench: Bench, kind: str) -> None:
    done = bench.run(kind, np.random.default_rng(KINDS.index(kind) + 100))
    assert done.faults == []


def test_what_may_be_moved_is_known_for_every_kind(bench: Bench) -> None:
    assert set(TRIED) <= set(KINDS)
    movable = frozenset[str]().union(*MAY_MOVE.values())
    of_accounts = {id for id in bench.before if id.startswith(("S1.", "S2.", "F1."))}
    assert movable | of_accounts == set(bench.before)
    assert not movable & of_accounts


@pytest.mark.parametrize(
    ("rows", "moved", "truly", "untrue", "faults"),
    [
        ((1, 1), {"S4.reposts"}, {"S4.reposts"}, set(), 0),
        ((1, 0), set(), set(), set(), 0),
        ((2, 2), set(), set(), set(), 1),
        ((1, 1), set(), {"S4.reposts"}, {"S4.reposts"}, 2),
        ((1, 1), {"S4.reposts", "G1"}, {"S4.reposts"}, {"G1"}, 3),
    ],
)
def test_faults_are_seen(
    made: Made,
    rows: tuple[int, int],
    moved: set[str],
    truly: set[str],
    untrue: set[str],
    faults: int,
) -> None:
    change = Change("weibo reposts", "", made.world)
    done = Outcome(change, "a.csv", rows, frozenset(moved), frozenset(truly), frozenset(untrue))
    assert len(done.faults) == faults


def test_the_shared_workspace_is_left_as_it_was(bench: Bench, made: Made) -> None:
    assert {str(sha) for sha in made.desk.space.lake.imports()["sha256"].to_pylist()} == bench.base
