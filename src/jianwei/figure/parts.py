"""Donut of parts and dot plot of scores with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jianwei.figure.model import Figure
from jianwei.figure.style import (
    ACCENT,
    GREY,
    INK,
    PALE,
    RULE,
    SERIES,
    SOFT,
    category_axis,
    label_text,
    option,
    short,
    tip,
    value_axis,
)

__all__ = ["donut", "dots"]

_SHADES = (
    ACCENT,
    "#3f6d96",
    "#5f8ab0",
    "#83a6c5",
    "#a8c1d8",
    "#c6d5e3",
    "#8d99a6",
    "#aab4be",
    "#c3cad1",
    "#d9dee3",
)


def donut(
    figure_id: str,
    caption: str,
    measure: str,
    rows: Sequence[tuple[str, float]],
    *,
    whole: str = "",
    unit: str = "",
    note: str = "",
) -> Figure:
    """Parts of a whole from the largest on, each labelled with its name and share; `whole` stands inside.

    rows: (name, value ≥ 0) in the order to draw. Values are summed for the shares.
    """
    total = sum(value for _, value in rows)
    data = []
    for place, (name, value) in enumerate(rows):
        part = f"{value / total:.1%}" if total else "0%"
        data.append(
            {
                "name": name,
                "value": value,
                "itemStyle": {"color": _SHADES[place % len(_SHADES)]},
                "label": {"formatter": label_text(f"{name} {part}")},
                "tooltip": tip(f"{name}　{short(value)}{unit}　{part}"),
            }
        )
    chart = option(
        title={
            "text": label_text(whole),
            "left": "center",
            "top": "middle",
            "textStyle": {"fontSize": 15, "fontWeight": "normal", "color": SOFT, "lineHeight": 22},
        },
        series=[
            {
                "type": "pie",
                "name": measure,
                "radius": ["42%", "70%"],
                "center": ["50%", "50%"],
                "startAngle": 90,
                "minShowLabelAngle": 3,
                "data": data,
                "itemStyle": {"borderColor": "#fff", "borderWidth": 2},
                "label": {"color": INK, "fontSize": 13, "minMargin": 6},
                "labelLine": {"length": 12, "length2": 10, "lineStyle": {"color": GREY}},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"disabled": True},
            }
        ],
    )
    said = "、".join(f"{name}{value / total:.1%}" for name, value in rows) if total else ""
    return Figure(
        figure_id, caption, measure, chart, size=(720, 380), alt=f"环形图：{measure}。{said}", note=note
    )


def dots(
    figure_id: str,
    caption: str,
    measure: str,
    rows: Sequence[tuple[str, float | None, tuple[float, float] | None]],
    *,
    words: Callable[[float], str] = lambda value: f"{value:.1f}",
    highest: float | None = None,
    note: str = "",
) -> Figure:
    """A dot a row, with a bar from low to high where an interval is known; from 0 to `highest`.

    rows: (name, value, interval); drawn as a stack of an invisible and a visible bar, in pure JSON.
    """
    names = [name for name, _, _ in rows]
    room = min(max((len(name) for name in names), default=4) * 14 + 16, 290)
    series: list[dict[str, Any]] = []
    if any(interval for _, _, interval in rows):
        low = [interval[0] if interval else "-" for _, _, interval in rows]
        span = [interval[1] - interval[0] if interval else "-" for _, _, interval in rows]
        series += [_range(low, "rgba(0,0,0,0)"), _range(span, PALE)]
    points = [
        {
            "value": [value, place],
            "label": {"formatter": label_text(words(value))},
            "tooltip": tip(f"{name}　{measure} {words(value)}"),
        }
        for place, (name, value, _) in enumerate(rows)
        if value is not None
    ]
    series.append(
        {
            "type": "scatter",
            "name": measure,
            "symbolSize": 10,
            "data": points,
            "itemStyle": {"color": ACCENT},
            "label": {"show": True, "position": "right", "distance": 8, "color": INK, "fontSize": 13},
            "emphasis": {"disabled": True},
            "z": 3,
        }
    )
    axis = value_axis(position="top", max=highest, interval=highest / 5 if highest else None)
    chart = option(
        grid={"left": room, "right": 56, "top": 26, "bottom": 6},
        xAxis=axis,
        yAxis=category_axis(
            names,
            inverse=True,
            axisLine={"show": False},
            splitLine={"show": True, "lineStyle": {"color": RULE, "type": [1, 4]}},
            axisLabel={
                "color": INK,
                "fontSize": 13,
                "interval": 0,
                "width": room - 8,
                "overflow": "truncate",
            },
        ),
        color=list(SERIES),
        series=series,
    )
    said = "、".join(f"{name}{words(value)}" for name, value, _ in rows if value is not None)
    size = (720, 40 + 28 * max(len(rows), 2))
    return Figure(figure_id, caption, measure, chart, size=size, alt=f"点图：{measure}。{said}", note=note)


def _range(data: list[Any], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "stack": "interval",
        "silent": True,
        "barWidth": 8,
        "data": data,
        "itemStyle": {"color": colour, "borderRadius": 4},
        "emphasis": {"disabled": True},
    }
