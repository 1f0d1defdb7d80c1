"""Watch folders on a clock of the test's own: what is taken and when, what is waited for, what is survived."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock

from jianwei.errors import DataError
from jianwei.workspace.space import Workspace
from jianwei.workspace.watch import MEMORY, Batch, Watch
from tests.workspace import made

EVERY = 10.0
POSTS = [(1, "2015-03-01", 5, 2, 1), (2, "2015-03-20", 7, 0, 3)]


class Clock:
    """Seconds that pass only when somebody sleeps; files changed get the time that it shows."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.then: list[Callable[[], None]] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if not self.then:
            raise KeyboardInterrupt
        self.then.pop(0)()

    def touch(self, path: Path) -> Path:
        os.utime(path, (self.now, self.now))
        return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


def watch(space: Workspace, clock: Clock, **more: object) -> Watch:
    return Watch(space, every=EVERY, clock=clock, sleep=clock.sleep, patience=0, **more)  # type: ignore[arg-type]


def dropped(space: Workspace, clock: Clock, uid: str = "9000000001") -> Path:
    return clock.touch(made.timeline(space.path / "inbox", uid, POSTS))


def looks(watching: Watch, clock: Clock, count: int) -> list[Batch | None]:
    found = []
    for _ in range(count):
        found.append(watching.look())
        clock.now += EVERY
    return found


def taken(batch: Batch | None) -> int:
    assert batch is not None
    assert batch.result is not None
    return int(batch.result.to_json()["totals"]["rows_taken"])


def test_a_file_is_taken_at_the_second_look_and_once(empty: Workspace, clock: Clock) -> None:
    path = dropped(empty, clock)
    first, second, *rest = looks(watch(empty, clock), clock, 5)
    assert first is None
    assert taken(second) == 2
    assert rest == [None, None, None]
    assert path.exists()
    assert len(list((empty.path / "archive").rglob("*.csv"))) == 1


def test_a_growing_file_is_waited_for(empty: Workspace, clock: Clock) -> None:
    path = dropped(empty, clock)
    whole = path.read_bytes()
    watching = watch(empty, clock)
    for size in (200, 260, len(whole) - 5):
        path.write_bytes(whole[:size])
        clock.touch(path)
        assert looks(watching, clock, 1) == [None]
    path.write_bytes(whole)
    clock.touch(path)
    assert [batch and taken(batch) for batch in looks(watching, clock, 3)] == [None, 2, None]
    assert empty.lake.counts()["tables"]["quarantine"] == 0


def test_a_file_written_just_now_is_waited_for_though_it_looks_the_same(
    empty: Workspace, clock: Clock
) -> None:
    path = dropped(empty, clock)
    watching = watch(empty, clock)
    assert watching.look() is None
    clock.now += 1  # looked at again at once
    assert watching.look() is None
    clock.now += EVERY
    assert taken(watching.look()) == 2
    os.utime(path, (clock.now + 9e6, clock.now + 9e6))  # a clock that goes ahead on another machine
    assert watching.look() is None
    assert watching.look() is not None


@pytest.mark.parametrize(
    "name", ["~$月报.xlsx", ".隐藏.csv", "a.csv.part", "a.csv.tmp", "a.crdownload", "说明.docx"]
)
def test_half_written_and_foreign_files_are_none(empty: Workspace, clock: Clock, name: str) -> None:
    clock.touch(dropped(empty, clock).rename(empty.path / "inbox" / name))
    assert looks(watch(empty, clock), clock, 3) == [None] * 3


