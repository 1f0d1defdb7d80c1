"""Import of register files: all are read and judged, then the good rows stored in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from jianwei.errors import DataError, Issue
from jianwei.registry import judging
from jianwei.registry.changes import Author
from jianwei.registry.columns import SHEETS
from jianwei.registry.outcome import Imported, Rejected, Tally
from jianwei.registry.regions import known_places
from jianwei.registry.rows import Row, read
from jianwei.registry.storing import owners, store, unit_names
from jianwei.registry.tables import Table, tables

__all__ = ["import_files"]


def import_files(
    paths: Sequence[Path], *, alias: str, strict: bool, actor: str, now: datetime, why: str
) -> Imported:
    """Take the rows of these files; one transaction, so that a failure leaves nothing half done.

    strict: an error anywhere leaves everything out. Raises DataError at a file that cannot be
    used at all, before anything is stored.
    """
    found = _tables(paths)
    rows = [row for table in found for row in read(table)]
    regions: list[dict[str, Any]] = [
        row.values for row in rows if row.sheet.kind == "regions" and not row.bad
    ]
    with transaction.atomic(using=alias):
        judging.judge(rows, units=unit_names(), owners=owners(), places=known_places(regions))
        tallies = _tallies(found, rows)
        refused = strict and any(row.bad for row in rows)
        if not refused:
            author = Author(actor, now, why)
            for kind, tally in tallies.items():
                store(kind, [row for row in rows if row.sheet.kind == kind and not row.bad], author, tally)
    issues = [
        *(issue for table in found for issue in table.issues),
        *(issue for row in rows for issue in row.issues),
    ]
    return Imported(
        tallies,
        tuple(issues),
        tuple(_rejected(rows)),
        applied=not refused,
        files=tuple(str(path) for path in paths),
    )


def _tables(paths: Sequence[Path]) -> list[Table]:
    """The tables of all files; every file that cannot be used is told of, not just the first."""
    if not paths:
        raise DataError("没有给出要导入的文件", hint="例如 jianwei registry import 台账.xlsx")
    found: list[Table] = []
    faults: list[DataError] = []
    for path in paths:
        try:
            found.extend(tables(path))
        except DataError as error:
            faults.append(error)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        told: list[Issue] = [issue for fault in faults for issue in fault.issues]
        raise DataError("；".join(str(fault) for fault in faults), issues=told)
    return found


def _tallies(found: Iterable[Table], rows: Iterable[Row]) -> dict[str, Tally]:
    kinds = {table.sheet.kind for table in found}
    tallies = {kind: Tally() for kind in SHEETS if kind in kinds}
    for row in rows:
        tallies[row.sheet.kind].read += 1
        tallies[row.sheet.kind].rejected += row.bad
    return tallies


def _rejected(rows: Iterable[Row]) -> Iterable[Rejected]:
    for row in rows:
        if row.bad:
            reasons = tuple(str(issue) for issue in row.issues if issue.level == "error")
            yield Rejected(row.sheet.kind, row.where, reasons, row.raw)
