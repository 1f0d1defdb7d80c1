"""`robust` and `compare` as commands: documents for scripts, tables for people, what they refuse."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Jianwei

BOARD = ("shuangwei-2015", "--cohort", "区县", "--period", "2015H1")


def test_robust(jianwei: Jianwei, demo_space: Path) -> None:
    told = jianwei("-C", demo_space, "robust", *BOARD, "--draws", "60", "--top", "3", "--json").json
    assert told.keys() >= {
        "recipe",
        "recipe_hash",
        "cohort",
        "period",
        "draws",
        "seed",
        "rows",
        "removals",
        "unranked",
    }
    assert [row["rank"] for row in told["rows"]] == [1, 2, 3]
    assert all(len(row["interval"]) == 2 for row in told["rows"])
    shown = jianwei("-C", demo_space, "robust", *BOARD, "--draws", "60", "--deep")
    assert shown.code == 0
    for word in ("可比区间", "等权对照", "去掉的指标", "Sobol", "种子 2015"):
        assert word in shown.out


def test_robust_of_a_table_needs_no_workspace(jianwei: Jianwei, tmp_path: Path, monkeypatch: object) -> None:
    path = tmp_path / "t.csv"
    path.write_text("unit,osi,hci,tii\n甲,0.9,0.8,0.7\n乙,0.1,x,0.3\n丙,0.2,0.3,0.1\n", "utf-8")
    ran = jianwei("robust", "un-egdi", "--table", path, "--draws", "20", "--json")
    assert ran.code == 1  # one cell is no number
    assert [row["unit"] for row in ran.json["rows"]] == ["甲", "丙"]
    assert ran.json["unranked"][0]["unit"] == "乙"


def test_robust_must_know_of_what(jianwei: Jianwei) -> None:
    ran = jianwei("robust", "un-egdi")
    assert (ran.code, "--cohort" in ran.err, "--table" in ran.err) == (2, True, True)


def test_compare(jianwei: Jianwei, demo_space: Path) -> None:
    words = (
        "-C",
        demo_space,
        "compare",
        "2014H2",
        "2015H1",
        "--recipe",
        "shuangwei-2015",
        "--cohort",
        "区县",
    )
    told = jianwei(*words, "--top", "2", "--json").json
    assert (told["from"], told["to"]) == ("2014H2", "2015H1")
    (one,) = told["boards"]
    assert [row["rank"] for row in one["rows"]] == [1, 2]
    assert one["rows"][0].keys() >= {
        "unit",
        "rank_before",
        "rank",
        "shift",
        "score_before",
        "score",
        "gain",
        "reasons",
    }
    shown = jianwei(*words)
    assert shown.code == 0
    assert "主要原因" in shown.out
    assert jianwei("-C", demo_space, "compare", "2015H1", "2014H2").code == 2


def test_the_board_of_a_unit_that_asks_why(jianwei: Jianwei, demo_space: Path) -> None:
    words = ("-C", demo_space, "board", *BOARD, "--draws", "30", "--why", "沙坪坝区委宣传部")
    told = jianwei(*words, "--json").json
    assert (told["unit"], told["rank"], told["recipe"]) == ("沙坪坝区委宣传部", 1, "shuangwei-2015")
    assert told["parts"][0].keys() >= {
        "code",
        "weight",
        "raw",
        "value",
        "median",
        "points",
        "over_median",
        "to_above",
    }
    assert told["posts"][0].keys() >= {"post_key", "title", "counts", "score", "rank", "gain"}
    shown = jianwei(*words)
    assert shown.code == 0
    for word in ("第 1 名", "比中位多得", "影响最大的内容"):
        assert word in shown.out
    assert jianwei(*words[:-1], "没有这家").code == 2
    assert jianwei(*words, "--by", "account").code == 2


def test_a_board_has_its_intervals_unless_none_are_asked(jianwei: Jianwei, demo_space: Path) -> None:
    told = jianwei("-C", demo_space, "board", *BOARD, "--json").json
    assert all(low <= high for low, high in (row["interval"] for row in told["rows"]))
    told = jianwei("-C", demo_space, "board", *BOARD, "--draws", "0", "--json").json
    assert {row["interval"] for row in told["rows"]} == {None}