def test_a_file_that_cannot_be_opened_is_waited_for(
    empty: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(empty, clock)
    watching, opening = watch(empty, clock), Path.open

    def refused(self: Path, how: str = "r") -> object:
        if self == path:
            raise PermissionError(13, "in use")
        return opening(self, how)

    with monkeypatch.context() as held:
        held.setattr("jianwei.workspace.watch.Path.open", refused)
        assert looks(watching, clock, 3) == [None] * 3
    assert taken(watching.look()) == 2


def test_what_was_taken_is_remembered_over_a_restart(
    empty: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = dropped(empty, clock)
    looks(watch(empty, clock), clock, 2)
    with monkeypatch.context() as held:
        held.setattr("jianwei.workspace.ingest.read", None)  # nobody may read it
        assert looks(watch(empty, clock), clock, 3) == [None] * 3
    (empty.path / MEMORY).write_text("{坏", "utf-8")
    _, again, after = looks(watch(empty, clock), clock, 3)
    assert taken(again) == 0
    assert after is None
    assert json.loads((empty.path / MEMORY).read_text("utf-8")).keys() == {str(path)}


def test_memory_is_no_proof_where_the_lake_is_another(empty: Workspace, clock: Clock) -> None:
    path = dropped(empty, clock)
    looks(watch(empty, clock), clock, 2)
    told = json.loads((empty.path / MEMORY).read_text("utf-8"))
    told[str(path)]["parts"] = ["0" * 64]
    (empty.path / MEMORY).write_text(json.dumps(told), "utf-8")
    assert looks(watch(empty, clock), clock, 2)[1] is not None


def test_a_changed_file_is_read_again(empty: Workspace, clock: Clock) -> None:
    path = dropped(empty, clock)
    watching = watch(empty, clock)
    looks(watching, clock, 2)
    path.write_bytes(path.read_bytes().replace(b",5,2,1,", b",9,2,1,"))
    clock.touch(path)
    assert [batch and taken(batch) for batch in looks(watching, clock, 3)] == [None, 2, None]
    assert empty.lake.counts()["tables"]["readings"] >= 2


def test_an_unusable_file_is_told_once_and_tried_again_with_a_new_mapping(
    empty: Workspace, clock: Clock
) -> None:
    bad = empty.path / "inbox" / "别的.csv"
    bad.write_text("甲,乙\n1,2\n", "utf-8")
    clock.touch(bad)
    watching = watch(empty, clock)
    _, told, *rest = looks(watching, clock, 4)
    assert told is not None
    assert told.result is not None
    assert told.result.files[0].unusable
    assert rest == [None, None]
    dropped(empty, clock)
    assert [batch and taken(batch) for batch in looks(watching, clock, 2)] == [None, 2]
    mapping = (
        '[mapping]\ntitle="甲"\nkind="粉丝读数"\n[columns]\n"甲"="UID/原始ID"\n"乙"="粉丝数"\n'
        '[fixed]\nplatform="微博"\n[file]\nheader=["甲","乙"]\nheader_rows=1\n'
    )
    (empty.path / "mappings").mkdir()
    (empty.path / "mappings" / "甲.toml").write_text(mapping, "utf-8")
    [again] = looks(watching, clock, 1)
    assert again is not None
    assert again.result is not None
    assert "日期" in str(again.result.files[0].issues[0])


def test_a_locked_workspace_is_waited_for_and_said_once(empty: Workspace, clock: Clock) -> None:
    dropped(empty, clock)
    watching = watch(empty, clock)
    with FileLock(empty.path / ".write.lock"):
        first, second, third = looks(watching, clock, 3)
    assert (first, third) == (None, None)
    assert second is not None
    assert "另一个程序" in str(second.error)
    assert not watching.busy
    assert taken(watching.look()) == 2


def test_a_spoilt_mapping_stops_nothing_for_good(empty: Workspace, clock: Clock) -> None:
    dropped(empty, clock)
    (empty.path / "mappings").mkdir()
    (empty.path / "mappings" / "坏.toml").write_text("[", "utf-8")
    watching = watch(empty, clock)
    _, told = looks(watching, clock, 2)
    assert told is not None
    assert "坏.toml" in str(told.error)
    (empty.path / "mappings" / "坏.toml").unlink()
    assert taken(watching.look()) == 2


def test_an_error_of_the_disk_is_said_and_the_watch_goes_on(
    empty: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left", "somewhere")

    dropped(empty, clock)
    watching = watch(empty, clock)
    with monkeypatch.context() as held:
        held.setattr("jianwei.workspace.ingest.ingest", full)
        _, told, third = looks(watching, clock, 3)
    assert told is not None
    assert "磁盘已满" in str(told.error)
    assert third is None
    assert taken(watching.look()) == 2


def test_batches_end_with_the_interruption(empty: Workspace, clock: Clock) -> None:
    clock.then = [lambda: None, lambda: None, lambda: None]
    dropped(empty, clock)
    dropped(empty, clock, "9000000002")
    watching = watch(empty, clock)
    got: list[Batch] = []
    batches = watching.batches()
    with suppress(KeyboardInterrupt):
        while True:
            got.append(next(batches))
    assert [taken(batch) for batch in got] == [4]
    assert not watching.busy
    assert empty.lake.counts()["tables"]["readings"] == 4


def test_an_interruption_within_a_batch_leaves_nothing_of_it(
    empty: Workspace, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    dropped(empty, clock)
    watching = watch(empty, clock)
    with monkeypatch.context() as held:
        held.setattr("jianwei.workspace.ingest._archive", stopped)
        with pytest.raises(KeyboardInterrupt):
            looks(watching, clock, 2)
    assert watching.busy
    assert empty.lake.counts()["tables"]["readings"] == 0
    assert taken(looks(watch(empty, clock), clock, 2)[1]) == 2


def test_a_folder_of_one_s_own_is_watched_and_one_that_is_missing_is_said(
    empty: Workspace, clock: Clock, tmp_path: Path
) -> None:
    clock.touch(made.timeline(tmp_path / "报送", "9000000001", POSTS))
    assert taken(looks(watch(empty, clock, folders=[tmp_path / "报送"]), clock, 2)[1]) == 2
    with pytest.raises(DataError, match="没有文件夹"):
        watch(empty, clock, folders=[tmp_path / "没有"])


def test_a_batch_is_one_json_object(empty: Workspace, clock: Clock) -> None:
    dropped(empty, clock)
    batch = looks(watch(empty, clock), clock, 2)[1]
    assert batch is not None
    told = batch.to_json()
    assert set(told) == {"at", "files", "totals"}
    assert set(Batch(told["at"], error=DataError("甲", hint="乙")).to_json()) == {"at", "error", "hint"}
