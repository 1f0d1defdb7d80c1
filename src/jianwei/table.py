"""Tables of a report: typed columns, rows with raw values, and how a value is shown.

A table keeps unrounded values; writers show them with `show`, exports write them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from jianwei.errors import RenderError

__all__ = ["CAPPED", "MISSING", "Column", "Kind", "Table", "column", "show"]

Kind = Literal[
    "text",
    "name",
    "count",
    "reads",
    "number",
    "percent",
    "points",
    "score",
    "rank",
    "change",
    "time",
    "day",
    "month",
]
"""How a column's values are meant: a `name` stays on one line, `reads` are those of a single post, which
WeChat stops counting at 100,000, `percent` and `points` are fractions, `change` counts places."""

CAPPED = 100_001
"""Stands for reads that WeChat shows as 10万+: at least so many, nobody knows how many."""

MISSING = "—"
"""What a cell without a value shows; a 0 is shown as 0."""

_NUMERIC = frozenset({"count", "reads", "number", "percent", "points", "score", "rank", "change"})


@dataclass(frozen=True)
class Column:
    """One column: the row's field `key`, the heading, the meaning of its values.

    `definition` is the Chinese text behind the column's numbers; `unit` stands in the heading;
    `address` is a template such as `board:r/c/p/{unit}#score` filled from each row.
    """

    key: str
    title: str
    kind: Kind = "text"
    digits: int = 2
    unit: str = ""
    definition: str = ""
    address: str = ""

    @property
    def numeric(self) -> bool:
        """Whether values stand right-aligned and bind to an address."""
        return self.kind in _NUMERIC

    @property
    def heading(self) -> str:
        """The title with its unit: 发布量（条）."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True)
class Table:
    """Rows under typed columns. `id` names it in addresses; `key` is the field that names a row.

    `definition`, `formula`, `query` and `rows_behind` say where its numbers come from; rows keep
    the given order. Raises RenderError for a column title used twice.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    key: str = ""
    note: str = ""
    definition: str = ""
    formula: str = ""
    query: str = ""
    rows_behind: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headings = [one.heading for one in self.columns]
        if len(set(headings)) != len(headings):
            raise RenderError(f"表“{self.title}”有重名的列")

    def row_key(self, place: int) -> str:
        """The name of the row at this place (from 1): its key field, else the place itself."""
        value = self.rows[place - 1].get(self.key) if self.key else None
        return str(value) if value not in (None, "") else str(place)

    def address(self, place: int, one: Column) -> str:
        """The address of the cell in the row at this place (from 1)."""
        if one.address:
            return one.address.format_map(_Fields(self.rows[place - 1], place))
        return f"table:{self.id}/{self.row_key(place)}#{one.key}"

    def only(self, keys: Sequence[str]) -> Table:
        """The table with these columns only, in this order."""
        known = {one.key: one for one in self.columns}
        return Table(**{**self.__dict__, "columns": tuple(known[key] for key in keys if key in known)})


class _Fields(dict[str, Any]):
    """Row fields for an address template; `place` is the row's place from 1."""

    def __init__(self, row: Mapping[str, Any], place: int) -> None:
        super().__init__(row)
        self["place"] = place

    def __missing__(self, key: str) -> str:
        return ""


def column(key: str, title: str, kind: Kind = "text", **more: Any) -> Column:
    """A Column, written short."""
    return Column(key, title, kind, **more)


def show(value: Any, one: Column) -> str:
    """The value as a cell shows it; None and NaN are MISSING, an empty text stays empty."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is unequal to itself
        return MISSING
    match one.kind:
        case "count" | "rank":
            return _fixed(value, 0)
        case "reads":
            return "10万+" if value == CAPPED else _fixed(value, 0)
        case "number" | "score":
            return _fixed(value, one.digits)
        case "percent":
            return _fixed(Decimal(str(value)) * 100, one.digits) + "%"
        case "points":
            return _signed(_fixed(Decimal(str(value)) * 100, one.digits))
        case "change":
            return _change(int(value))
        case _:
            return _written(value, one.kind)


def _fixed(value: Any, digits: int) -> str:
    number = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{abs(number) if number == 0 else number:,}".replace("-", "−")


def _signed(words: str) -> str:
    return words if words.startswith("−") else f"+{words}"


def _change(places: int) -> str:
    """Places gained since the period before: ↑3, ↓2, 持平."""
    if places == 0:
        return "持平"
    return f"{'↑' if places > 0 else '↓'}{abs(places)}"


def _written(value: Any, kind: Kind) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if kind == "day" else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if kind == "month":
        year, _, month = str(value).partition("-")
        return f"{year}年{int(month)}月" if month.isdigit() else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
