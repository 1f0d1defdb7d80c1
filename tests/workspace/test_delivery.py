"""What a delivery is made of: files, folders, ZIPs, copies, and files that are no forms."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from jianwei.forms import request
from jianwei.workspace import collection, delivery, space
from jianwei.workspace.forms import folder_of, months_of
from jianwei.workspace.progress import silent
from tests.forms import office as offices
from tests.forms.filled import Book
from tests.forms.office import PERIOD, Office, truth, uid
from tests.workspace import made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A request that is out, in a workspace of its own."""
    return offices.ask(tmp_path, offices.fresh(tmp_path))


def put(sheet: str, **values: object) -> offices.Edit:
    """Write into the first row of a sheet."""

    def edit(book: Book) -> None:
        book[sheet].put(3, **values)

    return edit


def test_files_are_judged_once_and_copies_are_known(office: Office, tmp_path: Path) -> None:
    path = office.fill("U11", truth)
    office.inbox.joinpath("副本.xlsx").write_bytes(path.read_bytes())
    span = months_of(PERIOD)
    rules, _ = collection.rules_of(office.space, span, space.now())
    room = tmp_path / "room"
    room.mkdir()
    batches = request.batches(folder_of(office.space, span))
    refused, files = delivery.opened(office.space, [office.inbox, path], batches, rules, room, silent)
    assert refused == []
    assert [(one.path.name, one.known) for one in files] == [(path.name, False), ("副本.xlsx", True)]


def test_an_export_that_came_along_is_named(office: Office) -> None:
    made.timeline(office.inbox, "9000000001", [(1, "2015-06-01", 1, 1, 1)])
    (one,) = office.collect().received
    assert (one.state, one.issues[0].code) == ("不可用", "no_form")
    assert "weibo-crawler" in one.issues[0].what
    assert "jianwei ingest" in one.issues[0].hint


def test_forms_in_a_zip_are_read(office: Office) -> None:
    path = office.fill("U11", truth)
    with zipfile.ZipFile(office.inbox / "各单位.zip", "w") as archive:
        archive.write(path, "报送/U11.xlsx")
        archive.write(office.fill("U12", truth, put("微博汇总", 转发="约")), "报送/U12.xlsx")
        archive.writestr("说明.txt", "见附件")
    for one in office.inbox.glob("*.xlsx"):
        one.unlink()
    (office.inbox / "空.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    done = office.collect()
    assert {str(one.path.relative_to(office.inbox)): one.state for one in done.received} == {
        "各单位.zip/报送/U11.xlsx": "收下", "各单位.zip/报送/U12.xlsx": "需退改", "空.zip": "不可用",
    }  # fmt: skip
    row = office.totals(f"weibo:{uid('U11')}")
    assert (row["reposts"], row["source_file"]) == (120, "U11.xlsx〔微博汇总〕")
