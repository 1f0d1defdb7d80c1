"""The commands' documents and exit codes, as CONTRACTS.md lists them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from jianwei.workspace import register, space
from tests.cli.conftest import POSTS, Jianwei
from tests.recipe.test_judging import HEAD, PAIRS
from tests.workspace import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace of one unit without posts, and beside it the files it may take."""
    opened = space.create(tmp_path / "space")
    book = made.register(tmp_path / "名册.xlsx", [("A", "甲局")], [("A", "账号001", "9000000001")])
    register.import_files(opened, [book], actor="测试")
    made.timeline(tmp_path, "9000000001", POSTS)
    return tmp_path


def test_the_road_from_files_to_a_report(jianwei: Jianwei, tmp_path: Path) -> None:
    place = tmp_path / "新"
    assert jianwei("init", place, "--json").json == {"path": str(place)}
    book = made.register(tmp_path / "名册.xlsx", [("A", "甲局")], [("A", "账号001", "9000000001")])
    assert jianwei("-C", place, "registry", "import", book, "--actor", "张三").code == 0
    source = made.timeline(tmp_path, "9000000001", POSTS)
    assert jianwei("-C", place, "ingest", source).code == 0
    told = jianwei("-C", place, "report", "--period", "2015-03", "--out", tmp_path / "出", "--json")
    assert told.code == 0
    assert (tmp_path / "出" / "report.html").is_file()
    assert json.loads(told.out)


def test_ingest(jianwei: Jianwei, folder: Path) -> None:
    ran = jianwei("-C", folder / "space", "ingest", folder / "账号001", "--json")
    assert ran.code == 0
    (file,) = ran.json["files"]
    assert file.keys() >= {"path", "sha256", "format", "era", "observed_at_from", "rows_read", "rows_taken",
                           "rows_duplicate", "rows_quarantined", "issues"}  # fmt: skip
    totals = ran.json["totals"]
    assert (
        totals["rows_read"]
        == totals["rows_taken"] + totals["rows_duplicate"] + totals["rows_quarantined"]
        == 2
    )
    for issue in file["issues"]:
        assert issue.keys() >= {"level", "code", "where", "what", "hint"}


def test_ingest_ends_with_1_where_rows_need_a_person_and_2_where_nothing_is_usable(
    jianwei: Jianwei, folder: Path, tmp_path: Path
) -> None:
    path = made.timeline(tmp_path, "9000000002", POSTS)
    path.write_text(path.read_text("utf-8-sig") + "1,半行\r\n", "utf-8-sig", newline="")
    ran = jianwei("-C", folder / "space", "ingest", path)
    assert ran.code == 1
    assert f"{path.name} 第4行" in ran.err.replace(" 第 4 行", " 第4行") or "4" in ran.err
    (tmp_path / "空.csv").touch()
    ran = jianwei("-C", folder / "space", "ingest", tmp_path / "空.csv")
    assert ran.code == 2
    assert "空文件" in ran.err


