"""Counts of a post from the columns of a tool, with what is capped or shortened marked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from jianwei.intake import values
from jianwei.intake.lines import CellReader
from jianwei.intake.records import marks

__all__ = ["counted"]


def counted(get: CellReader, columns: Mapping[str, str]) -> dict[str, Any]:
    """Counts by field as a post takes them, with `censored` and `rounded`.

    columns: field (reads, reposts, comments, likes, wow, shares) → the tool's column. What is not
    there or blank is null. Raises Refused.
    """
    found = {
        field: get(column, partial(values.count, reads=field == "reads")) for field, column in columns.items()
    }
    return {
        **{field: count.value for field, count in found.items()},
        "censored": marks(**{field: count.censored for field, count in found.items()}),
        "rounded": marks(**{field: count.rounded for field, count in found.items()}),
    }
