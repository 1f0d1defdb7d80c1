"""Static pictures: the same bytes every time, names of their own, nothing that runs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from jianwei import figure
from jianwei.errors import RenderError
from jianwei.figure import bars, choropleth, panels, svg
from jianwei.figure.lines import Line

ONE = bars("F1", "各区县账号数量", "账号数量", [("南岸区", 121), ("云阳县", 118)], unit="个")


def test_the_picture_is_svg_with_its_words_as_text() -> None:
    root = ET.fromstring(figure.render(ONE))
    words = {"".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"南岸区", "云阳县", "121个", "118个"} <= words
    assert root.attrib["viewBox"] == "0 0 720 84"


def test_the_same_figure_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    rows = [{"posts": 1}, {"posts": 2}]
    other = panels("F4", "发布量", "发布量", names=["1月", "2月"], rows=rows, lines=[Line("posts", "发布量")])
    first = figure.render(other)
    figure.render(ONE)
    assert figure.render(other) == first


def test_ids_are_the_figures_own() -> None:
    rows = [{"posts": 1}, {"posts": 2}]
    lines = [Line("posts", "发布量")]
    made = [
        figure.render(panels(name, "发布量", "发布量", names=["1月", "2月"], rows=rows, lines=lines))
        for name in ("A", "B")
    ]
    found = [{node.attrib["id"] for node in ET.fromstring(one).iter() if "id" in node.attrib} for one in made]
    assert found[0]
    assert not found[0] & found[1]
    assert "<style" not in made[0]


def test_a_name_cannot_become_markup() -> None:
    drawn = figure.render(bars("F1", "账号数量", "账号数量", [('<script>x</script>"&', 3)]))
    assert "<script" not in drawn
    ET.fromstring(drawn)


def test_a_map_is_drawn_from_the_assets() -> None:
    drawn = figure.render(
        choropleth("M", "账号数量", "账号数量", "chongqing", {"渝中区": 3.0, "万州区": 9.0})
    )
    assert drawn.count("<path") > 38


def test_missing_assets_say_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(svg, "ASSETS", tmp_path)
    with pytest.raises(RenderError, match="uv sync --reinstall-package jianwei"):
        svg.asset("web/echarts.min.js")


def test_an_option_that_cannot_be_drawn_is_a_render_error() -> None:
    broken = figure.Figure(
        "X", "账号数量", "账号数量", {"series": [{"type": "map", "map": "nowhere"}], "animation": False}
    )
    with pytest.raises(RenderError, match="没有画成"):
        figure.render(broken)
