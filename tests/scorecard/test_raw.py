"""The first stage: formula values, told once for all recipes that read the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from jianwei import recipe as recipes
from jianwei.scorecard import Inputs
from jianwei.scorecard.inputs import PLAIN
from jianwei.scorecard.raw import evaluate


def test_formula_values_are_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = recipes.load("wci-2.0")
    names = sorted({name for leaf in made.leaves for name in leaf.names})
    table = pa.table({name: [30.0, None] for name in names})
    inputs, others = (Inputs(("A", "B"), ("甲", "乙"), {PLAIN: table}) for _ in range(2))
    first = evaluate(made, inputs)
    assert np.isnan(first[2][1]).any()
    assert not np.isnan(first[2][0]).any()
    assert inputs.formed.keys() >= {(leaf.platform, leaf.sql) for leaf in made.leaves if " " in leaf.sql}
    monkeypatch.setattr("jianwei.scorecard.raw.duckdb.connect", None)  # nothing is asked a second time
    for one, again in zip(first, evaluate(made, inputs), strict=True):
        np.testing.assert_array_equal(one, again)
    assert others.formed == {}
    with pytest.raises(TypeError):
        evaluate(made, others)
