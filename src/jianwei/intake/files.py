"""Opening source files: what they are by their bytes, their digest, text lines or workbook sheets."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from jianwei.errors import DataError, Issue, Place

__all__ = [
    "LARGEST_WORKBOOK",
    "Kind",
    "Text",
    "changed_at",
    "check_zip",
    "digest",
    "kind_of",
    "lines",
    "sheets",
    "text_of",
    "unusable",
]

Kind = Literal["text", "json", "workbook", "sqlite"]

LARGEST_WORKBOOK = 1 << 30
"""Bytes that a workbook may unpack to."""

_ZONE = ZoneInfo("Asia/Shanghai")
_RATIO = 200
_ENTRIES = 5_000
_ZIP, _OLE, _SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00"
_TOLERATED = 0.05


def unusable(path: Path, code: str, what: str, hint: str, row: int | None = None) -> DataError:
    """A DataError about a whole file, with its Issue."""
    issue = Issue("error", code, Place(path.name, row), what, hint)
    return DataError(f"{path.name}：{what}", hint=hint, issues=[issue])


def kind_of(path: Path) -> Kind:
    """What a file is by its first bytes. Raises DataError if there is nothing to read."""
    if path.is_dir():
        raise unusable(path, "directory", "是文件夹，不是文件", "请给出其中的文件")
    if not path.exists():
        raise unusable(path, "missing_file", "没有这个文件", "请核对路径和文件名")
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise unusable(
            path, "unreadable", f"打不开：{error.strerror}", "请检查权限，或关闭占用它的程序"
        ) from error
    if not head.strip():
        raise unusable(path, "empty_file", "是空文件", "请重新保存或重新下载")
    if head.startswith(_ZIP):
        check_zip(path)
        return "workbook"
    if head.startswith(_OLE):
        return "workbook"
    if head.startswith(_SQLITE):
        return "sqlite"
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return "json" if first in (b"{", b"[") else "text"


def check_zip(path: Path) -> None:
    """Refuse an archive that is damaged or unpacks to far more than it holds. Raises DataError."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        what = "已损坏，不是完整的 Excel 文件"
        raise unusable(path, "damaged", what, "请重新保存或重新下载") from error
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRIES or unpacked > LARGEST_WORKBOOK or unpacked > _RATIO * max(packed, 1 << 16):
        what = f"解压后异常庞大（{len(entries)} 个部件，{unpacked >> 20} MB），已拒绝打开"
        raise unusable(path, "zip_bomb", what, "请确认来源；如确是数据，请另存为 CSV 再导入")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def changed_at(path: Path) -> datetime:
    """When a file was last changed, naive Asia/Shanghai, to the second."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), _ZONE).replace(tzinfo=None)


def sheets(path: Path) -> Iterator[tuple[str, list[list[Any]], bool]]:
    """Name, rows of cells and whether it is hidden, of each sheet. Raises DataError if unreadable."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(str(path))
        for entry in book.sheets_metadata:
            hidden = entry.visible != python_calamine.SheetVisibleEnum.Visible
            rows = [] if hidden else book.get_sheet_by_name(entry.name).to_python(skip_empty_area=False)
            yield entry.name, rows, hidden
    except python_calamine.PasswordError as error:
        raise unusable(path, "password", "设有密码", "请去掉密码后另存") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise unusable(
            path, "damaged", f"读不出来：{error}", "请用 Excel 或 WPS 打开后另存为 .xlsx"
        ) from error


@dataclass(frozen=True)
class Text:
    """A text file with its encoding; `damaged` lines cannot be decoded and are told apart later."""

    path: Path
    encoding: str
    damaged: int


def text_of(path: Path) -> Text:
    """Find the encoding of a text file: UTF-8 (with or without BOM), UTF-16 or GB18030.

    A file whose few broken lines leave the rest in UTF-8 is UTF-8, so that it is not read as
    nonsense in another encoding. Raises DataError for binary files and unknown encodings.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Text(path, "utf-16", 0)
    if b"\0" in head:
        hint = "请导出为 CSV 或 XLSX 后再导入"
        raise unusable(path, "binary", "是二进制文件，不是文本表格", hint)
    total = bad = foreign = 0
    first_bad = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            total += 1
            if line.isascii():
                continue
            foreign += 1
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
                first_bad = first_bad or number
    if not bad:
        return Text(path, "utf-8-sig", 0)
    if foreign > 3 and bad <= max(1, _TOLERATED * foreign):
        return Text(path, "utf-8-sig", bad)
    try:
        with path.open("r", encoding="gb18030") as text:
            for _ in text:
                pass
    except UnicodeDecodeError as error:
        what = f"第 {first_bad} 行起不是 UTF-8，也不是 GB18030 编码"
        hint = "请用 Excel 打开后另存为“CSV UTF-8（逗号分隔）”，或存为 .xlsx"
        raise unusable(path, "encoding", what, hint, first_bad) from error
    return Text(path, "gb18030", 0)


def lines(text: Text) -> Iterator[str]:
    """The lines of a text file with their line ends; undecodable bytes become surrogates."""
    with text.path.open("r", encoding=text.encoding, errors="surrogateescape", newline="") as file:
        yield from file
