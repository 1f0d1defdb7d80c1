"""Grids to rows of a known kind: the header is found and matched to the templates by its titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jianwei.errors import DataError, Issue, Place, suggest
from jianwei.registry import cells
from jianwei.registry.cells import Cell
from jianwei.registry.columns import SHEETS, Sheet
from jianwei.registry.sheets import Grid, grids

__all__ = ["Line", "Table", "plain_title", "tables"]

_HEADER_WITHIN = 12
_EXPLAINING = (
    "填写说明",
    "填表说明",
    "说明",
    "示例",
    "样例",
    "例:",
    "例如",
    "注:",
    "备注:",
    "必填",
    "选填",
    "(必填",
    "(选填",
)


@dataclass(frozen=True)
class Line:
    """One row under a header: its number in the file, cells by field, and all cells as written."""

    where: Place
    cells: Mapping[str, Cell]
    raw: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of one kind from one sheet; `fields` are the columns that the sheet has."""

    sheet: Sheet
    fields: tuple[str, ...]
    lines: tuple[Line, ...]
    issues: tuple[Issue, ...]


def tables(path: Path) -> list[Table]:
    """The tables of a file that are of a known kind; other sheets are passed over with a note.

    Raises DataError when none is, or when none has a row under its header.
    """
    found: list[Table] = []
    strange: list[Issue] = []
    filled = [grid for grid in grids(path) if any(_filled(row) for row in grid.rows)]
    for grid in filled:
        header = _header(grid.rows)
        if header is None:
            strange.append(_no_header(grid))
        else:
            found.append(_table(grid, *header))
    if not filled:
        raise DataError(f"{path.name} 里没有内容", hint="请核对是否选错了文件")
    if not found:
        hint = "可用 jianwei registry export 导出带表头的模板"
        raise DataError(
            f"{path.name} 的表头认不出来：{strange[0].what}", hint=strange[0].hint or hint, issues=strange
        )
    if not any(table.lines for table in found):
        raise DataError(f"{path.name} 只有表头，没有内容", hint="请填写后再导入")
    first = found[0]
    notes = tuple(Issue("note", issue.code, issue.where, f"{issue.what}，未读取这张表") for issue in strange)
    found[0] = Table(first.sheet, first.fields, first.lines, (*first.issues, *notes))
    return found


def plain_title(title: str) -> str:
    """A title without marks, blanks and remarks in brackets: `* 单位编码（必填）` is 单位编码."""
    text = unicodedata.normalize("NFKC", title)
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text)
    return re.sub(r"[\s*＊#:_]+", "", text).casefold()


_FIELDS: Mapping[str, Mapping[str, str]] = {
    kind: {
        plain_title(title): column.field
        for column in reversed(sheet.columns)
        for title in (*column.also, column.title)
    }
    for kind, sheet in SHEETS.items()
}


def _filled(row: Iterable[Cell]) -> bool:
    return any(cells.prose(cell) for cell in row)


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, Sheet, dict[int, str]] | None:
    """Place, kind and columns (position to field) of the header row: the best match near the top."""
    best: tuple[int, Sheet, dict[int, str]] | None = None
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        titles = [plain_title(cells.prose(cell)) for cell in row]
        for kind, sheet in SHEETS.items():
            fields = _matched(titles, _FIELDS[kind])
            present = set(fields.values())
            fits = present.issuperset(sheet.marks) and not present.intersection(_clashing(sheet, titles))
            if fits and (best is None or len(fields) > len(best[2])):
                best = place, sheet, fields
    return best


def _matched(titles: Sequence[str], known: Mapping[str, str]) -> dict[int, str]:
    """Position to field; a field that is named twice stays with its first column."""
    fields: dict[int, str] = {}
    for place, title in enumerate(titles):
        field = known.get(title)
        if field is not None and field not in fields.values():
            fields[place] = field
    return fields


def _clashing(sheet: Sheet, titles: Sequence[str]) -> set[str]:
    """A mark of the sheet where the titles hold a column that belongs to another kind."""
    others = {_FIELDS[other].get(title) for other in SHEETS for title in titles}
    return set(sheet.marks) if others.intersection(sheet.absent) else set()


def _no_header(grid: Grid) -> Issue:
    """What is missing for the kind of table that comes nearest."""
    nearest: tuple[int, Sheet, set[str], list[str]] | None = None
    for row in grid.rows[:_HEADER_WITHIN]:
        titles = [plain_title(cells.prose(cell)) for cell in row]
        for kind, sheet in SHEETS.items():
            present = set(_matched(titles, _FIELDS[kind]).values())
            if present and (nearest is None or len(present) > nearest[0]):
                nearest = len(present), sheet, present, [title for title in titles if title]
    place = Place(grid.label)
    if nearest is None:
        return Issue(
            "error", "unknown_header", place, "没有一列是认识的", "可用 jianwei registry export 导出模板"
        )
    _, sheet, present, titles = nearest
    missing = [sheet.by_field[field].title for field in sheet.marks if field not in present]
    guess = suggest(missing[0], titles) if missing else ""
    what = (
        f"像“{sheet.title}”表，但缺少“{'”“'.join(missing)}”列"
        if missing
        else f"分不清是不是“{sheet.title}”表"
    )
    return Issue("error", "unknown_header", place, what, guess)


def _table(grid: Grid, place: int, sheet: Sheet, fields: dict[int, str]) -> Table:
    header = grid.rows[place]
    issues = []
    known = [title for column in sheet.columns for title in (column.title, *column.also)]
    for position, cell in enumerate(header):
        title = cells.line(cell)
        if title and position not in fields:
            where = Place(grid.label, place + 1, title)
            issues.append(
                Issue(
                    "warning", "unknown_column", where, f"不认识的列“{title}”，未读取", suggest(title, known)
                )
            )
    width = max(fields) + 1
    full = max((n for n, cell in enumerate(header, 1) if cells.line(cell)), default=0)
    lines = tuple(_lines(grid, place, fields, width, full))
    return Table(sheet, tuple(dict.fromkeys(fields.values())), lines, tuple(issues))


def _lines(grid: Grid, place: int, fields: Mapping[int, str], width: int, full: int) -> Iterator[Line]:
    explaining = True
    for number, row in enumerate(grid.rows[place + 1 :], place + 2):
        if not _filled(row):
            continue
        first = next(cells.plain(cell) for cell in row if cells.prose(cell))
        if explaining and first.startswith(_EXPLAINING):
            continue
        explaining = False
        fault = ""
        if grid.ragged and len(row) < width:
            fault = f"这一行只有 {len(row)} 格，表头有 {full} 格，可能被截断"
        elif grid.ragged and _filled(row[full:]):
            fault = f"这一行有 {len(row)} 格，表头只有 {full} 格，可能有没加引号的逗号"
        taken = {field: row[position] if position < len(row) else None for position, field in fields.items()}
        yield Line(Place(grid.label, number), taken, tuple(cells.raw(cell) for cell in row), fault)
