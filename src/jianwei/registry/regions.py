"""The regions that count in a workspace: the shipped code tables and the registry's own rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pyarrow as pa

from jianwei.registry.models import Region
from jianwei.roster.divisions import REGIONS, regions
from jianwei.roster.places import Places, places

__all__ = ["known_places", "region_table"]


def known_places(more: Iterable[Mapping[str, Any]] = ()) -> Places:
    """An index over all regions and over rows (adcode, name, parent, start, end) about to be added."""
    return places(_merged(more))


def region_table() -> pa.Table:
    """All regions as a roster holds them."""
    return pa.Table.from_pylist(_merged(()), schema=REGIONS)


def _merged(more: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows of the registry replace the shipped ones of their code.

    People write a last day (终止), the model has the day after it.
    """
    own: dict[tuple[str, str], dict[str, Any]] = {}
    stored = Region.objects.values("adcode", "name", "parent", "start", "end")
    for row in (*stored, *more):
        end = row.get("end")
        own[row["adcode"], row["name"]] = {
            "adcode": row["adcode"],
            "name": row["name"],
            "parent": row.get("parent") or "",
            "start": row.get("start"),
            "end": end + timedelta(days=1) if end else None,
        }
    replaced = {adcode for adcode, _ in own}
    shipped = [row for row in regions().to_pylist() if row["adcode"] not in replaced]
    ours = sorted(own.values(), key=lambda row: (row["adcode"], row["start"] is not None, row["start"] or 0))
    return [*shipped, *ours]
