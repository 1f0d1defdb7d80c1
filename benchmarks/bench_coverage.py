"""Does the 90 % rank interval hold the true rank? Boards whose true method is itself one of the declared draws.

`python -m benchmarks.bench_coverage [boards]` prints the shares with their Monte-Carlo error. The
true board takes weights (and, by turns, all other assumptions) at random within what is declared,
with a seed of its own; the recipe knows only its middle. What is measured is the method's doubt
alone: errors of sampling and of collecting are in no interval.
"""

from __future__ import annotations

import math
import sys
from functools import cache

import numpy as np
import pyarrow as pa

from benchmarks.case import call
from jianwei import robust, scorecard
from jianwei.recipe import Recipe
from jianwei.recipe.reading import read

UNITS, PARTS, DRAWS = 30, 10, 500
CASES = {
    "weights only": robust.Variations(scale=False, outlier=False, missing=False, combine=False),
    "all assumptions": robust.Variations(),
}


@cache
def recipe() -> Recipe:
    """Ten goalposts in two branches."""
    text = '[recipe]\nname = "coverage"\n[inputs]\n' + "".join(f"x{i} = {{}}\n" for i in range(PARTS))
    text += "[nodes.root]\ntimes = 100\n"
    for branch, weight in (("left", 2), ("right", 3)):
        text += f'[nodes.{branch}]\nparent = "root"\nweight = {weight}\n'
    for i in range(PARTS):
        branch = ("left", "right")[i % 2]
        text += (
            f'[nodes.l{i}]\nparent = "{branch}"\nweight = {i + 1}\nformula = "x{i}"\nlow = 0\nhigh = 100\n'
        )
    made, _ = read(text)
    if made is None:
        raise RuntimeError("the recipe of this benchmark is wrong")
    return made


def units(seed: int) -> scorecard.Inputs:
    """A board of units that lie close together."""
    x = np.random.default_rng(seed).uniform(5, 95, (UNITS, PARTS))
    codes = tuple(f"u{row}" for row in range(UNITS))
    return scorecard.Inputs(codes, codes, {"*": pa.table({f"x{i}": x[:, i] for i in range(PARTS)})})


def covered(varied: robust.Variations, boards: int) -> tuple[float, float]:
    """Share of true ranks within their 5-95 % interval, and its standard error over boards."""
    shares = []
    for seed in range(boards):
        given = units(seed)
        found = robust.simulate(recipe(), given, varied, draws=DRAWS, seed=seed)
        truth = robust.simulate(recipe(), given, varied, draws=1, seed=1_000_000 + seed)
        true = dict(zip(truth.codes, truth.ranks[0].tolist(), strict=True))
        inside = [interval.low <= true[code] <= interval.high for code, interval in found.intervals.items()]
        shares.append(float(np.mean(inside)))
    return float(np.mean(shares)), float(np.std(shares, ddof=1)) / math.sqrt(boards)


@call
def coverage_of_100_boards() -> None:
    """Coverage of 90 % intervals, 100 boards of 30 units: at least 90 %, or the interval says too much."""
    for name, varied in CASES.items():
        share, error = covered(varied, 100)
        if share + 3 * error < 0.9:
            raise RuntimeError(f"{name}: {share:.1%} ± {error:.1%} of the true ranks are inside")


if __name__ == "__main__":
    for name, varied in CASES.items():
        share, error = covered(varied, int(sys.argv[1]) if len(sys.argv) > 1 else 400)
        print(f"{name}: {share:.1%} inside, standard error {error:.1%}")
