"""The HTML writer: one self-contained file that opens from disk and asks the network for nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from jianwei import figure
from jianwei.errors import RenderError
from jianwei.figure.svg import asset
from jianwei.phrase import Span, clean
from jianwei.report.address import source_of
from jianwei.report.model import Document, FigureBlock, Source
from jianwei.report.sources import tables_of
from jianwei.table import CAPPED, MISSING, Column, Table, show

__all__ = ["render", "write"]

_DIGIT = re.compile(r"\d")
_PLAIN_IN_CSS = re.compile(r"[^\w\s，。、：（）《》“”·—-]")


def write(document: Document, path: Path) -> Path:
    """Write the report as one file. Raises RenderError when it cannot be drawn or written."""
    page = render(document)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, "utf-8", newline="\n")
    except OSError as error:
        raise RenderError(f"报告未能写入 {path}", hint=str(error)) from error
    return path


def render(document: Document) -> str:
    """The page: static SVG first, the chart library and the options beside it, nothing from outside."""
    figures = [block for block in document.blocks if isinstance(block, FigureBlock)]
    anchors = {name: f"p{place}" for place, name in enumerate(document.sources, 1)}
    maps = sorted({name for block in figures for name in block.figure.maps})
    return (
        _environment(document, anchors)
        .get_template("report.html.j2")
        .render(
            document=document,
            css=Markup(_own("report.css")),  # noqa: S704 - our own file
            script=Markup(_own("report.js")),  # noqa: S704 - our own file
            page_css=Markup(_page_css(document)),  # noqa: S704 - every outside character is escaped
            library=Markup(_in_script(asset("web/echarts.min.js"))) if figures else "",  # noqa: S704 - asset
            figures=_json({block.figure.id: block.figure.option for block in figures}),
            maps=_json({name: json.loads(asset(f"maps/{name}.json")) for name in maps}),
            tables=_json({table.id: _export(table) for table in tables_of(document.blocks)}),
            sources=[(anchors[name], source) for name, source in document.sources.items()],
        )
    )


def _environment(document: Document, anchors: dict[str, str]) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("jianwei.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )

    def anchor(address: str) -> str:
        """The popover of an address, "" when it has none."""
        return anchors.get(source_of(address), "") if address else ""

    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["svg"] = lambda block: Markup(figure.render(block.figure))  # noqa: S704 - escaped by ECharts
    environment.globals.update(
        is_number=lambda span: bool(not span.name and anchor(span.address) and _tells(span)),
        anchor=anchor,
        cells=lambda table, place: list(_cells(table, place, anchors)),
        heads=lambda table: [(one, anchors.get(_column_source(table, one), "")) for one in table.columns],
        versions_of=lambda source: list(source.versions.items()),
        is_source=lambda value: isinstance(value, Source),
        document=document,
    )
    return environment


def _tells(span: Span) -> bool:
    """Whether a span is a figure to follow: it holds a digit, or says that nothing changed."""
    return bool(_DIGIT.search(span.text)) or span.text.endswith("持平")


def _cells(table: Table, place: int, anchors: dict[str, str]) -> Iterator[dict[str, Any]]:
    row = table.rows[place - 1]
    for one in table.columns:
        value = row.get(one.key)
        words = show(value, one)
        address = table.address(place, one)
        bound = words != MISSING and (one.numeric or bool(_DIGIT.search(words)))
        yield {
            "words": words,
            "address": address if bound else "",
            "anchor": anchors.get(source_of(address), "") if bound and one.numeric else "",
            "kind": one.kind,
            "numeric": one.numeric,
            "exact": repr(value) if one.numeric and isinstance(value, float) else "",
        }


def _column_source(table: Table, one: Column) -> str:
    return source_of(table.address(1, one)) if table.rows and one.numeric else ""


def _export(table: Table) -> dict[str, Any]:
    """What the CSV button writes: raw values, text as text, 10万+ as it is known."""
    rows = [[_raw(row.get(one.key), one) for one in table.columns] for row in table.rows]
    return {"title": table.title, "columns": [one.heading for one in table.columns], "rows": rows}


def _raw(value: Any, one: Column) -> Any:
    if value is None or value != value:  # noqa: PLR0124 - NaN is unequal to itself
        return None
    capped = one.kind == "reads" and value == CAPPED
    if one.numeric and isinstance(value, (int, float)) and not isinstance(value, bool) and not capped:
        return value
    return clean(show(value, one))


def _own(name: str) -> str:
    return resources.files("jianwei.report").joinpath("templates", name).read_text("utf-8")


def _json(data: Any) -> Markup:
    """JSON that can stand in a script element: no character of it can end the element."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
    for letter in "<>&\u2028\u2029":
        words = words.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(words)  # noqa: S704 - escaped above


def _in_script(words: str) -> str:
    """Library text inside a script element must not hold the tag that ends it."""
    return words.replace("</script", "<\\/script")


def _page_css(document: Document) -> str:
    """Running heads in print: the title, the mark of synthetic data, page numbers from the cover on."""
    right = f"@top-right{{content:{_css(document.mark)};}}" if document.mark else ""
    cover = f"@page:first{{@top-left{{content:none}}@bottom-center{{content:none}}{right}}}"
    return f"@page{{@top-left{{content:{_css(document.title)};}}{right}}}{cover}"


def _css(words: str) -> str:
    """A CSS string; everything but letters and common marks is written as an escape."""
    safe = _PLAIN_IN_CSS.sub(lambda match: f"\\{ord(match[0]):x} ", " ".join(clean(words).split()))
    return f'"{safe}"'
