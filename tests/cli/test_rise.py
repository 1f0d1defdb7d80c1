"""`rise` as a command: what it prints for people and scripts, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Jianwei

BOARD = ("--recipe", "shuangwei-2015", "--cohort", "区县", "--period", "2015H1")


@pytest.fixture
def ranked(jianwei: Jianwei, demo_space: Path) -> list[str]:
    """Names of the ranked, the first of them first; at the end one who is not."""
    told = jianwei("-C", demo_space, "board", "shuangwei-2015", *BOARD[2:], "--draws", "0", "--json").json
    return [row["unit"] for row in told["rows"]] + [told["unranked"][0]["unit"]]


def test_the_help_page(jianwei: Jianwei) -> None:
    page = jianwei("rise", "--help").out
    for word in ("例：jianwei rise", "--places", "更新", "levers.toml", "不靠刷量"):
        assert word in page


def test_what_to_change_and_where_it_leads(jianwei: Jianwei, demo_space: Path, ranked: list[str]) -> None:
    words = ("-C", demo_space, "rise", ranked[9], "--places", "2", *BOARD)
    ran = jianwei(*words, "--json")
    told = ran.json
    assert (ran.code, ran.err) == (0, "")
    assert (told["outcome"], told["enough"], told["rank"], told["target_rank"]) == ("enough", True, 10, 8)
    assert told["new_rank"] <= 8
    assert told["new_score"] > told["score_to_pass"] > told["score"]
    assert told["steps"][0].keys() == {
        "platform", "lever", "title", "from", "to", "change", "cost", "points", "why_cost", "why_bound",
    }  # fmt: skip
    assert told["cost"] == pytest.approx(sum(step["cost"] for step in told["steps"]))
    assert {one["measure"] for one in told["measures"]} >= {step["lever"] for step in told["steps"]}
    shown = jianwei(*words)
    assert shown.code == 0
    for word in (
        "第 10 名",
        "目标第 8 名",
        "可做的事",
        "成本（人时）",
        "随之变动的指标",
        "全榜重新计分",
        f"→ 第 {told['new_rank']} 名",
        "假定其他单位都不变",
        "没有考虑",
    ):
        assert word in shown.out


def test_too_far_says_how_far_it_goes(jianwei: Jianwei, demo_space: Path, ranked: list[str]) -> None:
    last = len(ranked) - 1
    words = ("-C", demo_space, "rise", ranked[last - 1], "--places", last - 1, *BOARD)
    told = jianwei(*map(str, words), "--json").json
    assert (told["outcome"], told["enough"], told["target_rank"]) == ("short", False, 1)
    assert told["places_won"] == told["rank"] - told["best_rank"]
    shown = jianwei(*map(str, words))
    assert shown.code == 0
    assert f"没有办法前进 {last - 1} 名" in shown.out
    assert (f"到第 {told['best_rank']} 名" if told["places_won"] else "一名也前进不了") in shown.out


def test_the_first_and_the_unranked(jianwei: Jianwei, demo_space: Path, ranked: list[str]) -> None:
    first = jianwei("-C", demo_space, "rise", ranked[0], *BOARD)
    assert (first.code, "现居第 1 名" in first.out) == (0, True)
    out = jianwei("-C", demo_space, "rise", ranked[-1], *BOARD)
    assert (out.code, "未参评，没有名次可以提升：" in out.out) == (0, True)
    told = jianwei("-C", demo_space, "rise", ranked[-1], *BOARD, "--json").json
    assert (told["outcome"], told["rank"], told["steps"]) == ("unranked", None, [])
    assert told["reason"] in out.out


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("没有这家",), "没有单位"),
        (("没有这家", "--cohort", "没有这个"), "没有"),
        (("甲", "--places", "0"), "不小于 1"),
        (("甲", "--period", "2015H3"), "周期"),
        ((), "缺少“单位”"),
    ],
)
def test_what_cannot_be_answered_ends_with_2(
    jianwei: Jianwei, demo_space: Path, words: tuple[str, ...], what: str
) -> None:
    ran = jianwei("-C", demo_space, "rise", *words)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err


def test_more_places_than_there_are(jianwei: Jianwei, demo_space: Path, ranked: list[str]) -> None:
    ran = jianwei("-C", demo_space, "rise", ranked[2], "--places", "3", *BOARD, "--json")
    assert ran.code == 2
    assert ran.json["ok"] is False
    assert "只有 2 名可进" in ran.json["error"]
    assert "1 至 2" in ran.json["hint"]
