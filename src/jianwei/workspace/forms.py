"""填报, going out: one template a unit, and the record of who was sent what."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jianwei import cohort as cohorts
from jianwei.errors import DataError, cause
from jianwei.forms import book, events, public, request
from jianwei.forms.blank import FAMILIES
from jianwei.forms.events import Event
from jianwei.forms.request import Ask, Batch, Line
from jianwei.leaderboard.membership import members
from jianwei.period import Period
from jianwei.roster import Roster
from jianwei.workspace.desk import parsed
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

__all__ = ["FOLDER", "Made", "folder_of", "log_of", "make", "months_of"]

FOLDER = "forms"
"""Where a workspace keeps requests, notices and the log of events."""

_LOG = "events.jsonl"

_KINDS = {"微信订阅号": "订阅号", "微信服务号": "服务号"}


@dataclass(frozen=True)
class Made:
    """A request that was made: where its files are, and units that have nothing to fill."""

    batch: Batch
    folder: Path
    manifest: Path
    without: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The document of `forms make`."""
        return {
            "period": self.batch.period,
            "batch": self.batch.id,
            "folder": self.folder,
            "manifest": self.manifest,
            "deadline": self.batch.deadline,
            "contact": self.batch.contact,
            "prefilled": self.batch.prefilled,
            "roster_version": self.batch.roster_version,
            "lake_version": self.batch.lake_version,
            "files": [
                {
                    "unit": ask.name,
                    "unit_code": ask.code,
                    "file": ask.file,
                    "token": ask.token,
                    "rows": len(ask.lines),
                }
                for ask in self.batch.asks
            ],
            "without_accounts": list(self.without),
            "totals": {
                "units": len(self.batch.asks),
                "rows": sum(len(ask.lines) for ask in self.batch.asks),
                "without_accounts": len(self.without),
            },
        }


def make(
    space: Workspace,
    period: str,
    *,
    cohort: str | None = None,
    out: Path | None = None,
    deadline: date | None = None,
    contact: str = "",
    by: str = "",
    prefill: bool = False,
    again: bool = False,
    progress: Progress = silent,
) -> Made:
    """Write a template for each unit and keep the manifest of the request.

    period: whole months. cohort: which units; all that are not kept off boards where none is named.
    prefill: whether public counts stand in the cells themselves instead of in grey columns.
    again: whether units that were already asked for this period may be asked once more.
    Raises DataError without a roster, for a period that is no whole months, for units that were
    asked before, and for files that are there already.
    """
    span = months_of(period)
    roster = space.roster
    units = _units(space, roster, span, cohort)
    with space.writing(progress=progress):
        folder = folder_of(space, span)
        before = request.batches(folder)
        if not again:
            _not_twice(before, units, span)
        number = request.next_number(folder)
        progress("取公开读数")
        lines = _lines(space, roster, span)
        chosen = [unit for unit in units if lines.get(unit["code"])]
        if not chosen:
            raise DataError(
                "这些单位在周期内都没有微博或微信账号", hint="请先用 registry import 补全账号台账"
            )
        batch = _batch(
            space, roster, span, number, chosen, lines,
            cohort=cohort or "", deadline=deadline, contact=contact, by=by, prefill=prefill,
        )  # fmt: skip
        target = out or folder / str(number) / "模板"
        _write(target, batch, progress)
        manifest = request.keep(folder / str(number), batch)
        sent = Event("sent", batch.made_at, by or "下发", "", span.label, batch.id, rows=len(chosen))
        events.append(log_of(space), [sent])
    without = tuple(unit["name"] for unit in units if not lines.get(unit["code"]))
    return Made(batch, target, manifest, without)


def months_of(period: str) -> Period:
    """A period of whole months. Raises DataError for any other: forms are filled month by month."""
    span = parsed(period)
    months = span.months()
    if (months[0].start, months[-1].end) != (span.start, span.end):
        raise DataError(f"填报按整月进行，不能是“{period}”", hint="写成 2015-06、2015Q2、2015H1 或 2015")
    return span


def folder_of(space: Workspace, period: Period) -> Path:
    """Where what belongs to a period's forms is kept."""
    return space.path / FOLDER / period.label


