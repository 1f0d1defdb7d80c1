"""What a recipe is applied to: units, their measures by platform, and what they never opened."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jianwei.errors import DataError, suggest
from jianwei.recipe import Recipe
from jianwei.recipe.vocabulary import UNIT_LEVEL

__all__ = ["PLAIN", "UNIT", "Inputs", "digest"]

Floats = NDArray[np.float64]

UNIT = ""
"""Key of the table of unit-level measures."""

PLAIN = "*"
"""Key of one plain table that holds everything; `weibo.posts` in it is `posts` of Weibo."""


@dataclass(frozen=True)
class Inputs:
    """Units and their measures, row by row in one order.

    codes: one a unit, distinct. measures: platform family (or UNIT, or PLAIN) to a table with
    a row a unit; null = missing; columns beyond the needed ones are ignored, a missing column
    is missing for everybody. structural: platform to whether the unit has no account there by
    decision; it outweighs any value that may stand there. groups: name of a grouping to each
    unit's group, "" where unknown. formed: formula values told so far, by platform and SQL: the
    many recipes of a sensitivity analysis read the same ones.
    Raises DataError where rows do not fit together.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    measures: Mapping[str, pa.Table]
    structural: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    formed: dict[tuple[str, str], Floats] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        size = len(self.codes)
        if len(set(self.codes)) != size:
            raise DataError("参评单位有重复的编码")
        rows = {
            "名称": len(self.names),
            **{f"指标表“{key or '单位'}”": table.num_rows for key, table in self.measures.items()},
            **{f"“{key}”的开通状态": len(flags) for key, flags in self.structural.items()},
            **{f"分组“{key}”": len(labels) for key, labels in self.groups.items()},
        }
        for what, count in rows.items():
            if count != size:
                raise DataError(f"{what}有 {count} 行，参评单位有 {size} 个，数目不符")

    def column(self, platform: str, name: str) -> Floats:
        """A measure of a platform as float64, NaN where missing or nowhere to be found."""
        plain = self.measures.get(PLAIN)
        if plain is not None:
            joined = f"{platform}.{name}"
            return _floats(plain, joined if joined in plain.column_names else name)
        key = UNIT if name in UNIT_LEVEL else platform
        table = self.measures.get(key)
        return np.full(len(self.codes), np.nan) if table is None else _floats(table, name)

    def absent(self, platform: str) -> NDArray[np.bool_]:
        """Whether each unit has no account on the platform by decision; nowhere for platform ""."""
        flags = self.structural.get(platform) if platform else None
        return (
            np.zeros(len(self.codes), dtype=np.bool_) if flags is None else np.asarray(flags, dtype=np.bool_)
        )

    def group(self, name: str) -> NDArray[np.str_]:
        """Each unit's group, "" where unknown; nobody has one under the name "".

        Raises DataError where there is no grouping of that name.
        """
        if not name:
            return np.full(len(self.codes), "", dtype=np.str_)
        if name not in self.groups:
            raise DataError(f"没有分组“{name}”", hint=suggest(name, self.groups) or "给出各单位的组别")
        return np.array([str(label) for label in self.groups[name]], dtype=np.str_)


def digest(recipe: Recipe, inputs: Inputs, pool: Sequence[Inputs] = ()) -> str:
    """16 hex digits over everything the recipe reads; the order of units does not count.

    pool: further inputs that the parameters come from; their order does not count either.
    """
    order = np.argsort(np.array(inputs.codes, dtype=np.str_), kind="stable")
    seen = hashlib.sha256("\x00".join(inputs.codes[row] for row in order).encode())
    for platform, name in sorted({(leaf.platform, name) for leaf in recipe.leaves for name in leaf.names}):
        values = inputs.column(platform, name)[order] + 0.0  # -0.0 and 0.0 are one number
        seen.update(f"\x00{platform}\x00{name}\x00".encode() + values.astype("<f8").tobytes())
    for platform in sorted(recipe.platforms):
        seen.update(f"\x00{platform}\x00".encode() + inputs.absent(platform)[order].tobytes())
    if recipe.group:
        seen.update("\x00".join(inputs.group(recipe.group)[order]).encode())
    for other in sorted(digest(recipe, one) for one in pool):
        seen.update(f"\x00{other}".encode())
    return seen.hexdigest()[:16]


def _floats(table: pa.Table, name: str) -> Floats:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    column = table.column(name)
    if pa.types.is_null(column.type):
        return np.full(table.num_rows, np.nan)
    if not (
        pa.types.is_integer(column.type)
        or pa.types.is_floating(column.type)
        or pa.types.is_decimal(column.type)
    ):
        raise DataError(f"指标“{name}”不是数字，而是 {column.type}")
    values = column.cast(pa.float64(), safe=False).to_numpy()
    return np.where(np.isfinite(values), values, np.nan)
