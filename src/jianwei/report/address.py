"""From an address to what it names: the raw value, and the source that a reader can open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jianwei.errors import RenderError
from jianwei.phrase.address import value_at
from jianwei.report import combination
from jianwei.report.facts import Facts, board_key
from jianwei.table import Table

if TYPE_CHECKING:
    from jianwei.leaderboard import Leaderboard

__all__ = ["resolve", "source_of"]


def resolve(address: str, facts: Facts, tables: Iterable[Table] = ()) -> Any:
    """The raw value that an address names in these facts and tables.

    Raises RenderError for an address that names nothing: a number that cannot be followed.
    """
    kind, colon, rest = address.partition(":")
    if not colon:
        return _plain(address, facts)
    match kind:
        case "board":
            return _board(address, facts)
        case "table":
            return _table(rest, tables, address)
        case "recipe":
            return _recipe(rest, facts, address)
        case "version" | "ref" | "text":
            return rest
        case _:
            raise RenderError(f"地址“{address}”无所指")


def source_of(address: str) -> str:
    """The id of the source behind an address: the finding, or the column of a board or table."""
    kind, colon, rest = address.partition(":")
    if not colon:
        return address.partition("#")[0]
    place, _, field = rest.rpartition("#")
    match kind:
        case "board":
            return f"board:{'/'.join(place.split('/')[:3])}#{field}"
        case "table":
            return f"table:{place.partition('/')[0]}#{field}"
        case "recipe":
            return f"recipe:{place.partition('/')[0]}"
        case _:
            return address


def _plain(address: str, facts: Facts) -> Any:
    name, _, part = address.partition("#")
    if name == "period":
        return _period(part, facts)
    if name == "convention":
        return 30
    if name == "imports":
        return len(facts.imports) if part == "files" else sum(row.get(part) or 0 for row in facts.imports)
    if name == "coverage":
        return sum(1 for row in facts.coverage if row.get("grade") == part)
    finding = facts.findings.get(name)
    if finding is None:
        raise RenderError(f"地址“{address}”无所指")
    return value_at(finding, address)


def _period(part: str, facts: Facts) -> Any:
    period = facts.period
    match part:
        case "":
            return period.span
        case "name":
            return period.chinese
        case "end":
            return period.end
        case "start":
            return period.start
        case "days":
            return period.days("30-day-months")
        case "calendar_days":
            return period.calendar_days
        case _:
            raise RenderError(f"周期没有“{part}”")


def _board(address: str, facts: Facts) -> Any:
    place, _, field = address.rpartition("#")
    for board in facts.boards:
        key = board_key(board)
        if place == key:
            return _of_board(board, field, address)
        if place.startswith(key + "/"):
            return _of_row(board, place[len(key) + 1 :], field, address)
    raise RenderError(f"地址“{address}”无所指")


def _of_board(board: Leaderboard, field: str, address: str) -> Any:
    if field == "ranked":
        return len([row for row in board.rows if row.rank is not None])
    if field == "unranked":
        return len(board.unranked)
    if field in ("observed", "recipe_hash"):
        return getattr(board, field)
    raise RenderError(f"地址“{address}”无所指")


def _of_row(board: Leaderboard, code: str, field: str, address: str) -> Any:
    for row in board.rows:
        if row.code == code:
            if field.startswith("node."):
                return row.nodes.get(field[5:])
            return getattr(row, field)
    for out in board.unranked:
        if out.code == code:
            return getattr(out, field)
    raise RenderError(f"地址“{address}”无所指")


def _table(rest: str, tables: Iterable[Table], address: str) -> Any:
    place, _, field = rest.rpartition("#")
    name, _, key = place.partition("/")
    for table in tables:
        if table.id != name:
            continue
        for number, row in enumerate(table.rows, 1):
            if table.row_key(number) == key:
                return row.get(field)
    raise RenderError(f"地址“{address}”无所指")


def _recipe(rest: str, facts: Facts, address: str) -> Any:
    """`recipe:NAME/NODE#weight`, or `recipe:NAME#need` of the recipe itself."""
    place, _, field = rest.rpartition("#")
    name, _, key = place.partition("/")
    for recipe in facts.recipes:
        if recipe.get("name") == name:
            node = combination.find(recipe.get("nodes") or (), key) if key else recipe
            if node is not None and field in node:
                return node[field]
    raise RenderError(f"地址“{address}”无所指")
