"""Folders for work in progress inside a lake, on the same disk as its tables."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from jianwei.lake.table import guard

__all__ = ["scratch"]

_OLD = 60.0  # seconds; a younger folder may be about to be locked


@contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """A new folder, gone on exit; what killed processes left is removed on entry.

    A living process holds the lock in its folder, and a lock ends with its process.
    Raises DataError when the disk refuses.
    """
    home = root / ".staging"
    folder = home / uuid.uuid4().hex
    with guard():
        _sweep(home)
        folder.mkdir(parents=True)
        lock = FileLock(folder / "lock")
        lock.acquire()
    try:
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(home: Path) -> None:
    for left in home.iterdir() if home.is_dir() else ():
        try:
            if time.time() - left.stat().st_mtime < _OLD:
                continue
            with FileLock(left / "lock", timeout=0):
                pass
        except (Timeout, OSError):
            continue
        shutil.rmtree(left, ignore_errors=True)
