"""ZIP files as offices mail them: the files in them, unpacked within limits, under the names people gave them."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from jianwei.errors import DataError
from jianwei.intake import sheets
from jianwei.intake.files import unusable
from jianwei.intake.times import ZONE

__all__ = ["MOST", "is_one", "unpack"]

MOST = 2_000
"""Files that a parcel may hold."""

_RATIO = 200
_SMALL = 1 << 20
_CHUNK = 1 << 20
_LONGEST = 180  # bytes of a name, below what every file system takes
_UTF8, _LOCKED = 0x800, 0x1
_MAGIC = b"PK\x03\x04"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f:*?"<>|]')
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError)
_AGAIN = "请重新压缩，或直接给出里面的文件"


def is_one(path: Path) -> bool:
    """Whether a file is a ZIP of files, and no workbook; one that cannot be opened is none."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                return False
        return not sheets.is_book(path)
    except (OSError, DataError):
        return False


def unpack(path: Path, into: Path, endings: Collection[str]) -> list[tuple[Path, str]]:
    """Unpack the files that have one of these endings: where each lies now, and its name in the parcel.

    Each lies in a folder of its own below the one that it was in, and has its time. Raises DataError
    for a parcel that is damaged, has a password, holds nothing of use, or unpacks to far more than it is.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [
                (entry, name)
                for entry in archive.infolist()
                if (name := _name(entry)) and _wanted(name, endings)
            ]
            if not entries:
                raise unusable(
                    path, "empty_folder", "压缩包里没有可读的文件", "里面应有 CSV、XLSX 或 JSON 文件"
                )
            if len(entries) > MOST:
                raise unusable(
                    path, "zip_bomb", f"压缩包里有 {len(entries)} 个文件，已拒绝解开", "请分成几个压缩包"
                )
            if any(entry.flag_bits & _LOCKED for entry, _ in entries):
                raise unusable(path, "password", "压缩包设有密码", "请去掉密码，或解压后导入里面的文件")
            return _unpacked(path, archive, entries, into)
    except _BROKEN as error:
        raise unusable(path, "damaged", "压缩包已损坏，或压缩方法不常见", _AGAIN) from error


def _unpacked(
    path: Path, archive: zipfile.ZipFile, entries: list[tuple[zipfile.ZipInfo, PurePosixPath]], into: Path
) -> list[tuple[Path, str]]:
    left = min(sheets.LARGEST, max(_SMALL, _RATIO * path.stat().st_size))
    found = []
    for number, (entry, name) in enumerate(entries):
        # Readers look at the folder's name too: some tools name it after the account.
        target = into / str(number) / PurePosixPath(*name.parts[-2:])
        target.parent.mkdir(parents=True)
        with archive.open(entry) as packed, target.open("wb") as file:
            left -= _copied(packed, file, left)
        if left < 0:
            raise unusable(
                path, "zip_bomb", "压缩包解开后异常庞大，已拒绝", "请确认来源；如确是数据，请解压后导入"
            )
        _date(target, entry)
        found.append((target, str(name)))
    return found


def _copied(packed: IO[bytes], file: IO[bytes], most: int) -> int:
    """Bytes unpacked; stops soon after there are more than allowed."""
    copied = 0
    while copied <= most and (chunk := packed.read(_CHUNK)):
        file.write(chunk)
        copied += len(chunk)
    return copied


def _name(entry: zipfile.ZipInfo) -> PurePosixPath | None:
    """An entry's name, whatever program wrote it, without what leads out of a folder; null for folders."""
    if entry.is_dir():
        return None
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        # Programs in Chinese write GB18030 here, those of a Mac UTF-8; the module took either for cp437.
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [_NOT_IN_NAMES.sub("_", part).strip() for part in name.replace("\\", "/").split("/")]
    parts = [_short(part) for part in parts if part.strip(".")]
    return PurePosixPath(*parts) if parts else None


def _short(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    if len(part.encode("utf-8", "replace")) <= _LONGEST:
        return part
    return f"{(stem or ending)[: _LONGEST // 4]}{dot}{ending[:10]}"


def _wanted(name: PurePosixPath, endings: Collection[str]) -> bool:
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in name.parts)
    return not hidden and name.suffix.lower() in endings and name.suffix.lower() != ".zip"


def _date(target: Path, entry: zipfile.ZipInfo) -> None:
    """Give a file the time that it had; a ZIP has wall-clock times without a zone."""
    try:
        seconds = datetime(*entry.date_time, tzinfo=ZONE).timestamp()
    except ValueError:
        return
    os.utime(target, (seconds, seconds))
