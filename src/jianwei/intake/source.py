"""One import: a source's rows turned into batches of model rows, each row accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jianwei.errors import Issue, Level, Place
from jianwei.intake.files import changed_at
from jianwei.intake.grid import Row
from jianwei.intake.lines import Refused
from jianwei.intake.mapping import Mapping
from jianwei.intake.records import Audience, Batch, Record, Remark, Seen, Sheaves, Sum
from jianwei.model import Scope
from jianwei.period import Period

__all__ = ["Batch", "Layout", "Note", "Options", "Refused", "Source"]

_SHOWN = 20
_RAW = 4_000
_BATCH = 20_000


def _nobody(name: str) -> str | None:
    """No account has this name."""
    del name
    return None


@dataclass(frozen=True)
class Options:
    """What the caller says of the files: when the counts were taken, whose they are, what time it is.

    now: naive Asia/Shanghai; what lies after it is in the future. account: whose files without one
    are, as `weibo:UID`. registered: account ids of the registry, for sources that hide theirs.
    secret: the workspace's key for the pseudonyms of commenters. period: of sums whose table does not say. mapping: the one to read tables by,
    no other way. mappings: those that were confirmed before. names: `weibo:账号名` → the account's uid
    in the registry, "" where several accounts have the name, null where none has.
    """

    now: datetime
    observed_at: datetime | None = None
    account: str | None = None
    registered: tuple[str, ...] = ()
    secret: bytes = b""
    period: Period | None = None
    mapping: Mapping | None = None
    mappings: tuple[Mapping, ...] = ()
    names: Callable[[str], str | None] = _nobody


@dataclass(frozen=True)
class Note:
    """Something to say about a source as a whole."""

    code: str
    what: str
    hint: str = ""
    level: Level = "note"


@dataclass(frozen=True)
class Layout:
    """How one source is read.

    rows: its rows. parse: a row → records, or raises Refused; None for a row that does not count
    (a repeated header). split: a row of a width that is no layout's → its own lines, see `Grid.split`.
    after: what to say after the last row.
    """

    format: str
    era: str
    scope: Scope
    version: str
    rows: Iterable[Row]
    parse: Callable[[Row], Iterable[Record] | None]
    split: Callable[[Row, Callable[[Row], bool]], Row] | None = None
    notes: tuple[Note, ...] = ()
    after: Callable[[], Iterable[Note]] | None = None


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
        self.issues = [
            Issue(note.level, note.code, Place(self.name), note.what, note.hint) for note in self.layout.notes
        ]
        sheaves = Sheaves(self.name, self.sha256, self.parser, self.parser_version, self.scope)
        met: set[bytes] = set()
        codes: Counter[str] = Counter()
        parse, timed = self.layout.parse, self._timed
        for row in self.layout.rows:
            try:
                records = parse(row)
                if records is None:
                    continue
                fresh = _fresh([timed(record) for record in records], met)
            except Refused as refused:
                split = self.layout.split if refused.code == "row_width" else None
                kept = row if split is None else split(row, self._fits)
                self._quarantine(kept, refused, sheaves, codes)
            else:
                for record in fresh:
                    sheaves.add(record, row.number)
                    self._note_times(record)
                if fresh:
                    self.rows_taken += 1
                else:
                    self.rows_duplicate += 1
            self.rows_read += 1
            if sheaves.rows >= _BATCH:
                yield from sheaves.flush()
        yield from sheaves.flush()
        self._summarise(codes)
        for note in () if self.layout.after is None else self.layout.after():
            self._say(note.level, note.code, note.what, note.hint)
        if self.observed_at is None:
            self.observed_at = self.seen_at

    def _fits(self, row: Row) -> bool:
        """Whether a row could be taken."""
        try:
            self.layout.parse(row)
        except Refused:
            return False
        return True

    def _timed(self, record: Record) -> Record:
        """The record with its observation time, judged against the clock. Raises Refused."""
        now, seen = self.options.now, record.observed_at
        if isinstance(record, Seen | Remark):
            if record.published_at > now:
                raise _future("发布时间", record.published_at)
            if seen is None:
                return record.seen(*self._default(record.published_at))
        elif isinstance(record, Sum) and record.end > now.date():
            what = f"汇总期止于 {record.end}，在将来"
            raise Refused("future", "月份", what, "期满后再报，或核对年份和本机时钟")
        if seen is None:
            return record._replace(observed_at=self.seen_at, observed_from=self.seen_from)
        if seen > now:
            raise _future("日期" if isinstance(record, Audience) else "取数时间", seen)
        if isinstance(record, Seen | Remark) and seen < record.published_at:
            what = f"取数时间 {seen} 早于发布时间 {record.published_at}"
            raise Refused("observed_before_published", "取数时间", what, "请核对两个时间")
        return record

    def _default(self, published: datetime) -> tuple[datetime, str]:
        """When a row without a time of its own was seen: never before it was published."""
        if self.seen_at >= published:
            return self.seen_at, self.seen_from
        if self.seen_from == "option":
            what = f"发布时间 {published} 晚于指定的取数时间 {self.seen_at}"
            raise Refused("observed_before_published", "发布时间", what, "请核对 --observed-at")
        return max(min(changed_at(self.path), self.options.now), published), "mtime"

    def _note_times(self, record: Record) -> None:
        if isinstance(record, Seen | Remark):
            published = record.published_at
            if self.first_published is None or published < self.first_published:
                self.first_published = published
            if self.last_published is None or published > self.last_published:
                self.last_published = published
        if record.observed_from == "row" and record.observed_at is not None:
            self.observed_from = "row"
            if self.observed_at is None or record.observed_at < self.observed_at:
                self.observed_at = record.observed_at

    def _quarantine(self, row: Row, refused: Refused, sheaves: Sheaves, codes: Counter[str]) -> None:
        self.rows_quarantined += 1
        codes[refused.code] += 1
        if codes[refused.code] <= _SHOWN:
            self._say("warning", refused.code, refused.reason, refused.hint, row.number, refused.field)
        words = (refused.code, refused.field, refused.reason, refused.hint)
        sheaves.quarantine(row.number, *words, row.raw(_RAW))

    def _summarise(self, codes: Counter[str]) -> None:
        for code, count in codes.items():
            if count > _SHOWN:
                what = f"同类问题共 {count} 行，以上列出前 {_SHOWN} 行"
                self._say("warning", code, what, "全部在待处理记录中")

    def _say(
        self, level: Level, code: str, what: str, hint: str = "", row: int | None = None, field: str = ""
    ) -> None:
        self.issues.append(Issue(level, code, Place(self.name, row, field), what, hint))


def _future(field: str, when: datetime) -> Refused:
    return Refused("future", field, f"{field} {when} 在将来", "请核对年份和本机时钟")


def _fresh(records: list[Record], met: set[bytes]) -> list[Record]:
    """The records that this source has not given before, to the letter."""
    fresh = []
    for record in records:
        key = hashlib.blake2b(record.identity().encode(), digest_size=12).digest()
        if key not in met:
            met.add(key)
            fresh.append(record)
    return fresh
