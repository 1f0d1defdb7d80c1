"""综合影响力排行榜: one section a cohort, with the note line, the sub-indices and who is 未参评."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jianwei.phrase import Span, Spans, clean, fill, leaders, number, tight
from jianwei.report.blocks import Facts, para, period_name, table_block
from jianwei.report.facts import board_key
from jianwei.report.model import Block, Bullets, Heading, Note, TableBlock
from jianwei.table import Column, Table, column

if TYPE_CHECKING:
    from jianwei.leaderboard import Leaderboard, Unranked

__all__ = ["chapter"]

_TABLES = {"市直机关": "T2", "区县": "T3", "公安系统": "T4", "基层": "T5"}
_TOPS = {"市直机关": 20}
_TOP = 10
_PLATFORMS = {"weibo": "微博", "wechat": "微信"}


def chapter(facts: Facts) -> list[Block]:
    """The boards by unit in the order given, then boards by account."""
    blocks: list[Block] = [Heading(1, "综合影响力排行榜", "boards")]
    if facts.boards:
        for board in facts.boards:
            blocks += _board(board, facts)
    else:
        blocks += para(
            fill(
                "本期没有按单位发布的综合榜单：数据不足以对单位作综合评价。现有数据可支持的账号榜单列于下文，只反映所采集内容的表现。"
            )
        )
    if facts.board_tables:
        blocks.append(Heading(2, "按账号的榜单", "account-boards"))
        blocks += [_account_board(table, facts) for table in facts.board_tables]
    return blocks


def _board(board: Leaderboard, facts: Facts) -> list[Block]:
    title = board.cohort_title
    blocks: list[Block] = [Heading(2, title, f"board-{board.recipe}-{board.cohort}")]
    blocks += para(leaders.board(facts.findings, _TABLES.get(board.cohort, "")))
    rows = _shown(board)
    if not rows:
        blocks += para(fill("{title}本期没有符合参评条件的单位，不发布名次。", title=title))
    else:
        blocks.append(_main(board, rows, facts))
        extra = _parts(board, facts)
        if extra:
            blocks.append(_annex(board, rows, extra, facts))
    return blocks + _unranked(board)


def _main(board: Leaderboard, rows: list[dict[str, Any]], facts: Facts) -> TableBlock:
    columns = [_cell(board, "rank", "排名", "rank"), _name(board)]
    columns += [_node(board, key, word) for key, word in _PLATFORMS.items() if key in board.node_titles]
    columns.append(_cell(board, "score", "综合指数", "score"))
    if any(row["change"] is not None for row in rows):
        columns.append(_cell(board, "change", "较上期", "change"))
    if any(row["marks"] for row in rows):
        columns.append(column("marks", "备注"))
    table = _table(board, "main", f"{board.cohort_title}综合影响力榜", columns, rows)
    return TableBlock(table, _caption(board, table, rows, facts), (_line(board, facts),))


def _annex(board: Leaderboard, rows: list[dict[str, Any]], extra: list[str], facts: Facts) -> TableBlock:
    columns = [_cell(board, "rank", "排名", "rank"), _name(board)]
    columns += [_node(board, key, board.node_titles[key].removesuffix("指数")) for key in extra]
    table = _table(board, "parts", f"{board.cohort_title}分项指数", columns, rows)
    return TableBlock(table, _caption(board, table, rows, facts), (), compact=len(extra) > 5)


def _table(
    board: Leaderboard, name: str, title: str, columns: list[Column], rows: list[dict[str, Any]]
) -> Table:
    return Table(
        f"board-{board.recipe}-{board.cohort}-{name}", title, tuple(columns), tuple(rows), key="code"
    )


def _caption(board: Leaderboard, table: Table, rows: list[dict[str, Any]], facts: Facts) -> Spans:
    words: Spans = (period_name(facts.period), Span(table.title))
    if len(rows) < len(board.rows):
        words += fill("（前{n}位）", n=Span(str(len(rows)), f"text:{len(rows)}"))
    return words


def _shown(board: Leaderboard) -> list[dict[str, Any]]:
    """The rows that the report lists: the first places, ties at the last one included."""
    top = _TOPS.get(board.cohort, _TOP)
    rows = [row for row in board.rows if row.rank is not None and row.rank <= top]
    return [
        {
            "code": row.code,
            "unit": clean(row.unit),
            "rank": row.rank,
            "score": row.score,
            "change": row.change,
            "marks": "、".join(row.marks),
            **{f"node.{key}": value for key, value in row.nodes.items()},
        }
        for row in rows
    ]


def _parts(board: Leaderboard, facts: Facts) -> list[str]:
    """Keys of the sub-indices: the recipe's first level where it is known, else what is no platform."""
    recipe: dict[str, Any] = next((dict(one) for one in facts.recipes if one.get("name") == board.recipe), {})
    first = [str(node["key"]) for node in recipe.get("nodes") or () if node.get("key") in board.node_titles]
    keys = first or list(board.node_titles)
    return [key for key in keys if key not in _PLATFORMS][:8]


