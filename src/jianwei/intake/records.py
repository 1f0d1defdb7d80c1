"""What readers make of a row (posts seen, sums, audiences) and how they become Arrow batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import pyarrow as pa

from jianwei.model import TABLES, TOTAL_FIELDS, Scope, split_account_id

__all__ = ["Audience", "Batch", "Record", "Remark", "Seen", "Sheaves", "Sum", "marks"]


class Batch(NamedTuple):
    """Model rows for one table."""

    table: str
    rows: pa.RecordBatch


class Seen(NamedTuple):
    """A post as seen at one time. Counts are ints or None; `censored`, `rounded` name the marked ones."""

    post_key: str
    account_id: str
    published_at: datetime
    observed_at: datetime | None = None
    observed_from: str = "row"
    original: bool | None = None
    declared_original: bool | None = None
    headline: bool | None = None
    pictures: int | None = None
    video: bool | None = None
    long_text: bool | None = None
    repost_of: str | None = None
    read_basis: str | None = None
    reads: int | None = None
    reposts: int | None = None
    comments: int | None = None
    likes: int | None = None
    wow: int | None = None
    shares: int | None = None
    censored: str | None = None
    rounded: str | None = None
    account_name: str | None = None
    title: str | None = None
    text: str | None = None
    link: str | None = None
    topics: str | None = None

    def identity(self) -> str:
        """What makes a second row a repetition: the post, its counts and when they were seen."""
        return f"{self[0]}\x1f{self[1]}\x1f{self[3]}\x1f{self[12:21]}"

    def seen(self, at: datetime, how: str) -> Seen:
        """The same post, seen at that time as known from that source."""
        return Seen._make((*self[:3], at, how, *self[5:]))


class Sum(NamedTuple):
    """An account's totals over a closed range of days; `counts` holds fields of TOTALS."""

    account_id: str
    start: date
    end: date
    counts: dict[str, int | None]
    observed_at: datetime | None = None
    observed_from: str = "row"
    read_basis: str | None = None
    censored: str | None = None
    rounded: str | None = None
    account_name: str | None = None
    note: str | None = None

    def identity(self) -> str:
        """The account, the days and the numbers."""
        return f"{self[:3]}\x1f{sorted(self.counts.items())}\x1f{self[4:9]}"


class Audience(NamedTuple):
    """Followers and profile facts of an account as seen at one time."""

    account_id: str
    observed_at: datetime | None
    observed_from: str
    followers: int | None
    statuses: int | None = None
    censored: str | None = None
    rounded: str | None = None
    account_name: str | None = None
    verified: bool | None = None
    verified_type: str | None = None
    verified_reason: str | None = None

    def identity(self) -> str:
        """The account, the time and the numbers."""
        return f"{self[:7]}"


class Remark(NamedTuple):
    """A comment under a post. commenter: a pseudonym, never a name or an account."""

    comment_key: str
    post_key: str
    published_at: datetime
    observed_at: datetime | None = None
    observed_from: str = "row"
    reply_to: str | None = None
    commenter: str | None = None
    by_account: bool | None = None
    likes: int | None = None
    text: str | None = None

    def identity(self) -> str:
        """What makes a second row a repetition: the comment, its likes and when it was seen."""
        return f"{self[0]}\x1f{self[3]}\x1f{self.likes}"

    def seen(self, at: datetime, how: str) -> Remark:
        """The same comment, seen at that time as known from that source."""
        return self._replace(observed_at=at, observed_from=how)


Record = Seen | Sum | Audience | Remark


def marks(**flags: bool) -> str | None:
    """Names of the flags that are set, comma-joined in order; None where none is."""
    if True not in flags.values():
        return None
    return ",".join(name for name, is_set in flags.items() if is_set)


class Sheaves:
    """Rows held by table until they make a batch."""

    def __init__(self, source_file: str, sha256: str, parser: str, parser_version: str, scope: Scope) -> None:
        self._same = {
            "source_file": source_file,
            "sha256": sha256,
            "parser": parser,
            "parser_version": parser_version,
            "scope": scope,
        }
        self._held: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
        self.rows = 0

    def add(self, record: Record, number: int) -> None:
        """Hold a record's rows."""
        self.rows += 1
        if isinstance(record, Remark):
            family = split_account_id(record.post_key)[0]
            self._held["comments"].append((family, number, *record))
            return
        family = split_account_id(record.account_id)[0]
        if isinstance(record, Seen):
            month = record.published_at.isoformat()[:7]
            self._held["readings"].append((month, family, number, *record[:22]))
            if record.title or record.text or record.link:
                self._held["texts"].append((month, number, record.post_key, *record[22:]))
        elif isinstance(record, Sum):
            counts = tuple(record.counts.get(name) for name in TOTAL_FIELDS)
            self._held["totals"].append((family, number, *record[:3], *record[4:], *counts))
        else:
            self._held["followers"].append((family, number, *record))

    def quarantine(self, number: int, *row: str) -> None:
        """Hold a refused row: code, field, reason, hint, raw text."""
        self.rows += 1
        self._held["quarantine"].append((number, *row))

    def flush(self) -> Iterator[Batch]:
        """The rows held so far as batches."""
        self.rows = 0
        for table, rows in self._held.items():
            if rows:
                self._held[table] = []
                yield Batch(table, self._batch(table, rows))

    def _batch(self, table: str, rows: list[tuple[Any, ...]]) -> pa.RecordBatch:
        columns: dict[str, Any] = dict(zip(_COLUMNS[table], zip(*rows, strict=True), strict=True))
        schema = TABLES[table]
        arrays: list[pa.Array[Any]] = []
        for part in schema:
            if part.name in columns:
                arrays.append(pa.array(columns[part.name], part.type))
            else:
                arrays.append(pa.repeat(pa.scalar(self._same[part.name], part.type), len(rows)))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


_COLUMNS: dict[str, tuple[str, ...]] = {
    "readings": ("pub_month", "platform", "source_row", *Seen._fields[:22]),
    "texts": ("pub_month", "source_row", "post_key", *Seen._fields[22:]),
    "totals": ("platform", "source_row", *Sum._fields[:3], *Sum._fields[4:], *TOTAL_FIELDS),
    "followers": ("platform", "source_row", *Audience._fields),
    "comments": ("platform", "source_row", *Remark._fields),
    "quarantine": ("source_row", "code", "field", "reason", "hint", "raw"),
}
