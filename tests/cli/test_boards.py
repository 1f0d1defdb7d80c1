"""`measures`, `posts`, `board`: names of the contract, ties at the cut, missing apart from zero."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from jianwei.workspace import space
from tests.cli.conftest import POSTS, Jianwei
from tests.workspace import made

NAMES = [
    "unit",
    "days",
    "posts",
    "originals",
    "reads",
    "max_reads",
    "headline_reads",
    "likes",
    "max_likes",
    "headline_likes",
    "wow",
    "max_wow",
    "headline_wow",
    "shares",
    "max_shares",
    "headline_shares",
    "reposts",
    "comments",
    "original_reposts",
    "original_comments",
    "works",
    "new_followers",
    "followers",
]
"""CONTRACTS.md, presets and input names."""


def test_measures_have_the_names_of_the_contract(jianwei: Jianwei, demo_space: Path) -> None:
    told = jianwei("-C", demo_space, "measures", "--period", "2015H1", "--json").json
    assert [name for name in NAMES if name not in told["rows"][0]] == []
    assert {row["days"] for row in told["rows"]} == {180}
    wechat = next(row for row in told["rows"] if row["platform"] == "wechat")
    assert wechat["reposts"] is None
    assert told["queries"]["posts"]


def test_posts_say_whose_they_are(jianwei: Jianwei, place: Path) -> None:
    rows = jianwei("-C", place, "posts", "--period", "2015-03", "--json").json
    assert [(row["unit"], row["account"], row["account_id"]) for row in rows] == [
        ("甲局", "账号001", "weibo:9000000001")
    ] * 2
    assert [datetime.fromisoformat(row["published_at"]).day for row in rows] == [1, 20]
    shown = jianwei("-C", place, "posts", "--period", "2015-03")
    assert "账号001" in shown.out
    assert "第2条政策解读" in shown.out


def test_no_posts_is_an_empty_list(jianwei: Jianwei, place: Path) -> None:
    assert jianwei("-C", place, "posts", "--period", "2015-04", "--json").json == []
    ran = jianwei("-C", place, "posts", "--period", "2015-04")
    assert (ran.code, "没有发布内容" in ran.out) == (0, True)


def test_a_long_list_is_cut_for_people_only(jianwei: Jianwei, demo_space: Path) -> None:
    words = ("-C", demo_space, "posts", "--period", "2015H1")
    assert len(jianwei(*words, "--json").json) > 201
    shown = jianwei(*words)
    assert len(shown.out.splitlines()) == 202  # title, header, rows
    assert "--json" in shown.err


def test_a_board_by_account_names_the_unit(jianwei: Jianwei, demo_space: Path) -> None:
    words = (
        "-C",
        demo_space,
        "board",
        "bci",
        "--cohort",
        "全部单位",
        "--period",
        "2015H1",
        "--by",
        "account",
    )
    told = jianwei(*words, "--json").json
    assert told["by"] == "account"
    assert all(row["owner"] for row in told["rows"])
    assert jianwei(*words, "--top", "2").out.count("%") <= 2
    ran = jianwei(*words[:-1], "系统")
    assert ran.code == 2
    assert "unit、account" in ran.err


def test_top_keeps_ties_at_the_cut_and_all_the_unranked(jianwei: Jianwei, demo_space: Path) -> None:
    words = ("-C", demo_space, "board", "shuangwei-2015", "--cohort", "区县", "--period", "2015H1", "--json")
    whole = jianwei(*words).json
    cut = jianwei(*words, "--top", "5").json
    assert cut["rows"] == [row for row in whole["rows"] if row["rank"] <= 5]
    assert cut["unranked"] == whole["unranked"]
    assert [row["score"] for row in whole["rows"]] == sorted(
        (r["score"] for r in whole["rows"]), reverse=True
    )


def test_nobody_to_rank_is_said_with_the_reasons(jianwei: Jianwei, place: Path) -> None:
    words = ("-C", place, "board", "bci", "--cohort", "全部单位", "--period", "2014-03")
    told = jianwei(*words, "--json").json
    assert told["rows"] == []
    assert [bool(one["reason"]) for one in told["unranked"]] == [True, True]
    ran = jianwei(*words)
    assert ran.code == 0
    assert "没有可以排名的单位" in ran.out


@pytest.mark.parametrize("period", ["0001", "9999H2", "1899-12-31..1900-01-01", "2999-12-31..3000-01-01"])
@pytest.mark.parametrize("command", [("measures",), ("posts",), ("board", "bci", "--cohort", "区县")])
def test_a_year_without_neighbours_is_refused(
    jianwei: Jianwei, place: Path, command: tuple[str, ...], period: str
) -> None:
    ran = jianwei("-C", place, *command, "--period", period)
    assert (ran.code, ran.out) == (2, "")
    assert period in ran.err


def test_without_a_roster_the_next_step_is_said(jianwei: Jianwei, tmp_path: Path) -> None:
    jianwei("init", tmp_path / "新")
    for command in (("measures",), ("board", "bci", "--cohort", "区县"), ("findings",), ("report",)):
        ran = jianwei("-C", tmp_path / "新", *command, "--period", "2015H1")
        assert ran.code == 2
        assert "registry import" in ran.err


def test_a_damaged_roster_is_said(jianwei: Jianwei, tmp_path: Path) -> None:
    jianwei("init", tmp_path / "新")
    folder = tmp_path / "新" / "roster"
    jianwei(
        "-C", tmp_path / "新", "registry", "import", made.register(tmp_path / "a.xlsx", [("A", "甲局")], [])
    )
    (version,) = (path for path in folder.iterdir() if path.is_dir())
    shutil.copy(folder / "publications.jsonl", version / "accounts.parquet")
    ran = jianwei("-C", tmp_path / "新", "board", "bci", "--cohort", "区县", "--period", "2015H1")
    assert ran.code == 2
    assert "台账版本" in ran.err
    assert "备份" in ran.err


def test_private_numbers_are_shown_masked_and_counted(jianwei: Jianwei, tmp_path: Path) -> None:
    opened = space.create(tmp_path / "space").path
    path = made.timeline(tmp_path, "9000000001", POSTS)
    path.write_text(
        path.read_text("utf-8-sig").replace("第1条政策解读", "联系13812345678，热线12345"), "utf-8-sig"
    )
    told = jianwei("-C", opened, "ingest", path)
    assert told.code == 0
    assert "1 条发布内容含个人信息（手机号 1 条）" in told.err
    (row,) = jianwei("-C", opened, "posts", "--period", "2015H1", "--private", "--json").json
    assert (row["text"], row["private"]) == ("联系138****5678，热线12345", ["手机号"])
    for words in ((), ("--private",)):
        ran = jianwei("-C", opened, "posts", "--period", "2015H1", *words)
        assert "138****5678" in ran.out
        assert "13812345678" not in ran.out
    assert "按账号" in ran.out
    assert "没有发现" in jianwei("-C", opened, "posts", "--period", "2014H1", "--private").out
