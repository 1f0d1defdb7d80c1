"""The log of a workspace's forms: who did what to which number, when and why; lines are added, never changed.

Each line carries a seal over itself and the line before, so that a changed, moved or removed line shows.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from jianwei.errors import DataError, Issue, Place, cause
from jianwei.forms.blank import FAMILIES, title

__all__ = ["KINDS", "Event", "Kind", "Log", "append", "read", "titled"]

Kind = Literal["sent", "received", "correction", "appeal", "decision"]

KINDS: dict[Kind, str] = {
    "sent": "下发",
    "received": "收表",
    "correction": "更正",
    "appeal": "异议",
    "decision": "复核",
}
"""Kinds of events as screens call them."""


@dataclass(frozen=True)
class Event:
    """One thing that happened. before, after: of one field; None = not known (or of no number).

    about: the number of the event that a decision answers. outcome: 收下 退改 空表 重复 / 采纳 不采纳.
    """

    kind: Kind
    at: datetime
    who: str
    why: str = ""
    period: str = ""
    batch: str = ""
    unit_code: str = ""
    unit: str = ""
    account_id: str = ""
    month: str = ""
    field: str = ""
    before: int | None = None
    after: int | None = None
    outcome: str = ""
    about: int | None = None
    file: str = ""
    sha256: str = ""
    rows: int | None = None
    number: int = 0

    def to_json(self) -> dict[str, Any]:
        """The event as plain JSON, in the order of its fields."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True)
class Log:
    """The events in their order, and what is wrong with the file that holds them."""

    events: tuple[Event, ...]
    issues: tuple[Issue, ...]
    seal: str


_NAMES = tuple(field.name for field in fields(Event))


def read(path: Path) -> Log:
    """All events. Lines that were cut off or tampered with are told, never passed over in silence."""
    try:
        # A killed process may leave half a character: its line is told, the others stand.
        text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    except OSError as error:
        raise DataError(f"读不了 {path}：{cause(error)}", hint="请确认文件可读") from error
    events: list[Event] = []
    issues: list[Issue] = []
    seal = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        place = Place(path.name, number)
        try:
            data = json.loads(line)
            event = _event(data)
        except (ValueError, KeyError, TypeError):
            what = "这一行不完整，可能写入时中断"
            issues.append(Issue("warning", "broken_event", place, what, "前后各行仍然有效；请从备份核对"))
            continue
        if data.get("seal") != _seal(seal, event):
            what = "这一行或它前面的行被改动、移动或删除过"
            issues.append(Issue("error", "changed_event", place, what, "请从备份核对这个文件"))
        events.append(event)
        seal = str(data.get("seal", ""))
    return Log(tuple(events), tuple(issues), seal)


def append(path: Path, drafts: Iterable[Event]) -> list[Event]:
    """Add events with the next numbers, all in one write; call it while holding the workspace's lock.

    Raises DataError where the file cannot be written.
    """
    log = read(path)
    number = max((event.number for event in log.events), default=0)
    seal, lines, added = log.seal, [], []
    for draft in drafts:
        number += 1
        event = Event(**{**_shallow(draft), "number": number})
        seal = _seal(seal, event)
        lines.append(json.dumps(event.to_json() | {"seal": seal}, ensure_ascii=False))
        added.append(event)
    if not lines:
        return []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    lines.insert(0, "")  # what a killed process left begins no new line of ours
            file.write(("\n".join(lines) + "\n").encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DataError(f"写不了 {path}：{cause(error)}", hint="请确认工作区可写、磁盘未满") from error
    return added


def titled(event: Event) -> str:
    """The title of the column that an event is about, "" where it is about none."""
    family = event.account_id.split(":", 1)[0]
    if not event.field or family not in FAMILIES:
        return event.field
    return title(FAMILIES[family][0], event.field)


def _event(data: Mapping[str, Any]) -> Event:
    known = {name: data[name] for name in _NAMES if name in data}
    return Event(**{**known, "at": datetime.fromisoformat(data["at"])})


def _shallow(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _NAMES}


def _seal(before: str, event: Event) -> str:
    """16 hex digits over an event and the seal of the one before."""
    told = json.dumps(event.to_json(), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()[:16]
