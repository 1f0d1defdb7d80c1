"""Commits through one snapshot: conflicts are decided anew, failures leave nothing behind."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from deltalake.exceptions import CommitFailedError, DeltaError

from jianwei.errors import DataError
from jianwei.lake import table
from jianwei.lake.table import Change, Part, Snapshot, commit, create, guard, snapshot


@pytest.fixture
def root(tmp_path: Path) -> Path:
    create(tmp_path, "imports")
    return tmp_path


def _part(root: Path, name: str = "part-1.parquet") -> Part:
    path = root / name
    path.write_text("x")
    return Part(path, 1, 1)


def _adding(root: Path, mark: str = "a", version: int = 1) -> Callable[[Snapshot], Change | None]:
    def plan(seen: Snapshot) -> Change | None:
        return None if seen.mark(mark) is not None else Change([_part(root)], {mark: version})

    return plan


def test_creating_twice_keeps_what_is_there(root: Path) -> None:
    commit(root, "imports", _adding(root))
    create(root, "imports")
    assert snapshot(root, "imports").files() == [str(root / "imports" / "part-1.parquet")]
    assert snapshot(root, "imports", 0).files() == []


def test_a_table_that_is_not_there_is_said_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="没有 posts 表"):
        snapshot(tmp_path, "posts")


def test_a_mark_is_remembered(root: Path) -> None:
    assert commit(root, "imports", _adding(root)) is not None
    assert snapshot(root, "imports").mark("a") == 1
    assert snapshot(root, "imports").mark("b") is None
    assert commit(root, "imports", _adding(root)) is None


def test_a_snapshot_knows_whether_it_is_the_newest(root: Path) -> None:
    old = snapshot(root, "imports")
    assert old.newest()
    commit(root, "imports", _adding(root))
    assert not old.newest()
    assert snapshot(root, "imports").newest()


def test_who_comes_second_decides_anew_on_what_is_there_now(root: Path) -> None:
    seen: list[int] = []

    def plan(now: Snapshot) -> Change | None:
        seen.append(now.version)
        if len(seen) == 1:
            commit(root, "imports", _adding(root))
            return Change([_part(root, "part-2.parquet")], {"a": 1})
        return None if now.mark("a") else Change([], {"a": 1})

    assert commit(root, "imports", plan) is None
    assert seen == [0, 1]
    assert not (root / "imports" / "part-2.parquet").exists()
    assert len(snapshot(root, "imports").files()) == 1


def test_endless_conflicts_end_with_a_message(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(seen: Snapshot, change: Change) -> None:
        raise CommitFailedError("Concurrent transaction failed")

    monkeypatch.setattr(table, "_write", refuse)
    monkeypatch.setattr(table.time, "sleep", lambda seconds: None)
    with pytest.raises(DataError, match="另一个程序"):
        commit(root, "imports", _adding(root))
    assert snapshot(root, "imports").files() == []
    assert not (root / "imports" / "part-1.parquet").exists()


def test_a_full_disk_leaves_the_table_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(seen: Snapshot, change: Change) -> None:
        raise DeltaError("Generic LocalFileSystem error: No space left on device (os error 28)")

    monkeypatch.setattr(table, "_write", full)
    with pytest.raises(DataError, match="磁盘空间不足") as caught:
        commit(root, "imports", _adding(root))
    assert "重新运行" in caught.value.hint
    assert snapshot(root, "imports").files() == []
    assert not (root / "imports" / "part-1.parquet").exists()


def test_a_failure_after_the_commit_is_no_failure(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = table._write

    def fail_late(seen: Snapshot, change: Change) -> None:
        whole(seen, change)
        raise DeltaError("checkpoint: No space left on device")

    monkeypatch.setattr(table, "_write", fail_late)
    assert commit(root, "imports", _adding(root)) is not None
    assert (root / "imports" / "part-1.parquet").exists()
    assert commit(root, "imports", lambda seen: Change([], {"only a mark": seen.version})) is not None
    assert snapshot(root, "imports").version == 2


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "磁盘空间不足"),
        (duckdb.IOException("Could not write file: No space left on device"), "磁盘空间不足"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限"),
        (OSError(errno.EROFS, "Read-only file system"), "没有权限"),
        (duckdb.OutOfMemoryException("failed to allocate"), "内存不足"),
        (DeltaError("something else"), "something else"),
    ],
)
def test_errors_say_what_to_do(error: Exception, words: str) -> None:
    with pytest.raises(DataError, match=words) as caught, guard():
        raise error
    assert caught.value.hint
    assert caught.value.__cause__ is error


def test_other_errors_and_conflicts_pass() -> None:
    with pytest.raises(ZeroDivisionError), guard():
        raise ZeroDivisionError
    with pytest.raises(CommitFailedError), guard():
        raise CommitFailedError
