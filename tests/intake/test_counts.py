"""Counts by field, with their marks."""

from __future__ import annotations

from jianwei.intake.counts import counted
from jianwei.intake.lines import CellReader


def test_what_is_capped_shortened_blank_or_not_there() -> None:
    get = CellReader({"a": "10万+", "b": "1.2万", "c": "", "d": 0})
    told = counted(get, {"reads": "a", "likes": "b", "comments": "c", "shares": "d", "wow": "e"})
    assert told == {"reads": 100001, "likes": 12000, "comments": None, "shares": 0, "wow": None,
                    "censored": "reads", "rounded": "likes"}  # fmt: skip
