"""What is known of a file beside its rows: where it lies, what the caller said of it, titles above its header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jianwei.intake import files, values
from jianwei.intake.files import unusable
from jianwei.intake.source import Options

__all__ = ["Given"]

_UID = re.compile(r"\d{5,20}", re.ASCII)
_UID_IN_NAME = re.compile(r"(?<!\d)\d{10}(?!\d)")
_NO_NAMES = frozenset((
    "inbox", "data", "weibo", "weibo_data", "download", "downloads", "desktop", "tmp", "temp", "下载", "桌面",
    "微博", "数据", "文件",
))  # fmt: skip
"""Folders that are not named after the account, as the crawlers' own are."""


@dataclass(frozen=True)
class Given:
    """What a reader may ask about a file. above: the cells of the rows over a table's header."""

    path: Path
    options: Options
    above: tuple[str, ...] = ()

    def once(self, names: Iterable[str]) -> None:
        """Refuse a header that has one of these columns twice: nobody can say which one counts.

        Raises DataError.
        """
        met: set[str] = set()
        for name in filter(None, names):
            if name in met:
                what = f"“{values.shown(name)}”列出现了两次，不知道以哪一列为准"
                raise unusable(self.path, "duplicate_column", what, "请删去或改名其中一列后重新导入")
            met.add(name)

    def owner(self, what: str) -> tuple[str, str | None]:
        """Uid and name of the Weibo account whose timeline a file is, where its rows name none.

        The uid stands in the file's name or in `--account`; the name may be the folder's. what: what
        the file is, for the question that is asked where neither tells. Raises DataError.
        """
        path = self.path
        if _UID.fullmatch(path.stem):
            parent = path.parent.name
            named = parent and not parent.isdigit() and parent.casefold() not in _NO_NAMES
            return path.stem, files.title(path.parent) if named else None
        if self.options.account is not None:
            family, uid = self.options.account.split(":", 1)
            if family == "weibo":
                return uid, None
        hits = set(_UID_IN_NAME.findall(path.stem))
        if len(hits) == 1:
            return hits.pop(), None
        told = f"是 {what}，里面没有账号，文件名也不是 UID"
        raise unusable(path, "account_needed", told, "用 --account weibo:UID 指明这是谁的微博")
