"""One unit's workbook: what to know, then a sheet of sums and one of posts for each platform it is on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no stubs
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError, cause
from jianwei.forms import blank
from jianwei.forms.blank import FAMILIES, REFERENCE, RULES, SHEETS, Face
from jianwei.forms.request import Ask, Batch, Line
from jianwei.intake.template import Kind
from jianwei.period import Period

__all__ = ["OPTIONS", "TOKEN", "UNIT", "write"]

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,  # small books: temporary files would cost more than they spare
}
"""How workbooks are written: what looks like a formula or a link stays text."""

TOKEN, UNIT = "批次号", "单位编码"
"""What stands before the token and the unit's code on the first sheet."""

_BANNER = RULES[0]
_FIRST = 2
"""Rows above the data: the banner and the titles."""

_SPARE = 2_000
"""Rows below that still offer drop-downs."""

_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"num_format": "@"},
    "count": {"num_format": "#,##0"},
    "time": {"num_format": "yyyy-mm-dd hh:mm"},
    "wide": {"num_format": "@", "text_wrap": True},
    "given": {"num_format": "@", "bg_color": "#F2F2F2"},
    "before": {"num_format": "#,##0", "font_color": "#1F4E79", "italic": True},
    "head": {"num_format": "@", "bold": True, "bg_color": "#DDE6F0", "border": 1, "text_wrap": True},
    "told": {"num_format": "@", "bold": True, "bg_color": "#EDEDED", "font_color": "#7F7F7F", "border": 1,
             "text_wrap": True},
    "grey": {"num_format": "#,##0", "bg_color": "#F7F7F7", "font_color": "#7F7F7F"},
    "banner": {"bold": True, "font_color": "#C00000"},
    "title": {"bold": True, "font_size": 16},
    "name": {"bold": True, "valign": "top"},
    "prose": {"num_format": "@", "text_wrap": True, "valign": "top"},
}  # fmt: skip


def write(path: Path, batch: Batch, ask: Ask) -> None:
    """Write the workbook of one unit. Raises DataError where it cannot be written."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    formats = {name: book.add_format({"valign": "vcenter", **style}) for name, style in _FORMATS.items()}
    _rules(book.add_worksheet("填写说明"), formats, batch, ask)
    first = True
    for family, (totals, posts) in FAMILIES.items():
        lines = ask.of(family)
        if not lines:
            continue
        sheet = book.add_worksheet(SHEETS[totals])
        _sums(sheet, formats, batch, totals, lines)
        if first:
            sheet.activate()
            first = False
        single = len({(line.uid, line.name) for line in lines}) == 1
        sheet = book.add_worksheet(SHEETS[posts])
        _heads(sheet, formats, blank.faces(posts, single=single), lines, 0)
    try:
        book.close()
    except (OSError, FileCreateError) as error:
        refused = error if isinstance(error, OSError) else error.args[0]
        hint = "请确认文件夹可写、磁盘未满，且文件没有在 Excel 中打开"
        raise DataError(f"写不了文件 {path}：{cause(refused)}", hint=hint) from error


def _rules(sheet: Any, formats: dict[str, Any], batch: Batch, ask: Ask) -> None:
    """What a person must know; the token and the unit's code are read back from here."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16, formats["name"])
    sheet.set_column(1, 1, 92, formats["prose"])
    sheet.write_string(0, 0, "政务新媒体数据填报表", formats["title"])
    sheet.write_string(1, 0, _BANNER, formats["banner"])
    period = Period.parse(batch.period)
    facts = [
        ("填报单位", ask.name),
        (UNIT, ask.code),
        ("填报周期", f"{period.chinese}（{period.span}）"),
        ("报送截止", f"{batch.deadline.isoformat()}（当日 24 时）" if batch.deadline else ""),
        ("联系方式", batch.contact),
        (TOKEN, ask.token),
    ]
    row = 3
    for name, value in facts:
        if value:
            sheet.write_string(row, 0, name, formats["name"])
            sheet.write_string(row, 1, value, formats["prose"])
            row += 1
    row += 1
    sheet.write_string(row, 0, "填写要求", formats["name"])
    rules = [rule for rule in RULES if not (rule.startswith("灰色") and batch.prefilled)]
    if batch.prefilled:
        rules.append("蓝色斜体是公开页面上已经采到的数：保留即表示贵单位确认属实，不符请改正，不掌握请清空。")
    for number, rule in enumerate(rules, 1):
        sheet.write_string(row, 1, f"{number}. {rule}", formats["prose"])
        row += 1
    for family, (totals, _) in FAMILIES.items():
        if not ask.of(family):
            continue
        row += 1
        sheet.write_string(row, 0, f"{SHEETS[totals]}各列", formats["name"])
        for face in blank.faces(totals):
            if face.meaning:
                sheet.write_string(row, 1, f"{face.title}：{face.meaning}", formats["prose"])
                row += 1
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)


