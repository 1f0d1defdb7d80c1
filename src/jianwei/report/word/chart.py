"""Native charts of a Word file: a chart part with its workbook, made from a figure's own option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE

from jianwei.figure import Figure
from jianwei.figure.style import SERIES

__all__ = ["Plot", "insert", "plots_of"]

Kind = Literal["bar", "stacked", "line", "pie"]

_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "pie": XL_CHART_TYPE.PIE,
}
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_C = f"{{{_CHART}}}"
_FILL = '<c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr>'
_LINE = '<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="{}"/></a:solidFill></a:ln></c:spPr>'
_SLICE = '<c:dPt><c:idx val="{}"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="{}"/></a:solidFill></c:spPr></c:dPt>'
_LABELS = (
    '<c:dLbls><c:numFmt formatCode="{format}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{position}'
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="{name}"/><c:showSerName val="0"/>'
    '<c:showPercent val="{percent}"/><c:showBubbleSize val="0"/></c:dLbls>'
)
_POSITION = {
    "bar": '<c:dLblPos val="outEnd"/>',
    "line": '<c:dLblPos val="t"/>',
    "pie": '<c:dLblPos val="outEnd"/>',
    "stacked": '<c:dLblPos val="ctr"/>',
}
_TITLE = (
    '<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="1"/></a:pPr><a:r><a:rPr sz="900" b="1"/>'
    '<a:t/></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
)
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Plot:
    """One chart as data: categories and series, None = missing (a gap). colours: of the parts of a pie."""

    kind: Kind
    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    format: str = "General"
    colours: tuple[str, ...] = ()


def plots_of(figure: Figure) -> list[Plot]:
    """The charts that Word can draw itself: bars, stacked bars, lines, a pie. [] for maps and others.

    Panels of lines become a chart each.
    """
    option = figure.option
    series = list(option.get("series", ()))
    kinds = {one.get("type") for one in series}
    if kinds == {"pie"}:
        data = series[0]["data"]
        names = tuple(str(one["name"]) for one in data)
        colours = tuple(str(one.get("itemStyle", {}).get("color", SERIES[0])) for one in data)
        return [Plot("pie", "", names, ((figure.measure, tuple(map(_value, data))),), "#,##0", colours)]
    if kinds == {"line"}:
        return _lines(option, series)
    if kinds == {"bar"} and isinstance(option.get("yAxis"), Mapping):
        axis = next(
            (one for one in (option["yAxis"], option["xAxis"]) if one.get("type") == "category"), None
        )
        if axis is None:
            return []
        values = tuple(
            (str(one.get("name") or figure.measure), tuple(_value(item) for item in one["data"]))
            for one in series
        )
        share = all(value is None or 0 <= value <= 1 for _, row in values for value in row)
        kind: Kind = "stacked" if len(series) > 1 else "bar"
        shown = (
            "0.0%" if share and any(v not in (None, 0, 1) for _, row in values for v in row) else "#,##0.###"
        )
        return [Plot(kind, "", tuple(map(str, axis["data"])), values, shown)]
    return []


def insert(paragraph: Any, plot: Plot, size: tuple[int, int], number: int, alt: str) -> None:
    """Put a chart into a paragraph as an inline drawing. size: in EMU; number: unique in the file."""
    data = CategoryChartData(number_format=plot.format)
    data.categories = plot.categories
    for name, values in plot.series:
        data.add_series(name, values)
    writer = ChartXmlWriter(_TYPES[plot.kind], data)
    package = paragraph.part.package
    space = _styled(writer.xml.encode("utf-8"), plot)
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _BOOK_TYPE, _data_blob(data), package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    name = chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    behind = etree.SubElement(space, f"{_C}externalData", {f"{{{_RELATIONS}}}id": name})
    etree.SubElement(behind, f"{_C}autoUpdate", {"val": "0"})
    chart._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    relation = paragraph.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)
    width, height = Emu(size[0]), Emu(size[1])
    drawing = parse_xml(
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        f'xmlns:a="{_MAIN}" xmlns:c="{_CHART}" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="图表 {number}"/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    drawing[0][1].set("descr", alt)
    paragraph.add_run()._r.append(drawing)


def _data_blob(data: CategoryChartData) -> bytes:
    """The workbook behind a chart, with its numbers."""
    from pptx.chart.xlsx import CategoryWorkbookWriter

    blob: bytes = CategoryWorkbookWriter(data).xlsx_blob
    return blob


def _lines(option: Mapping[str, Any], series: Sequence[Mapping[str, Any]]) -> list[Plot]:
    axes = option["xAxis"] if isinstance(option["xAxis"], list) else [option["xAxis"]]
    titles = (
        [str(one.get("text", "")) for one in option.get("title", ())]
        if isinstance(option.get("title"), list)
        else []
    )
    if len(axes) == 1:
        rows = tuple((str(one.get("name", "")), tuple(map(_value, one["data"]))) for one in series)
        return [Plot("line", "", tuple(map(str, axes[0]["data"])), rows, "#,##0.##")]
    found = []
    for place, one in enumerate(series):
        at = int(one.get("xAxisIndex", place))
        title = titles[at] if at < len(titles) else str(one.get("name", ""))
        values = tuple(map(_value, one["data"]))
        found.append(
            Plot(
                "line",
                title,
                tuple(map(str, axes[at]["data"])),
                ((title or str(at + 1), values),),
                "#,##0.##",
            )
        )
    return found


def _value(item: Any) -> float | None:
    value = item.get("value") if isinstance(item, Mapping) else item
    return None if value in (None, "-") or value != value else float(value)  # noqa: PLR0124 - NaN


def _styled(xml: bytes, plot: Plot) -> Any:
    """The library's chart in our colours, with direct labels and small type; bars read from the top."""
    space: Any = etree.fromstring(xml)
    area = space.find(f".//{_C}plotArea")
    for place, one in enumerate(area.iter(f"{_C}ser")):
        colour = SERIES[place % len(SERIES)].lstrip("#")
        title = one.find(f"{_C}tx")
        if plot.kind != "pie":
            title.addnext(_part(_LINE.format(colour) if plot.kind == "line" else _FILL.format(colour)))
        told = _LABELS.format(
            format="0.0%" if plot.kind == "pie" else plot.format, position=_POSITION.get(plot.kind, ""), value=int(plot.kind != "pie"),
            name=int(plot.kind == "pie"), percent=int(plot.kind == "pie"),
        )  # fmt: skip
        one.find(f"{_C}cat").addprevious(_part(told))
        for slice_, ink in enumerate(plot.colours):
            one.find(f"{_C}dLbls").addprevious(_part(_SLICE.format(slice_, ink.lstrip("#"))))
    bars = area.find(f"{_C}barChart")
    if bars is not None:
        bars.findall(f"{_C}ser")[-1].addnext(_part('<c:gapWidth val="45"/>'))
        if plot.kind == "stacked":
            bars.find(f"{_C}gapWidth").addnext(_part('<c:overlap val="100"/>'))
        area.find(f"{_C}catAx/{_C}scaling/{_C}orientation").set("val", "maxMin")
    values = area.find(f"{_C}valAx")
    if values is not None:
        values.find(f"{_C}delete").set("val", "1")
        grid = values.find(f"{_C}majorGridlines")
        if grid is not None:
            values.remove(grid)
        area.find(f"{_C}catAx/{_C}majorTickMark").set("val", "none")
    chart = space.find(f"{_C}chart")
    legend = chart.find(f"{_C}legend")
    if legend is not None and len(plot.series) < 2:
        chart.remove(legend)
    if plot.kind == "stacked" and legend is None:
        area.addnext(_part('<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'))
    chart.find(f"{_C}autoTitleDeleted").set("val", "0" if plot.title else "1")
    if plot.title:
        chart.insert(0, _title(plot.title))
    chart.addnext(_part("<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"))
    for size in space.iter(f"{{{_MAIN}}}defRPr"):
        size.set("sz", "900")
    return space


def _title(words: str) -> Any:
    made = _part(_TITLE)
    made.find(f".//{{{_MAIN}}}t").text = words
    return made


def _part(xml: str) -> Any:
    """An element written short, in the namespaces of charts."""
    opening = f'<x xmlns:c="{_CHART}" xmlns:a="{_MAIN}">'
    return etree.fromstring(f"{opening}{xml}</x>")[0]
