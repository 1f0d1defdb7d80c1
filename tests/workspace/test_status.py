"""Status: what the lake and the registry hold, and what they do not know of each other."""

from __future__ import annotations

from pathlib import Path

from jianwei.workspace import ingest, status
from jianwei.workspace.space import Workspace
from tests.workspace import made


def test_an_empty_workspace(empty: Workspace) -> None:
    found = status.status(empty)
    assert found["registry"] is None
    assert set(found["tables"].values()) == {0}
    assert found["posts"] == []


def test_counts_by_platform_and_month_and_who_is_unknown(small: Workspace, tmp_path: Path) -> None:
    ingest.ingest(small, [made.timeline(tmp_path / "more", "9000000003", [(9, "2015-04-01", 0, 0, 0)])])
    found = status.status(small)
    assert [(row["platform_name"], row["month"], row["posts"]) for row in found["posts"]] == [
        ("微博", "2015-03", 2),
        ("微博", "2015-04", 1),
    ]
    assert found["registry"] == {"units": 2, "accounts": 2, "unknown_accounts": 1}
    assert found["lake_version"] == small.lake.version()
    assert found["roster_version"] == small.roster.version


def test_quarantine_is_told_by_cause(empty: Workspace, tmp_path: Path) -> None:
    path = made.timeline(tmp_path, "9000000001", [(1, "2015-03-01", 0, 0, 0)])
    path.write_text(path.read_text("utf-8-sig") + "1,半行\r\n2,半行\r\n", "utf-8-sig", newline="")
    ingest.ingest(empty, [path])
    (cause,) = status.status(empty)["quarantine"]
    assert (cause["code"], cause["rows"], cause["files"]) == ("row_width", 2, 1)
