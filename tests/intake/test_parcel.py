"""ZIP files as they are mailed: names of all programs, and what is refused before it fills the disk."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.intake import parcel, sheets
from jianwei.intake.times import ZONE
from tests.intake.made import book

ENDINGS = (".csv", ".xlsx", ".zip")


def packed(path: Path, files: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2015, 6, 30, 12, 0, 2))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return path


def foreign(path: Path, name: bytes) -> Path:
    """A ZIP whose only name is in bytes of another encoding, without the mark of UTF-8."""
    packed(path, {"x" * len(name): b"1"})
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name))
    return path


def unpacked(path: Path, into: Path) -> dict[str, Path]:
    into.mkdir()
    return {name: file for file, name in parcel.unpack(path, into, ENDINGS)}


def refused(path: Path, into: Path) -> str:
    into.mkdir()
    with pytest.raises(DataError) as caught:
        parcel.unpack(path, into, ENDINGS)
    [issue] = caught.value.issues
    assert issue.hint
    assert path.name in str(caught.value)
    return issue.code


def test_files_of_use_are_unpacked_with_their_folder_and_time(tmp_path: Path) -> None:
    files = {
        "报送/重庆发布/1988438334.csv": b"a",
        "说明.docx": b"b",
        "__MACOSX/._a.csv": b"c",
        "~$a.xlsx": b"d",
        "内.zip": b"PK",
    }
    path = packed(tmp_path / "a.zip", files)
    assert parcel.is_one(path)
    found = unpacked(path, tmp_path / "out")
    [(name, file)] = found.items()
    assert name == "报送/重庆发布/1988438334.csv"
    assert (file.name, file.parent.name, file.read_bytes()) == ("1988438334.csv", "重庆发布", b"a")
    assert datetime.fromtimestamp(file.stat().st_mtime, ZONE).replace(tzinfo=None) == datetime(
        2015, 6, 30, 12, 0, 2
    )


def test_a_workbook_is_no_parcel(tmp_path: Path) -> None:
    assert not parcel.is_one(book(tmp_path / "a.xlsx", {"甲": [[1]]}))
    assert not parcel.is_one(packed(tmp_path / "b.zip", {"xl/workbook.xml": b""}))
    assert not parcel.is_one(tmp_path / "none.zip")
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04half")
    assert not parcel.is_one(tmp_path / "cut.zip")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_other_programs(tmp_path: Path, encoding: str) -> None:
    path = foreign(tmp_path / "a.zip", "重庆发布/六月.csv".encode(encoding))
    assert list(unpacked(path, tmp_path / "out")) == ["重庆发布/六月.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../../../逃.csv",
        "/etc/逃.csv",
        "C:\\逃.csv",
        "a/./../逃.csv",
        "甲\x07:*?.csv",
        "长" * 200 + ".csv",
        "甲../x.csv",
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    [file] = unpacked(packed(tmp_path / "a.zip", {name: b"1"}), out).values()
    assert file.resolve().is_relative_to(out.resolve())
    assert file.suffix == ".csv"
    assert list(tmp_path.rglob("*.csv")) == [file]


def test_names_that_stand_twice_are_two_files(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.csv", "2")
    (tmp_path / "out").mkdir()
    found = parcel.unpack(path, tmp_path / "out", ENDINGS)
    assert sorted(file.read_text() for file, _ in found) == ["1", "2"]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed(tmp_path / "a.zip", {"a.csv": bytes(30 << 20)})
    assert refused(bomb, tmp_path / "one") == "zip_bomb"
    assert sum(file.stat().st_size for file in (tmp_path / "one").rglob("*.csv")) < 12 << 20
    monkeypatch.setattr(sheets, "LARGEST", 10)
    assert refused(packed(tmp_path / "b.zip", {"a.csv": b"12345678901"}), tmp_path / "two") == "zip_bomb"
    assert len(unpacked(packed(tmp_path / "c.zip", {"a.csv": b"1234567890"}), tmp_path / "three")) == 1
    monkeypatch.setattr(parcel, "MOST", 2)
    many = packed(tmp_path / "d.zip", {f"{n}.csv": b"" for n in range(3)})
    assert refused(many, tmp_path / "four") == "zip_bomb"


def test_a_size_that_lies_is_damage(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.csv": os.urandom(3000)})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    assert refused(path, tmp_path / "out") == "damaged"


def test_what_is_of_no_use_says_so(tmp_path: Path) -> None:
    assert (
        refused(packed(tmp_path / "a.zip", {"说明.docx": b"", "夹/": b""}), tmp_path / "one")
        == "empty_folder"
    )
    locked = packed(tmp_path / "b.zip", {"a.csv": b"1"})
    data = bytearray(locked.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)
    assert refused(locked, tmp_path / "two") == "password"
