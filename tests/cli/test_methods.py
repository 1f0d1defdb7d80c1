"""`recipes`, `recipe show|check`, `index`: on files of every kind."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # has no stubs

from tests.cli.conftest import Jianwei
from tests.test_clean_import import jianwei as fresh

ROWS: list[tuple[Any, ...]] = [("unit", "osi", "hci", "tii"), ("甲", 0.9, 0.6, 0.3), ("乙", 0.3, 0.3, 0.3)]


def write(path: Path, rows: list[tuple[Any, ...]], encoding: str = "utf-8") -> Path:
    """The rows as a CSV or a workbook."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.csv", "utf-8"), ("a.csv", "utf-8-sig"), ("a.csv", "gb18030"), ("a.xlsx", "")]
)
def test_index_reads_what_offices_save(jianwei: Jianwei, tmp_path: Path, name: str, encoding: str) -> None:
    rows = jianwei("index", "un-egdi", write(tmp_path / name, ROWS, encoding), "--json").json
    assert [(row["unit"], row["rank"]) for row in rows] == [("甲", 1), ("乙", 2)]
    assert rows[0]["score"] == pytest.approx(0.6, abs=1e-15)
    assert rows[0]["nodes"]["osi"] == pytest.approx(0.9)
    assert "reason" not in rows[0]


def test_index_says_what_it_left_out_and_ends_with_1(jianwei: Jianwei, tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [*ROWS, ("乙", 0.9, 0.9, 0.9), ("丙", "约三", 0.3, 0.3)])
    ran = jianwei("index", "un-egdi", table, "--json")
    assert ran.code == 1
    assert "第 4 行" in ran.err
    assert "约三" in ran.err
    rows = {row["unit"]: row for row in ran.json}
    assert rows["乙"]["score"] == pytest.approx(0.3)
    assert (rows["丙"]["score"], rows["丙"]["rank"]) == (None, None)
    assert rows["丙"]["reason"]
    shown = jianwei("index", "un-egdi", table)
    assert "—" in shown.out


def test_index_takes_other_column_names(jianwei: Jianwei, tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", [("unit", "osi", "hci", "基础设施"), *ROWS[1:]])
    assert jianwei("index", "un-egdi", table, "--rename", "基础设施=tii", "--json").json[0]["rank"] == 1
    ran = jianwei("index", "un-egdi", table, "--rename", "基础设施")
    assert ran.code == 2
    assert "--rename" in ran.err


@pytest.mark.parametrize(
    ("recipe", "rows", "what"),
    [
        ("un-egdi", [], "空"),
        ("un-egdi", ROWS[:1], "只有表头"),
        ("un-egdi", [("unit", "osi"), ("甲", 1)], "hci"),
        ("un-egdi", [("osi", "hci", "tii"), (1, 1, 1)], "unit"),
        ("un-egde", ROWS, "un-egdi"),
        ("没有", ROWS, "jianwei recipes"),
    ],
)
def test_index_refuses_what_it_cannot_use(
    jianwei: Jianwei, tmp_path: Path, recipe: str, rows: list[tuple[Any, ...]], what: str
) -> None:
    ran = jianwei("index", recipe, write(tmp_path / "a.csv", rows), "--json")
    assert ran.code == 2
    assert what in ran.err
    assert ran.json["ok"] is False


def test_index_refuses_no_file_and_a_folder(jianwei: Jianwei, tmp_path: Path) -> None:
    assert "没有文件" in jianwei("index", "un-egdi", tmp_path / "没有.csv").err
    ran = jianwei("index", "un-egdi", tmp_path)
    assert (ran.code, "文件夹" in ran.err) == (2, True)


def test_check_lists_every_problem_at_once(jianwei: Jianwei, tmp_path: Path) -> None:
    for name in ("bci", "shuangwei-2015"):
        ran = jianwei("recipe", "check", name, "--json")
        assert (ran.code, ran.json) == (0, [])
    bad = tmp_path / "坏.toml"
    bad.write_text('[recipe]\nname = "x"\nkind = "compsite"\nneed = 3\n', "utf-8")
    ran = jianwei("recipe", "check", bad, "--json")
    assert ran.code == 2
    assert len([issue for issue in ran.json if issue["level"] == "error"]) >= 2
    assert "处错误" in jianwei("recipe", "check", bad).out
    for gone in ("没有", tmp_path / "没有.toml"):
        assert jianwei("recipe", "check", gone).code == 2


def test_show_prints_the_tree(jianwei: Jianwei) -> None:
    ran = jianwei("recipe", "show", "shuangwei-2015")
    assert "100.00%" in ran.out
    assert "微博日均发布" in ran.out
    told = jianwei("recipe", "show", "shuangwei-2015", "--json").json
    assert (told["name"], len(told["hash"])) == ("shuangwei-2015", 16)


def test_recipes_say_how_far_they_are_verified(jianwei: Jianwei) -> None:
    for row in jianwei("recipes", "--json").json:
        assert row["source"]
        assert row["status"] in ("verified", "partly", "recalled", "declared")


def test_recipes_start_no_lake(tmp_path: Path) -> None:
    done, loaded = fresh(tmp_path, "recipes", "--json")
    assert done.returncode == 0, done.stderr
    assert "jianwei.recipe" in loaded
    assert loaded & {"duckdb", "deltalake", "django", "rich"} == set()
