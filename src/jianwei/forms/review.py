"""How judged forms go through the ordinary reader: bad rows are refused there with the judge's words.

Every other row keeps its file, its row and its time; what is refused ends in quarantine as any other row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from jianwei.forms.judged import Judged, Spot
from jianwei.forms.returned import Page
from jianwei.intake.files import changed_at
from jianwei.intake.forms import Form
from jianwei.intake.grid import Row
from jianwei.intake.lines import Refused
from jianwei.intake.records import Audience, Record, Seen, Sum
from jianwei.intake.source import Source

__all__ = ["Floors", "Review"]

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Floors:
    """When earlier forms spoke, by account id and month: of sums, and of followers.

    A later form of the same account and month counts in their place, whatever 取数时间 it gives: its
    time is put a microsecond after theirs where it would not come later by itself.
    """

    sums: Mapping[tuple[str, str], datetime]
    audiences: Mapping[tuple[str, str], datetime]

    def lifted(self, record: Record, default: datetime) -> Record:
        """The record at a time at which it counts. default: the time of records without one."""
        if isinstance(record, Sum):
            floor = self.sums.get((record.account_id, f"{record.start:%Y-%m}"))
        elif isinstance(record, Audience) and record.observed_at is not None:
            floor = self.audiences.get((record.account_id, f"{record.observed_at:%Y-%m}"))
        else:
            return record
        if floor is None or (record.observed_at or default) > floor:
            return record
        return record._replace(observed_at=floor + _MOMENT)


class Review:
    """Turns the sources of judged files into what is to be taken of them."""

    def __init__(self, judged: Sequence[Judged], floors: Floors) -> None:
        self._judged: dict[Path, Judged] = {one.returned.path: one for one in judged}
        self._floors = floors

    def __call__(self, source: Source) -> Source:
        """The source with its rows judged; a sheet that is no page of the form gives nothing."""
        judged = self._judged[source.path]
        page = next((page for page in judged.returned.pages if page.name == source.name), None)
        if page is None:
            return replace(source, layout=replace(source.layout, rows=()))
        options = source.options
        if options.observed_at is None:
            # A date in a file's name is not the time of its counts: unit codes look like dates.
            saved = min(changed_at(source.path), options.now)
            source = replace(source, seen_at=saved, seen_from="mtime")
        reading = _Reading(judged, page, self._floors, options.now, source.seen_at)
        return replace(
            source,
            layout=replace(source.layout, parse=reading.parse),
            # What comes a microsecond after an earlier statement of this second is not in the future.
            options=replace(options, now=options.now + timedelta(milliseconds=1)),
        )


class _Reading:
    """The rows of one page."""

    def __init__(self, judged: Judged, page: Page, floors: Floors, now: datetime, default: datetime) -> None:
        self.judged, self.page, self.floors, self.default = judged, page, floors, default
        self.account = judged.accounts.get(page.name)
        self.form = Form(page.fit, page.header, now, self.account)

    def parse(self, row: Row) -> list[Record] | None:
        """What a row says; None where it says nothing. Raises Refused for what was judged wrong."""
        spot = Spot(self.page.name, row.number)
        if spot in self.judged.skipped:
            return None
        issue = self.judged.refused.get(spot)
        if issue is not None:
            raise Refused(issue.code, issue.where.field, issue.what, issue.hint)
        if spot in self.judged.uids:
            place, uid = self.judged.uids[spot]
            cells = list(row.cells) + [None] * (place + 1 - len(row.cells))
            cells[place] = uid
            row = row._replace(cells=cells)
        records = self.form.parse(row)
        return None if records is None else [self._placed(record, spot) for record in records]

    def _placed(self, record: Record, spot: Spot) -> Record:
        if isinstance(record, Seen):
            key = self.judged.keys.get(spot, record.post_key)
            return record._replace(post_key=key, account_id=self.account or record.account_id)
        return self.floors.lifted(record, self.default)