def _sums(sheet: Any, formats: dict[str, Any], batch: Batch, kind: Kind, lines: list[Line]) -> None:
    """A row a month and account: what is known of whose it is, and what is known in public beside it."""
    columns = blank.faces(kind)
    told = (
        []
        if batch.prefilled
        else [face for face in columns if any(face.field in line.known for line in lines)]
    )
    _heads(sheet, formats, columns, lines, len(lines))
    place = len(columns)
    if told:
        for offset, face in enumerate(told):
            sheet.set_column(place + offset, place + offset, max(10, face.width))
            sheet.write_string(1, place + offset, f"{REFERENCE}{face.title}", formats["told"])
        sheet.set_column(place + len(told), place + len(told), 12)
        sheet.write_string(1, place + len(told), f"{REFERENCE}采集日期", formats["told"])
    for number, line in enumerate(lines, _FIRST):
        given = {"month": line.month, "account_name": line.name, "uid": line.uid, "account_type": line.kind}
        for column, face in enumerate(columns):
            if word := given.get(face.field):
                sheet.write_string(number, column, word, formats["given"])
            elif batch.prefilled and face.field in line.known:
                sheet.write_number(number, column, line.known[face.field], formats["before"])
        for offset, face in enumerate(told):
            if face.field in line.known:
                sheet.write_number(number, place + offset, line.known[face.field], formats["grey"])
        if told and line.seen_on:
            sheet.write_string(number, place + len(told), line.seen_on, formats["grey"])


def _heads(
    sheet: Any, formats: dict[str, Any], columns: list[Face], lines: Iterable[Line], filled: int
) -> None:
    """The banner, the titles, and below them columns of the right look that offer their words."""
    sheet.write_string(0, 0, _BANNER, formats["banner"])
    sheet.set_row(1, 32)
    months = sorted({line.month for line in lines})
    rule: dict[str, Any]
    for place, face in enumerate(columns):
        sheet.set_column(place, place, face.width, formats[face.look])
        sheet.write_string(1, place, face.title, formats["head"])
        choices = tuple(months) if face.field == "month" else face.choices
        if choices and sum(len(choice) + 1 for choice in choices) <= 255:
            # A warning lets a person go on; whatever is pasted is judged when the form comes back.
            rule = {"validate": "list", "source": list(choices), "error_type": "warning",
                    "error_title": "请核对", "error_message": "一般应从下拉列表中选择"}  # fmt: skip
            sheet.data_validation(_FIRST, place, _FIRST + filled + _SPARE, place, rule)
        elif face.look == "count":
            rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning",
                    "error_title": "请核对", "error_message": "应是不小于 0 的整数；未掌握请留空"}  # fmt: skip
            sheet.data_validation(_FIRST, place, _FIRST + filled + _SPARE, place, rule)
    sheet.freeze_panes(_FIRST, 3 if filled else 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
