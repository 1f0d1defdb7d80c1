"""The first stage: formula values of every unit and leaf, computed by DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jianwei.errors import MethodError
from jianwei.recipe import Node, Recipe
from jianwei.scorecard.inputs import Inputs

__all__ = ["evaluate", "query"]

Floats = NDArray[np.float64]


def evaluate(recipe: Recipe, inputs: Inputs) -> tuple[Floats, Floats]:
    """Formula values, and the same over their `per`; NaN where missing or undefined (per 0).

    Returns two matrices, (units, leaves) in the order of `recipe.leaves`.
    """
    values = np.full((len(inputs.codes), len(recipe.leaves)), np.nan)
    per = np.ones_like(values)
    if not inputs.codes:
        return values, values.copy()
    computed = []
    for place, leaf in enumerate(recipe.leaves):
        if leaf.sql == f'"{leaf.names[0]}"' and not leaf.per:
            values[:, place] = inputs.column(leaf.platform, leaf.names[0])
        else:
            computed.append(place)
    if computed:
        _compute(recipe, inputs, computed, values, per)
    values[~np.isfinite(values)] = np.nan
    divided = np.divide(values, per, out=np.full_like(values, np.nan), where=per != 0)
    divided[~np.isfinite(divided)] = np.nan
    return values, divided


def _compute(recipe: Recipe, inputs: Inputs, wanted: Sequence[int], values: Floats, per: Floats) -> None:
    """Fill in the columns of these leaves (places in `recipe.leaves`), platform by platform."""
    with duckdb.connect() as connection:
        for platform in dict.fromkeys(recipe.leaves[place].platform for place in wanted):
            places = [place for place in wanted if recipe.leaves[place].platform == platform]
            leaves = [recipe.leaves[place] for place in places]
            connection.register("units", _table(leaves, platform, inputs))
            try:
                found = connection.execute(query(leaves)).fetchnumpy()
            except duckdb.Error as error:
                raise MethodError(f"计算指标时出错：{error}", hint="检查方案中的公式") from error
            for place, leaf in zip(places, leaves, strict=True):
                values[found["ordinal"], place] = np.ma.filled(found[leaf.code], np.nan)
                if leaf.per:
                    per[found["ordinal"], place] = np.ma.filled(found[_per(leaf)], np.nan)


def query(leaves: Sequence[Node]) -> str:
    """The SQL that gives the leaves of one platform, as an auditor may read it."""
    columns = "".join(
        f',\n    cast({sql} AS DOUBLE) AS "{name}"'
        for leaf in leaves
        for sql, name in ((leaf.sql, leaf.code), (leaf.per_sql, _per(leaf)))
        if sql
    )
    return f'SELECT\n    "ordinal"{columns}\nFROM units'


def _per(leaf: Node) -> str:
    """The column of a leaf's denominator; no code of a node has a slash."""
    return f"{leaf.code}/per"


def _table(leaves: Sequence[Node], platform: str, inputs: Inputs) -> pa.Table:
    """The columns that the leaves read, as DOUBLE; a NaN becomes NULL, as the formulas expect."""
    names = dict.fromkeys(name for leaf in leaves for name in leaf.names)
    columns = {"ordinal": pa.array(np.arange(len(inputs.codes), dtype=np.int64))}
    for name in names:
        columns[name] = pa.array(inputs.column(platform, name), from_pandas=True)
    return pa.table(columns)
