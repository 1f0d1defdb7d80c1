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


def evaluate(recipe: Recipe, inputs: Inputs) -> tuple[Floats, Floats, Floats]:
    """Formula values, denominators (1 where there is none), the one over the other; NaN where missing
    or undefined (per 0).

    Returns three matrices, (units, leaves) in the order of `recipe.leaves`.
    """
    values = np.full((len(inputs.codes), len(recipe.leaves)), np.nan)
    per = np.ones_like(values)
    if not inputs.codes:
        return values, per, values.copy()
    computed = []
    for place, leaf in enumerate(recipe.leaves):
        if leaf.sql == f'"{leaf.names[0]}"' and not leaf.per:
            values[:, place] = inputs.column(leaf.platform, leaf.names[0])
        else:
            computed.append(place)
    if computed:
        _compute(recipe, inputs, computed)
    for place in computed:
        leaf = recipe.leaves[place]
        values[:, place] = inputs.formed[leaf.platform, leaf.sql]
        if leaf.per:
            per[:, place] = inputs.formed[leaf.platform, leaf.per_sql]
    values[~np.isfinite(values)] = np.nan
    divided = np.divide(values, per, out=np.full_like(values, np.nan), where=per != 0)
    divided[~np.isfinite(divided)] = np.nan
    return values, per, divided


def _compute(recipe: Recipe, inputs: Inputs, wanted: Sequence[int]) -> None:
    """Fill `inputs.formed` with what these leaves (places in `recipe.leaves`) need, platform by platform."""
    wanted = [place for place in wanted if not _formed(inputs, recipe.leaves[place])]
    if not wanted:
        return
    with duckdb.connect() as connection:
        for platform in dict.fromkeys(recipe.leaves[place].platform for place in wanted):
            places = [place for place in wanted if recipe.leaves[place].platform == platform]
            leaves = [recipe.leaves[place] for place in places]
            connection.register("units", _table(leaves, platform, inputs))
            try:
                found = connection.execute(query(leaves)).fetchnumpy()
            except duckdb.Error as error:
                raise MethodError(f"计算指标时出错：{error}", hint="检查方案中的公式") from error
            for leaf in leaves:
                _keep(inputs, leaf.platform, leaf.sql, found["ordinal"], found[leaf.code])
                if leaf.per:
                    _keep(inputs, leaf.platform, leaf.per_sql, found["ordinal"], found[_per(leaf)])


def _formed(inputs: Inputs, leaf: Node) -> bool:
    return all((leaf.platform, sql) in inputs.formed for sql in (leaf.sql, leaf.per_sql) if sql)


def _keep(inputs: Inputs, platform: str, sql: str, ordinal: NDArray[np.int64], told: Floats) -> None:
    column = np.full(len(inputs.codes), np.nan)
    column[ordinal] = np.ma.filled(told, np.nan)
    inputs.formed[platform, sql] = column


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