def log_of(space: Workspace) -> Path:
    """Where the events of a workspace's forms are kept."""
    return space.path / FOLDER / _LOG


def _units(space: Workspace, roster: Roster, span: Period, cohort: str | None) -> list[dict[str, Any]]:
    day = roster.on(span.end)
    if cohort is None:
        return [unit for unit in day.units.to_pylist() if unit["category"] not in cohorts.EXCLUDED]
    folder = space.path / "cohorts"
    root = space.settings.region or cohorts.root_region(roster)
    return cohorts.select(cohorts.load(cohort, folder), day, folder=folder, root=root)


def _not_twice(before: Sequence[Batch], units: Sequence[dict[str, Any]], span: Period) -> None:
    asked = {ask.code: batch for batch in before for ask in batch.asks}
    repeated = [unit for unit in units if unit["code"] in asked]
    if repeated:
        batch = asked[repeated[0]["code"]]
        what = f"{span.chinese}的填报表已经发过：{len(repeated)} 个单位在批次 {batch.id}（{batch.made_at:%Y-%m-%d %H:%M}）等之中"
        raise DataError(what, hint="确要再发一批请加 --again，原来的批次和文件都会保留，仍可收回")


def _lines(space: Workspace, roster: Roster, span: Period) -> dict[str, list[Line]]:
    """The rows to fill, by unit: platform after platform, month after month, accounts in their order."""
    accounts = members(roster, span, FAMILIES, unidentified=True)
    with space.lake.connect() as con:
        known = public.known(con, span, accounts, space.settings.followers_within)
    found: dict[str, list[Line]] = {}
    for family in FAMILIES:
        for month in span.months():
            for account in accounts:
                late = account["opened"] and account["opened"] > month.end
                gone = account["closed"] and account["closed"] <= month.start
                if account["family"] != family or late or gone:
                    continue
                seen = known.get((account["account_id"], month.label), public.Known())
                found.setdefault(account["unit"], []).append(
                    Line(
                        family, month.label, account["account_id"] or "", account["name"], account["uid"],
                        _KINDS.get(account["platform"], ""), seen.told, seen.seen_on,
                    )
                )  # fmt: skip
    return found


def _batch(
    space: Workspace,
    roster: Roster,
    span: Period,
    number: int,
    units: Sequence[dict[str, Any]],
    lines: dict[str, list[Line]],
    *,
    cohort: str,
    deadline: date | None,
    contact: str,
    by: str,
    prefill: bool,
) -> Batch:
    made_at, name = now(), f"{span.label}-{number:03d}"
    files = request.file_names(
        [(unit["code"], unit["short_name"] or unit["name"]) for unit in units], span.label
    )
    asks = tuple(
        Ask(
            request.token(name, made_at, unit["code"]), unit["code"], unit["name"], unit["short_name"], file,
            tuple(lines[unit["code"]]),
        )
        for unit, file in zip(units, files, strict=True)
    )  # fmt: skip
    return Batch(
        name, span.label, made_at, by, deadline, contact, cohort, prefill, roster.version,
        space.lake.version(), asks,
    )  # fmt: skip


def _write(target: Path, batch: Batch, progress: Progress) -> None:
    """Write all workbooks aside and move them, so that a folder holds a request whole or not at all.

    Raises DataError where a file of the same name is there.
    """
    there = [ask.file for ask in batch.asks if (target / ask.file).exists()]
    if there:
        what = f"{target} 里已有同名的文件，如 {there[0]}（共 {len(there)} 个）"
        raise DataError(what, hint="请用 --out 换一个空的文件夹；见微不会覆盖已经发出的表")
    staging = target / f".{os.getpid()}"
    try:
        staging.mkdir(parents=True, exist_ok=True)
        for place, ask in enumerate(batch.asks):
            book.write(staging / ask.file, batch, ask)
            if place % 20 == 0:
                progress(f"写填报表 {ask.name}", place / len(batch.asks))
        for ask in batch.asks:
            (staging / ask.file).replace(target / ask.file)
    except OSError as error:
        raise DataError(f"写不了 {target}：{cause(error)}", hint="请确认文件夹可写、磁盘未满") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
