"""A Finding: one fact with what is needed to recompute it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """One fact (主要数据): its value, what was counted over whom, by which query, from how many rows.

    `value` is a number, a list of names or None; None always goes with a reason in `absent`.
    `alt` is the value under the other day convention; `detail` holds rows for figures and tables.
    """

    id: str
    value: Any
    unit: str
    definition: str
    formula: str = ""
    query: str = ""
    rows: int = 0
    alt: Any = None
    absent: str = ""
    detail: tuple[Mapping[str, Any], ...] = ()
    recipe_hash: str = ""
    lake_version: str = ""
    roster_version: str = ""
