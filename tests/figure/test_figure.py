"""Figures: options in pure JSON, captions bound to the measure, gaps never zero."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from jianwei.errors import RenderError
from jianwei.figure import Figure, bars, choropleth, donut, dots, heat, panels, stacked, trend
from jianwei.figure.lines import Line

LINE = Line("posts", "发布量", "条")
MONTHS = ["1月", "2月", "3月"]
ROWS: list[dict[str, Any]] = [{"posts": 41234}, {"posts": None}, {"posts": 40120}]


def test_a_caption_must_name_the_plotted_measure() -> None:
    with pytest.raises(RenderError, match="传播覆盖系数"):
        bars("F2", "各区县政务新媒体覆盖情况（取覆盖人数前十位区县）", "传播覆盖系数", [("甲", 1.0)])


def test_an_option_is_pure_json() -> None:
    with pytest.raises(RenderError, match="JSON"):
        Figure("F", "发布量", "发布量", {"formatter": lambda value: value})
    with pytest.raises(RenderError, match="JSON"):
        Figure("F", "发布量", "发布量", {"data": [float("nan")]})


@pytest.mark.parametrize(
    "figure",
    [
        bars("a", "账号数量", "账号数量", [("甲", 3), ("乙", None)]),
        panels("b", "发布量", "发布量", names=MONTHS, rows=ROWS, lines=[LINE]),
        trend("c", "发布量", "发布量", names=MONTHS, rows=ROWS, columns=LINE, lines=[LINE]),
        donut("d", "账号数量", "账号数量", [("甲", 3), ("乙", 1)]),
        dots("e", "综合指数", "综合指数", [("甲", 80.0, (75, 85)), ("乙", None, None)], highest=100),
        heat(
            "f",
            "完整度",
            "完整度",
            rows=["甲"],
            columns=MONTHS,
            values={("甲", "1月"): 0.0, ("甲", "2月"): None},
        ),
        stacked(
            "g",
            "占比",
            "占比",
            [("形式", [("原创", 0.4), ("转发", 0.6)])],
            words=lambda value: f"{value:.0%}",
        ),
        choropleth("h", "账号数量", "账号数量", "chongqing", {"甲": 1.0, "乙": None}),
    ],
    ids=lambda figure: figure.id,
)
def test_every_kind_is_json_with_words_for_those_who_cannot_see(figure: Figure) -> None:
    assert json.loads(json.dumps(figure.option)) == json.loads(json.dumps(figure.option, allow_nan=False))
    assert figure.measure in figure.alt
    assert figure.option["animation"] is False


def test_a_missing_month_is_a_gap() -> None:
    figure = panels("b", "发布量", "发布量", names=MONTHS, rows=ROWS, lines=[LINE])
    data = figure.option["series"][0]["data"]
    assert data[1] == "-"
    assert data[0]["value"] == pytest.approx(4.1234)
    assert "2月" not in figure.alt


def test_a_missing_bar_is_named_and_has_no_length() -> None:
    figure = bars("a", "账号数量", "账号数量", [("甲", 3), ("乙", None)])
    assert figure.option["series"][0]["data"][1] == "-"
    assert figure.option["yAxis"]["data"][1] == "乙（无数据）"


def test_nothing_collected_differs_from_nothing_there() -> None:
    values: dict[tuple[str, str], float | None] = {("甲", "1月"): 0.0}
    figure = heat("f", "完整度", "完整度", rows=["甲"], columns=["1月", "2月"], values=values)
    known, unknown = (series["data"] for series in figure.option["series"])
    assert [point["label"]["formatter"] for point in known] == ["0%"]
    assert len(unknown) == 1
    assert "未采集" in figure.option["series"][1]["label"]["formatter"]


def test_names_with_braces_are_no_placeholders() -> None:
    figure = bars("a", "账号数量", "账号数量", [("{b}局", 3)])
    point: Any = figure.option["series"][0]["data"][0]
    assert "{" not in point["tooltip"]["formatter"]


def test_a_map_has_classes_without_holes() -> None:
    figure = choropleth("h", "账号数量", "账号数量", "chongqing", {f"区{n}": float(n) for n in range(1, 39)})
    pieces = figure.option["visualMap"]["pieces"]
    assert len(pieces) == 5
    for upper, lower in itertools.pairwise(pieces):
        assert lower["lt"] == upper["gte"]
    assert "示意图" in figure.note
