"""The value normaliser: counts, ids, truth and text from cells; never a number from a non-number."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "AS_TEXT",
    "READS_CAP",
    "CellError",
    "Count",
    "blank",
    "count",
    "identifier",
    "number_id",
    "scaled",
    "shown",
    "text",
    "truth",
]


class CellError(ValueError):
    """A cell that cannot be read: a stable code, why, and what to do, in Chinese."""

    def __init__(self, code: str, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.code, self.reason, self.hint = code, reason, hint


class Count(NamedTuple):
    """A count: null = not known. censored: the true value is at least this. rounded: shortened by 万/亿."""

    value: int | None
    censored: bool = False
    rounded: bool = False


READS_CAP = 100_001
"""What WeChat gives for `10万+`: the true number of reads is at least this."""

_NULL = Count(None)
_NULLS = frozenset((
    "", "-", "--", "—", "——", "/", "{}", "[]", "null", "none", "nan", "n/a", "转发", "评论", "赞", "点赞", "分享",
    "在看", "收藏", "暂无", "未知", "未掌握",
))  # fmt: skip
_LARGEST = 2**53
_DIGITS = 40
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([万亿wW])?(\+)?", re.ASCII)
_SCALES = {None: 1, "万": 10_000, "w": 10_000, "W": 10_000, "亿": 100_000_000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９，．＋－　", "0123456789,.+- ")
_INVISIBLE = "\ufeff\u200b\u200e\u200f\u00a0\u3000 \t\r\n"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ud800-\udfff]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d*)?[eE]\+?\d+", re.ASCII)
_TRUE = frozenset(["true", "是", "1", "1.0", "yes", "y", "有", "√"])
_FALSE = frozenset(["false", "否", "0", "0.0", "no", "n", "无", "×"])
AS_TEXT = "请从来源重新导出，或在 Excel 中先把该列设为文本再粘贴"
"""What to do about ids that a spreadsheet has mangled."""


def count(cell: object, *, reads: bool = False) -> Count:
    """A count from a cell; blank cells and the labels of hidden counts are null, never zero.

    reads: WeChat reads, where 100001 is a capped 10万+. Raises CellError for anything that is not a
    whole number of things, or is negative.
    """
    if isinstance(cell, str):
        return _worded(cell, reads)
    if cell is None:
        return _NULL
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError("bad_count", f"“{str(cell)[:30]}”不是计数", "请填数字")
    if not math.isfinite(cell) or cell != int(cell):
        raise CellError("bad_count", f"“{cell}”不是整数", "计数应是整数")
    return _whole(int(cell), reads)


def scaled(cell: object, scale: int) -> Count:
    """A count from a column whose title gives its unit (粉丝数(万): scale 10,000); fractions are meant.

    Raises CellError as `count` does.
    """
    word = "" if cell is None else str(cell).translate(_FULL_WIDTH).strip(_INVISIBLE)
    if scale == 1 or word.lower() in _NULLS:
        return count(cell)
    match = _NUMBER.fullmatch(word) if len(word) <= _DIGITS and not isinstance(cell, bool) else None
    if match is None or match[3]:
        what = f"“{shown(word)}”不是以 {scale:,} 为单位的数"
        raise CellError("bad_count", what, "表头写了单位，格中只填数字")
    value = round(Decimal(match[1].replace(",", "") + (match[2] or "")) * scale)
    return Count(_whole(value, reads=False).value, match[4] is not None, match[4] is None)


@lru_cache(maxsize=16_384)
def _worded(cell: str, reads: bool) -> Count:
    if cell.isascii() and cell.isdigit() and len(cell) < 16:
        return _whole(int(cell), reads)
    word = cell.translate(_FULL_WIDTH).strip(_INVISIBLE)
    if word.lower() in _NULLS:
        return _NULL
    match = _NUMBER.fullmatch(word) if len(word) <= _DIGITS else None
    if match is None:
        raise CellError("bad_count", f"“{shown(word)}”不是计数", _count_hint(word))
    digits, fraction, unit, plus = match.groups()
    exact = Decimal(digits.replace(",", "") + (fraction or "")) * _SCALES[unit]
    value = int(exact)
    if exact != value:
        raise CellError("bad_count", f"“{shown(word)}”不是整数", "计数应是整数")
    if plus and value == READS_CAP - 1:
        value = READS_CAP  # as WeChat itself stores 10万+
    found = _whole(value, reads)
    return Count(found.value, plus is not None or found.censored, unit is not None and plus is None)


def _whole(value: int, reads: bool) -> Count:
    if not 0 <= value <= _LARGEST:
        raise CellError("bad_count", f"“{str(value)[:30]}”不是合理的计数", "计数不能是负数，也不会这样大")
    return Count(value, reads and value == READS_CAP)


def _count_hint(word: str) -> str:
    if word == "无":
        return "确为零请填 0，未掌握请留空"
    if word.startswith("-"):
        return "计数不能是负数"
    return "应是 12345、1.2万 或 10万+ 这样的写法"


def identifier(cell: object, *, what: str = "id") -> str:
    """An id as text. Raises CellError where there is none or a spreadsheet has mangled it."""
    if isinstance(cell, str):
        return _id_text(cell, what)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError("missing_id", f"没有 {what}", "补上后再导入")
    if not math.isfinite(cell) or cell != int(cell) or not 0 < cell < 10**15:
        raise CellError("mangled_id", f"{what}“{cell}”在 Excel 中是数字，末几位可能已经丢失", AS_TEXT)
    return str(int(cell))


def _id_text(cell: str, what: str) -> str:
    word = cell.strip(_INVISIBLE + "'’‘`")
    if not word or word in {"-", "None", "null"}:
        raise CellError("missing_id", f"没有 {what}", "补上后再导入")
    if word.isascii() and word.isdigit():
        # A double keeps 15 digits: what Excel has touched ends in zeros from the 16th on.
        if len(word) >= 18 and not word[15:].strip("0"):
            raise CellError("mangled_id", f"{what}“{shown(word)}”末几位全是 0，被 Excel 改动过", AS_TEXT)
        if len(word) > 32:
            raise CellError("bad_id", f"{what}“{shown(word)}”长得不像编号", "请核对这一格")
        return word
    if _SCIENTIFIC.fullmatch(word):
        raise CellError("mangled_id", f"{what}“{shown(word)}”被 Excel 改成了科学计数，已经丢失数字", AS_TEXT)
    if len(word) > 128 or not word.isprintable() or " " in word:
        raise CellError("bad_id", f"{what}“{shown(word)}”不像编号", "请核对这一格")
    return word


def number_id(cell: object, *, what: str = "id") -> str:
    """An id of decimal digits, as Weibo's are, as text. Raises CellError as `identifier` does."""
    word = identifier(cell, what=what)
    if not (word.isascii() and word.isdigit()) or not word.strip("0"):
        raise CellError("bad_id", f"{what}“{shown(word)}”不是数字编号", "请核对这一格")
    return word


def truth(cell: object) -> bool | None:
    """是/否 and the like; blank is null. Raises CellError otherwise."""
    if cell is None or isinstance(cell, bool):
        return cell
    word = str(cell).strip(_INVISIBLE).lower()
    if word in {"", "-", "—"}:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise CellError("bad_truth", f"“{shown(word)}”不是“是”或“否”", "填“是”或“否”")


def text(cell: object) -> str | None:
    """Text without control characters and surrounding blanks; blank is null.

    Raises CellError where bytes of the file could not be decoded.
    """
    if cell is None:
        return None
    word = str(cell).strip()
    if word.isprintable() or _CONTROLS.search(word) is None:
        return word or None
    if _UNDECODED.search(word):
        raise CellError("encoding", "有无法解码的字节", "请核对来源文件的编码，或重新导出")
    return _CONTROLS.sub("", word).strip() or None


def blank(cell: object) -> bool:
    """Whether a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_INVISIBLE))


def shown(word: str, most: int = 30) -> str:
    """The beginning of a word, fit to print in a message."""
    return "".join(letter if letter.isprintable() else "□" for letter in word[:most])
