"""How the first rows of a table would be taken by a mapping, in the words of the templates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jianwei.intake import mapped
from jianwei.intake.given import Given
from jianwei.intake.lines import Refused
from jianwei.intake.mapping import Mapping, words
from jianwei.intake.records import Audience, Record, Remark, Seen, Sum
from jianwei.intake.tables import Table
from jianwei.intake.values import shown

__all__ = ["ROW", "rows"]

ROW, ACCOUNT, REFUSED, SPAN = "行", "账号", "不能收下", "时段"
_NOT_SHOWN = frozenset(("uid", "account_name", "platform", "month", "day", "start", "end", "clock"))
_PARTS = {"pushes_posts": ("pushes", "posts")}
_UNKNOWN = "未掌握"
_LONGEST = 30


def rows(mapping: Mapping, table: Table, given: Given, most: int = 5) -> list[dict[str, str]]:
    """The first rows as they would be taken: word → what would be stored; a row that would be refused says why."""
    reading = mapped.reading(mapping, table.header, given)
    found: list[dict[str, str]] = []
    for row in table.rows:
        if len(found) == most:
            break
        try:
            records = reading.parse(row)
        except Refused as refused:
            field = f"“{refused.field}”：" if refused.field else ""
            found.append({ROW: str(row.number), REFUSED: f"{field}{refused.reason}"})
        else:
            if records is not None:
                found.append({ROW: str(row.number)} | _told(mapping, records))
    return found


def _told(mapping: Mapping, records: Iterable[Record]) -> dict[str, str]:
    held = list(records)
    first = held[0]
    if isinstance(first, Remark):  # no template has comments
        return {}
    name = f"（{first.account_name}）" if first.account_name else ""
    told = {ACCOUNT: f"{first.account_id}{name}"}
    said = {field: word for word, field in words(mapping.kind).items()}
    for record in held:
        if isinstance(record, Sum):
            told[SPAN] = (
                str(record.start) if record.start == record.end else f"{record.start} 至 {record.end}"
            )
    fields = [one for field in mapping.columns.values() for one in _PARTS.get(field, (field,))]
    for field in fields:
        if field in said and field not in _NOT_SHOWN:
            told[said[field]] = next((word for record in held if (word := _cell(record, field))), _UNKNOWN)
    return told


def _cell(record: Record, field: str) -> str:
    """A field as people read it: a number that is at least so much has a +, a shortened one a 约."""
    word = _word(_value(record, field))
    stored = "reads" if field == "readers" else field
    if word and not isinstance(record, Remark):
        word += "+" if stored in (record.censored or "").split(",") else ""
        word = f"约 {word}" if stored in (record.rounded or "").split(",") else word
    return word


def _value(record: Record, field: str) -> Any:
    if isinstance(record, Seen):
        if field in {"reads", "readers"}:
            basis = "views" if field == "reads" else "users"
            return record.reads if record.read_basis == basis else None
        if field == "form":
            return "视频" if record.video else f"图片 {record.pictures}" if record.pictures else None
        return getattr(record, field, None)
    if isinstance(record, Sum):
        if field == "readers":
            return record.counts.get("reads") if record.read_basis == "users" else None
        return record.counts.get(
            field, getattr(record, field, None) if field in {"note", "observed_at"} else None
        )
    if isinstance(record, Audience):
        return {"followers": record.followers, "date": record.observed_at}.get(field)
    return None


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return shown(str(value), _LONGEST)
