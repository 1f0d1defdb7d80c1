"""Numbers as official Chinese writes them; rounding is 四舍五入, never banker's."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

__all__ = [
    "big",
    "count",
    "fixed",
    "over",
    "percent",
    "points",
    "quantity",
    "rounded",
    "scaled",
    "share",
    "turn",
]

_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))


def rounded(value: float, digits: int = 0) -> Decimal:
    """The value rounded half up to `digits` decimals, on its shortest decimal form."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def fixed(value: float, digits: int) -> str:
    """Thousands commas and exactly `digits` decimals; a minus is U+2212, and never −0."""
    number = rounded(value, digits)
    if number == 0:
        number = abs(number)
    return f"{number:,}".replace("-", "−")


def count(value: float) -> str:
    """A whole number with thousands commas: 12,345."""
    return fixed(value, 0)


def quantity(value: float, digits: int = 2) -> str:
    """A number with at most `digits` decimals, whole ones without: 1,339.66, 1,340."""
    return _trim(fixed(value, digits))


def scaled(value: float, digits: int = 1) -> tuple[str, str]:
    """The number in the largest fitting of 亿, 万, 1 and that unit: 27,012,345 → ("2,701.2", "万")."""
    size = abs(Decimal(str(value)))
    for scale, unit in _SCALES:
        if size >= scale:
            return _trim(fixed(float(Decimal(str(value)) / scale), digits)), unit
    return (count(value) if float(value).is_integer() else quantity(value, digits)), ""


def big(value: float, digits: int = 1) -> str:
    """A number in 万 or 亿 with at most `digits` decimals: 2,701.2万, 1.05亿, 9,876."""
    number, unit = scaled(value, digits)
    return number + unit


def over(value: float, keep: int = 2) -> str:
    """The official 余 form, cut down to `keep` leading figures: 1,936 → 1,900余, 1,900 → 1,900."""
    whole = Decimal(int(value))
    if whole < 10**keep:
        return count(int(whole))
    unit = Decimal(10) ** (len(str(int(whole))) - keep)
    cut = (whole / unit).to_integral_value(ROUND_FLOOR) * unit
    return f"{int(cut):,}" + ("" if cut == whole else "余")


def percent(fraction: float, digits: int = 2) -> str:
    """A fraction as a percentage with at most `digits` decimals: 0.4305 → 43.05%, 1 → 100%."""
    return _trim(fixed(fraction * 100, digits)) + "%"


def share(fraction: float, digits: int = 2) -> str:
    """A share of a whole; what only rounds to none or all is said as 不足 or 超过."""
    least = 10.0 ** (-digits - 2)
    if 0 < fraction < least / 2:
        return f"不足{percent(least, digits)}"
    if 1 - least / 2 < fraction < 1:
        return f"超过{percent(1 - least, digits)}"
    return percent(fraction, digits)


def points(difference: float, digits: int = 2) -> str:
    """The size of a difference of two fractions: 0.0123 → 1.23个百分点 (the sign goes into words)."""
    return f"{_trim(fixed(abs(difference) * 100, digits))}个百分点"


def turn(change: float, digits: int = 2) -> int:
    """Which word a change takes: 1 rise, -1 fall, 0 level once it is rounded as it is printed."""
    if math.isnan(change):
        return 0
    size = rounded(change * 100, digits)
    return (size > 0) - (size < 0)


def _trim(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
