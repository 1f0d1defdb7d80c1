"""Who answers for an account on a day: its unit, or the unit before or after it in succession."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pyarrow as pa

__all__ = ["handed_over", "unit_alive"]


def unit_alive(code: str, alive: Collection[str], predecessor: Mapping[str, str]) -> str | None:
    """The unit itself, else the nearest predecessor or only successor among those alive.

    predecessor: unit code to the code of its 前身单位, "" for none. None where there is no such unit.
    """
    if code in alive:
        return code
    seen = {code}
    before = predecessor.get(code, "")
    while before and before not in seen:
        if before in alive:
            return before
        seen.add(before)
        before = predecessor.get(before, "")
    generation = {code}
    while generation:
        generation = {new for new, old in predecessor.items() if old in generation} - seen
        heirs = generation & set(alive)
        if heirs:
            return heirs.pop() if len(heirs) == 1 else None
        seen |= generation
    return None


def handed_over(rows: pa.Table, units: pa.Table, alive: Collection[str]) -> pa.Table:
    """The rows (column `unit`) with the unit that answers for them; rows of none are left out.

    units: all units (columns code, predecessor), alive: codes of those that exist on the day.
    """
    names = [str(name) for name in rows["unit"].to_pylist()]
    if all(name in alive for name in names):
        return rows
    predecessor = {str(row["code"]): str(row["predecessor"] or "") for row in units.to_pylist()}
    heirs = {name: unit_alive(name, alive, predecessor) for name in set(names)}
    column = pa.array([heirs[name] for name in names], pa.string())
    moved = rows.set_column(rows.schema.get_field_index("unit"), rows.schema.field("unit"), column)
    return moved.filter(moved["unit"].is_valid())
