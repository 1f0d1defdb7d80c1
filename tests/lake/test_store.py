"""The lake as its callers know it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from jianwei.errors import DataError
from jianwei.lake import Lake, Settled, table
from jianwei.lake.table import Change, Snapshot
from jianwei.lake.view import version
from jianwei.model import IMPORTS
from tests.lake.made import FULL, NAMES, bad, digests, import_row, ingest, posts, reading, sha


def test_creating_again_keeps_the_rows(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    before = digests(lake)
    assert before["posts"] == lake.digest("posts")
    assert digests(Lake.create(lake.root)) == before


def test_opening_what_is_no_lake_is_said_in_chinese(tmp_path: Path, lake: Lake) -> None:
    with pytest.raises(DataError, match="没有完整的数据湖"):
        Lake.open(tmp_path / "nowhere")
    (lake.root / "posts").rename(tmp_path / "posts")
    with pytest.raises(DataError, match="没有完整的数据湖"):
        Lake.open(lake.root)


def test_a_folder_that_cannot_be_made_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="数据湖"):
        Lake.create(tmp_path / "file" / "lake")


@pytest.mark.parametrize("name", ["数据 湖", "it's [old]", "100%"])
def test_a_lake_may_lie_in_any_folder(tmp_path: Path, name: str) -> None:
    lake = Lake.create(tmp_path / name / "lake", threads=1)
    ingest(lake, {"a": FULL})
    ingest(lake, {"b": {"readings": [reading(likes=9)]}})
    assert len(posts(lake)) == 2


def test_the_row_of_an_import_is_kept(lake: Lake) -> None:
    ingest(lake, {"a": {"readings": [reading()]}})
    assert lake.imported(sha("a")) == dict.fromkeys(IMPORTS.names) | import_row("a")
    assert lake.imported(sha("b")) is None


def test_imports_of_another_process_are_noticed(lake: Lake) -> None:
    assert lake.imported(sha("a")) is None
    ingest(Lake.open(lake.root), {"a": {}})
    assert lake.imported(sha("a")) is not None
    ingest(Lake.open(lake.root), {"b": {}})
    assert lake.imported(sha("b")) is not None


def test_imports_and_version_follow_as_of(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    alone = lake.version()
    ingest(lake, {"b": {"readings": [reading()]}})
    assert lake.imports().schema.equals(IMPORTS)
    assert sorted(lake.imports()["source_file"].to_pylist()) == ["a.csv", "b.csv"]
    assert lake.imports([sha("b")])["source_file"].to_pylist() == ["b.csv"]
    assert lake.imports([]).equals(pa.Table.from_pylist([], IMPORTS))
    assert lake.version([sha("a")]) == alone == version([sha("a")])
    assert lake.version() != alone
    with pytest.raises(DataError, match="没有这些导入"):
        lake.version([sha("elsewhere")])


def test_counts_say_what_is_there(lake: Lake) -> None:
    ingest(lake, {"a": FULL, "b": {"quarantine": [bad(), bad("bad_id")]}})
    counts = lake.counts()
    assert counts["tables"] == {
        "readings": 2,
        "texts": 2,
        "posts": 2,
        "totals": 1,
        "followers": 1,
        "comments": 1,
        "quarantine": 3,
        "imports": 2,
    }
    assert counts["posts"] == [
        {"platform": "weibo", "month": "2015-04", "posts": 1},
        {"platform": "weibo", "month": "2015-05", "posts": 1},
    ]
    assert counts["quarantine"] == {"bad_time": 2, "bad_id": 1}
    assert (counts["first_published"], counts["last_observed"]) == (
        datetime(2015, 4, 30, 23, 59),
        datetime(2015, 6, 1),
    )
    assert (counts["imports"], counts["unsettled"], counts["lake_version"]) == (2, 0, lake.version())
    assert counts["table_versions"] == dict.fromkeys(NAMES, 1)


def test_counts_of_an_empty_lake_know_no_dates(lake: Lake) -> None:
    counts = lake.counts()
    assert (counts["first_published"], counts["posts"], counts["quarantine"]) == (None, [], {})


def test_a_rebuild_gives_the_same_posts(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    ingest(lake, {"b": {"readings": [reading(likes=9)]}})
    before = lake.digest("posts")
    assert lake.rebuild() == Settled(2, 2, ("2015-04", "2015-05"))
    assert lake.digest("posts") == before
    assert Lake.create(lake.root.parent / "empty").rebuild() == Settled(0, 0, ())


@pytest.mark.parametrize("full", ["texts", "readings", "imports", "posts"])
def test_a_disk_that_fills_up_at_any_table_is_healed_by_a_repeat(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    whole = table._write

    def refuse(seen: Snapshot, change: Change) -> None:
        if seen.name == full:
            raise OSError(28, "No space left on device")
        whole(seen, change)

    monkeypatch.setattr(table, "_write", refuse)
    with pytest.raises(DataError, match="磁盘空间不足"):
        ingest(lake, {"a": FULL})
    monkeypatch.undo()
    assert lake.counts()["tables"] == dict.fromkeys(NAMES, 0)
    assert list((lake.root / ".staging").iterdir()) == []
    ingest(lake, {"a": FULL})
    clean = Lake.create(tmp_path / "clean", threads=1)
    ingest(clean, {"a": FULL})
    assert digests(lake) == digests(clean)
