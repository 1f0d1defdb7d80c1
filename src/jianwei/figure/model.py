"""A Figure: one chart as data, with a caption that must name what it plots."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.errors import RenderError

__all__ = ["Figure"]


@dataclass(frozen=True)
class Figure:
    """An ECharts option in pure JSON. `measure` is what is plotted and must stand in `caption`.

    `size` is (width, height) in px; `alt` says in words what is to be seen; `maps` lists the map
    files that the option needs. Raises RenderError when the caption does not name the measure
    (the seed's 图2 did not) or the option is not JSON.
    """

    id: str
    caption: str
    measure: str
    option: Mapping[str, Any]
    size: tuple[int, int] = (720, 360)
    alt: str = ""
    note: str = ""
    maps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.measure not in self.caption:
            raise RenderError(f"图题“{self.caption}”没有写明所绘的度量“{self.measure}”")
        try:
            json.dumps(self.option, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise RenderError(f"图“{self.caption}”的绘图数据不是纯 JSON") from error
