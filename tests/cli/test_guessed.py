"""`ingest --explain`, `--draft-map`, `--map`, `--watch` and `mappings`, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jianwei.workspace import space, watch
from jianwei.workspace.space import Workspace
from tests.cli.conftest import POSTS, Jianwei
from tests.workspace import made

BOARD = "排名,公众号,微信号,发布次数/篇数,总阅读数,最高阅读,总点赞数,WCI\n1,重庆发布,cqfb,30/120,120万+,100001,3000,1234.5\n"


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return space.create(tmp_path / "space")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "某榜2015-06.csv"
    path.write_text(BOARD, "utf-8")
    return path


def test_explain_says_what_each_column_is_and_what_is_missing(jianwei: Jianwei, board: Path) -> None:
    ran = jianwei("ingest", board, "--explain")
    assert ran.code == 1
    for word in (
        "可能是微信汇总",
        "最高阅读次数",
        "推送次数/篇数",
        "把握",
        "同义词",
        "比率、均值、名次",
        "--draft-map",
    ):
        assert word in ran.out, word
    assert "时段" in ran.err
    told = jianwei("ingest", board, "--explain", "--json")
    assert told.code == 1
    guess = told.json["files"][0]["guess"]
    assert (guess["kind"], guess["confirmed"]) == ("微信汇总", False)
    [column] = [one for one in guess["columns"] if one["column"] == "总阅读数"]
    assert (column["word"], column["taken"], column["samples"]) == ("阅读次数", True, ["120万+"])
    assert 0.8 < column["confidence"] < 1
    assert [issue["field"] for issue in guess["missing"]] == ["fixed.period"]


def test_a_preview_shows_rows_as_they_would_be_taken(jianwei: Jianwei, board: Path) -> None:
    guess = jianwei("ingest", board, "--explain", "--period", "2015-06", "--json").json["files"][0]["guess"]
    assert guess["preview"] == [
        {
            "行": "2", "账号": "wechat:cqfb（重庆发布）", "时段": "2015-06-01 至 2015-06-30", "推送次数": "30", "篇数": "120",
            "阅读次数": "1,200,000+", "最高阅读次数": "100,001", "点赞": "3,000",
        }
    ]  # fmt: skip
    assert guess["missing"] == []


def test_the_road_of_a_new_table(jianwei: Jianwei, empty: Workspace, board: Path, tmp_path: Path) -> None:
    draft = tmp_path / "映射.toml"
    assert jianwei("-C", empty.path, "ingest", board).code == 2
    ran = jianwei("-C", empty.path, "ingest", board, "--draft-map", draft)
    assert ran.code == 0
    assert "--map" in ran.out
    assert jianwei("-C", empty.path, "ingest", board, "--draft-map", draft).code == 2
    ran = jianwei("-C", empty.path, "ingest", board, "--map", draft)
    assert ran.code == 2
    assert "--period 2015-06" in ran.err
    ran = jianwei("-C", empty.path, "ingest", board, "--map", draft, "--period", "2015-06", "--explain")
    assert (ran.code, empty.lake.counts()["tables"]["totals"]) == (0, 0)
    assert "按映射读作微信汇总" in ran.out
    assert jianwei("-C", empty.path, "ingest", board, "--map", draft, "--period", "2015-06").code == 0
    july = board.with_name("某榜2015-07.csv")
    july.write_text(BOARD.replace("3000", "3001"), "utf-8")
    assert "--period" in jianwei("-C", empty.path, "ingest", july).err
    assert jianwei("-C", empty.path, "ingest", july, "--period", "2015-07").code == 0
    with empty.lake.connect() as con:
        told = con.execute("SELECT start, pushes, posts, likes FROM totals ORDER BY start").fetchall()
    assert [(str(start), *rest) for start, *rest in told] == [
        ("2015-06-01", 30, 120, 3000),
        ("2015-07-01", 30, 120, 3001),
    ]
    listed = jianwei("-C", empty.path, "mappings")
    assert "某榜" in listed.out
    [mine, *_] = jianwei("-C", empty.path, "mappings", "--json").json
    assert (mine["title"], mine["kind"], mine["columns"]["总点赞数"]) == ("某榜", "微信汇总", "likes")


def test_a_draft_is_of_one_file(jianwei: Jianwei, tmp_path: Path, board: Path) -> None:
    for words in ((), (board, board)):
        ran = jianwei("ingest", *words, "--draft-map", tmp_path / "a.toml")
        assert ran.code == 2
        assert "一个文件" in ran.err
    told = jianwei("ingest", board, "--draft-map", tmp_path / "a.toml", "--json")
    assert (told.code, told.json["kind"]) == (0, "微信汇总")


def test_a_wrong_mapping_is_told_whole(
    jianwei: Jianwei, empty: Workspace, board: Path, tmp_path: Path
) -> None:
    path = tmp_path / "坏.toml"
    path.write_text('[mapping]\ntitle="a"\nkind="微信会总"\n[colums]\n[file]\nheader=["a"]\n', "utf-8")
    ran = jianwei("-C", empty.path, "ingest", board, "--map", path)
    assert ran.code == 2
    for word in ("mapping.kind", "微信汇总", "colums", "columns"):
        assert word in ran.err
    assert "打不开" in jianwei("-C", empty.path, "ingest", board, "--map", tmp_path / "无.toml").err


# ------------------------------------------------- the watch


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watch whose sleep passes at once, and which is interrupted at the fourth."""
    passed = [1_900_000_000.0]

    def sleep(seconds: float) -> None:
        passed.append(passed[-1] + seconds)
        if len(passed) > 4:
            raise KeyboardInterrupt

    original = watch.Watch.__init__

    def made_so(self: watch.Watch, *words: object, **named: object) -> None:
        original(self, *words, **{"sleep": sleep, "clock": lambda: passed[-1], **named})  # type: ignore[arg-type]

    monkeypatch.setattr(watch.Watch, "__init__", made_so)


@pytest.mark.usefixtures("impatient")
def test_a_watch_tells_a_line_a_batch_and_ends_with_0(jianwei: Jianwei, empty: Workspace) -> None:
    made.timeline(empty.path / "inbox", "9000000001", POSTS)
    (empty.path / "inbox" / "坏.csv").touch()
    ran = jianwei("-C", empty.path, "ingest", "--watch", "--every", "30")
    assert ran.code == 0
    assert ran.out.count("\n") == 1
    assert "2 个文件，不可用 1 个，2 行：收 2" in ran.out
    assert "坏.csv：不可用" in ran.err
    assert "已停止监视" in ran.err


@pytest.mark.usefixtures("impatient")
def test_a_watch_for_scripts_tells_a_document_a_line(jianwei: Jianwei, empty: Workspace) -> None:
    made.timeline(empty.path / "inbox", "9000000001", POSTS)
    ran = jianwei("-C", empty.path, "ingest", "--watch", "--json")
    [line] = ran.out.splitlines()
    assert json.loads(line)["totals"]["rows_taken"] == 2


def test_a_watch_confirms_no_mapping(jianwei: Jianwei, empty: Workspace, tmp_path: Path) -> None:
    for words in (("--map", tmp_path / "a.toml"), ("--period", "2015-06")):
        ran = jianwei("-C", empty.path, "ingest", "--watch", *words)
        assert ran.code == 2
        assert "不能" in ran.err
    assert jianwei("-C", empty.path, "ingest", "--watch", "--every", "0").code == 2
    assert "没有文件夹" in jianwei("-C", empty.path, "ingest", "--watch", tmp_path / "无").err
