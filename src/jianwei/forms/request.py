"""A request (填报批次): which units are asked for which accounts and months, and the token of each file."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, cause

__all__ = ["Ask", "Batch", "Line", "batches", "file_names", "keep", "next_number", "token"]

MANIFEST = "manifest.json"

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST = 90
"""Bytes of a code or a short name that stand in a file's name: disks take 255 in all."""


@dataclass(frozen=True)
class Line:
    """One row to fill: an account in a month.

    uid and account_id are "" where the registry does not know them. known: public counts by field;
    seen_on: the day of the newest of them.
    """

    family: str
    month: str
    account_id: str
    name: str
    uid: str
    kind: str = ""
    known: Mapping[str, int] = field(default_factory=dict)
    seen_on: str = ""


@dataclass(frozen=True)
class Ask:
    """What one unit is asked, in which file."""

    token: str
    code: str
    name: str
    short_name: str
    file: str
    lines: tuple[Line, ...]

    def of(self, family: str) -> list[Line]:
        """The lines of a platform family."""
        return [line for line in self.lines if line.family == family]

    def accounts(self, family: str) -> dict[str, Line]:
        """A line of each account of a family, by account id; without those whose uid is unknown."""
        return {line.account_id: line for line in self.of(family) if line.account_id}


@dataclass(frozen=True)
class Batch:
    """A request as it was sent."""

    id: str
    period: str
    made_at: datetime
    made_by: str
    deadline: date | None
    contact: str
    cohort: str
    prefilled: bool
    roster_version: str
    lake_version: str
    asks: tuple[Ask, ...]

    def to_json(self) -> dict[str, Any]:
        """The request as plain JSON."""
        return asdict(self) | {
            "made_at": self.made_at.isoformat(),
            "deadline": self.deadline.isoformat() if self.deadline else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Batch:
        """The request from what `to_json` gave."""
        asks = tuple(
            Ask(**{**ask, "lines": tuple(Line(**line) for line in ask["lines"])}) for ask in data["asks"]
        )
        deadline = data["deadline"]
        return cls(
            **{
                **data,
                "made_at": datetime.fromisoformat(data["made_at"]),
                "deadline": date.fromisoformat(deadline) if deadline else None,
                "asks": asks,
            }
        )


def token(batch: str, made_at: datetime, unit: str) -> str:
    """What is printed in a unit's file: the batch, and eight letters that no other file has."""
    seal = hashlib.sha256(f"{batch}\n{made_at.isoformat()}\n{unit}".encode()).hexdigest()[:8]
    return f"{batch}-{seal}"


def file_names(units: Sequence[tuple[str, str]], period: str) -> list[str]:
    """File names for units (code, short name), safe on Windows and different from each other in any case."""
    names, taken = [], set[str]()
    for code, short in units:
        stem = "_".join(part for part in (_safe(code), _safe(short), _safe(period)) if part)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(name.casefold())
        names.append(f"{name}.xlsx")
    return names


def _safe(word: str) -> str:
    cut = _UNSAFE.sub("_", word).encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    plain = cut.strip(" ._")
    return f"_{plain}" if _RESERVED.match(plain) else plain


def batches(folder: Path) -> list[Batch]:
    """The requests kept in the folder of a period, in the order in which they were made.

    Raises DataError where a manifest cannot be read: what it asked must not be forgotten.
    """
    found = []
    for path in sorted(folder.glob(f"[0-9]*/{MANIFEST}"), key=lambda path: int(path.parent.name)):
        try:
            found.append(Batch.from_json(json.loads(path.read_text("utf-8"))))
        except (ValueError, KeyError, TypeError) as error:
            hint = "请从备份恢复这个文件；它记着哪个单位领了哪份表"
            raise DataError(f"填报批次的记录读不出来：{path}", hint=hint) from error
    return found


def next_number(folder: Path) -> int:
    """The number of the next request in the folder of a period, from 1."""
    return max((int(path.name) for path in folder.glob("[0-9]*") if path.name.isdigit()), default=0) + 1


def keep(folder: Path, batch: Batch) -> Path:
    """Write the manifest of a request into its folder, whole or not at all. Raises DataError."""
    path = folder / MANIFEST
    staging = path.with_name(f".{MANIFEST}.{os.getpid()}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging.write_text(json.dumps(batch.to_json(), ensure_ascii=False, indent=1), "utf-8")
        staging.replace(path)
    except OSError as error:
        raise DataError(f"写不了 {path}：{cause(error)}", hint="请确认工作区可写、磁盘未满") from error
    return path
