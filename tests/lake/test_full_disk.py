"""A disk that is full ends a batch with what to do about it; nothing is left, and a repeat heals."""

from __future__ import annotations

import errno
import gc
from pathlib import Path
from typing import Any

import pytest
from pyarrow.parquet import ParquetWriter

from jianwei.errors import DataError
from jianwei.lake import Lake, staging
from tests.lake.made import FULL, NAMES, digests, ingest


def full(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space left on device")


def full_then_closed(writer: ParquetWriter, *_: Any, **__: Any) -> None:
    """What pyarrow does: the first write is refused by the disk, every later one by the closed file."""
    if writer.file_handle.closed:
        raise ValueError("Operation on closed file")
    writer.file_handle.close()
    full()


@pytest.mark.parametrize("call", ["write_table", "close"])
@pytest.mark.parametrize("rows_held", [1, 65_536])
@pytest.mark.filterwarnings("error")
def test_staging_on_a_full_disk_says_so_and_is_healed(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, rows_held: int
) -> None:
    monkeypatch.setattr(staging, "_FLUSH_ROWS", rows_held)
    with monkeypatch.context() as patch:
        patch.setattr(ParquetWriter, call, full_then_closed)
        with pytest.raises(DataError, match=r"磁盘空间不足.*请腾出空间"):
            ingest(lake, {"a": FULL})
        gc.collect()  # a writer that closes itself on the way out would fail here
    assert lake.counts()["tables"] == dict.fromkeys(NAMES, 0)
    assert list((lake.root / ".staging").iterdir()) == []
    ingest(lake, {"a": FULL})
    clean = Lake.create(tmp_path / "clean", threads=1)
    ingest(clean, {"a": FULL})
    assert digests(lake) == digests(clean)


def test_a_lake_cannot_be_made_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(DataError, match="磁盘空间不足"):
        Lake.create(tmp_path / "lake")
