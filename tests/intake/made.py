"""Source files as the tools write them, made by the tests; and one way to read a file whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from jianwei.errors import DataError, Issue
from jianwei.intake import Options, Source, read

NOW = datetime(2015, 7, 1, 9, 30)
UID = "1988438334"
MID = 3838374783294101

SEARCH = [
    "id",
    "bid",
    "user_id",
    "用户昵称",
    "微博正文",
    "头条文章url",
    "发布位置",
    "艾特用户",
    "话题",
    "转发数",
    "评论数",
    "点赞数",
    "发布时间",
    "发布工具",
    "微博图片url",
    "微博视频url",
    "retweet_id",
    "ip",
    "user_authentication",
    "会员类型",
    "会员等级",
]
SEARCH_WIDTHS = (16, 17, 18, 19, 21)


@dataclass(frozen=True)
class Whole:
    """A source read to its end: rows by table, as dictionaries."""

    source: Source
    tables: Mapping[str, list[dict[str, Any]]]

    @property
    def readings(self) -> list[dict[str, Any]]:
        return self.tables.get("readings", [])

    @property
    def refused(self) -> list[tuple[int, str, str]]:
        """Row, code and field of what went to quarantine."""
        rows = self.tables.get("quarantine", [])
        return [(row["source_row"], row["code"], row["field"]) for row in rows]

    def issue(self, code: str) -> Issue:
        [found] = [issue for issue in self.source.issues if issue.code == code]
        return found


def options(**told: Any) -> Options:
    return Options(**{"now": NOW, **told})


def wholes(path: Path, **told: Any) -> list[Whole]:
    """Every source of a file, read to its end; each row of it accounted for."""
    found = []
    for source in read(path, options(**told)):
        tables: dict[str, list[dict[str, Any]]] = {}
        for batch in source.batches():
            tables.setdefault(batch.table, []).extend(batch.rows.to_pylist())
        accounted = source.rows_taken + source.rows_duplicate + source.rows_quarantined
        assert source.rows_read == accounted
        assert len(tables.get("quarantine", [])) == source.rows_quarantined
        found.append(Whole(source, tables))
    return found


def whole(path: Path, **told: Any) -> Whole:
    """The only source of a file, read to its end."""
    [found] = wholes(path, **told)
    return found


def unusable(path: Path, **told: Any) -> Issue:
    """The one Issue of a file that cannot be used; its message stands in Chinese with something to do."""
    with pytest.raises(DataError) as caught:
        read(path, options(**told))
    [issue] = caught.value.issues
    assert issue.level == "error"
    assert path.name in str(caught.value)
    assert issue.hint
    assert any("\u4e00" <= letter <= "\u9fff" for letter in issue.what)
    return issue


def table_text(rows: Iterable[Sequence[Any]], end: str = "\r\n") -> str:
    """Rows as CSV text."""
    out = io.StringIO()
    # The csv module quotes only the line ends of its own terminator.
    csv.writer(
        out, lineterminator=end, quoting=csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL
    ).writerows(rows)
    return out.getvalue()


def csv_file(
    path: Path, rows: Iterable[Sequence[Any]], *, encoding: str = "utf-8-sig", end: str = "\r\n"
) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(table_text(rows, end).encode(encoding))
    return path


def book(path: Path, sheets: Mapping[str, Any], hidden: Sequence[str] = ()) -> Path:
    """A workbook; None leaves a cell empty."""
    with xlsxwriter.Workbook(path) as made:
        days = made.add_format({"num_format": "yyyy-mm-dd"})
        times = made.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        form = times if isinstance(cell, datetime) else days
                        sheet.write_datetime(row, column, cell, form)
                    elif cell is not None:
                        sheet.write(row, column, cell)
            if name in hidden:
                sheet.hide()
    return path


def hit(number: int = 0, width: int = 21, /, **cells: Any) -> list[str]:
    """A row of weibo-search in the layout of that many columns; post `number` unless cells say otherwise."""
    row = dict.fromkeys(SEARCH, "") | {
        "id": str(MID + number), "user_id": UID, "用户昵称": "重庆微发布", "微博正文": f"第{number}条，政策解读",
        "转发数": "12", "评论数": "3", "点赞数": "45", "发布时间": "2015-05-05 10:12", "发布工具": "微博 weibo.com",
        "ip": "重庆", "user_authentication": "蓝V",
    }  # fmt: skip
    row |= {name: str(cell) for name, cell in cells.items()}
    return [row[name] for name in search_header(width)]


def search_header(width: int = 21) -> list[str]:
    """The header of a generation: 头条文章url came second, the others at the end."""
    return [name for name in SEARCH[:17] if name != "头条文章url"] if width == 16 else SEARCH[:width]


def search_file(path: Path, rows: Iterable[Sequence[Any]], width: int = 21, **how: Any) -> Path:
    return csv_file(path, [search_header(width), *rows], **how)
