"""Good rows into the tables: what is new is inserted, what differs updated, the rest left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from jianwei.model import Platform
from jianwei.registry.aliases import Former
from jianwei.registry.changes import Author
from jianwei.registry.columns import CONTACTS, SHEETS
from jianwei.registry.models import Account, Alias, Contact, Opening, Population, Region, Unit
from jianwei.registry.outcome import Tally
from jianwei.registry.rows import Row, key_of

__all__ = ["owners", "store", "unit_names"]

_MODELS: Mapping[str, Any] = {
    "units": Unit,
    "accounts": Account,
    "openings": Opening,
    "populations": Population,
    "regions": Region,
}
_BESIDE = frozenset({"aliases", *CONTACTS})
"""Columns of 账号 that stand in tables of their own."""


def unit_names() -> dict[str, str]:
    """Unit code to 全称."""
    return dict(Unit.objects.values_list("code", "name"))


def owners() -> dict[tuple[str, str], str]:
    """(family, uid) of every account with a uid, to its unit's code."""
    rows = Account.objects.exclude(uid="").values_list("family", "uid", "unit_id")
    return {(family, uid): unit for family, uid, unit in rows}


@dataclass
class _Placed:
    """A row and the record it stands for."""

    row: Row
    record: Any
    new: bool
    changed: bool


def store(kind: str, rows: Sequence[Row], author: Author, tally: Tally) -> None:
    """Take the good rows of one kind; `tally` counts what became of each.

    A column that a sheet does not have leaves the stored value as it is; an empty cell empties it.
    """
    stored = _stored(kind)
    fresh: dict[tuple[Any, ...], Model] = {}
    touched: dict[tuple[Any, ...], Model] = {}
    fields: set[str] = set()
    placed: list[_Placed] = []
    for row in rows:
        values = _values(row)
        key = key_of(row.sheet, row.values)
        record = fresh.get(key) or _find(row, stored)
        if record is None:
            fresh[key] = _MODELS[kind](**values)
            placed.append(_Placed(row, fresh[key], new=True, changed=True))
            continue
        differing = [name for name, value in values.items() if getattr(record, name) != value]
        for name in differing:
            setattr(record, name, values[name])
        if differing and key not in fresh:
            touched[key] = record
            fields.update(differing)
        placed.append(_Placed(row, record, new=False, changed=bool(differing)))
    author.add(list(fresh.values()))
    author.change(list(touched.values()), sorted(fields))
    beside = _aliases(placed, author) | _contacts(placed, author) if kind == "accounts" else set()
    for one in placed:
        changed = one.changed or one.record.pk in beside
        tally.new += one.new
        tally.changed += changed and not one.new
        tally.unchanged += not changed


def _values(row: Row) -> dict[str, Any]:
    """The row's values as the model's attributes."""
    values = {name: value for name, value in row.values.items() if name not in _BESIDE}
    if "unit" in values:
        values["unit_id"] = values.pop("unit")
    if row.sheet.kind == "accounts":
        values["family"] = Platform(values["platform"]).family
        if not values.get("uid"):
            values.pop("uid", None)
    return values


def _stored(kind: str) -> dict[tuple[Any, ...], Any]:
    """The records there are, by what names a row; accounts also by unit, platform and name."""
    found: dict[tuple[Any, ...], Any] = {}
    sheet = SHEETS[kind]
    names = ("unit", "platform", "name", "uid") if kind == "accounts" else sheet.key
    for record in _MODELS[kind].objects.all():
        values = {name: getattr(record, "unit_id" if name == "unit" else name) for name in names}
        if kind == "accounts":
            found[values["unit"], values["platform"], values["name"]] = record
        found[key_of(sheet, values)] = record
    return found


def _find(row: Row, stored: Mapping[tuple[Any, ...], Any]) -> Any:
    """The stored record that the row means, None where there is none.

    An account with a uid that is not stored is the one of that unit, platform and name whose uid
    was not known yet.
    """
    record = stored.get(key_of(row.sheet, row.values))
    if record is None and row.sheet.kind == "accounts" and row.values.get("uid"):
        nameless = stored.get((row.values["unit"], row.values["platform"], row.values["name"]))
        return nameless if nameless is not None and not nameless.uid else None
    return record


def _aliases(placed: Iterable[_Placed], author: Author) -> set[int]:
    """Bring former names in line; returns the accounts whose names changed."""
    held: dict[int, list[Alias]] = {}
    for alias in Alias.objects.all():
        held.setdefault(alias.account_id, []).append(alias)
    gone: list[Alias] = []
    fresh: list[Alias] = []
    touched: set[int] = set()
    for one in placed:
        row, account = one.row, one.record
        if "aliases" not in row.values or account.pk in touched:
            continue
        wanted: tuple[Former, ...] = row.values["aliases"] or ()
        before = held.get(account.pk, [])
        if tuple(Former(alias.name, alias.start, alias.end) for alias in before) == wanted:
            continue
        touched.add(account.pk)
        gone.extend(before)
        fresh.extend(
            Alias(account=account, place=place, name=former.name, start=former.start, end=former.end)
            for place, former in enumerate(wanted)
        )
    author.remove(gone)
    author.add(fresh)
    return touched


def _contacts(placed: Iterable[_Placed], author: Author) -> set[int]:
    """Bring contacts in line; returns the accounts whose contacts changed."""
    held = {contact.account_id: contact for contact in Contact.objects.all()}
    fresh: dict[int, Contact] = {}
    changed: dict[int, Contact] = {}
    for one in placed:
        row, account = one.row, one.record
        given = {name: row.values[name] or "" for name in CONTACTS if name in row.values}
        contact = held.get(account.pk)
        if contact is None:
            if any(given.values()) and account.pk not in fresh:
                fresh[account.pk] = Contact(account=account, **given)
        elif any(getattr(contact, name) != value for name, value in given.items()):
            for name, value in given.items():
                setattr(contact, name, value)
            changed[account.pk] = contact
    author.add(list(fresh.values()))
    author.change(list(changed.values()), CONTACTS)
    return fresh.keys() | changed.keys()
