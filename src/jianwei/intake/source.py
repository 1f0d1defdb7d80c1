"""One import: a source's rows turned into batches of model rows, each row accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from jianwei.errors import Issue, Level, Place
from jianwei.intake.files import changed_at
from jianwei.intake.records import Audience, Record, Seen, Sheaves, Sum
from jianwei.model import Scope

__all__ = ["Batch", "Layout", "Options", "Refused", "Source"]

_SHOWN = 20
_RAW = 4_000
_BATCH = 20_000


@dataclass(frozen=True)
class Options:
    """What the caller says of the files: when the counts were taken, whose they are, what time it is.

    now: naive Asia/Shanghai; what lies after it is in the future.
    """

    now: datetime
    observed_at: datetime | None = None
    account: str | None = None


class Refused(ValueError):
    """A row that cannot be taken, and why; the row goes to quarantine."""

    def __init__(self, code: str, field: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.code, self.field, self.reason, self.hint = code, field, reason, hint


class Batch(NamedTuple):
    """Model rows for one table."""

    table: str
    rows: pa.RecordBatch


class Line(NamedTuple):
    """A row to be parsed: its number, what the parser takes, and the raw text on demand."""

    number: int
    value: Any
    raw: Callable[[], str]


@dataclass(frozen=True)
class Layout:
    """How one source is read.

    lines: its rows. parse: a row's value → records, or raises Refused; `None` for a row that
    does not count (a repeated header). split: called for a row of a width that is no layout's.
    """

    format: str
    era: str
    scope: Scope
    version: str
    lines: Iterable[Line]
    parse: Callable[[Any], Iterable[Record] | None]
    retry: Callable[[Line], Line] | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass
class Source:
    """One import; its counts and issues are complete after `batches()` is exhausted.

    rows_read = rows_taken + rows_duplicate + rows_quarantined.
    """

    path: Path
    name: str
    sha256: str
    layout: Layout
    options: Options
    seen_at: datetime  # what stands for rows without a time of their own
    seen_from: str
    rows_read: int = 0
    rows_taken: int = 0
    rows_duplicate: int = 0
    rows_quarantined: int = 0
    issues: list[Issue] = field(default_factory=list)
    observed_at: datetime | None = None
    observed_from: str = ""
    first_published: datetime | None = None
    last_published: datetime | None = None

    @property
    def format(self) -> str:
        """Name of the format, e.g. weibo-search."""
        return self.layout.format

    @property
    def era(self) -> str:
        """Generation of the format's layout."""
        return self.layout.era

    @property
    def scope(self) -> Scope:
        """What the source claims to hold."""
        return self.layout.scope

    @property
    def parser(self) -> str:
        """The reader's name, kept with every row."""
        return self.layout.format

    @property
    def parser_version(self) -> str:
        """The reader's version, kept with every row."""
        return self.layout.version

    def batches(self) -> Iterator[Batch]:
        """Read the source once, in batches of some 20,000 rows."""
        self.observed_from = self.seen_from
        self.issues = [Issue("note", code, Place(self.name), what) for code, what in self.layout.notes]
        sheaves = Sheaves(self)
        met: set[int] = set()
        codes: Counter[str] = Counter()
        for line in self.layout.lines:
            try:
                records = self.layout.parse(line.value)
                if records is None:
                    continue
                self.rows_read += 1
                fresh = self._fresh([self._timed(record) for record in records], met)
            except Refused as refused:
                self.rows_read += 1
                if refused.code == "row_width" and self.layout.retry is not None:
                    line = self.layout.retry(line)
                self._quarantine(line, refused, sheaves, codes)
            else:
                for record in fresh:
                    sheaves.add(record, line.number)
                    self._note_times(record)
                self.rows_taken += bool(fresh)
                self.rows_duplicate += not fresh
            if sheaves.rows >= _BATCH:
                yield from sheaves.flush()
        yield from sheaves.flush()
        self._summarise(codes)
        if self.observed_at is None:
            self.observed_at = self.seen_at

    def _timed(self, record: Record) -> Record:
        """The record with its observation time, judged against the clock. Raises Refused."""
        now = self.options.now
        if isinstance(record, Seen):
            if record.published_at > now:
                what = f"发布时间 {record.published_at} 在将来"
                raise Refused("future", "发布时间", what, "请核对年份和本机时钟")
            if record.observed_at is None:
                seen, how = self._default(record.published_at)
                return record._replace(observed_at=seen, observed_from=how)
            if record.observed_at > now:
                raise Refused(
                    "future", "取数时间", f"取数时间 {record.observed_at} 在将来", "请核对年份和本机时钟"
                )
            if record.observed_at < record.published_at:
                what = f"取数时间 {record.observed_at} 早于发布时间 {record.published_at}"
                raise Refused("observed_before_published", "取数时间", what, "请核对两个时间")
            return record
        if isinstance(record, Sum) and record.end > now.date():
            raise Refused("future", "月份", f"汇总期止于 {record.end}，在将来", "期满后再报，或核对年份")
        if record.observed_at is None:
            return record._replace(observed_at=self.seen_at, observed_from=self.seen_from)
        if record.observed_at > now and isinstance(record, Audience):
            raise Refused("future", "日期", f"日期 {record.observed_at:%Y-%m-%d} 在将来", "请核对年份")
        return record

    def _default(self, published: datetime) -> tuple[datetime, str]:
        """When a row without a time of its own was seen: never before it was published."""
        if self.seen_at >= published:
            return self.seen_at, self.seen_from
        if self.seen_from == "option":
            what = f"发布时间 {published} 晚于指定的取数时间 {self.seen_at}"
            raise Refused("observed_before_published", "发布时间", what, "请核对 --observed-at")
        return max(min(changed_at(self.path), self.options.now), published), "mtime"

    def _fresh(self, records: list[Record], met: set[int]) -> list[Record]:
        """The records that this source has not given before, to the letter."""
        fresh = []
        for record in records:
            key = int.from_bytes(hashlib.blake2b(repr(record.identity()).encode(), digest_size=12).digest())
            if key not in met:
                met.add(key)
                fresh.append(record)
        return fresh

    def _note_times(self, record: Record) -> None:
        if isinstance(record, Seen):
            published = record.published_at
            if self.first_published is None or published < self.first_published:
                self.first_published = published
            if self.last_published is None or published > self.last_published:
                self.last_published = published
        if record.observed_from == "row" and record.observed_at is not None:
            self.observed_from = "row"
            if self.observed_at is None or record.observed_at < self.observed_at:
                self.observed_at = record.observed_at

    def _quarantine(self, line: Line, refused: Refused, sheaves: Sheaves, codes: Counter[str]) -> None:
        self.rows_quarantined += 1
        codes[refused.code] += 1
        if codes[refused.code] <= _SHOWN:
            self.note("warning", refused.code, refused.reason, refused.hint, line.number, refused.field)
        sheaves.quarantine(
            line.number, refused.code, refused.field, refused.reason, refused.hint, line.raw()[:_RAW]
        )

    def _summarise(self, codes: Counter[str]) -> None:
        for code, count in codes.items():
            if count > _SHOWN:
                self.note(
                    "warning", code, f"同类问题共 {count} 行，以上列出前 {_SHOWN} 行", "全部在待处理记录中"
                )

    def note(
        self, level: Level, code: str, what: str, hint: str = "", row: int | None = None, field: str = ""
    ) -> None:
        """Add an Issue about this source."""
        self.issues.append(Issue(level, code, Place(self.name, row, field), what, hint))
