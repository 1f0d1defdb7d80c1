from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from jianwei import recipe
from jianwei.errors import RecipeError
from tests.recipe.test_check import GOOD

STEP_1 = ["bci", "renmin-2023", "shuangwei-2015", "un-egdi", "wci-14.2b", "wci-2.0"]


def test_the_presets_of_step_1_are_there() -> None:
    found = {summary.name: summary for summary in recipe.presets()}
    assert set(STEP_1) <= set(found)
    for name, summary in found.items():
        assert summary.source, name
        assert summary.status in recipe.STATUSES, name
        assert summary.kind in recipe.KINDS, name
        assert summary.origin == "preset"
        assert summary.to_json()["title"]


@pytest.mark.parametrize("name", [summary.name for summary in recipe.presets()])
def test_every_preset_is_without_issues_and_named_as_its_file(name: str) -> None:
    assert recipe.check(name) == []
    loaded = recipe.load(name)
    assert loaded.name == name
    assert all(node.name for node in loaded.nodes.values())


def test_a_folder_wins_over_the_presets(tmp_path: Path) -> None:
    (tmp_path / "bci.toml").write_text(GOOD.replace('name = "mine"', 'name = "bci"'), "utf-8")
    (tmp_path / "file.toml").write_text(GOOD, "utf-8")
    (tmp_path / "broken.toml").write_text("[recipe", "utf-8")
    assert recipe.load("bci", tmp_path).title == "我的方案"
    assert recipe.load("bci").title == "微博传播指数 BCI"
    assert recipe.load("mine", tmp_path).hash == recipe.load("file", tmp_path).hash
    assert recipe.load(tmp_path / "file.toml").name == "mine"
    assert recipe.load(str(tmp_path / "file.toml")).name == "mine"
    listed = {summary.name: summary.origin for summary in recipe.presets(tmp_path)}
    assert listed["mine"] == str(tmp_path / "file.toml")
    assert listed["bci"] == str(tmp_path / "bci.toml")
    assert listed["un-egdi"] == "preset"


def test_an_unknown_name_gets_a_suggestion(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"shuangwei-2015"):
        recipe.load("shuangwei2015", tmp_path / "nowhere")


def test_a_broken_recipe_carries_its_issues(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace("weight = 2", "weight = 0").replace("high = 20", "high = -1"), "utf-8")
    with pytest.raises(RecipeError, match="2 处错误") as caught:
        recipe.load(path)
    assert [issue.where.field for issue in caught.value.issues] == [
        "nodes.spread.weight",
        "nodes.posts_day.low",
    ]


def test_a_warning_does_not_stop_a_recipe(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace('source = "自拟"', ""), "utf-8")
    assert recipe.load(path).source == ""


def test_importing_the_engine_loads_nothing_heavy() -> None:
    heavy = ["django", "typer", "sqlglot", "python_calamine", "deltalake"]
    code = f"import sys, jianwei.recipe, jianwei.scorecard; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
