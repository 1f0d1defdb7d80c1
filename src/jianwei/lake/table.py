"""Delta tables of a lake: the only module that opens, lists and commits them.

Every write follows one road: open ONE handle, decide on what it shows, write plain Parquet
beside the table, commit through that same handle. A conflict means that someone else was
first, so the decision is taken anew on a new handle. Files that no commit names are invisible.
"""

from __future__ import annotations

import errno
import json
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction

from jianwei.errors import DataError
from jianwei.model import TABLES

__all__ = ["PARTITIONED", "Change", "Part", "Snapshot", "commit", "create", "guard", "snapshot"]

PARTITIONED = ("readings", "texts", "posts")
"""Tables partitioned by `pub_month`, the month of publication."""

_TRIES = 12
_CONFIGURATION: dict[str, str | None] = {
    "delta.logRetentionDuration": "interval 3650 days",
    "delta.deletedFileRetentionDuration": "interval 30 days",
    # opening replays the log since the last checkpoint: 30 ms at 50 commits, 9 ms right after one
    "delta.checkpointInterval": "20",
}


@dataclass(frozen=True)
class Part:
    """A Parquet file written in staging: its place, size in bytes, rows, and month if partitioned."""

    path: Path
    size: int
    rows: int
    month: str | None = None

    @property
    def target(self) -> str:
        """Its path within the table."""
        return f"pub_month={self.month}/{self.path.name}" if self.month else self.path.name


@dataclass(frozen=True)
class Change:
    """What one commit does: files added, whole months they replace, marks that must be unique.

    marks: app transactions; two commits that race with the same mark cannot both succeed.
    """

    parts: Sequence[Part]
    marks: dict[str, int]
    replace: Sequence[str] = ()


def create(root: Path, name: str) -> None:
    """Make the table if it is not there yet."""
    with guard():
        DeltaTable.create(
            str(root / name),
            TABLES[name],
            mode="ignore",
            partition_by=["pub_month"] if name in PARTITIONED else None,
            configuration=_CONFIGURATION,
        )


@dataclass(frozen=True)
class Snapshot:
    """One version of a table, as a handle sees it; what is decided on it is committed through it."""

    root: Path
    name: str
    handle: DeltaTable

    @property
    def version(self) -> int:
        """Delta version of the snapshot."""
        return self.handle.version()

    def newest(self) -> bool:
        """Whether nobody has committed since (one look at the disk, where opening takes 2 to 15 ms)."""
        return not (self.root / self.name / "_delta_log" / f"{self.version + 1:020}.json").exists()

    def files(self) -> list[str]:
        """The Parquet files of this version, in a fixed order."""
        # file_uris() percent-encodes the table's own folder, so only the part within it is taken
        depth = 2 if self.name in PARTITIONED else 1
        with guard():
            uris = sorted(self.handle.file_uris())
        table = self.root / self.name
        return [str(table.joinpath(*uri.replace("\\", "/").split("/")[-depth:])) for uri in uris]

    def mark(self, name: str) -> int | None:
        """The last version of an app transaction, None if there was none (takes 1 to 5 ms)."""
        with guard():
            return self.handle.transaction_version(name)


def snapshot(root: Path, name: str, version: int | None = None) -> Snapshot:
    """The table's newest (or given) version. Raises DataError if there is none."""
    try:
        with guard():
            return Snapshot(root, name, DeltaTable(str(root / name), version=version))
    except TableNotFoundError as error:
        raise DataError(
            f"数据湖里没有 {name} 表：{root}", hint="请检查工作区文件夹是否完整，或用 jianwei init 新建工作区"
        ) from error


def commit(root: Path, name: str, plan: Callable[[Snapshot], Change | None]) -> Change | None:
    """Commit what `plan` decides on one snapshot; plan again when another process was faster.

    plan: gets a fresh snapshot, returns the Change or None when nothing is left to do. Its files
    are moved into the table. Returns the Change that was committed, or None.
    Raises DataError when the disk refuses or conflicts do not end; the table is as before then.
    """
    for attempt in range(_TRIES):
        seen = snapshot(root, name)
        change = plan(seen)
        if change is None:
            return None
        try:
            with guard():
                _place(root / name, change.parts)
                _write(seen, change)
        except (CommitFailedError, DataError) as error:
            # The commit may stand although a later step (a checkpoint on a full disk) failed.
            if _landed(root, name, change):
                return change
            _discard(root / name, change.parts)
            if isinstance(error, DataError):
                raise
        else:
            return change
        time.sleep(random.uniform(0.01, 0.05) * min(2**attempt, 16))
    raise DataError(
        "另一个程序一直在写同一个数据湖，这次没有写成", hint="请稍后重新运行同一条命令，已写入的部分不会重复"
    )


def _write(seen: Snapshot, change: Change) -> None:
    handle, partitioned = seen.handle, seen.name in PARTITIONED
    adds = [
        AddAction(
            part.target,
            part.size,
            {"pub_month": part.month} if partitioned else {},
            int(time.time() * 1000),
            True,
            json.dumps({"numRecords": part.rows}),
        )
        for part in change.parts
    ]
    handle.create_write_transaction(
        list(adds),
        "overwrite" if change.replace else "append",
        handle.schema(),
        partition_by=["pub_month"] if partitioned else None,
        partition_filters=[("pub_month", "in", sorted(change.replace))] if change.replace else None,
        commit_properties=CommitProperties(
            app_transactions=[Transaction(m, v) for m, v in change.marks.items()]
        ),
    )


def _place(table: Path, parts: Iterable[Part]) -> None:
    for part in parts:
        target = table / part.target
        target.parent.mkdir(exist_ok=True)
        _flush(part.path)
        part.path.replace(target)


def _flush(path: Path) -> None:
    # A log that survives a power cut must not name a file that did not.
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _landed(root: Path, name: str, change: Change) -> bool:
    now = snapshot(root, name)
    if change.parts:
        return str(root / name / change.parts[0].target) in now.files()
    return all(now.mark(mark) == version for mark, version in change.marks.items())


def _discard(table: Path, parts: Iterable[Part]) -> None:
    for part in parts:
        (table / part.target).unlink(missing_ok=True)


# ---------------------------------------------------------------- errors people can act on

_FULL = ("no space left", "disk quota", "disk full", "not enough space", "os error 28", "os error 122")
_DENIED = ("permission denied", "read-only file system", "access is denied", "os error 13", "os error 30")


@contextmanager
def guard() -> Iterator[None]:
    """Turn errors of disk, engine and table store into DataError; conflicts pass untouched."""
    try:
        yield
    except (CommitFailedError, TableNotFoundError):
        raise
    except (OSError, DeltaError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise _explain(error) from error


def _explain(error: Exception) -> DataError:
    text = str(error).lower()
    code = getattr(error, "errno", None)
    if code in (errno.ENOSPC, errno.EDQUOT) or any(word in text for word in _FULL):
        return DataError(
            "磁盘空间不足，这次写入没有生效", hint="请腾出空间后重新运行同一条命令，已完成的导入不会重复"
        )
    if code in (errno.EACCES, errno.EROFS, errno.EPERM) or any(word in text for word in _DENIED):
        return DataError("没有权限写入数据湖文件夹", hint="请检查文件夹权限，或换一个可写的位置")
    if isinstance(error, duckdb.OutOfMemoryException):
        return DataError("内存不足，这次写入没有生效", hint="请关闭其他程序，或减少一次导入的文件后重试")
    return DataError(f"数据湖读写失败：{error}", hint="请检查磁盘与文件夹是否完好，再运行一次")
