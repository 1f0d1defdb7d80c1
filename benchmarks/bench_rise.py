"""提升建议: the cost of one answer, and whether what is promised comes true.

`uv run python -m benchmarks.bench_rise` asks for places for ten units of five demo worlds each, puts
nothing but the told measures into the board's inputs, scores everybody again and tells what came out.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.case import call
from jianwei import demo
from jianwei.robust import Rise
from jianwei.scorecard import Inputs, score
from jianwei.workspace import ingest, register, rise, space
from jianwei.workspace.desk import Contest, Desk, parsed
from jianwei.workspace.space import Workspace

SEEDS = (1, 2, 3, 4, 5)
SCALE = 0.03
BOARD: dict[str, Any] = {"recipe": "shuangwei-2015", "cohort": "区县", "period": "2015H1"}
ASKED = ((2, 1), (4, 2), (7, 1), (9, 3), (12, 2), (15, 5), (18, 4), (22, 3), (26, 10), (30, 12))
"""Rank of each of the ten units and the places asked for it: near and far, few and many."""


@cache
def made(seed: int) -> Workspace:
    """A demo world of a seed, without its report."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    generated = demo.generate(folder / "files", folder / "truth.json", seed=seed, scale=SCALE)
    opened = space.create(folder / "space", region='"500000"')
    register.import_files(opened, [generated.registry], actor="benchmark")
    ingest.ingest(opened, [generated.sources])
    return opened


@cache
def contest(seed: int) -> Contest:
    """The board that is asked about."""
    with Desk(made(seed), parsed(BOARD["period"])) as desk:
        found = desk.contest(BOARD["recipe"], BOARD["cohort"])
        _ = found.inputs
        return found


def twelfth() -> str:
    """The unit that stands twelfth in the first world."""
    card = score(contest(SEEDS[0]).recipe, contest(SEEDS[0]).inputs)
    return card.codes[card.order[11]]


def applied(found: Rise, inputs: Inputs) -> Inputs:
    """Inputs with the told measures put in by hand."""
    tables = dict(inputs.measures)
    row = inputs.codes.index(found.code)
    for one in found.plan.changed if found.plan else ():
        table = tables[one.platform]
        values = table[one.measure].to_pylist()
        values[row] = one.end
        place = table.column_names.index(one.measure)
        tables[one.platform] = table.set_column(place, one.measure, pa.array(values, pa.float64()))
    return replace(inputs, measures=tables, formed={})


@call(prepare=twelfth)
def scored_again(_: str) -> None:
    """The board of 区县 of a small demo world scored once, nothing kept."""
    here = contest(SEEDS[0])
    score(here.recipe, replace(here.inputs, formed={}))


@call(against="scored_again", prepare=twelfth)
def two_places(unit: str) -> None:
    """The cheapest change by which its twelfth wins two places, from the workspace."""
    rise.rise(made(SEEDS[0]), unit, 2, **BOARD)


def main() -> None:
    """Ask, apply, score and tell."""
    kept = promised = short = 0
    slowest = 0.0
    for seed in SEEDS:
        here = contest(seed)
        card = score(here.recipe, here.inputs)
        for rank, places in ASKED:
            unit = card.codes[card.order[rank - 1]]
            start = time.perf_counter()
            found = rise.rise(made(seed), unit, places, **BOARD).found
            slowest = max(slowest, time.perf_counter() - start)
            plan = found.plan
            if plan is None:
                raise RuntimeError(f"world {seed}: {unit} has no plan at rank {rank}")
            reached = score(here.recipe, applied(found, here.inputs)).rank[card.codes.index(unit)] or 0
            promise = plan.target if plan.enough else plan.best_rank
            promised, short, kept = promised + 1, short + (not plan.enough), kept + (reached <= promise)
            steps = (
                "、".join(f"{s.platform} {s.lever.title} {s.start:g}→{s.end:g}" for s in plan.steps) or "-"
            )
            print(
                f"{seed} {found.rank:>2} -{places:<2} {found.outcome:<6} promised {promise:>2}"
                f" reached {reached:>2}  {plan.cost:>6.1f}  {steps}",
                flush=True,
            )
    print(f"{kept} of {promised} promises kept, {short} told to be out of reach; slowest {slowest:.1f} s")


if __name__ == "__main__":
    main()
