"""Why a day of an account is not known in full: codes, Chinese words, and the numbers of the rules."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REASONS", "RULES", "UNSEEN"]

REASONS: Mapping[str, str] = {
    "unvouched": "没有来源覆盖",
    "search": "只有检索片段",
    "gap": "疑似缺采：空档远长于该账号平时的间隔",
    "profile": "库内条数少于主页微博数的增量",
    "page_limit": "疑似翻页上限：文件恰为整页，最早一天可能不全",
    "quarantine": "同一文件同一天有待处理记录",
    "text": "正文不全（展开全文），数字不受影响",
    "totals": "只有汇总读数，没有逐条",
}
"""Reasons by code; `text` and `totals` are remarks that change no day's state."""

UNSEEN: frozenset[str] = frozenset({"gap"})
"""Doubts of days on which nothing was seen: such days do not count as covered."""

RULES: Mapping[str, int | float] = {
    "gap_days": 14,
    "gap_times": 14,
    "gap_known": 20,
    "gap_sides": 5,
    "gap_around": 62,
    "page_rows": 100,
    "page_least": 200,
    "profile_share": 0.9,
    "profile_posts": 5,
}
"""Numbers of the rules, by the names that doubts.sql takes.

gap_days: silent days that make a gap at least. gap_times: how many times the account's mean distance
between days with posts a gap must reach. gap_known: such distances that must be known. gap_sides: how
many of them on either side of the gap. gap_around:
days before and after the period in which the rhythm is looked at. page_rows, page_least: a file of
one account whose number of rows is a multiple of page_rows, page_least or more, may have been cut.
profile_share, profile_posts: posts in the lake may fall short of the growth of 微博数 by less than a
tenth, or by fewer than five.
"""
