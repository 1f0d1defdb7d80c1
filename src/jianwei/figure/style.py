"""The look that all charts share: one ink blue, greys, direct labels, no chart junk."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

__all__ = [
    "ACCENT",
    "FONT",
    "GREY",
    "INK",
    "PALE",
    "RAMP",
    "RULE",
    "SERIES",
    "SOFT",
    "category_axis",
    "get",
    "label_text",
    "option",
    "scale_of",
    "short",
    "tip",
    "value_axis",
]

ACCENT = "#1f4e79"
INK = "#22303c"
SOFT = "#5b6875"
GREY = "#9aa5b1"
PALE = "#e4e9ee"
RULE = "#c9d1d9"
RAMP = ("#eef3f7", "#c8d8e6", "#93b3cd", "#5383ab", "#1f4e79")
SERIES = (ACCENT, "#7ba0bf", "#8d99a6", "#bcc6cf")
FONT = (
    "'Noto Sans SC','Source Han Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',"
    "'WenQuanYi Micro Hei',sans-serif"
)

_SCALES = ((10**8, "亿"), (10**4, "万"))


def option(**parts: Any) -> dict[str, Any]:
    """An option with the shared look; a `title` or legend appears only where given."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "color": INK, "fontSize": 13},
        "color": list(SERIES),
        "tooltip": {
            "trigger": "item",
            "renderMode": "richText",
            "confine": True,
            "borderColor": RULE,
            "borderWidth": 1,
            "padding": [6, 10],
            "textStyle": {"color": INK, "fontSize": 13},
        },
        **parts,
    }


def tip(words: str) -> dict[str, str]:
    """A tooltip of fixed text (no JS function, no HTML)."""
    return {"formatter": label_text(words)}


def label_text(words: str) -> str:
    """Text for a formatter: braces, which ECharts reads as placeholders and styles, made full-width."""
    return words.replace("{", "｛").replace("}", "｝")


def scale_of(largest: float) -> tuple[int, str]:
    """The divisor and word for an axis whose largest value this is: (10000, "万")."""
    for size, word in _SCALES:
        if abs(largest) >= size:
            return size, word
    return 1, ""


def short(value: float, digits: int = 1) -> str:
    """A number for a label: 24.1万, 9,876, 0.42."""
    size, word = scale_of(value)
    places = digits if size > 1 or not float(value).is_integer() else 0
    scaled = (Decimal(str(value)) / size).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    words = f"{scaled:,}"
    return (words.rstrip("0").rstrip(".") if "." in words else words) + word


def category_axis(names: list[str], **more: Any) -> dict[str, Any]:
    """An axis of names without ticks."""
    return {
        "type": "category",
        "data": names,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": RULE}},
        "axisLabel": {"color": INK, "fontSize": 13, "interval": 0},
        **more,
    }


def value_axis(name: str = "", **more: Any) -> dict[str, Any]:
    """A value axis from 0 with hairlines."""
    return {
        "type": "value",
        "name": name,
        "min": 0,
        "nameTextStyle": {"color": SOFT, "fontSize": 12},
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "axisLabel": {"color": SOFT, "fontSize": 12},
        "splitLine": {"lineStyle": {"color": PALE}},
        "splitNumber": 4,
        **more,
    }


def get(row: Mapping[str, Any], key: str) -> float | None:
    """A number of a row, or None where it is missing (a gap in the chart, never 0)."""
    value = row.get(key)
    return None if value is None or value != value else value  # noqa: PLR0124 - NaN is unequal to itself
