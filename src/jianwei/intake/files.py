"""Opening source files: what they are by their bytes, their digest, the encoding and lines of text."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from jianwei.errors import DataError, Issue, Place
from jianwei.intake.times import ZONE

__all__ = ["Kind", "Text", "changed_at", "digest", "kind_of", "lines", "text_of", "title", "unusable"]

Kind = Literal["text", "json", "workbook", "sqlite"]

_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")
_ZIP, _OLE, _SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x05\x06", "空的压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)
_WITHOUT_MARK = ("utf-16-le", "utf-16-be")
_CHUNK = 1 << 20
_TOLERATED = 0.05
_RESAVE = "请用 Excel 打开后另存为“CSV UTF-8（逗号分隔）”，或存为 .xlsx"


def unusable(path: Path, code: str, what: str, hint: str, row: int | None = None) -> DataError:
    """A DataError about a whole file, with its Issue."""
    issue = Issue("error", code, Place(title(path), row), what, hint)
    return DataError(f"{title(path)}：{what}", hint=hint, issues=[issue])


def title(path: Path) -> str:
    """The name people know a file by; bytes of it that are no text are shown as such."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def kind_of(path: Path) -> Kind:
    """What a file is by its first bytes. Raises DataError if there is nothing to read."""
    try:
        if path.is_dir():
            raise unusable(path, "directory", "是文件夹，不是文件", "请给出其中的文件")
        if not path.exists():
            raise unusable(path, "missing_file", "没有这个文件", "请核对路径和文件名")
        if not path.is_file():
            raise unusable(path, "unreadable", "不是普通文件", "请给出 CSV、XLSX 或 JSON 文件")
        with path.open("rb") as file:
            head = file.read(4096)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise unusable(path, "unreadable", f"打不开：{why}", "请检查权限，或关闭占用它的程序") from error
    if not head.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n\0\xff\xfe"):
        raise unusable(path, "empty_file", "是空文件", "请重新保存或重新下载")
    if head.startswith((_ZIP, _OLE)):
        return "workbook"
    if head.startswith(_SQLITE):
        return "sqlite"
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise unusable(path, "not_a_table", f"是{what}，不是表格", "请解压或导出为 CSV、XLSX 后再导入")
    first = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if first.startswith(b"<"):
        raise unusable(path, "not_a_table", "是网页，不是表格", "请用 Excel 或 WPS 打开后另存为 .xlsx")
    if path.suffix.lower() in _WORKBOOKS:
        raise unusable(path, "damaged", "扩展名是 Excel，内容不是", "请用 Excel 或 WPS 打开后另存")
    return "json" if first.startswith((b"{", b"[")) else "text"


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def changed_at(path: Path) -> datetime:
    """When a file was last changed, naive Asia/Shanghai, to the second."""
    return datetime.fromtimestamp(int(path.stat().st_mtime), ZONE).replace(tzinfo=None)


@dataclass(frozen=True)
class Text:
    """A text file and its encoding; `damaged` lines hold bytes that cannot be decoded.

    skip: bytes at the beginning that are no text (a mark of another encoding than it has).
    """

    path: Path
    encoding: str
    damaged: int = 0
    skip: int = 0


def text_of(path: Path) -> Text:
    """Find the encoding of a text file: UTF-8 (with or without BOM), UTF-16 or GB18030.

    A file may end within a character; that is for the row to say in which it happens.

    A file whose few broken lines leave the rest in UTF-8 is UTF-8, so that it is not read as
    nonsense in another encoding. Raises DataError for binary files and unknown encodings.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        left = _left_over(path, "utf-16")
        if left is None:
            raise unusable(path, "encoding", "标为 UTF-16 编码，内容却有损坏", _RESAVE)
        return Text(path, "utf-16", int(left > 0))
    if head.count(b"\0") * 10 > len(head):
        for encoding in _WITHOUT_MARK:
            if _is_text(head, encoding) and (left := _left_over(path, encoding)) is not None:
                return Text(path, encoding, int(left > 0))
        raise unusable(path, "binary", "是二进制文件，不是文本表格", "请导出为 CSV 或 XLSX 后再导入")
    if (left := _left_over(path, "utf-8")) is not None:
        return Text(path, "utf-8-sig", int(left > 0))
    bad, foreign, first_bad = _undecodable(path)
    if foreign > 3 and bad <= max(1, _TOLERATED * foreign):
        return Text(path, "utf-8-sig", bad)
    skip = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    if (left := _left_over(path, "gb18030", skip)) is not None:
        return Text(path, "gb18030", int(left > 0), skip)
    what = f"从第 {first_bad} 行起既不是 UTF-8，也不是 GB18030 编码"
    raise unusable(path, "encoding", what, _RESAVE, first_bad)


def _is_text(head: bytes, encoding: str) -> bool:
    """Whether a beginning is text in an encoding of two bytes a letter: a table of printable words."""
    words = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return ("," in words or "\t" in words) and all(
        one.isprintable() or one in "\t\r\n\ufffd" for one in words
    )


def lines(text: Text) -> Iterator[str]:
    """The lines of a text file with their line ends; undecodable bytes become surrogates.

    Half a character at the end of a file that is not UTF-8 becomes �.
    """
    how = "surrogateescape" if text.encoding == "utf-8-sig" else "replace"
    with text.path.open("rb") as file:
        file.seek(text.skip)
        with io.TextIOWrapper(file, text.encoding, how, "") as words:
            yield from words


def _left_over(path: Path, encoding: str, skip: int = 0) -> int | None:
    """Bytes of a character that the end of the file cuts; null where the file is not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            file.seek(skip)
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
    except UnicodeDecodeError:
        return None
    return len(decoder.getstate()[0])


def _undecodable(path: Path) -> tuple[int, int, int]:
    """Lines that are not UTF-8, lines that are not ASCII, number of the first that is not UTF-8."""
    bad = foreign = first_bad = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isascii():
                continue
            foreign += 1
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
                first_bad = first_bad or number
    return bad, foreign, first_bad
