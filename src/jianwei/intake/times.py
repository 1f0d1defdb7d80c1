"""Times, days and months from cells; naive Asia/Shanghai wall-clock times."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from jianwei.intake.values import Unreadable
from jianwei.period import Period

__all__ = ["day", "moment", "month"]

_ZONE = ZoneInfo("Asia/Shanghai")
_EXCEL_EPOCH = datetime(1899, 12, 30)
_HINT = "写成 2015-05-05 10:12 这样"

_FULL = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?)?分?)?"
)
_PART = re.compile(r"(\d{1,2})[-月](\d{1,2})日? +(\d{1,2}):(\d{2})")
_TODAY = re.compile(r"(今天|昨天|前天) *(\d{1,2}):(\d{2})")
_AGO = re.compile(r"(\d+) *(秒|分钟|小时|天)(?:之?前)")
_WEIBO = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})")
_MONTHS = {name: place for place, name in enumerate(
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)}  # fmt: skip
_SPANS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days"}


def moment(cell: object, *, anchor: datetime | None = None) -> datetime:
    """A time from a cell. anchor: when the cell was written, for forms such as 昨天 10:30.

    Raises Unreadable where the cell is no time, or needs an anchor and there is none.
    """
    if isinstance(cell, str):
        return _sane(_read(cell, anchor), cell)
    if isinstance(cell, datetime):
        found = cell.astimezone(_ZONE).replace(tzinfo=None) if cell.tzinfo else cell
        return _sane(found.replace(microsecond=0), cell)
    if isinstance(cell, date):
        return _sane(datetime.combine(cell, time()), cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _sane(_numeric(cell), cell)
    raise Unreadable("没有时间" if cell is None else f"“{cell}”不是时间", _HINT)


def day(cell: object) -> date:
    """The day of a time. Raises Unreadable."""
    return moment(cell).date()


def month(cell: object) -> Period:
    """A month: 2015-01, 2015年1月, 201501, 2015/1, or the month of a date. Raises Unreadable."""
    if (
        isinstance(cell, float | int)
        and not isinstance(cell, bool)
        and 200_000 < cell < 220_000
        and int(cell) == cell
    ):
        cell = str(int(cell))
    if isinstance(cell, str):
        word = unicodedata.normalize("NFKC", cell).strip()
        match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})月?", word) or re.fullmatch(r"(\d{4})(\d{2})", word)
        if match:
            year, number = int(match[1]), int(match[2])
            if not (2006 <= year <= 2100 and 1 <= number <= 12):
                raise Unreadable(f"“{word}”不是月份", "写成 2015-01 这样")
            return Period.month(year, number)
    found = day(cell)
    return Period.month(found.year, found.month)


def _sane(found: datetime, cell: object) -> datetime:
    if not 2006 <= found.year <= 2100:
        raise Unreadable(f"“{str(cell)[:30]}”的年份是 {found.year}，不合理", _HINT)
    return found


@lru_cache(maxsize=50_000)
def _read(cell: str, anchor: datetime | None) -> datetime:
    word = cell.strip().strip("\ufeff\u3000 ")
    try:
        found = datetime.fromisoformat(word) if len(word) >= 10 and word[4:5] == "-" else None
    except ValueError:
        found = None
    try:
        if found is not None:
            local = found.astimezone(_ZONE).replace(tzinfo=None) if found.tzinfo else found
            return local.replace(microsecond=0)
        return _worded(unicodedata.normalize("NFKC", word), anchor)
    except (ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"“{word[:30]}”不是真实的日期", _HINT) from error


def _worded(word: str, anchor: datetime | None) -> datetime:
    if word.isascii() and word.isdigit():
        if len(word) == 8:
            return datetime(int(word[:4]), int(word[4:6]), int(word[6:]))
        return _numeric(int(word))
    if match := _FULL.fullmatch(word):
        year, number, d, h, m, s = (int(part or 0) for part in match.groups())
        return datetime(year, number, d, h, m, s)
    if match := _WEIBO.fullmatch(word):
        name, d, h, m, s, zone, year = match.groups()
        text = f"{year}-{_MONTHS.get(name, 0):02d}-{int(d):02d}T{h}:{m}:{s}{zone[:3]}:{zone[3:]}"
        return datetime.fromisoformat(text).astimezone(_ZONE).replace(tzinfo=None)
    return _relative(word, anchor)


def _relative(word: str, anchor: datetime | None) -> datetime:
    part, today, ago = _PART.fullmatch(word), _TODAY.fullmatch(word), _AGO.fullmatch(word)
    if not (part or today or ago or word == "刚刚"):
        raise Unreadable("没有时间" if not word else f"“{word[:30]}”不是时间", _HINT)
    if anchor is None:
        raise Unreadable(f"“{word}”要知道抓取时间才能换算", "请用带完整日期的导出，或用 --observed-at 指明")
    if part:
        number, d, h, m = (int(piece) for piece in part.groups())
        found = datetime(anchor.year, number, d, h, m)
        return found if found <= anchor else found.replace(year=anchor.year - 1)
    if today:
        back = {"今天": 0, "昨天": 1, "前天": 2}[today[1]]
        return datetime.combine(anchor.date() - timedelta(days=back), time(int(today[2]), int(today[3])))
    if ago:
        return (anchor - timedelta(**{_SPANS[ago[2]]: int(ago[1])})).replace(microsecond=0)
    return anchor.replace(microsecond=0)


def _numeric(cell: int | float) -> datetime:
    """Unix seconds or milliseconds, or an Excel serial."""
    if cell != cell:
        raise Unreadable("“NaN”不是时间", _HINT)
    if 20_000 <= cell <= 80_000:
        return _EXCEL_EPOCH + timedelta(seconds=round(float(cell) * 86_400))
    if 10**9 <= cell < 10**10:
        return datetime.fromtimestamp(int(cell), _ZONE).replace(tzinfo=None)
    if 10**12 <= cell < 10**13:
        return datetime.fromtimestamp(int(cell) // 1000, _ZONE).replace(tzinfo=None)
    raise Unreadable(f"“{cell}”不是时间", _HINT)
