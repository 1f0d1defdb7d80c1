"""Static SVG of a figure: ECharts' server-side renderer inside an embedded JS engine."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import quickjs  # type: ignore[import-untyped]  # the wheel ships no types

from jianwei.errors import RenderError
from jianwei.figure.model import Figure
from jianwei.figure.style import FONT

__all__ = ["asset", "render"]

ASSETS = Path(__file__).resolve().parent.parent / "assets"
_HINT = "请在项目目录运行 `uv sync --reinstall-package jianwei` 重新准备第三方文件"

_SHIM = "globalThis.setTimeout = () => 0; globalThis.clearTimeout = () => {};"
# JSON round trip: the engine hands long joined strings back as ropes, which Python cannot read.
_DRAW = """
globalThis.draw = function (text) {
  const job = JSON.parse(text);
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: job.width, height: job.height});
  try {
    chart.setOption(job.option);
    return JSON.parse(JSON.stringify(chart.renderToSVGString()));
  } finally { chart.dispose(); }
};
globalThis.addMap = function (name, text) { echarts.registerMap(name, JSON.parse(text)); };
"""
_HOVER = re.compile(r"<style.*?</style>| class=\"[^\"]*\"", re.DOTALL)
_FAMILY = re.compile(r";?font-family:" + re.escape(FONT))
_IDS = re.compile(r"\bzr\d+-[a-z]+-?\d+")

_lock = threading.RLock()
_engine: list[quickjs.Context] = []
_known_maps: set[str] = set()


def asset(name: str) -> str:
    """The text of a third-party file of the assets folder. Raises RenderError when it is not there."""
    try:
        return (ASSETS / name).read_text("utf-8")
    except OSError as error:
        raise RenderError(f"缺少第三方文件 {name}，不能绘图", hint=_HINT) from error


def render(figure: Figure) -> str:
    """The figure as one SVG element whose class names and ids are its own (safe to inline many).

    The same figure gives the same bytes. Raises RenderError when the library, a map or the
    option fails.
    """
    width, height = figure.size
    job = json.dumps({"width": width, "height": height, "option": figure.option}, ensure_ascii=False)
    with _lock:
        engine = _start()
        try:
            for name in figure.maps:
                if name not in _known_maps:
                    engine.get("addMap")(name, asset(f"maps/{name}.json"))
                    _known_maps.add(name)
            svg = str(engine.get("draw")(job))
        except quickjs.JSException as error:
            raise RenderError(f"图“{figure.caption}”没有画成：{str(error).splitlines()[0]}") from error
    return _tidy(svg, figure.id)


def _start() -> quickjs.Context:
    if not _engine:
        engine = quickjs.Context()
        engine.eval(_SHIM)
        try:
            engine.eval(asset("web/echarts.min.js"))
            engine.eval(_DRAW)
        except quickjs.JSException as error:
            raise RenderError("图形库不能加载", hint=_HINT) from error
        _engine.append(engine)
    return _engine[0]


def _tidy(svg: str, figure_id: str) -> str:
    """No hover styles (they are meant for a live chart), one font for all, ids that are the figure's own.

    ECharts counts instances in its ids; numbered anew after the figure's id they are unique in a
    document and the same in every run.
    """
    prefix = "z" + re.sub(r"[^A-Za-z0-9]", "", figure_id)
    seen: dict[str, str] = {}
    still = _FAMILY.sub("", _HOVER.sub("", svg))
    named = _IDS.sub(lambda match: seen.setdefault(match[0], f"{prefix}-{len(seen)}"), still)
    return named.replace("<svg ", f'<svg style="font-family:{FONT}" ', 1)
