"""Files that cannot be used at all: a code, a reason and something to do, in Chinese."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.intake import read, sniff, template
from tests.intake import eras
from tests.intake.made import (
    UID,
    book,
    csv_file,
    hit,
    options,
    search_file,
    search_header,
    table_text,
    unusable,
)

FOLLOWERS = template.header("followers")


def bomb(path: Path) -> Path:
    """A workbook of a few kB whose sheet unpacks to 80 MB."""
    plain = book(path.with_name("plain.xlsx"), {"一": [search_header(), hit()]})
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, data + b" " * ((80 << 20) if "sheet1" in entry.filename else 0))
    plain.unlink()
    assert path.stat().st_size < 200_000
    return path


def with_bytes(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


MOJIBAKE = table_text([search_header(), hit()]).encode("utf-8").replace("重".encode(), b"\xff\xfe\xfd")

WHOLE: dict[str, tuple[str, str, Callable[[Path], Path], str, str]] = {
    "empty file": ("empty_file", "空.csv", lambda path: with_bytes(path, b""), "空文件", "重新"),
    "blank file": (
        "empty_file",
        "a.csv",
        lambda path: with_bytes(path, b"\xef\xbb\xbf\r\n \r\n"),
        "空文件",
        "重新",
    ),
    "empty sheet": ("empty_file", "a.xlsx", lambda path: book(path, {"一": []}), "没有内容", "核对"),
    "header only": ("header_only", "a.csv", lambda path: search_file(path, []), "只有表头", "导出"),
    "header only, timeline": (
        "header_only",
        f"{UID}.csv",
        lambda path: csv_file(path, [eras.EDIT]),
        "只有表头",
        "导出",
    ),
    "header only, sheet": (
        "header_only",
        "a.xlsx",
        lambda path: book(path, {"一": [["2015年粉丝数"], FOLLOWERS]}),
        "只有表头",
        "导出",
    ),
    "wrong encoding": ("encoding", "a.csv", lambda path: with_bytes(path, MOJIBAKE), "编码", "CSV UTF-8"),
    "broken UTF-16": (
        "encoding",
        "a.csv",
        lambda path: with_bytes(path, codecs.BOM_UTF16_LE + b"i\0d\0\0\xdca\0"),
        "编码",
        "CSV UTF-8",
    ),
    "unknown layout": (
        "unknown_layout",
        "a.csv",
        lambda path: csv_file(path, [["姓名", "工资"], ["张三", "1"]]),
        "认不出来",
        "模板",
    ),
    "zip bomb": ("zip_bomb", "a.xlsx", bomb, "庞大", "来源"),
    "zip of something else": (
        "not_a_table",
        "a.xlsx",
        lambda path: with_bytes(path, b"PK\x05\x06" + b"\0" * 18),
        "压缩包",
        "解压",
    ),
    "cut workbook": (
        "damaged",
        "a.xlsx",
        lambda path: with_bytes(path, book(path, {"一": [search_header(), hit()]}).read_bytes()[:3000]),
        "损坏",
        "重新",
    ),
    "text named as a workbook": (
        "damaged",
        "a.xlsx",
        lambda path: search_file(path, [hit()]),
        "内容不是",
        "另存",
    ),
    "web page": ("not_a_table", "a.csv", lambda path: with_bytes(path, b"<html><table>"), "网页", "另存"),
    "picture": ("not_a_table", "a.csv", lambda path: with_bytes(path, b"\x89PNG\r\n\x1a\n"), "图片", "导出"),
    "database": (
        "damaged",
        "a.db",
        lambda path: with_bytes(path, b"SQLite format 3\x00" + b"\1" * 99),
        "SQLite",
        "CSV",
    ),
    "half a JSON": (
        "bad_json",
        f"{UID}.json",
        lambda path: with_bytes(path, b'{"user": {"id": 1}, "weibo": [{"id":'),
        "截断",
        "重新",
    ),
    "whose timeline": (
        "account_needed",
        "微博.csv",
        lambda path: eras.timeline(path, "2025-12"),
        "没有账号",
        "--account",
    ),
    "directory": ("directory", "微博", folder, "文件夹", "其中的文件"),
    "missing file": ("missing_file", "没有.csv", lambda path: path, "没有这个文件", "核对路径"),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_unusable_file(tmp_path: Path, kind: str) -> None:
    code, name, make, what, hint = WHOLE[kind]
    path = make(tmp_path / name)
    issue = unusable(path)
    assert (issue.level, issue.code, issue.where.file) == ("error", code, name)
    assert what in issue.what
    assert hint in issue.hint
    with pytest.raises(DataError) as caught:
        sniff(path, options())
    assert caught.value.issues == (issue,)


def test_wrong_encoding_names_the_first_line(tmp_path: Path) -> None:
    lines = [b"id,user_id\r\n", b"1,2\r\n", b"\xff\xff\xff,2\r\n"]
    assert unusable(with_bytes(tmp_path / "a.csv", b"".join(lines))).where.row == 3


@pytest.mark.parametrize(
    "account", ["weibo", "weibo:重庆", "twitter:1", "weibo:", ":1", "", "weibo:1988438334 "]
)
def test_an_account_of_no_known_platform(tmp_path: Path, account: str) -> None:
    path = eras.timeline(tmp_path / "微博.csv", "2025-12")
    with pytest.raises(DataError, match="--account") as caught:
        read(path, options(account=account))
    assert "weibo:UID" in caught.value.hint
