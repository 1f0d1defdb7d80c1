"""What the numbers of a document open: one Source a finding, one a column of a board or table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from jianwei.finding.model import Finding
from jianwei.phrase import Spans, plain, text_of, title_of
from jianwei.phrase import number as shapes
from jianwei.report import combination
from jianwei.report.address import source_of
from jianwei.report.facts import Facts, board_key
from jianwei.report.model import (
    Block,
    Box,
    Bullets,
    Cards,
    FigureBlock,
    KpiRow,
    Note,
    Para,
    Source,
    TableBlock,
    Tree,
)
from jianwei.table import Table

if TYPE_CHECKING:
    from jianwei.leaderboard import Leaderboard

__all__ = ["addresses", "collect", "spans_of", "tables_of"]

_COLUMNS = {
    "rank": ("排名", "按未舍入的综合指数由高到低，并列者同名次，其后名次顺延"),
    "score": ("综合指数", "按评估方案对单位全部账号计算的综合得分"),
    "change": ("较上期", "与上一周期同一榜单相比的名次变化，上升为“↑”"),
    "ranked": ("参评单位数", "满足方案数据要求、给出名次的单位数"),
    "unranked": ("未参评单位数", "在参评范围内但不满足方案数据要求的单位数"),
}


def spans_of(block: Block) -> Iterator[Spans]:
    """Every sentence in a block, captions and notes included."""
    match block:
        case Para(spans) | Note(spans):
            yield spans
        case Bullets(items):
            yield from items
        case Box():
            yield from block.items
            for what, why in block.pairs:
                yield what
                yield why
        case KpiRow(items):
            for kpi in items:
                yield kpi.value
                yield kpi.remark
        case Cards(items):
            for card in items:
                yield from (card.account, card.title, card.meta, card.counts, card.reason)
        case TableBlock() | FigureBlock():
            yield block.caption
            yield from block.notes
        case Tree():
            for _, _, weight, effective, _ in block.rows:
                yield weight
                yield effective
        case _:
            return


def tables_of(blocks: Iterable[Block]) -> Iterator[Table]:
    """Every table of the document, those behind figures included."""
    for block in blocks:
        if isinstance(block, (TableBlock, FigureBlock)) and block.table is not None:
            yield block.table


def addresses(blocks: Iterable[Block]) -> Iterator[str]:
    """Every address that a span or a numeric cell of the document carries."""
    for block in blocks:
        for spans in spans_of(block):
            yield from (span.address for span in spans if span.address)
    for table in tables_of(blocks):
        for place in range(1, len(table.rows) + 1):
            yield from (table.address(place, one) for one in table.columns if one.numeric or one.address)


def collect(blocks: list[Block], facts: Facts) -> dict[str, Source]:
    """The sources of all numbers in the blocks, by id."""
    tables = {table.id: table for table in tables_of(blocks)}
    boards = {board_key(board): board for board in facts.boards}
    found: dict[str, Source] = {}
    for address in addresses(blocks):
        name = source_of(address)
        if name in found:
            continue
        source = _make(name, facts, tables, boards)
        if source is not None:
            found[name] = source
    return found


def _make(
    name: str, facts: Facts, tables: Mapping[str, Table], boards: Mapping[str, Leaderboard]
) -> Source | None:
    if name in facts.findings:
        return _finding(facts.findings[name], facts)
    if name.startswith("board:"):
        key, _, field = name.rpartition("#")
        return _board(name, boards[key], field, facts) if key in boards else None
    if name.startswith("table:"):
        key, _, field = name[6:].rpartition("#")
        return _column(name, tables[key], field, facts) if key in tables else None
    if name == "imports":
        return Source(
            name, "来源文件行数", "全部来源文件读入、采用、重复和待处理的行数之和", "读入＝采用＋重复＋待处理"
        )
    if name == "coverage":
        return Source(name, "数据完整度", "账号本期有来源可以证明的天数 ÷ 应有天数；达到 95% 为完整")
    if name.startswith("recipe:"):
        return _recipe(name, facts)
    return None


def _finding(finding: Finding, facts: Facts) -> Source:
    versions = {
        "数据版本": finding.lake_version,
        "台账版本": finding.roster_version,
        "方案版本": finding.recipe_hash[:12],
    }
    alt = ""
    if isinstance(finding.alt, (int, float)) and finding.alt != finding.value:
        alt = f"另一口径（日历天数）：{shapes.quantity(finding.alt, 4)}{finding.unit}"
    return Source(
        finding.id,
        title_of(finding.id),
        finding.definition,
        finding.formula,
        finding.query.strip(),
        finding.rows,
        plain(text_of(finding, facts.period)),
        alt,
        {name: words for name, words in versions.items() if words},
    )


def _board(name: str, board: Leaderboard, field: str, facts: Facts) -> Source:
    node = field.removeprefix("node.")
    title, definition = _COLUMNS.get(field, (board.node_titles.get(node, node), "评估方案中该项指数的得分"))
    return Source(
        name,
        f"{title}（{board.cohort_title}）",
        definition,
        _formula(board, node if field.startswith("node.") else "", facts),
        versions={
            "评估方案": board.recipe_title,
            "方案版本": board.recipe_hash[:12],
            "数据版本": board.lake_version,
            "台账版本": board.roster_version,
        },
    )


def _formula(board: Leaderboard, node: str, facts: Facts) -> str:
    """Children and weights of a node (of the whole recipe for ""), as the recipe declares them."""
    recipe = next((one for one in facts.recipes if one.get("name") == board.recipe), None)
    if recipe is None:
        return ""
    if not node:
        return combination.of_children(recipe.get("root") or {}, recipe.get("nodes") or ())
    found = combination.find(recipe.get("nodes") or (), node)
    if found is None:
        return ""
    children = found.get("children") or ()
    return combination.of_children(found, children) if children else combination.leaf(found)


def _column(name: str, table: Table, field: str, facts: Facts) -> Source | None:
    one = next((column for column in table.columns if column.key == field), None)
    if one is None:
        return None
    return Source(
        name,
        f"{one.title}（{table.title}）",
        one.definition or table.definition,
        table.formula,
        table.query.strip(),
        table.rows_behind or None,
        versions=table.versions or facts.versions,
    )


def _recipe(name: str, facts: Facts) -> Source | None:
    recipe = next((one for one in facts.recipes if f"recipe:{one.get('name')}" == name), None)
    if recipe is None:
        return None
    title = str(recipe.get("title") or recipe.get("name"))
    return Source(
        name,
        f"权重（{title}）",
        "权重：在上一级中所占份额；合成权重：在总指数中所占份额，为各级权重之积。权重由方案声明，不由数据推算",
        versions={"方案版本": str(recipe.get("hash", ""))[:12]},
    )
