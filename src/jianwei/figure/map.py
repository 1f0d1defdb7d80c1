"""Choropleth of regions (示意图), from a map file of the assets or the user's own GeoJSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from jianwei.figure.model import Figure
from jianwei.figure.style import GREY, INK, RAMP, SOFT, label_text, option, short, tip

__all__ = ["choropleth"]


def choropleth(
    figure_id: str,
    caption: str,
    measure: str,
    map_name: str,
    values: Mapping[str, float | None],
    *,
    names: Mapping[str, str] | None = None,
    labelled: Sequence[str] = (),
    words: Callable[[float], str] = short,
    unit: str = "",
    note: str = "示意图，不作划界依据",
) -> Figure:
    """Regions shaded in five steps of equal count; regions without a value stay white.

    map_name: a file of assets/maps without .json. `names` maps the file's names to those of the
    period (梁平县 → 梁平区); `labelled` are the regions that carry their name.
    """
    known = sorted(value for value in values.values() if value is not None)
    data = [
        {
            "name": name,
            "value": value,
            "tooltip": tip(f"{name}　{words(value)}{unit}"),
            "label": {"show": name in labelled},
        }
        for name, value in values.items()
        if value is not None
    ]
    chart = option(
        visualMap={
            "type": "piecewise",
            "left": 0,
            "bottom": 8,
            "pieces": _pieces(known, words),
            "itemWidth": 16,
            "itemHeight": 12,
            "selectedMode": False,
            "textStyle": {"color": SOFT, "fontSize": 12},
        },
        series=[
            {
                "type": "map",
                "name": measure,
                "map": map_name,
                "nameMap": dict(names or {}),
                "data": data,
                "silent": False,
                "selectedMode": False,
                "left": "center",
                "top": 8,
                "bottom": 8,
                "itemStyle": {"areaColor": "#fff", "borderColor": GREY, "borderWidth": 0.7},
                "label": {
                    "show": False,
                    "color": INK,
                    "fontSize": 12,
                    "textBorderColor": "#fff",
                    "textBorderWidth": 3,
                },
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"disabled": True},
            }
        ],
    )
    ranked = sorted(((v, n) for n, v in values.items() if v is not None), reverse=True)[:10]
    said = "、".join(f"{name}{words(value)}{unit}" for value, name in ranked)
    return Figure(
        figure_id,
        caption,
        measure,
        chart,
        size=(720, 520),
        alt=f"{measure}的区域分布示意图。居前的区域：{said}",
        note=label_text(note),
        maps=(map_name,),
    )


def _pieces(known: Sequence[float], words: Callable[[float], str]) -> list[dict[str, object]]:
    """Five classes of about equal count; fewer where values repeat."""
    if not known:
        return []
    cuts = sorted({known[len(known) * step // 5] for step in range(1, 5)} - {known[0]})
    edges = [known[0], *cuts]
    shades = RAMP[-len(edges) :]
    pieces: list[dict[str, object]] = []
    for place, low in enumerate(edges):
        last = place == len(edges) - 1
        high = known[-1] if last else edges[place + 1]
        label = f"{words(low)}及以上" if last else f"{words(low)}至{words(high)}"
        piece: dict[str, object] = {"gte": low, "color": shades[place], "label": label_text(label)}
        if not last:
            piece["lt"] = high
        pieces.append(piece)
    return pieces[::-1]
