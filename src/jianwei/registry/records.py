"""What is on record: numbers of rows, and who changed what when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jianwei.registry.columns import SHEETS
from jianwei.registry.models import Account, Alias, Contact, Opening, Population, Region, Unit
from jianwei.registry.outcome import Change

__all__ = ["counts", "history"]

_ACTIONS = {"+": "新增", "~": "修改", "-": "删除"}


def counts() -> dict[str, int]:
    """Number of records by kind."""
    kinds: Mapping[str, Any] = {
        "units": Unit,
        "accounts": Account,
        "openings": Opening,
        "populations": Population,
        "regions": Region,
    }
    return {kind: model.objects.count() for kind, model in kinds.items()}


def history(code: str, *, contacts: bool) -> list[Change]:
    """Every change of a unit, of accounts and openings that ever were its own, oldest first."""
    units: Any = Unit
    accounts: Any = Account
    openings: Any = Opening
    keys = set(accounts.history.filter(unit_id=code).values_list("id", flat=True))
    answers = set(openings.history.filter(unit_id=code).values_list("id", flat=True))
    found = [
        *_changes("单位", "units", units.history.filter(code=code)),
        *_changes("账号", "accounts", accounts.history.filter(id__in=keys)),
        *_changes("开设情况", "openings", openings.history.filter(id__in=answers)),
    ]
    beside: list[tuple[str, Any]] = [("曾用名", Alias), *([("联系人", Contact)] if contacts else [])]
    for what, model in beside:
        found.extend(_changes(what, "accounts", model.history.filter(account_id__in=keys)))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def _changes(what: str, kind: str, rows: Any) -> Iterator[tuple[tuple[Any, ...], Change]]:
    """Each record's history as differences from its state before, with a key of order."""
    titles = {column.field: column.title for column in SHEETS[kind].columns} | {"unit_id": "单位编码"}
    last: dict[int, dict[str, Any]] = {}
    for row in rows.order_by("history_date", "history_id").values():
        state = {titles[name]: value for name, value in row.items() if name in titles}
        before = last.get(row["id"], {})
        after = {} if row["history_type"] == "-" else state
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        last[row["id"]] = after
        yield (
            (row["history_date"], _PLACES.index(what), row["history_id"]),
            Change(
                when=row["history_date"],
                who=row["history_user_id"],
                why=row["history_change_reason"] or "",
                what=what,
                name=_name(state),
                action=_ACTIONS[row["history_type"]],
                before=_told(before, names),
                after=_told(after, names),
            ),
        )


_PLACES = ("单位", "账号", "曾用名", "联系人", "开设情况")


def _name(state: Mapping[str, Any]) -> str:
    return str(state.get("全称") or state.get("账号名称") or state.get("平台") or "")


def _told(state: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: state[name] for name in names if state.get(name) not in (None, "")}
