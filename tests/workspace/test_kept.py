"""Kept measures are those that would be measured; whatever changes them makes an entry of its own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from jianwei.measure.engine import Conventions
from jianwei.period import Period
from jianwei.workspace import board, ingest, kept
from jianwei.workspace.kept import Kept
from jianwei.workspace.space import Workspace
from tests.workspace import made

MARCH = Period.parse("2015-03")
ACCOUNTS = pa.table(
    {
        "account_id": ["weibo:9000000001"],
        "opened": pa.array([None], pa.date32()),
        "closed": pa.array([None], pa.date32()),
    }
)
MEMBERS = pa.table({"key": ["A"], "account_id": ["weibo:9000000001"], "platform": ["weibo"]})


class Counted:
    """Opens the lake, and counts how often."""

    def __init__(self, place: Workspace) -> None:
        self.place, self.times = place, 0

    def __call__(self) -> duckdb.DuckDBPyConnection:
        self.times += 1
        return self.place.lake.connect()


def entries(place: Workspace) -> list[Path]:
    folder = place.path / ".cache"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_the_second_time_the_lake_is_not_asked(small: Workspace) -> None:
    opened = Counted(small)
    shelf = Kept(small.path / ".cache", small.lake.version(), opened)
    first = shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    again = shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    assert opened.times == 1
    assert again.table.equals(first.table)
    assert again.accounts.equals(first.accounts)
    assert again.queries == first.queries
    assert again.table["posts"].to_pylist() == [2]


def test_every_input_makes_an_entry_of_its_own(small: Workspace) -> None:
    opened = Counted(small)
    shelf = Kept(small.path / ".cache", small.lake.version(), opened)
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    shelf.measure(None, ACCOUNTS, MEMBERS, Period.parse("2015-04"), Conventions())
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions(known=0.5))
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions(), needs={"median_response"})
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions(), labelled={"weibo"})
    other = MEMBERS.set_column(0, "key", pa.array(["B"]))
    shelf.measure(None, ACCOUNTS, other, MARCH, Conventions())
    Kept(shelf.folder, "another lake", opened).measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    assert opened.times == len(entries(small)) == 7


def test_other_code_makes_an_entry_of_its_own(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Counted(small)
    shelf = Kept(small.path / ".cache", small.lake.version(), opened)
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    monkeypatch.setattr(kept, "_code", lambda: "another engine")
    shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    assert opened.times == 2


def test_a_damaged_entry_is_measured_again(small: Workspace) -> None:
    opened = Counted(small)
    shelf = Kept(small.path / ".cache", small.lake.version(), opened)
    first = shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions())
    (entry,) = entries(small)
    (entry / "table.arrow").write_bytes(b"half")
    assert shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions()).table.equals(first.table)
    assert opened.times == 2


def test_the_oldest_entries_go(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    shelf = Kept(small.path / ".cache", small.lake.version(), Counted(small))
    for share in (0.1, 0.2, 0.3, 0.4):
        shelf.measure(None, ACCOUNTS, MEMBERS, MARCH, Conventions(known=share))
    assert len(entries(small)) == 2


def test_boards_are_the_same_kept_or_not_and_follow_the_lake(small: Workspace, tmp_path: Path) -> None:
    def rows() -> list[tuple[object, ...]]:
        found = board.board(small, "bci", "全部单位", "2015-03", by="account")
        return [dataclasses.astuple(row) for row in found.rows]

    first = rows()
    assert entries(small)
    assert rows() == first
    ingest.ingest(
        small,
        [
            made.timeline(
                tmp_path / "more",
                "9000000002",
                [(5, "2015-03-02", 900, 90, 9), (6, "2015-03-30", 900, 90, 9)],
            )
        ],
    )
    assert len(rows()) == 2
