"""Charts over months: columns with lines on a second axis, and small panels side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jianwei.figure.model import Figure
from jianwei.figure.style import (
    ACCENT,
    INK,
    SERIES,
    SOFT,
    category_axis,
    get,
    label_text,
    option,
    scale_of,
    short,
    tip,
    value_axis,
)

__all__ = ["Line", "panels", "trend"]


@dataclass(frozen=True)
class Line:
    """One series over the shared months: the rows' field, its name and unit of measure."""

    key: str
    name: str
    unit: str = ""


def trend(
    figure_id: str,
    caption: str,
    measure: str,
    *,
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    columns: Line,
    lines: Sequence[Line],
    right: str = "",
    note: str = "",
) -> Figure:
    """Columns on the left axis, lines on the right one, both from 0; a missing month is a gap.

    names: the months as shown, one a row. Axis numbers are divided by 万 or 亿 as their axis says.
    """
    left_size, left_word = scale_of(max([get(row, columns.key) or 0 for row in rows], default=0))
    most = max([get(row, line.key) or 0 for row in rows for line in lines], default=0)
    right_size, right_word = scale_of(most)
    series = [_columns(columns, names, rows, left_size)]
    series += [_line(place, line, names, rows, right_size) for place, line in enumerate(lines)]
    chart = option(
        grid={"left": 56, "right": 104, "top": 52, "bottom": 30},
        legend={
            "top": 0,
            "left": 0,
            "itemGap": 20,
            "itemWidth": 16,
            "itemHeight": 10,
            "textStyle": {"color": INK, "fontSize": 13},
        },
        xAxis=category_axis(list(names)),
        yAxis=[
            value_axis(f"{columns.name}（{left_word}{columns.unit}）", nameTextStyle=_name("left")),
            value_axis(
                f"{right or lines[0].name}（{right_word}{lines[0].unit}）",
                splitLine={"show": False},
                nameTextStyle=_name("right"),
            ),
        ],
        series=series,
    )
    said = "；".join(_alt(line, names, rows) for line in (columns, *lines))
    return Figure(figure_id, caption, measure, chart, size=(720, 360), alt=f"{measure}。{said}", note=note)


def panels(
    figure_id: str,
    caption: str,
    measure: str,
    *,
    names: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    lines: Sequence[Line],
    note: str = "",
) -> Figure:
    """Small panels, two a row, each with its own axis from 0, so that unlike sizes can be read together."""
    grids, xs, ys, series, titles = [], [], [], [], []
    for place, line in enumerate(lines):
        column, row = place % 2, place // 2
        size, word = scale_of(max([get(one, line.key) or 0 for one in rows], default=0))
        left, top = (48, 416)[column], 44 + 190 * row
        grids.append({"left": left, "top": top, "width": 286, "height": 112})
        titles.append(
            {
                "text": f"{line.name}（{word}{line.unit}）",
                "left": left - 6,
                "top": top - 40,
                "textStyle": {"fontSize": 14, "fontWeight": "bold", "color": INK},
            }
        )
        xs.append(category_axis(list(names), gridIndex=place, axisLabel=_small()))
        ys.append(value_axis(gridIndex=place, splitNumber=3))
        series.append(_panel(place, line, names, rows, size))
    chart = option(title=titles, grid=grids, xAxis=xs, yAxis=ys, series=series)
    said = "；".join(_alt(line, names, rows) for line in lines)
    height = 190 * ((len(lines) + 1) // 2) + 4
    return Figure(figure_id, caption, measure, chart, size=(720, height), alt=f"{measure}。{said}", note=note)


def _columns(
    line: Line, names: Sequence[str], rows: Sequence[Mapping[str, Any]], size: int
) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": line.name,
        "barWidth": "42%",
        "itemStyle": {"color": SERIES[1]},
        "data": [_point(line, name, get(row, line.key), size) for name, row in zip(names, rows, strict=True)],
        "label": {"show": True, "position": "top", "color": SOFT, "fontSize": 12},
        "emphasis": {"disabled": True},
    }


def _line(
    place: int, line: Line, names: Sequence[str], rows: Sequence[Mapping[str, Any]], size: int
) -> dict[str, Any]:
    colour = (ACCENT, "#b0793a", SOFT)[place % 3]
    return {
        "type": "line",
        "name": line.name,
        "yAxisIndex": 1,
        "symbol": ("circle", "rect", "diamond")[place % 3],
        "symbolSize": 7,
        "connectNulls": False,
        "lineStyle": {"width": 2, "color": colour, "type": ("solid", "dashed", "dotted")[place % 3]},
        "itemStyle": {"color": colour},
        "data": [_dot(line, name, get(row, line.key), size) for name, row in zip(names, rows, strict=True)],
        "emphasis": {"disabled": True},
    }


def _panel(
    place: int, line: Line, names: Sequence[str], rows: Sequence[Mapping[str, Any]], size: int
) -> dict[str, Any]:
    known = [index for index, row in enumerate(rows) if get(row, line.key) is not None]
    data = []
    for index, (name, row) in enumerate(zip(names, rows, strict=True)):
        point = _dot(line, name, get(row, line.key), size)
        if isinstance(point, dict) and (len(known) <= 7 or index in (known[0], known[-1])):
            value = get(row, line.key)
            words = _scaled(value or 0, size)
            point["label"] = {"show": True, "formatter": label_text(words)}
        data.append(point)
    return {
        "type": "line",
        "name": line.name,
        "xAxisIndex": place,
        "yAxisIndex": place,
        "symbol": "circle",
        "symbolSize": 6,
        "connectNulls": False,
        "lineStyle": {"width": 2.2, "color": ACCENT},
        "itemStyle": {"color": ACCENT},
        "areaStyle": {"color": ACCENT, "opacity": 0.07},
        "label": {"show": False, "position": "top", "color": INK, "fontSize": 12},
        "data": data,
        "emphasis": {"disabled": True},
    }


def _point(line: Line, name: str, value: float | None, size: int) -> Any:
    if value is None:
        return "-"
    return {
        "value": value / size,
        "label": {"formatter": label_text(short(value))},
        "tooltip": tip(f"{name}　{line.name} {_comma(value)}{line.unit}"),
    }


def _dot(line: Line, name: str, value: float | None, size: int) -> Any:
    if value is None:
        return "-"
    return {"value": value / size, "tooltip": tip(f"{name}　{line.name} {_comma(value)}{line.unit}")}


def _scaled(value: float, size: int) -> str:
    """A label on a scaled axis, with two decimals throughout; counts as they are."""
    return f"{value / size:.2f}" if size > 1 else _comma(value)


def _comma(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def _name(side: str) -> dict[str, Any]:
    return {"color": SOFT, "fontSize": 12, "align": side, "padding": [0, 0, 4, -40 if side == "left" else 0]}


def _small() -> dict[str, Any]:
    return {"color": SOFT, "fontSize": 12, "hideOverlap": True}


def _alt(line: Line, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    said = "、".join(
        f"{name}{_comma(value)}"
        for name, row in zip(names, rows, strict=True)
        if (value := get(row, line.key)) is not None
    )
    return f"{line.name}（{line.unit}）{said}"
