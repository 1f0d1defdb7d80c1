"""A recipe of ten goalposts in two branches, and units to rank by it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jianwei.recipe import Recipe
from jianwei.recipe.reading import read
from jianwei.scorecard import Inputs

Floats = NDArray[np.float64]

PARTS = 10


def made(*, root: str = "times = 100", head: str = "need = 0.5", leaf: str = "") -> Recipe:
    text = f'[recipe]\nname = "t"\n{head}\n[inputs]\n' + "".join(f"x{i} = {{}}\n" for i in range(PARTS))
    text += f"[nodes.root]\n{root}\n"
    for branch, weight in (("left", 2), ("right", 3)):
        text += f'[nodes.{branch}]\nparent = "root"\nweight = {weight}\n'
    for i in range(PARTS):
        text += f'[nodes.l{i}]\nparent = "{("left", "right")[i % 2]}"\nweight = {i + 1}\nformula = "x{i}"\n'
        text += leaf or "low = 0\nhigh = 100\n"
    found, problems = read(text)
    assert found is not None, [str(issue) for issue in problems.issues]
    return found


def inputs(x: Floats, codes: tuple[str, ...] = (), **more: Any) -> Inputs:
    names = codes or tuple(f"u{row}" for row in range(len(x)))
    columns = {f"x{i}": pa.array(x[:, i], from_pandas=True) for i in range(PARTS)}
    return Inputs(names, names, {"*": pa.table(columns)}, **more)


def units(count: int, seed: int = 1, *, gaps: float = 0.0) -> Floats:
    random = np.random.default_rng(seed)
    x = random.uniform(5, 95, (count, PARTS))
    x[random.random(x.shape) < gaps] = np.nan
    return np.asarray(x)
