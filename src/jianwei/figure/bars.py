"""Bar charts: ranked values with their numbers beside them, and parts of a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jianwei.figure.model import Figure
from jianwei.figure.style import (
    ACCENT,
    INK,
    RAMP,
    SOFT,
    category_axis,
    label_text,
    option,
    short,
    tip,
)

__all__ = ["bars", "stacked"]

_ROW = 30


def bars(
    figure_id: str,
    caption: str,
    measure: str,
    rows: Sequence[tuple[str, float | None]],
    *,
    unit: str = "",
    words: Callable[[float], str] = short,
    note: str = "",
) -> Figure:
    """Horizontal bars in the given order, longest names kept whole, numbers at their ends.

    rows: (name, value); a missing value leaves its place empty and is named 无数据.
    """
    names = [name if value is not None else f"{name}（无数据）" for name, value in rows]
    data = [_bar(name, value, words, unit) for name, value in rows]
    room = _room(names)
    chart = option(
        grid={"left": room, "right": 96, "top": 6, "bottom": 6},
        xAxis={"type": "value", "min": 0, "show": False},
        yAxis=category_axis(
            names,
            inverse=True,
            axisLine={"show": False},
            axisLabel={
                "color": INK,
                "fontSize": 13,
                "interval": 0,
                "width": room - 8,
                "overflow": "truncate",
            },
        ),
        series=[
            {
                "type": "bar",
                "name": measure,
                "data": data,
                "barWidth": 15,
                "itemStyle": {"color": ACCENT},
                "label": {"show": True, "position": "right", "color": INK, "fontSize": 13},
                "emphasis": {"disabled": True},
            }
        ],
    )
    return Figure(
        figure_id,
        caption,
        measure,
        chart,
        size=(720, 24 + _ROW * max(len(rows), 2)),
        alt=_alt(measure, rows, words, unit),
        note=note,
    )


def stacked(
    figure_id: str,
    caption: str,
    measure: str,
    rows: Sequence[tuple[str, Sequence[tuple[str, float]]]],
    *,
    words: Callable[[float], str],
    note: str = "",
) -> Figure:
    """Parts of a whole as one full bar a row: (row, ((part, fraction), …)); names and shares inside.

    Parts too narrow for their words are named below the bars.
    """
    series = [
        _part(index, place, part, fraction, rows=rows, words=words)
        for index, (_, parts) in enumerate(rows)
        for place, (part, fraction) in enumerate(parts)
    ]
    room = _room([name for name, _ in rows])
    below = [
        f"{part} {words(value)}" for _, row in rows for part, value in row if _narrow(part, value, words)
    ]
    under = 26 if below else 0
    chart = option(
        grid={"left": room, "right": 8, "top": 4, "bottom": 4 + under},
        legend={
            "show": bool(below),
            "data": below,
            "left": room,
            "bottom": 0,
            "itemWidth": 11,
            "itemHeight": 11,
            "itemGap": 18,
            "icon": "rect",
            "selectedMode": False,
            "textStyle": {"color": SOFT, "fontSize": 13},
        },
        xAxis={"type": "value", "min": 0, "max": 1, "show": False},
        yAxis=category_axis([name for name, _ in rows], inverse=True, axisLine={"show": False}),
        series=series,
    )
    said = "；".join(
        f"{name}：" + "、".join(f"{part}{words(value)}" for part, value in row) for name, row in rows
    )
    size = (720, 12 + 52 * len(rows) + under)
    return Figure(figure_id, caption, measure, chart, size=size, alt=f"{measure}。{said}", note=note)


def _part(
    index: int,
    place: int,
    part: str,
    fraction: float,
    *,
    rows: Sequence[tuple[str, Sequence[tuple[str, float]]]],
    words: Callable[[float], str],
) -> dict[str, Any]:
    said = f"{part} {words(fraction)}"
    colour = RAMP[::-1][min(place, 4)]
    data: list[Any] = ["-"] * len(rows)
    data[index] = {
        "value": fraction,
        "label": {"show": not _narrow(part, fraction, words), "formatter": label_text(said)},
        "tooltip": tip(f"{rows[index][0]}　{said}"),
    }
    return {
        "type": "bar",
        "name": said,
        "stack": "whole",
        "barWidth": 30,
        "data": data,
        "itemStyle": {"color": colour, "borderColor": "#fff", "borderWidth": 1},
        "label": {"show": True, "position": "inside", "fontSize": 13, "color": "#fff" if place < 2 else INK},
        "emphasis": {"disabled": True},
    }


def _narrow(part: str, fraction: float, words: Callable[[float], str]) -> bool:
    """Whether a part is too short for its name and share."""
    return fraction * 600 <= _width(f"{part} {words(fraction)}") * 13 + 8


def _bar(name: str, value: float | None, words: Callable[[float], str], unit: str) -> Any:
    if value is None:
        return "-"
    said = f"{words(value)}{unit}"
    return {"value": value, "label": {"formatter": label_text(said)}, "tooltip": tip(f"{name}　{said}")}


def _alt(
    measure: str, rows: Sequence[tuple[str, float | None]], words: Callable[[float], str], unit: str
) -> str:
    said = "、".join(f"{name}{words(value)}{unit}" for name, value in rows if value is not None)
    return f"条形图：{measure}。{said}"


def _room(names: Sequence[str]) -> int:
    """Pixels for the longest name at 13 px, with some slack for other fonts."""
    return min(round(max((_width(name) for name in names), default=4) * 13.6) + 20, 320)


def _width(name: str) -> float:
    return sum(1 if ord(letter) > 0x2E7F else 0.58 for letter in name)
