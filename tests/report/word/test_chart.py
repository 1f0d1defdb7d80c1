"""Native charts: which figures Word can draw itself, and what is missing in one stays missing."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.shared import Mm
from lxml import etree

from jianwei.figure import Figure
from jianwei.report.word import chart
from jianwei.report.word.chart import Plot


def figure(**option: Any) -> Figure:
    return Figure("f", "发布量的分布", "发布量", option)


def test_bars_lines_and_pies_are_drawn_and_maps_are_not() -> None:
    axis = {"type": "category", "data": ["甲", "乙"]}
    (bars,) = chart.plots_of(
        figure(yAxis=axis, xAxis={}, series=[{"type": "bar", "data": [3, {"value": 4}]}])
    )
    assert (bars.kind, bars.categories, bars.series) == ("bar", ("甲", "乙"), (("发布量", (3.0, 4.0)),))
    (pie,) = chart.plots_of(
        figure(
            series=[{"type": "pie", "data": [{"name": "甲", "value": 2, "itemStyle": {"color": "#112233"}}]}]
        )
    )
    assert (pie.kind, pie.colours) == ("pie", ("#112233",))
    (line,) = chart.plots_of(
        figure(xAxis=axis, yAxis={}, series=[{"type": "line", "name": "a", "data": [1, "-"]}])
    )
    assert line.series == (("a", (1.0, None)),)
    assert chart.plots_of(figure(series=[{"type": "map", "data": []}])) == []
    assert chart.plots_of(figure(series=[{"type": "bar", "data": []}, {"type": "line", "data": []}])) == []


def test_panels_become_a_chart_each() -> None:
    axes = [{"type": "category", "data": ["1月", "2月"]}] * 2
    series = [{"type": "line", "xAxisIndex": place, "data": [place, 5]} for place in (0, 1)]
    plots = chart.plots_of(
        figure(xAxis=axes, yAxis=[{}, {}], title=[{"text": "发布"}, {"text": "转发"}], series=series)
    )
    assert [(one.title, one.series[0][1]) for one in plots] == [("发布", (0.0, 5.0)), ("转发", (1.0, 5.0))]


@pytest.mark.parametrize("kind", ["bar", "stacked", "line", "pie"])
def test_a_gap_is_a_gap_in_the_file(kind: Any) -> None:
    out = docx.Document()
    names = ("a", "b") if kind == "stacked" else ("a",)
    plot = Plot(
        kind,
        "标题",
        ("甲", "乙", "丙"),
        tuple((name, (1.0, None, 0.0)) for name in names),
        "0",
        ("#112233",) * 3 * (kind == "pie"),
    )
    chart.insert(out.add_paragraph(), plot, (Mm(100), Mm(50)), 7, "说明")
    held = io.BytesIO()
    out.save(held)
    with zipfile.ZipFile(held) as archive:
        space = etree.fromstring(archive.read("word/charts/chart7.xml"))
    for cache in space.iter("{*}numCache"):
        assert [(point.get("idx"), float(point[0].text or "nan")) for point in cache.iter("{*}pt")] == [
            ("0", 1.0),
            ("2", 0.0),
        ]
    assert re.search("标题", etree.tostring(space, encoding="unicode"))
    order = [etree.QName(child).localname for child in next(space.iter("{*}ser"))]
    wanted = [
        "idx",
        "order",
        "tx",
        "spPr",
        "invertIfNegative",
        "marker",
        "dPt",
        "dLbls",
        "cat",
        "val",
        "smooth",
    ]
    assert [wanted.index(tag) for tag in order] == sorted(wanted.index(tag) for tag in order)
