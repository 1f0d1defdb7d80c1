"""Figures: pure-JSON ECharts options bound to the measure they plot, and their static SVG."""

from __future__ import annotations

from jianwei.figure.bars import bars, stacked
from jianwei.figure.grid import heat
from jianwei.figure.lines import panels, trend
from jianwei.figure.map import choropleth
from jianwei.figure.model import Figure
from jianwei.figure.parts import donut, dots
from jianwei.figure.svg import render

__all__ = ["Figure", "bars", "choropleth", "donut", "dots", "heat", "panels", "render", "stacked", "trend"]
