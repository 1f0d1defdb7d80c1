"""One cell of a template to one value: text, number, date, yes/no, identifier; never guessed.

A cell is what a sheet reader gives: text, or from a workbook also a number, truth or date. Each
function returns the value (None or "" for an empty cell) or raises `CellError` with the reason.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TypeAlias

__all__ = [
    "Cell",
    "CellError",
    "code",
    "day",
    "identifier",
    "line",
    "number",
    "plain",
    "prose",
    "raw",
    "truth",
]

Cell: TypeAlias = "str | int | float | bool | date | datetime | None"

_INVISIBLE = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF]
)

_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d{2,}", re.IGNORECASE)
_YES = frozenset({"是", "y", "yes", "true", "1", "√", "✓", "主"})
_NO = frozenset({"否", "n", "no", "false", "0", "×", "✗", "非主"})
_DATE = re.compile(
    r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*(?:[-/.月]\s*(?:(?P<d>\d{1,2})\s*日?)?)?"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_YEAR = re.compile(r"(?P<y>(?:19|20)\d{2})\s*年?")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EXACT = 10**15
"""Excel keeps 15 digits: a number cell from here on has lost its last ones."""


class CellError(ValueError):
    """The cell does not hold what its column is for; `hint` says what to write."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint


def raw(cell: Cell) -> str:
    """The cell as a person sees it, for lists of rejected rows."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return str(cell)


def prose(cell: Cell) -> str:
    """Text that may have several lines; invisible characters dropped, ends trimmed."""
    text = raw(cell).replace("\r\n", "\n").replace("\r", "\n").translate(_INVISIBLE)
    return text.replace("\xa0", " ").strip()


def line(cell: Cell) -> str:
    """Text on one line."""
    return " ".join(prose(cell).split())


def plain(cell: Cell) -> str:
    """A line with full-width letters, digits and signs made ordinary ones: for words, codes, dates."""
    return " ".join(unicodedata.normalize("NFKC", line(cell)).split())


def identifier(cell: Cell) -> str:
    """An id as text. Raises CellError where Excel has turned it into a rounded number."""
    hint = "请把该列设为“文本”格式后重新填写完整号码"
    if isinstance(cell, bool | date):
        raise CellError(f"“{raw(cell)}”不是号码", hint)
    if isinstance(cell, float) and not cell.is_integer():
        raise CellError(f"“{cell}”不是号码", hint)
    if isinstance(cell, int | float) and abs(cell) >= _EXACT:
        raise CellError(f"号码已被 Excel 改成近似数（{cell:.6G}），末几位丢失", hint)
    text = plain(cell).lstrip("'`").strip()
    if _SCIENTIFIC.fullmatch(text):
        raise CellError(f"号码已被 Excel 改成科学计数（{text}），末几位丢失", hint)
    return text


def code(cell: Cell) -> str:
    """An id without blanks inside. Raises CellError at one."""
    text = identifier(cell)
    if " " in text:
        raise CellError(f"编码“{text}”中间有空格", "请去掉空格")
    return text


def number(cell: Cell) -> int | None:
    """A whole number, 0 or more; thousands separators allowed."""
    if isinstance(cell, bool | date):
        raise CellError(f"“{raw(cell)}”不是整数")
    text = plain(cell)
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,18}(\.0+)?", text) is None:
        raise CellError(f"“{text}”不是整数", "请只填数字")
    return int(text.replace(",", "").split(".")[0])


def truth(cell: Cell) -> bool | None:
    """是 or 否 in their usual forms."""
    if isinstance(cell, bool):
        return cell
    text = plain(cell).casefold()
    if not text:
        return None
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellError(f"“{text}”看不出是或否", "请填“是”或“否”")


def day(cell: Cell, *, last: bool = False) -> date | None:
    """A date in the forms that offices use, or an Excel serial number.

    last: a month or year without a day means its last day (终止), else its first.
    """
    if isinstance(cell, bool):
        raise CellError(f"“{cell}”不是日期")
    if isinstance(cell, datetime):
        return _sane(cell.date())
    if isinstance(cell, date):
        return _sane(cell)
    if isinstance(cell, int | float) and not 1900 <= cell < 2101:
        return _serial(float(cell))
    text = plain(cell)
    if not text:
        return None
    if isinstance(cell, float) and text.endswith(".1"):
        raise CellError(f"数字 {text} 分不清是 1 月还是 10 月", "请写成 2015-10-01 的样子")
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _made(text, int(found["y"]), int(found["m"]), found["d"], last=last)
    if found := _YEAR.fullmatch(text):
        return _made(text, int(found["y"]), 12 if last else 1, None, last=last)
    if _SERIAL.fullmatch(text):
        return _serial(float(text))
    raise CellError(f"看不懂日期“{text}”", "请写成 2015-03-01 的样子")


def _made(text: str, year: int, month: int, in_month: str | None, *, last: bool) -> date:
    try:
        days = calendar.monthrange(year, month)[1]
        return _sane(date(year, month, int(in_month) if in_month else days if last else 1))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise CellError(f"没有“{text}”这一天", "请核对日期") from error


def _serial(value: float) -> date:
    if not math.isfinite(value) or not 10_000 <= value <= 80_000:
        raise CellError(f"“{value:g}”不是日期", "请写成 2015-03-01 的样子")
    return _sane(date(1899, 12, 30) + timedelta(days=int(value)))


def _sane(value: date) -> date:
    if not 1900 <= value.year <= 2200:
        raise CellError(f"日期 {value} 超出可能的范围", "请核对年份")
    return value
