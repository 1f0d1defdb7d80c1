"""What a file is by its bytes, and its text in whatever encoding an office saved it."""

from __future__ import annotations

import codecs
import hashlib
import os
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.intake import files

WORDS = "月份,账号\r\n2015-01,重庆微发布\r\n2015-02,重庆公安\r\n2015-03,渝中发布\r\n2015-04,江北\r\n"


def code(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        files.kind_of(path)
    [issue] = caught.value.issues
    assert issue.where.file in str(caught.value)
    assert issue.hint
    return issue.code


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.csv", b"id,bid\n", "text"),
        ("a.csv", codecs.BOM_UTF8 + b"id", "text"),
        ("a.bin", codecs.BOM_UTF8 + b' {"user": 1}', "json"),
        ("a.txt", b"\n [1]", "json"),
        ("a.csv", b"PK\x03\x04....", "workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "workbook"),
        ("a.csv", b"SQLite format 3\x00....", "sqlite"),
    ],
)
def test_kinds_by_first_bytes_not_by_name(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert files.kind_of(path) == kind


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b" \r\n\t\n", "empty_file"),
        ("a.csv", codecs.BOM_UTF8, "empty_file"),
        ("a.csv", codecs.BOM_UTF16_LE + b"\r\0\n\0", "empty_file"),
        ("a.csv", b"\0" * 5000, "empty_file"),
        ("a.xlsx", b"id,bid\n1,2\n", "damaged"),
        ("a.xls", b"<html><table>", "not_a_table"),
        ("a.csv", b"%PDF-1.7", "not_a_table"),
        ("a.csv", b"Rar!\x1a\x07", "not_a_table"),
        ("a.csv", b"\x1f\x8b\x08\0\0", "not_a_table"),
        ("a.csv", b"\x89PNG\r\n", "not_a_table"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "not_a_table"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert code(path) == expected


def test_a_folder_a_missing_file_and_a_pipe_are_told(tmp_path: Path) -> None:
    assert code(tmp_path) == "directory"
    assert code(tmp_path / "没有.csv") == "missing_file"
    os.mkfifo(tmp_path / "管道.csv")
    assert code(tmp_path / "管道.csv") == "unreadable"
    assert code(tmp_path / ("长" * 300)) == "unreadable"


@pytest.mark.parametrize(
    ("encoding", "bom", "found"),
    [
        ("utf-8", b"", "utf-8-sig"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("gb18030", b"", "gb18030"),
        ("gb18030", codecs.BOM_UTF8, "gb18030"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16"),
    ],
)
def test_encodings_are_found_and_read_to_the_letter(
    tmp_path: Path, encoding: str, bom: bytes, found: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bom + WORDS.encode(encoding))
    text = files.text_of(path)
    assert (text.encoding, text.damaged) == (found, 0)
    assert "".join(files.lines(text)) == WORDS


def test_a_character_cut_by_the_reading_piece_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a" + "汉" * 700_000, "utf-8")
    assert files.text_of(path).encoding == "utf-8-sig"
    path.write_text("a" + "汉" * 700_000, "gb18030")
    assert files.text_of(path).encoding == "gb18030"


def test_a_few_damaged_lines_do_not_turn_the_rest_into_nonsense(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("重庆\n".encode() * 50 + "公安\n".encode("gb18030") + "微博\n".encode() * 50)
    text = files.text_of(path)
    assert (text.encoding, text.damaged) == ("utf-8-sig", 1)
    found = list(files.lines(text))
    assert (found[0], found[-1]) == ("重庆\n", "微博\n")
    assert found[50].startswith("\udcb9")


@pytest.mark.parametrize("data", [b"id,\xff\xff\xff\n" * 9, codecs.BOM_UTF16_LE + b"a\0\n\0\x00\xdca\0"])
def test_an_unknown_encoding_is_told_with_its_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(DataError, match="CSV UTF-8") as caught:
        files.text_of(path)
    assert caught.value.issues[0].code == "encoding"


@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-8", b""), ("gb18030", b""), ("utf-16-le", codecs.BOM_UTF16_LE)]
)
def test_half_a_character_at_the_end_damages_its_own_line_only(
    tmp_path: Path, encoding: str, bom: bytes
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bom + WORDS.encode(encoding) + "北".encode(encoding)[:1])
    text = files.text_of(path)
    assert text.damaged == 1
    found = "".join(files.lines(text))
    assert found[:-1] == WORDS
    assert found[-1] in ("\udce5", "�")


def test_a_binary_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(1, 256)) + b"\0\1" * 400)
    with pytest.raises(DataError) as caught:
        files.text_of(path)
    assert caught.value.issues[0].code == "binary"


def test_digest_and_time_of_change(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"abc")
    os.utime(path, (0, 1435714200.9))
    assert files.digest(path) == hashlib.sha256(b"abc").hexdigest()
    assert files.changed_at(path) == datetime(2015, 7, 1, 9, 30)


def test_a_name_that_is_no_text_can_be_printed() -> None:
    name = files.title(Path(os.fsdecode(b"\xd6\xd8.csv")))
    assert name.endswith(".csv")
    name.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("月份,发布数\r\n2015年6月,3\r\n".encode(encoding))
    text = files.text_of(path)
    assert text.encoding == encoding
    assert [line.strip() for line in files.lines(text)] == ["月份,发布数", "2015年6月,3"]
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(DataError):
        files.text_of(path)
