"""Old workbooks: read like the others, and measured by their records before they are read."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.errors import DataError
from jianwei.intake import compound, sheets
from tests.intake import books
from tests.intake.books import old_record, old_stream, xls
from tests.intake.made import whole

FORM: Sequence[Sequence[Any]] = [["月份", "UID", "发布数", "转发"], ["2015-05", "1988438334", 4, 5]]
FAR: books.Sheet = {0: {0: 1}, 65_535: {255: 2}}


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        opened(path)
    return caught.value.issues[0].code


def opened(path: Path) -> int:
    """Cells that an opened workbook spans."""
    found = sheets.check(path)
    for sheet in sheets.read(path):
        list(sheet.rows)
    return found.cells


@pytest.mark.parametrize("name", ["表.xls", "表.et", "表.xlsx"])
@pytest.mark.parametrize("small", [False, True])
def test_a_form_is_read_whatever_its_ending(tmp_path: Path, name: str, small: bool) -> None:
    path = xls(tmp_path / name, {"微博汇总": FORM}, small=small)
    assert sheets.check(path).cells == 8
    [total] = whole(path).tables["totals"]
    assert (total["account_id"], total["posts"], total["reposts"]) == ("weibo:1988438334", 4, 5)


@pytest.mark.parametrize("small", [False, True])
def test_a_few_bytes_do_not_become_many_sheets(tmp_path: Path, small: bool) -> None:
    assert sheets.check(xls(tmp_path / "a.xls", {"甲": FAR}, small=small)).cells == 65_536 * 256
    assert refused(xls(tmp_path / "b.xls", {"甲": FAR, "乙": FAR}, small=small)) == "zip_bomb"


def test_sheets_count_from_where_they_are_read(tmp_path: Path) -> None:
    """Two sheets that hide in the data of another record, where the list of sheets points to."""
    body = books.old_sheet(FAR)
    stream = bytearray(old_stream({"甲": FORM, "乙": FORM}, old_record(0x00E0, body)))
    hidden = bytes(stream).index(body)
    for place in [
        n for n in range(len(stream) - 4) if stream[n : n + 2] == b"\x85\x00" and stream[n + 3] == 0
    ][:2]:
        struct.pack_into("<I", stream, place + 4, hidden)
    path = tmp_path / "a.xls"
    path.write_bytes(books.compound(bytes(stream)))
    assert refused(path) == "zip_bomb"


def test_an_encrypted_one_has_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(books.compound(old_stream({"甲": FAR}, old_record(0x002F, bytes(6)))))
    assert refused(path) == "password"


def test_another_file_of_this_kind_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(books.compound(b"x" * 5000, "WordDocument"))
    assert compound.extent(path, 1) is None
    assert refused(path) in {"damaged", "password"}


def test_a_large_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compound, "LARGEST", 4000)
    assert refused(xls(tmp_path / "a.xls", {"甲": FORM})) == "zip_bomb"


@given(st.data())
def test_a_spoilt_one_ends(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    whole_file = bytearray(books.compound(old_stream({"甲": FORM}), small=data.draw(st.booleans())))
    for _ in range(data.draw(st.integers(1, 4))):
        whole_file[data.draw(st.integers(8, len(whole_file) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(9, len(whole_file)))
    path = tmp_path_factory.getbasetemp() / "spoilt.xls"
    path.write_bytes(whole_file[:cut])
    try:
        cells = opened(path)
    except DataError as error:
        cells, codes = 0, {issue.code for issue in error.issues}
        assert codes <= {"damaged", "password", "zip_bomb"}
    assert cells <= sheets.MOST_CELLS
