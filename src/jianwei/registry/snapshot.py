"""The tables as a roster: everything but contacts."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from jianwei.model import Account as AccountRecord
from jianwei.model import Opening as OpeningRecord
from jianwei.model import Unit as UnitRecord
from jianwei.model import schema_of
from jianwei.registry import aliases
from jianwei.registry.aliases import Former
from jianwei.registry.models import Account, Alias, Opening, Population, Unit
from jianwei.registry.regions import region_table
from jianwei.roster import Roster
from jianwei.roster.populations import POPULATIONS, shipped

__all__ = ["former_names", "publish"]


def publish(folder: Path) -> Roster:
    """Write the registry as the newest roster version of the folder."""
    return Roster.publish(
        folder,
        units=_table(Unit.objects.all(), schema_of(UnitRecord)),
        accounts=_accounts(),
        openings=_table(Opening.objects.all(), schema_of(OpeningRecord)),
        regions=region_table(),
        populations=_populations(),
    )


def former_names() -> dict[int, str]:
    """Account key to its cell of 曾用名(起止)."""
    found: dict[int, list[Former]] = defaultdict(list)
    for alias in Alias.objects.all():
        found[alias.account_id].append(Former(alias.name, alias.start, alias.end))
    return {key: aliases.write(names) for key, names in found.items()}


def _table(records: Any, schema: pa.Schema) -> pa.Table:
    names = [name for name in schema.names if name != "aliases"]
    attributes = ["unit_id" if name == "unit" else name for name in names]
    rows = [dict(zip(names, values, strict=True)) for values in records.values_list(*attributes)]
    return pa.Table.from_pylist(rows, schema=schema)


def _accounts() -> pa.Table:
    schema = schema_of(AccountRecord)
    table = _table(Account.objects.order_by("id"), schema)
    names = former_names()
    keys = Account.objects.order_by("id").values_list("id", flat=True)
    cells = pa.array([names.get(key, "") for key in keys], pa.string())
    return table.set_column(schema.get_field_index("aliases"), schema.field("aliases"), cells)


def _populations() -> pa.Table:
    """Shipped figures, replaced by the registry's where both have the region, year and kind."""
    rows = {(row["adcode"], row["year"], row["kind"]): row for row in shipped().to_pylist()}
    for row in Population.objects.values(*POPULATIONS.names):
        rows[row["adcode"], row["year"], row["kind"]] = row
    return pa.Table.from_pylist(list(rows.values()), schema=POPULATIONS)
