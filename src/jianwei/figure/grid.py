"""Heat grid of what is known: rows (accounts, units or systems) × months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jianwei.figure.model import Figure
from jianwei.figure.style import INK, RAMP, RULE, category_axis, label_text, option, tip

__all__ = ["heat"]

_UNKNOWN = "#ffffff"


def heat(
    figure_id: str,
    caption: str,
    measure: str,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Mapping[tuple[str, str], float | None],
    note: str = "",
) -> Figure:
    """Fractions from 0 to 1 as shades with the percentage in each cell; a missing one is white, 未采集.

    values: (row, column) → fraction or None; a pair that is not there counts as None.
    """
    known, unknown = [], []
    for y, row in enumerate(rows):
        for x, one in enumerate(columns):
            value = values.get((row, one))
            if value is None:
                unknown.append({"value": [x, y, 0], "tooltip": tip(f"{row}　{one}　未采集")})
                continue
            words = f"{value:.0%}"
            known.append(
                {
                    "value": [x, y, value],
                    "label": {"formatter": label_text(words), "color": "#fff" if value >= 0.75 else INK},
                    "tooltip": tip(f"{row}　{one}　{words}"),
                }
            )
    room = min(max((len(name) for name in rows), default=4) * 14 + 16, 290)
    chart = option(
        grid={"left": room, "right": 12, "top": 30, "bottom": 44},
        xAxis=category_axis(list(columns), position="top", axisLine={"show": False}),
        yAxis=category_axis(
            list(rows),
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
        visualMap=_legend(room),
        series=[
            {
                "type": "heatmap",
                "name": measure,
                "data": known,
                "label": {"show": len(columns) <= 14, "fontSize": 12},
                "itemStyle": {"borderColor": "#fff", "borderWidth": 2},
                "emphasis": {"disabled": True},
            },
            {
                "type": "heatmap",
                "name": "未采集",
                "data": unknown,
                "label": {
                    "show": len(columns) <= 14,
                    "formatter": "未采集",
                    "fontSize": 11,
                    "color": "#8a94a0",
                },
                "itemStyle": {
                    "color": _UNKNOWN,
                    "borderColor": RULE,
                    "borderWidth": 1,
                    "borderType": "dashed",
                },
                "emphasis": {"disabled": True},
            },
        ],
    )
    size = (720, 80 + 28 * max(len(rows), 1))
    said = f"{len(rows)}行、{len(columns)}列，其中{len(unknown)}格未采集"
    return Figure(figure_id, caption, measure, chart, size=size, alt=f"{measure}：{said}", note=note)


def _legend(left: int) -> dict[str, object]:
    return {
        "type": "piecewise",
        "seriesIndex": 0,
        "orient": "horizontal",
        "left": left,
        "bottom": 4,
        "itemWidth": 14,
        "itemHeight": 14,
        "itemGap": 16,
        "selectedMode": False,
        "textStyle": {"color": INK, "fontSize": 12},
        "pieces": [
            {"gte": 0, "lt": 0.25, "label": "不足25%", "color": RAMP[0]},
            {"gte": 0.25, "lt": 0.5, "label": "25%至50%", "color": RAMP[1]},
            {"gte": 0.5, "lt": 0.75, "label": "50%至75%", "color": RAMP[2]},
            {"gte": 0.75, "lt": 0.999999, "label": "75%以上", "color": RAMP[3]},
            {"gte": 0.999999, "label": "完整", "color": RAMP[4]},
        ],
    }
