"""Errors that people can act on.

    JianweiError
    ├── DataError      an input file or the lake cannot be used as it is
    ├── RecipeError    the declared method (recipe, cohort, rules) is wrong
    ├── MethodError    a mathematical method was asked for the impossible
    └── RenderError    a report or figure could not be produced

What can go wrong many times in one run (rows, cells, keys) is an `Issue`, gathered and
shown all at once; what stops the run is an exception that carries the Issues behind it.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "DataError",
    "Issue",
    "JianweiError",
    "Level",
    "MethodError",
    "Place",
    "RecipeError",
    "RenderError",
    "cause",
    "suggest",
]

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Place:
    """Where a problem stands: a file, its row (1 = first line, as Excel counts) and a field.

    `file` may also be a recipe or preset name, and `field` a key path such as
    `nodes.spread.weight`.
    """

    file: str = ""
    row: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.row is not None:
            parts.append(f"第 {self.row} 行")
        if self.field:
            parts.append(f"「{self.field}」")
        return " ".join(parts)


@dataclass(frozen=True)
class Issue:
    """One problem, said in Chinese: where it is, what is wrong, what to do about it.

    `code` is stable snake_case for scripts; `what` and `hint` are for people.
    """

    level: Level
    code: str
    where: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        place = str(self.where)
        text = f"{place}：{self.what}" if place else self.what
        return f"{text}。{self.hint}" if self.hint else text

    def to_json(self) -> dict[str, Any]:
        """The Issue as plain JSON: CONTRACTS' five keys, with the place also taken apart."""
        return {
            "level": self.level,
            "code": self.code,
            "where": str(self.where),
            "what": self.what,
            "hint": self.hint,
            "file": self.where.file,
            "row": self.where.row,
            "field": self.where.field,
        }


class JianweiError(Exception):
    """Base of all errors that 见微 raises on purpose; `issues` says what led to it."""

    def __init__(self, message: str, *, hint: str = "", issues: Iterable[Issue] = ()) -> None:
        super().__init__(message)
        self.hint = hint
        self.issues: tuple[Issue, ...] = tuple(issues)

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message}。{self.hint}" if self.hint else message


class DataError(JianweiError):
    """An input file, the registry or the lake cannot be used as it is."""


class RecipeError(JianweiError):
    """A declared method (recipe, cohort, rules, outline) is wrong or unknown."""


class MethodError(JianweiError):
    """A mathematical method was given values it is not defined for."""


class RenderError(JianweiError):
    """A figure, table or document could not be produced."""


_CAUSES = {
    errno.EACCES: "没有权限",
    errno.EBUSY: "正被别的程序占用",
    errno.EEXIST: "同名的文件或目录已经存在",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "是目录，不是文件",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段是文件，不是目录",
    errno.ENOTEMPTY: "目录不是空的",
    errno.EPERM: "系统不允许",
    errno.EROFS: "所在的磁盘只读",
}


def cause(error: OSError) -> str:
    """Why the system refused, in Chinese; its own words for what is rare."""
    return _CAUSES.get(error.errno or 0) or error.strerror or str(error)


def suggest(word: str, known: Iterable[str], *, most: int = 3) -> str:
    """A "did you mean" sentence in Chinese for a word that is not among the known ones.

    Returns "" when nothing is near and nothing is known; lists all known words when few.
    """
    names: Sequence[str] = list(dict.fromkeys(known))
    near = difflib.get_close_matches(word, names, n=most, cutoff=0.5)
    if near:
        return "是否想写：" + "、".join(near)
    if 0 < len(names) <= 12:
        return "可用的有：" + "、".join(names)
    return ""
