"""The registry of one workspace: import, export, check, draft, publish, history, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from jianwei.errors import Issue
from jianwei.registry import checking, drafting, exporting, importing, records, snapshot
from jianwei.registry.outcome import Change, Imported, Seen
from jianwei.registry.routing import using
from jianwei.roster import Roster

__all__ = ["Registry"]


class Registry:
    """What `registry.open` yields; each method works on this workspace's database alone."""

    def __init__(self, space: Path, alias: str) -> None:
        self.space = space
        self.alias = alias

    def import_files(
        self, paths: Sequence[Path], *, strict: bool = False, actor: str = "", now: datetime, why: str = ""
    ) -> Imported:
        """Take register files (.xlsx, .csv) and publish a roster.

        Good rows are taken, bad ones left out and listed; with `strict` an error anywhere leaves
        everything out. actor, now, why: for the history. Raises DataError at an unusable file.
        """
        with using(self.alias):
            reason = why or "导入 " + "、".join(path.name for path in paths)
            done = importing.import_files(
                paths, alias=self.alias, strict=strict, actor=actor, now=now, why=reason
            )
            if not done.applied:
                return done
            return replace(done, roster_version=self.publish(self.space / "roster").version)

    def export(self, path: Path, *, contacts: bool = False) -> dict[str, int]:
        """Write the registry to a workbook (.xlsx) or CSV files; returns rows by kind.

        contacts: with 分管领导, 责任人, 电话; without them the columns are missing, so that an import
        of the file leaves them as they are.
        """
        with using(self.alias):
            return exporting.export(path, contacts=contacts)

    def check(self) -> list[Issue]:
        """What is inconsistent in the registry as a whole, in 建制顺序."""
        with using(self.alias):
            return checking.check()

    def draft(self, seen: Sequence[Seen], path: Path) -> int:
        """Write a filled template for the accounts that the registry does not know; returns their number.

        No file is written where there are none.
        """
        with using(self.alias):
            return drafting.draft(seen, path)

    def publish(self, folder: Path) -> Roster:
        """Write the registry as the newest roster version of a folder."""
        with using(self.alias):
            return snapshot.publish(folder)

    def history(self, code: str, *, contacts: bool = False) -> list[Change]:
        """Every change of a unit, its accounts and openings, oldest first; contacts only with permission."""
        with using(self.alias):
            return records.history(code, contacts=contacts)

    def counts(self) -> dict[str, int]:
        """Number of records by kind."""
        with using(self.alias):
            return records.counts()
