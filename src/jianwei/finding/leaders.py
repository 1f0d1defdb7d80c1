"""Findings on who leads: the first units of the boards of the seed's cohorts (T2 to T5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jianwei.finding.ground import Ground
from jianwei.finding.model import Finding
from jianwei.leaderboard import Leaderboard, Row

__all__ = ["BOARDS", "firsts", "leaders"]

BOARDS: tuple[tuple[str, str, int], ...] = (
    ("T2.leaders", "市直机关", 5),
    ("T3.leaders", "区县", 10),
    ("T4.leaders", "公安系统", 10),
    ("T5.leaders", "基层", 10),
)
"""Finding, cohort, how many places."""

_NODES = (("T3.spread_first", "spread", "传播指数"), ("T3.interact_first", "interact", "互动指数"))


def leaders(ground: Ground, boards: Mapping[str, Leaderboard]) -> list[Finding]:
    """T2 to T5: names of the first units of each cohort's board, ties at the cut kept."""
    found = []
    for id, cohort, most in BOARDS:
        definition = f"{cohort}榜单的前 {most} 位（并列的全部列出）"
        board = boards.get(cohort)
        reason = _no_board(board, cohort)
        if board is None or reason:
            found.append(ground.absent(id, "名次", definition, reason))
            continue
        first = [row for row in board.rows if (row.rank or 0) <= most]
        found.append(_of_board(ground.finding(
            id, [row.unit for row in first], "名次", f"{definition}；{board.recipe_title}",
            formula="综合指数由高到低", rows=len(board.rows), detail=tuple(_card(row) for row in first),
        ), board))  # fmt: skip
    return found


def firsts(ground: Ground, boards: Mapping[str, Leaderboard], wechat: Leaderboard | None) -> list[Finding]:
    """T2.wechat_first over all WeChat accounts; T3's first in 传播 and 互动."""
    definition = "全部微信账号按 WCI 2.0 的第一位所属单位（2015 年微信只公开阅读数和点赞数）"
    found = []
    if wechat is None or not wechat.rows:
        reason = _no_board(wechat, "全部微信账号")
        found.append(ground.absent("T2.wechat_first", "名次", definition, reason))
    else:
        first = [row for row in wechat.rows if row.rank == 1]
        names = list(dict.fromkeys(row.owner for row in first))
        leader = names[0] if len(names) == 1 else names
        found.append(_of_board(ground.finding(
            "T2.wechat_first", leader, "名次", definition, formula="WCI 由高到低", rows=len(wechat.rows),
            detail=tuple(_card(row) | {"account": row.unit, "unit": row.owner} for row in first),
        ), wechat))  # fmt: skip
    board = boards.get("区县")
    for id, node, title in _NODES:
        definition = f"区县榜单中{title}最高的单位"
        reason = _no_board(board, "区县")
        if board is None or reason:
            found.append(ground.absent(id, "名次", definition, reason))
            continue
        known = [(row, value) for row in board.rows if (value := row.nodes.get(node)) is not None]
        if not known:
            found.append(ground.absent(id, "名次", definition, f"方案 {board.recipe} 没有{title}"))
            continue
        most = max(value for _, value in known)
        best = [row.unit for row, value in known if value == most]
        found.append(_of_board(ground.finding(
            id, best[0] if len(best) == 1 else best, "名次", definition, formula=f"{title}由高到低",
            rows=len(known), detail=tuple({"unit": name, "score": most} for name in best),
        ), board))  # fmt: skip
    return found


def _no_board(board: Leaderboard | None, cohort: str) -> str:
    if board is None:
        return f"没有为“{cohort}”排榜"
    if not board.rows:
        return f"“{cohort}”没有单位参评" if board.unranked else f"台账中没有属于“{cohort}”的单位"
    return ""


def _of_board(finding: Finding, board: Leaderboard) -> Finding:
    return replace(finding, recipe_hash=board.recipe_hash)


def _card(row: Row) -> dict[str, object]:
    return {
        "rank": row.rank,
        "code": row.code,
        "unit": row.unit,
        "score": row.score,
        "change": row.change,
        "tie": row.tie,
    }
