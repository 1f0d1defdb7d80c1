"""Every account that a register holds, once: who it is, whether it is in use, and when it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jianwei.errors import Place
from jianwei.model import PLATFORMS, account_id
from jianwei.registry.entry import SURE, Entry, Evidence
from jianwei.registry.filing import in_use
from jianwei.registry.likeness import plain
from jianwei.registry.national import Filed
from jianwei.registry.pairing import Ledger, Own, Pair
from jianwei.roster.published import CLOSED

__all__ = ["Closing", "Held", "everybody"]

_TOLD = ("停更", "注销中")


@dataclass(frozen=True)
class Closing:
    """What a register says of an account's end: its day (null = closed, not said when), how sure that it
    is this account, and where that stands.
    """

    day: date | None
    confidence: str
    told: str
    where: Place


@dataclass(frozen=True)
class Held:
    """An account as the registers hold it. account_id is "" where no register has a UID."""

    account_id: str
    platform: str
    name: str
    uid: str
    unit: str
    code: str
    order: int | None
    opened: date | None
    open: bool
    closings: tuple[Closing, ...] = ()
    notes: tuple[str, ...] = ()

    def entry(self, kind: str, confidence: str, rule: str, evidence: list[Evidence], advice: str) -> Entry:
        """An entry about this account."""
        return Entry(
            kind, self.platform, self.name, self.uid, confidence, rule, tuple(evidence), advice,
            self.unit, self.code, self.order,
        )  # fmt: skip


def everybody(ledger: Ledger, day: date) -> Iterator[Held]:
    """The accounts of both registers, an account of both once; in use or closed as of that day."""
    pairs = {id(pair.own): pair for pair in ledger.pairs}
    for own in ledger.owns:
        yield _own(ledger, own, pairs.get(id(own)), day)
    for filed in ledger.filed_only:
        yield _filed(ledger, filed, day)


def _own(ledger: Ledger, own: Own, pair: Pair | None, day: date) -> Held:
    closings = []
    if own.closed or own.status == CLOSED:
        told = f"本台账登记{_closed(own.closed)}"
        closings.append(Closing(own.closed, SURE, told, Place()))
    notes = [f"台账状态：{own.status}"] if own.status in _TOLD else []
    uid = own.uid
    if pair is not None:
        uid = uid or pair.filed.uid
        if pair.filed.closed or pair.filed.status == CLOSED:
            still = "；本台账仍登记为在用" if own.open(day) else ""
            told = f"全国系统登记{_closed(pair.filed.closed)}{still}"
            closings.append(Closing(pair.filed.closed, pair.confidence, told, pair.filed.where))
            notes += [told] if own.open(day) else []
    return Held(
        ledger.id_of(own), own.platform, own.name, uid, own.unit_name,
        str(own.account["unit"]), own.unit.get("order"), own.opened, own.open(day), tuple(closings), tuple(notes),
    )  # fmt: skip


def _filed(ledger: Ledger, filed: Filed, day: date) -> Held:
    unit = ledger.units.get(plain(filed.unit), {})
    closings = []
    if filed.closed or filed.status == CLOSED:
        closings.append(Closing(filed.closed, SURE, f"全国系统登记{_closed(filed.closed)}", filed.where))
    return Held(
        account_id(filed.family, filed.uid) if filed.uid else "", filed.platform or PLATFORMS[filed.family],
        filed.name, filed.uid, filed.unit, str(unit.get("code") or ""), unit.get("order"), filed.opened,
        in_use(filed, day), tuple(closings), ("只在全国系统中登记",),
    )  # fmt: skip


def _closed(day: date | None) -> str:
    return f"注销日期 {day}" if day else "为已注销，没有注销日期"
