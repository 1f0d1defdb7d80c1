"""Times, days and spans of days from cells; naive Asia/Shanghai wall-clock times."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from jianwei.errors import DataError
from jianwei.intake.values import CellError, shown
from jianwei.period import Period

__all__ = ["ZONE", "closing", "day", "moment", "span"]

ZONE = ZoneInfo("Asia/Shanghai")

_EXCEL_EPOCH = datetime(1899, 12, 30)
_HINT = "写成 2015-05-05 10:12 这样"
_MONTH_HINT = "写成 2015-01 这样；整个时段可写 2015H1 或 2015-01-01..2015-06-30"
_LONGEST = 40
_AROUND = " \t\r\n\ufeff'"

_FULL = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?",
    re.ASCII,
)
_PART = re.compile(r"(\d{1,2})[-月](\d{1,2})日? *(\d{1,2}):(\d{2})", re.ASCII)
_TODAY = re.compile(r"(今天|昨天|前天) *(\d{1,2}):(\d{2})", re.ASCII)
_AGO = re.compile(r"(\d{1,4}) *(秒|分钟|小时|天)之?前", re.ASCII)
_WEIBO = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{2})(\d{2}) (\d{4})", re.ASCII
)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPANS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days"}
_BACK = {"今天": 0, "昨天": 1, "前天": 2}
_MONTH = re.compile(r"(\d{4})(?:([-/年])(\d{1,2})月?|\.?(\d{2}))", re.ASCII)
_NAMED = re.compile(r"(\d{4})年(?:第?([一二三四1-4])季度|([上下])半年)", re.ASCII)
_LABEL = re.compile(r"\d{4}[HhQqWw]\d{1,2}", re.ASCII)
_SERIAL = re.compile(r"\d{1,13}(?:\.\d{1,12})?", re.ASCII)
_ORDINALS = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}


def moment(cell: object, *, anchor: datetime | None = None) -> datetime:
    """A time from a cell. anchor: when the cell was written, for forms such as 昨天 10:30.

    Raises CellError where the cell is no time, or needs an anchor and there is none.
    """
    if isinstance(cell, str):
        return _text(cell, anchor)
    if isinstance(cell, datetime):
        found = cell.astimezone(ZONE).replace(tzinfo=None) if cell.tzinfo else cell
        return _sane(found.replace(microsecond=0), cell)
    if isinstance(cell, date):
        return _sane(datetime.combine(cell, time()), cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _sane(_number(cell), cell)
    if cell is None:
        raise CellError("missing_time", "没有时间", _HINT)
    raise CellError("bad_time", f"“{shown(str(cell))}”不是时间", _HINT)


def closing(cell: object, now: datetime) -> datetime:
    """The time at which counts were taken: a bare day means its end, but never later than now.

    Raises CellError as `moment` does.
    """
    found = moment(cell)
    if found.time() == time():
        last = found.replace(hour=23, minute=59, second=59)
        return now if found.date() == now.date() and last > now else last
    return found


def day(cell: object) -> date:
    """The day of a time. Raises CellError."""
    return moment(cell).date()


def span(cell: object) -> Period:
    """A month (2015-01, 2015年1月, 201501, a date in it) or a longer period (2015H1, 2015年上半年, a..b).

    Raises CellError; 2015.1 is refused, as Excel makes it of 2015.10.
    """
    try:
        if isinstance(cell, str):
            return _period(unicodedata.normalize("NFKC", cell).strip(_AROUND))
        if isinstance(cell, int | float) and 200_000 < cell < 220_000 and cell == int(cell):
            return _period(str(int(cell)))
        return _month_of(day(cell))
    except (CellError, DataError, ValueError) as error:
        what = "没有月份" if cell is None or cell == "" else f"“{shown(str(cell))}”不是月份或时段"
        raise CellError("bad_period", what, _MONTH_HINT) from error


def _period(word: str) -> Period:
    if match := _MONTH.fullmatch(word):
        return _month_of(_sane(datetime(int(match[1]), int(match[3] or match[4]), 1), word).date())
    if match := _NAMED.fullmatch(word):
        part = match[2] or match[3]
        return Period.parse(f"{match[1]}{'Q' if match[2] else 'H'}{_ORDINALS.get(part, part)}")
    if _LABEL.fullmatch(word):
        return Period.parse(word)
    first, mark, last = (piece.strip() for piece in _partition(word))
    if mark:
        return Period(day(first), day(last), "range")
    return _month_of(day(word))


def _partition(word: str) -> tuple[str, str, str]:
    for mark in ("..", "至", "到", "~", "—"):
        if mark in word:
            return word.partition(mark)
    return word, "", ""


def _month_of(found: date) -> Period:
    return Period.month(found.year, found.month)


def _sane(found: datetime, cell: object) -> datetime:
    if not 2006 <= found.year <= 2100:
        raise CellError("bad_time", f"“{shown(str(cell))}”的年份是 {found.year}，不合理", _HINT)
    return found


@lru_cache(maxsize=65_536)
def _text(cell: str, anchor: datetime | None) -> datetime:
    try:
        if cell[4:5] == "-" and cell[5:6].isdigit():
            found = datetime.fromisoformat(cell)
            if found.tzinfo is not None:
                found = found.astimezone(ZONE).replace(tzinfo=None)
            return _sane(found.replace(microsecond=0), cell)
    except (ValueError, OverflowError):
        pass  # not ISO to the letter: the tolerant forms follow, with their own words on what is wrong
    word = unicodedata.normalize("NFKC", cell[: _LONGEST * 2]).replace("\u200b", "").strip(_AROUND)
    if not word:
        raise CellError("missing_time", "没有时间", _HINT)
    if len(word) > _LONGEST:
        raise CellError("bad_time", f"“{shown(word)}”不是时间", _HINT)
    try:
        return _sane(_worded(word, anchor), cell)
    except CellError:
        raise
    except (ValueError, OverflowError) as error:
        raise CellError("bad_time", f"“{shown(word)}”不是真实的日期或时刻", _HINT) from error


def _worded(word: str, anchor: datetime | None) -> datetime:
    if _SERIAL.fullmatch(word):
        if len(word) == 8:
            return _digits(word)
        return _number(float(word) if "." in word else int(word))
    if match := _FULL.fullmatch(word):
        year, month, number, *clock = match.groups()
        hour, minute, second = (int(part or 0) for part in clock)
        return datetime(int(year), int(month), int(number), hour, minute, second)
    if match := _WEIBO.fullmatch(word):
        name, of_month, *rest, hours, minutes, in_year = match.groups()
        text = f"{in_year}-{_NAMES.index(name) + 1:02d}-{int(of_month):02d}T{':'.join(rest)}{hours}:{minutes}"
        return datetime.fromisoformat(text).astimezone(ZONE).replace(tzinfo=None)
    if word[4:5] == "-" and word[5:6].isdigit():
        found = datetime.fromisoformat(word)
        return (found.astimezone(ZONE).replace(tzinfo=None) if found.tzinfo else found).replace(microsecond=0)
    return _relative(word, anchor)


def _relative(word: str, anchor: datetime | None) -> datetime:
    part, today, ago = _PART.fullmatch(word), _TODAY.fullmatch(word), _AGO.fullmatch(word)
    if not (part or today or ago or word == "刚刚"):
        raise CellError("bad_time", f"“{shown(word)}”不是时间", _HINT)
    if anchor is None:
        hint = "请用带完整日期的导出，或用 --observed-at 指明抓取时间"
        raise CellError("relative_time", f"“{word}”要知道抓取时间才能换算", hint)
    if part:
        month, number, hour, minute = (int(piece) for piece in part.groups())
        found = datetime(anchor.year, month, number, hour, minute)
        return found if found <= anchor else found.replace(year=anchor.year - 1)
    if today:
        then = anchor.date() - timedelta(days=_BACK[today[1]])
        return datetime.combine(then, time(int(today[2]), int(today[3])))
    if ago:
        return (anchor - timedelta(**{_SPANS[ago[2]]: int(ago[1])})).replace(microsecond=0)
    return anchor.replace(microsecond=0)


def _digits(word: str) -> datetime:
    """A day of eight digits, as 20150505."""
    try:
        return datetime(int(word[:4]), int(word[4:6]), int(word[6:]))
    except ValueError as error:
        raise CellError("bad_time", f"“{word}”不是真实的日期", _HINT) from error


def _number(cell: float) -> datetime:
    """Unix seconds or milliseconds, or an Excel serial."""
    if not math.isfinite(cell):
        raise CellError("bad_time", f"“{cell}”不是时间", _HINT)
    if 20_000 <= cell <= 80_000:
        return _EXCEL_EPOCH + timedelta(seconds=round(cell * 86_400))
    if 19_000_101 <= cell <= 21_001_231 and cell == int(cell):
        return _digits(str(int(cell)))
    if 10**9 <= cell < 10**10:
        return datetime.fromtimestamp(int(cell), ZONE).replace(tzinfo=None)
    if 10**12 <= cell < 10**13:
        return datetime.fromtimestamp(int(cell) // 1000, ZONE).replace(tzinfo=None)
    raise CellError("bad_time", f"“{cell}”不是时间", _HINT)