def test_explain_needs_no_workspace(jianwei: Jianwei, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    ran = jianwei("ingest", "--explain", folder / "账号001", "--json")
    assert (ran.code, ran.json["totals"]["rows_taken"]) == (0, 2)


def test_index(jianwei: Jianwei, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [
                ("unit", "osi", "hci", "tii"),
                ("甲", 0.9, 0.6, 0.3),
                ("乙", 0.3, "", 0.3),
                ("丙", 0.9, 0.6, 0.3),
            ]
        )
    rows = {row["unit"]: row for row in jianwei("index", "un-egdi", table, "--json").json}
    assert (rows["甲"]["rank"], rows["丙"]["rank"]) == (1, 1)
    assert rows["甲"]["score"] == pytest.approx(0.6)
    assert set(rows["甲"]) >= {"unit", "score", "rank", "nodes"}
    assert rows["乙"]["rank"] is None
    assert "hci" in rows["乙"]["reason"] or "人力" in rows["乙"]["reason"]


def test_board(jianwei: Jianwei, demo_space: Path) -> None:
    words = ("board", "shuangwei-2015", "--cohort", "区县", "--period", "2015H1")
    told = jianwei("-C", demo_space, *words, "--top", "3", "--json").json
    assert told.keys() >= {"recipe", "recipe_hash", "cohort", "period", "lake_version", "roster_version", "rows",
                           "unranked"}  # fmt: skip
    assert [row["rank"] for row in told["rows"]] == [1, 2, 3]
    assert told["rows"][0].keys() >= {
        "rank",
        "unit",
        "score",
        "change",
        "tie",
        "nodes",
        "interval",
        "coverage",
    }
    assert told["rows"][0]["unit"] == "沙坪坝区委宣传部"
    assert all(row.keys() >= {"unit", "reason"} and row["reason"] for row in told["unranked"])
    shown = jianwei("-C", demo_space, *words)
    assert shown.code == 0
    assert "沙坪坝区委宣传部" in shown.out


def test_findings_measures_posts_status(jianwei: Jianwei, place: Path) -> None:
    here = ("-C", place)
    found = jianwei(*here, "findings", "--period", "2015-03", "--json").json
    assert found[0].keys() >= {"id", "value", "alt", "unit", "text", "definition", "query", "rows",
                               "recipe_hash", "lake_version", "roster_version"}  # fmt: skip
    rows = jianwei(*here, "measures", "--period", "2015-03", "--json").json["rows"]
    (row,) = [row for row in rows if row["posts"] is not None]
    assert (row["posts"], row["reposts"], row["likes"], row["followers"]) == (2, 4, 12, None)
    posts = jianwei(*here, "posts", "--period", "2015-03", "--unit", "甲局", "--json").json
    assert [post["likes"] for post in posts] == [5, 7]
    assert jianwei(*here, "status", "--json").json["tables"]["posts"] >= 2
    for command in ("findings", "measures", "posts"):
        assert jianwei(*here, command, "--period", "2015-03").code == 0


def test_recipes(jianwei: Jianwei, tmp_path: Path) -> None:
    names = {row["name"] for row in jianwei("recipes", "--json").json}
    assert names >= {"un-egdi", "renmin-2023", "wci-2.0", "wci-14.2b", "bci", "shuangwei-2015"}
    assert jianwei("recipe", "show", "wci-2.0").code == 0
    assert jianwei("recipe", "check", "wci-2.0").code == 0
    bad = tmp_path / "bad.toml"
    bad.write_text('[recipe]\nname = "bad"\nkind = "compsite"\n', "utf-8")
    ran = jianwei("recipe", "check", bad, "--json")
    assert ran.code in (1, 2)
    assert "composite" in ran.out + ran.err


def test_recipe_diff_says_what_changed(jianwei: Jianwei) -> None:
    told = jianwei("recipe", "diff", "wci-14.2a", "wci-14.2b", "--json").json
    assert told.keys() == {"from", "to", "changes"}
    weights = [one["what"] for one in told["changes"] if one["key"] == "nodes.overall_reads.weight"]
    assert weights == ["“阅读日均”的权重由 0.85 改为 0.7（有效权重 51.00% → 42.00%）"]
    shown = jianwei("recipe", "diff", "wci-14.2a", "wci-14.2b")
    assert "影响得分" in shown.out
    assert jianwei("recipe", "diff", "bci", "bci").out.strip() == "两个方案相同"
    assert jianwei("recipe", "diff", "bci", "bcj").code == 2


def test_recipe_show_tells_how_consistent_the_judgements_are(jianwei: Jianwei, tmp_path: Path) -> None:
    path = tmp_path / "判断.toml"
    path.write_text(HEAD + PAIRS, "utf-8")
    assert "由 3 对两两判断得出，一致性比率 CR = 0.003" in jianwei("recipe", "show", path).out


def test_recipe_table_there_and_back(jianwei: Jianwei, tmp_path: Path) -> None:
    book, text = tmp_path / "方案.xlsx", tmp_path / "方案.toml"
    assert jianwei("recipe", "table", "shuangwei-2015", "--out", book).code == 0
    assert jianwei("recipe", "table", book, "--out", text).code == 0
    assert jianwei("recipe", "diff", "shuangwei-2015", text).out.strip() == "两个方案相同"
    header = jianwei("recipe", "table", text, "--json").json["指标"][0]
    assert header[:8] == ["level", "code", "parent", "direction", "weight", "low", "high", "name"]
    assert "shuangwei-2015" in jianwei("recipe", "table", text).out
    assert jianwei("recipe", "table", "bci", "--out", tmp_path / "方案.doc").code == 2


def test_a_scorecard_is_a_workbook_that_computes(jianwei: Jianwei, tmp_path: Path) -> None:
    table, out = tmp_path / "table.csv", tmp_path / "得分卡.xlsx"
    table.write_text("unit,osi,hci,tii\n甲,0.9,0.6,0.3\n乙,0.3,0.3,0.3\n", "utf-8")
    assert "得分卡已写出" in jianwei("index", "un-egdi", table, "--out", out).out
    sheets = {name: CalamineWorkbook.from_path(str(out)).get_sheet_by_name(name).to_python()
              for name in CalamineWorkbook.from_path(str(out)).sheet_names}  # fmt: skip
    cells = [cell for rows in sheets.values() for row in rows for cell in row]
    assert any(isinstance(cell, float) and cell == pytest.approx(0.6) for cell in cells)


def test_registry_export_check_draft(jianwei: Jianwei, place: Path, tmp_path: Path) -> None:
    here = ("-C", place)
    assert jianwei(*here, "registry", "export", tmp_path / "出.xlsx").code == 0
    assert (tmp_path / "出.xlsx").is_file()
    assert jianwei(*here, "registry", "check").code in (0, 1)
    assert jianwei(*here, "registry", "draft", tmp_path / "底稿.xlsx").code in (0, 1)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("board", "bcj", "--cohort", "区县", "--period", "2015H1"), "bci"),
        (("board", "bci", "--cohort", "区域", "--period", "2015H1"), "区县"),
        (("board", "bci", "--cohort", "区县", "--period", "2015X1"), "2015X1"),
        (("findings", "--period", "去年"), "去年"),
        (("report", "--period", "2015-03", "--format", "doc"), "docx"),
        (("ingest", "没有.csv"), "没有"),
        (("ingest", "--account", "weibo"), "weibo"),
        (("ingest", "--observed-at", "昨天"), "昨天"),
        (("registry", "import", "没有.xlsx"), "没有"),
        (("posts", "--period", "2015-03", "--unit", "丙局"), "丙局"),
    ],
)
def test_what_cannot_be_done_ends_with_2(
    jianwei: Jianwei, place: Path, words: tuple[str, ...], what: str, tmp_path: Path
) -> None:
    if words[:2] == ("ingest", "--account"):
        words = (*words, str(made.timeline(tmp_path, "9000000009", POSTS)))
    ran = jianwei("-C", place, *words)
    assert ran.code == 2
    assert what in ran.err


def test_outside_a_workspace_it_says_how_to_make_one(
    jianwei: Jianwei, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = jianwei("status")
    assert ran.code == 2
    assert "jianwei init" in ran.err
    broken = tmp_path / "坏"
    space.create(broken)
    (broken / "jianwei.toml").write_text("titel = 1\n", "utf-8")
    ran = jianwei("-C", broken, "status")
    assert ran.code == 2
    assert "titel" in ran.err