def _cell(board: Leaderboard, key: str, title: str, kind: Any) -> Column:
    return column(key, title, kind, address=f"{board_key(board)}/{{code}}#{key}")


def _node(board: Leaderboard, key: str, title: str) -> Column:
    return column(f"node.{key}", title, "score", address=f"{board_key(board)}/{{code}}#node.{key}")


def _name(board: Leaderboard) -> Column:
    return column(
        "unit", "账号" if board.by == "account" else "单位", address=f"{board_key(board)}/{{code}}#unit"
    )


def _line(board: Leaderboard, facts: Facts) -> Spans:
    """The note under a board: 周期、采集时点、参评、未参评、方案版本."""
    key = board_key(board)
    ranked = len([row for row in board.rows if row.rank is not None])
    return fill(
        "注：周期{span}；采集时点{observed}；参评{ranked}家，未参评{out}家；评估方案《{recipe}》，方案版本{hash}。",
        span=Span(facts.period.span, "period"),
        observed=Span(_observed(board.observed), f"{key}#observed", name=True),
        ranked=Span(number.count(ranked), f"{key}#ranked"),
        out=Span(number.count(len(board.unranked)), f"{key}#unranked"),
        recipe=Span(board.recipe_title, f"version:{board.recipe_title}", name=True),
        hash=Span(board.recipe_hash[:12], f"{key}#recipe_hash", name=True),
    )


def _observed(times: tuple[datetime, datetime] | None) -> str:
    if times is None:
        return "不详"
    first, last = (time.strftime("%Y-%m-%d") for time in times)
    return first if first == last else f"{first}至{last}"


def _unranked(board: Leaderboard) -> list[Block]:
    """Who is 未参评 and why, one line a reason, units in the order given."""
    reasons: dict[str, list[Unranked]] = {}
    for out in board.unranked:
        reasons.setdefault(tight(out.reason), []).append(out)
    if not reasons:
        return []
    items = tuple(_reason(board, reason, outs) for reason, outs in reasons.items())
    return [Note(fill("未参评单位及原因（按建制顺序，未参评不等于排名靠后）：")), Bullets(items)]


def _reason(board: Leaderboard, reason: str, outs: Iterable[Unranked]) -> Spans:
    key = board_key(board)
    given = list(outs)
    names: Spans = ()
    for place, out in enumerate(given[:_TOP]):
        names += ((Span("、"),) if place else ()) + (
            Span(clean(out.unit), f"{key}/{out.code}#unit", name=True),
        )
    if len(given) > _TOP:
        total = Span(number.count(len(given)), f"text:{len(given)}")
        names += fill("等{n}家", n=total)
    return fill(
        "{names}：{reason}。",
        names=names,
        reason=Span(reason.rstrip("。"), f"{key}/{given[0].code}#reason", name=True),
    )


def _account_board(table: Table, facts: Facts) -> TableBlock:
    block = table_block(table, facts)
    return TableBlock(block.table, block.caption, block.notes, compact=len(table.columns) > 8)
