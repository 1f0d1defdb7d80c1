"""Exports of the 全国政务新媒体信息报送系统: tables whose columns vary, read by the titles offices use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Issue, Level, Place, suggest
from jianwei.model import Platform
from jianwei.registry import cells, titles, words
from jianwei.registry.cells import Cell, CellError
from jianwei.registry.rows import weibo_uid
from jianwei.registry.sheets import Grid, grids
from jianwei.registry.tables import plain_title

__all__ = ["Export", "Filed", "read"]

_HEADER_WITHIN = 12
_MOST_ISSUES = 20
_FOOTER = re.compile(r"(合计|总计|小计|共计)\W*\d*|(填表|填报|制表|注|说明|备注)\w{0,3}:.*", re.DOTALL)
"""The first cell of rows below a table: sums and remarks."""


@dataclass(frozen=True)
class Filed:
    """An account as the national system has it; unknown text is "".

    platform: a Platform value, or "" for WeChat accounts of unknown kind. uid: as in the lake;
    names of WeChat (微信号) are lower case.
    """

    where: Place
    family: str
    platform: str
    name: str
    uid: str = ""
    unit: str = ""
    credit_code: str = ""
    supervisor: str = ""
    certified_as: str = ""
    filing: str = ""
    status: str = ""
    opened: date | None = None
    filed: date | None = None
    closed: date | None = None


@dataclass
class Export:
    """What was read of one file: rows = accounts + duplicates + rejected."""

    path: Path
    accounts: list[Filed]
    issues: list[Issue]
    rows: int = 0
    duplicates: int = 0
    rejected: int = 0

    def to_json(self) -> dict[str, Any]:
        """Counts and problems as plain JSON."""
        return {
            "path": str(self.path),
            "rows": self.rows,
            "accounts": len(self.accounts),
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "issues": [issue.to_json() for issue in self.issues],
        }


def read(paths: Sequence[Path]) -> list[Export]:
    """Read exports (.xlsx, .xls, .csv; any sheet that has names and platforms).

    Raises DataError at a file in which no table of accounts is found; bad rows are left out and told.
    """
    found: dict[tuple[str, ...], Filed] = {}
    return [_file(path, found) for path in paths]


def _file(path: Path, found: dict[tuple[str, ...], Filed]) -> Export:
    export = Export(path, [], [])
    tables = 0
    nearest: tuple[int, str] = (0, "")
    for grid in grids(path):
        header = _header(grid)
        if isinstance(header, str):
            count = header.count("、") + 1 if header else 0
            nearest = max(nearest, (count, header))
            continue
        tables += 1
        _table(grid, *header, export, found)
    if not tables:
        told = f"只认出{nearest[1]}，缺少账号名称或平台" if nearest[1] else "没有一列是认识的"
        raise DataError(
            f"{path.name} 不像全国政务新媒体信息报送系统的导出：{told}",
            hint="表头中要有账号名称和平台（或账号类型），最好还有 UID、主办单位、状态",
        )
    if not export.accounts and not export.duplicates:
        raise DataError(f"{path.name} 里没有一个可用的账号", hint="请核对导出的内容", issues=export.issues)
    _shorten(export)
    return export


def _header(grid: Grid) -> tuple[int, dict[int, str], Platform | str] | str:
    """Row number of the header, position to field, and the platform of the sheet where no column tells it.

    Else the titles that were recognised, as text.
    """
    best: tuple[int, dict[int, str], Platform | str] | None = None
    known: list[str] = []
    above: list[str] = [grid.label]
    for place, row in enumerate(grid.rows[:_HEADER_WITHIN]):
        row_titles = [plain_title(cells.prose(cell)) for cell in row]
        fields = titles.matched(row_titles)
        present = set(fields.values())
        default = titles.named_platform(above) if "platform" not in present else ""
        if "name" in present and len(present) > 1 and ("platform" in present or default):
            if best is None or len(fields) > len(best[1]):
                best = place, fields, default
        elif len(present) > len(known):
            known = [f"“{row_titles[position]}”" for position in fields]
        above.extend(cells.prose(cell) for cell in row if cells.prose(cell))
    return best if best is not None else "、".join(known)


def _table(
    grid: Grid,
    place: int,
    fields: Mapping[int, str],
    default: Platform | str,
    export: Export,
    found: dict[tuple[str, ...], Filed],
) -> None:
    for number, row in enumerate(grid.rows[place + 1 :], place + 2):
        cells_of = {field: row[n] if n < len(row) else None for n, field in fields.items()}
        if not any(cells.prose(cell) for cell in row) or _is_header(cells_of) or _is_footer(row, cells_of):
            continue
        export.rows += 1
        where = Place(grid.label, number)
        account = _account(where, cells_of, default, export)
        if account is None:
            export.rejected += 1
            continue
        key = (account.family, account.uid) if account.uid else (
            account.family, cells.plain(account.name), account.unit, account.filing,
        )  # fmt: skip
        before = found.setdefault(key, account)
        if before is account:
            export.accounts.append(account)
        else:
            export.duplicates += 1
            what = f"“{account.name}”与 {before.where} 是同一个账号，只取前一行"
            _say(export, "note", "duplicate_row", where, what)


def _is_header(row: Mapping[str, Cell]) -> bool:
    """Whether a row repeats the titles, as printed tables do on every page."""
    return all(titles.is_title(field, cells.prose(cell)) for field, cell in row.items() if cells.prose(cell))


def _is_footer(row: Sequence[Cell], taken: Mapping[str, Cell]) -> bool:
    """Whether a row is a sum or a remark below the table."""
    first = next((text for cell in row if (text := cells.plain(cell))), "")
    return not cells.prose(taken.get("platform")) and _FOOTER.fullmatch(first) is not None


def _account(where: Place, row: Mapping[str, Cell], default: Platform | str, export: Export) -> Filed | None:
    name = cells.line(row.get("name"))
    said = cells.prose(row.get("platform"))
    platform = titles.platform(said) if said else default or None
    if not name:
        _say(export, "error", "required", where, "没有账号名称，未采用这一行", "请补全后重新导出")
        return None
    if platform is None and not said:
        _say(export, "error", "required", where, "没有平台，未采用这一行", "请补上平台")
        return None
    if platform is None:
        what = f"不认识的平台“{said}”，按“其他”处理"
        _say(export, "warning", "unknown_word", where, what, suggest(said, [one.value for one in Platform]))
        platform = Platform.OTHER
    family = platform.family if isinstance(platform, Platform) else platform

    def take(field: str, reader: Callable[[Cell], Any], none: Any) -> Any:
        try:
            value = reader(row.get(field))
        except CellError as error:
            what = f"{titles.TITLES[field][0]}：{error}，按未填处理"
            _say(
                export,
                "warning",
                "unreadable",
                Place(where.file, where.row, titles.TITLES[field][0]),
                what,
                error.hint,
            )
            return none
        return none if value is None else value

    status = cells.line(row.get("status"))
    return Filed(
        where=where,
        family=family,
        platform=platform.value if isinstance(platform, Platform) else "",
        name=name,
        uid=_uid(family, take("uid", cells.identifier, "")),
        unit=cells.line(row.get("unit")),
        credit_code=take("credit_code", cells.identifier, "").upper(),
        supervisor=cells.line(row.get("supervisor")),
        certified_as=cells.line(row.get("certified_as")),
        filing=take("filing", cells.identifier, ""),
        status=words.STATUSES.read(status)[0] or status,
        opened=take("opened", cells.day, None),
        filed=take("filed", cells.day, None),
        closed=take("closed", cells.day, None),
    )


def _uid(family: str, text: str) -> str:
    """The id of an account out of an id or its page's address; "" where it tells none (weibo.com/cqfb)."""
    if family == "weibo":
        text = weibo_uid(text) or text
        return text if text.isascii() and text.isdigit() else ""
    if family == "wechat":
        text = text.lower()
    return "" if "/" in text or " " in text else text


def _say(export: Export, level: Level, code: str, where: Place, what: str, hint: str = "") -> None:
    export.issues.append(Issue(level, code, where, what, hint))


def _shorten(export: Export) -> None:
    """Keep the first problems of each kind and count the others."""
    kept: list[Issue] = []
    for code in dict.fromkeys(issue.code for issue in export.issues):
        same = [issue for issue in export.issues if issue.code == code]
        kept += same[:_MOST_ISSUES]
        if len(same) > _MOST_ISSUES:
            what = f"同类问题共 {len(same)} 行，以上列出前 {_MOST_ISSUES} 行"
            kept.append(Issue(same[0].level, code, Place(export.path.name), what))
    export.issues[:] = kept
