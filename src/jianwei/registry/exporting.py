"""The registry as files: what an import of them would change is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jianwei.registry import writing
from jianwei.registry.columns import CONTACTS, SHEETS
from jianwei.registry.models import Account, Contact, Opening, Population, Region, Unit
from jianwei.registry.snapshot import former_names
from jianwei.registry.writing import Page

__all__ = ["export"]


def export(path: Path, *, contacts: bool) -> dict[str, int]:
    """Write units, accounts and openings, and own populations and regions where there are any.

    Returns the number of rows by kind. Raises DataError where the path cannot be written.
    """
    units = list(Unit.objects.values())
    ranks = {unit["code"]: place for place, unit in enumerate(units)}
    pages = [
        _page("units", units),
        _page("accounts", _accounts(ranks), leave_out=() if contacts else CONTACTS),
        _page("openings", _sorted(Opening.objects.values(), ranks)),
    ]
    for kind, model in (("populations", Population), ("regions", Region)):
        rows = list(model.objects.values())
        if rows:
            pages.append(_page(kind, rows))
    writing.write(path, pages)
    return {page.kind: len(page.rows) for page in pages}


def _page(kind: str, rows: list[dict[str, Any]], leave_out: tuple[str, ...] = ()) -> Page:
    fields = tuple(column.field for column in SHEETS[kind].columns if column.field not in leave_out)
    return Page(kind, fields, rows)


def _sorted(rows: Any, ranks: Mapping[str, int]) -> list[dict[str, Any]]:
    """Rows of units in 建制顺序, those of one unit as they were entered."""
    named = [row | {"unit": row["unit_id"]} for row in rows]
    return sorted(named, key=lambda row: (ranks[row["unit"]], row["id"]))


def _accounts(ranks: Mapping[str, int]) -> list[dict[str, Any]]:
    names = former_names()
    people = {row["account_id"]: row for row in Contact.objects.values("account_id", *CONTACTS)}
    rows = _sorted(Account.objects.values(), ranks)
    return [row | people.get(row["id"], {}) | {"aliases": names.get(row["id"], "")} for row in rows]
