"""The value normaliser: counts, ids, truth and text from cells, never a number from a non-number."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Count", "Unreadable", "count", "identifier", "text", "truth"]


class Unreadable(ValueError):
    """A cell that cannot be read: why, and what to do, in Chinese."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


class Count(NamedTuple):
    """A count: null = not known. censored: the true value is at least this. rounded: shortened by 万/亿."""

    value: int | None
    censored: bool = False
    rounded: bool = False


_NULL = Count(None)
_NULLS = frozenset(
    {"", "-", "--", "—", "——", "/", "{}", "[]", "null", "none", "nan", "n/a", "na", "转发", "评论", "赞", "点赞",
     "分享", "收藏", "在看", "暂无", "未知", "未掌握"}
)  # fmt: skip
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿)?(\+)?")
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}
_READS_CAP = 100_001
_LARGEST = 2**53
_CONTROLS = {code: None for code in range(32) if code not in (9, 10)} | {0x7F: None, 0xFEFF: None}
_TRUE = frozenset({"true", "是", "1", "yes", "y", "有", "t", "√", "1.0"})
_FALSE = frozenset({"false", "否", "0", "no", "n", "无", "f", "×", "0.0"})


def count(cell: object, *, reads: bool = False) -> Count:
    """A count from a cell; blank words are null, never zero. reads: 100001 is a capped 10万+.

    Raises Unreadable for anything that is not a whole number of things.
    """
    if type(cell) is str and cell.isascii() and cell.isdigit():
        value = int(cell)
        if value > _LARGEST:
            raise Unreadable(f"“{cell[:30]}”大得不像计数", "请核对这一格")
        return Count(value, reads and value == _READS_CAP)
    if cell is None:
        return _NULL
    if isinstance(cell, bool):
        raise Unreadable(f"“{cell}”不是计数", "请填数字")
    if isinstance(cell, int | float):
        return _numeric(cell, reads)
    if not isinstance(cell, str):
        raise Unreadable(f"“{cell}”不是计数", "请填数字")
    return _worded(cell, reads)


def _numeric(cell: int | float, reads: bool) -> Count:
    if cell != cell or cell in (float("inf"), float("-inf")) or int(cell) != cell:
        raise Unreadable(f"“{cell}”不是整数", "计数应是整数")
    value = int(cell)
    if not 0 <= value <= _LARGEST:
        raise Unreadable(f"“{value}”不是合理的计数", "计数不能是负数，也不会这样大")
    return Count(value, reads and value == _READS_CAP)


def _worded(cell: str, reads: bool) -> Count:
    word = unicodedata.normalize("NFKC", cell).strip().strip("\ufeff").strip()
    if word.lower() in _NULLS:
        return _NULL
    match = _NUMBER.fullmatch(word)
    if match is None or not word.isprintable() or not (match[1].replace(",", "")).isascii():
        raise Unreadable(f"“{cell.strip()[:30]}”不是计数", "应是 12345、1.2万 或 10万+ 这样的写法")
    if match[2] and match[3] is None:
        if set(match[2]) <= {".", "0"}:
            return _numeric(int(match[1].replace(",", "")), reads)
        raise Unreadable(f"“{word}”不是整数", "计数应是整数")
    exact = Decimal(match[1].replace(",", "") + (match[2] or "")) * _SCALES[match[3]]
    value = int(exact)
    if exact != value or value > _LARGEST:
        raise Unreadable(f"“{word[:30]}”不是合理的计数", "请核对这一格")
    censored = match[4] is not None
    if censored and value == 100_000:
        value = _READS_CAP  # as vendors store 10万+
    return Count(value, censored or (reads and value == _READS_CAP), match[3] is not None and not censored)


def identifier(cell: object, *, what: str = "id") -> str:
    """An id as text. Raises Unreadable where a spreadsheet has mangled it or there is none."""
    if type(cell) is str:
        word = cell.strip(" \t\r\n\ufeff\u3000'’")
        if word.isascii() and word.isdigit():
            return word
        if re.fullmatch(r"[\d.]+[eE][+-]?\d+", word):
            hint = "请从来源重新导出，或在 Excel 中把该列设为文本后再粘贴"
            raise Unreadable(f"{what}“{word}”被 Excel 改成了科学计数，已经丢失数字", hint)
        if not word:
            raise Unreadable(f"没有 {what}", "补上后再导入")
        if any(ord(c) < 32 for c in word) or len(word) > 128 or any(c.isspace() for c in word):
            raise Unreadable(f"{what}“{word[:30]}”不像编号", "请核对这一格")
        return word
    if isinstance(cell, bool) or cell is None:
        raise Unreadable(f"没有 {what}", "补上后再导入")
    if isinstance(cell, int | float):
        if cell != cell or int(cell) != cell or not 0 < cell < 10**15:
            hint = "请从来源重新导出，或在 Excel 中把该列设为文本后再粘贴"
            raise Unreadable(f"{what}“{cell}”在 Excel 中是数字，后几位已经丢失", hint)
        return str(int(cell))
    raise Unreadable(f"{what}“{cell}”不像编号", "请核对这一格")


def truth(cell: object) -> bool | None:
    """是/否 and the like; blank is null. Raises Unreadable otherwise."""
    if cell is None or isinstance(cell, bool):
        return cell
    word = unicodedata.normalize("NFKC", str(cell)).strip().lower()
    if word in ("", "-", "—"):
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Unreadable(f"“{str(cell)[:20]}”不是是或否", "填“是”或“否”")


def text(cell: object) -> str | None:
    """Text without control characters and surrounding blanks; blank is null."""
    if cell is None:
        return None
    word = str(cell).translate(_CONTROLS).strip()
    return word or None
