"""A process killed at any moment and run again, or two at once, give the lake of one clean run."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from jianwei.lake import Lake
from jianwei.lake.table import snapshot
from tests.lake.made import FULL, NAMES, digests, ingest, posts, sha
from tests.lake.process import SOURCES, killed, racing

spawn = multiprocessing.get_context("spawn")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Digests of one clean run."""
    lake = Lake.create(tmp_path_factory.mktemp("clean"), threads=1)
    ingest(lake, SOURCES)
    return digests(lake)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("texts", "after"),
        ("readings", "before"),
        ("readings", "after"),
        ("imports", "after"),
        ("posts", "before"),
    ],
)
def test_a_kill_between_commits_is_healed_by_a_repeat(
    lake: Lake, clean: dict[str, str], name: str, moment: str
) -> None:
    process = spawn.Process(target=killed, args=(lake.root, name, moment))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    empty = Lake.create(lake.root.parent / "empty")
    assert digests(lake) == digests(empty)
    ingest(lake, SOURCES)
    assert digests(lake) == clean


def test_a_kill_after_the_last_commit_has_lost_nothing(lake: Lake, clean: dict[str, str]) -> None:
    process = spawn.Process(target=killed, args=(lake.root, "posts", "after"))
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert digests(lake) == clean


def test_two_processes_with_the_same_files_write_them_once(lake: Lake, clean: dict[str, str]) -> None:
    barrier = spawn.Barrier(2)
    processes = [spawn.Process(target=racing, args=(lake.root, barrier)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert digests(lake) == clean
    with lake.connect() as con:
        assert con.execute("SELECT count(*) FROM imports").fetchall() == [(2,)]


def test_a_kill_that_left_files_shows_none_of_them(lake: Lake) -> None:
    ingest(lake, {"a": FULL})
    before = digests(lake)
    for name in NAMES:
        parts = snapshot(lake.root, name).files()
        stray = Path(parts[0]).with_name("part-stray.parquet")
        stray.write_bytes(Path(parts[0]).read_bytes())
    assert digests(lake) == before
    assert [row["readings"] for row in posts(lake)] == [1, 1]
    assert lake.imported(sha("b")) is None
