"""Help and usage errors are in Chinese and say the next step."""

from __future__ import annotations

import pytest

from jianwei.cli.manual import PANELS
from tests.cli.conftest import Jianwei

COMMANDS = [
    "init", "status", "ingest", "mappings", "measures", "posts", "board", "index", "recipes", "recipe", "recipe show",
    "recipe check", "recipe diff", "recipe table", "robust", "rise", "compare", "coverage", "findings", "report", "demo", "registry", "registry import", "registry export",
    "registry check", "registry draft", "registry reconcile", "forms", "forms make", "forms collect", "forms correct", "forms appeal",
    "forms settle", "forms events",
]  # fmt: skip
ENGLISH = ("Usage", "Options", "Arguments", "Commands", "Show this", "required", "default", "<str>", "<path>",
           "<bool>", "<int", "<float", "list[", "Error", "Try ", "`", "{", "**")  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_page_is_in_chinese(jianwei: Jianwei, command: str) -> None:
    ran = jianwei(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert "用法：" in ran.out
    assert [word for word in ENGLISH if word in ran.out] == []


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in ("recipe", "registry", "forms")])
def test_every_command_shows_an_example(jianwei: Jianwei, command: str) -> None:
    assert "例：jianwei" in jianwei(*command.split(), "--help").out


def test_the_first_page_lists_every_command_in_panels(jianwei: Jianwei) -> None:
    page = jianwei("--help").out
    for word in (
        "工作区",
        "台账",
        "数据",
        "填报",
        "指数与榜单",
        "报告",
        "退出码",
        *(c for c in COMMANDS if " " not in c),
    ):
        assert word in page


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("bord",), "没有“bord”这个命令。是否想写：board"),
        (("recipe", "sho"), "没有“sho”这个命令。是否想写：show"),
        (("index",), "缺少“方案”"),
        (("index", "un-egdi", "x.csv", "--topp", "3"), "没有“--topp”这个选项"),
        (("board", "bci"), "缺少--cohort"),
        (("index", "un-egdi", "x.csv", "--top", "三"), "--top 的值不对"),
        (("index", "un-egdi", "x.csv", "--top", "0"), "不小于 1"),
        (("demo", "x", "--scale", "9"), "不大于 4"),
        (("demo", "x", "--scale", "nan"), "--scale 的值不对"),
        (("demo", "x", "--seed", "-1"), "不小于 0"),
        (("status", "多余"), "多了内容"),
        (("board", "bci", "--cohort"), "--cohort 用法不对。它后面要写一个值；用法见"),
        (("status", "--json=1"), "--json 用法不对。它后面不写值"),
        (("-C",), "-C 用法不对"),
    ],
)
def test_wrong_usage_ends_with_2_and_the_next_step(
    jianwei: Jianwei, words: tuple[str, ...], what: str
) -> None:
    ran = jianwei(*words)
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err
    assert "--help" in ran.err


def test_wrong_usage_is_a_document_for_scripts(jianwei: Jianwei) -> None:
    ran = jianwei("board", "bci", "--json")
    assert ran.code == 2
    assert ran.json["ok"] is False
    assert "--cohort" in ran.json["error"]


def test_the_usage_line_names_what_must_be_written(jianwei: Jianwei) -> None:
    for words, usage in (
        ("board", "board 方案 --cohort 范围 --period 周期 [选项]"),
        ("ingest", "ingest [文件…] [选项]"),
        ("registry import", "registry import 文件… [选项]"),
        ("registry", "registry [选项] 命令 …"),
    ):
        assert usage in jianwei(*words.split(), "--help").out


def test_the_first_page_follows_the_work(jianwei: Jianwei) -> None:
    page = jianwei("--help").out
    places = [page.index(f"─ {panel} ─") for panel in PANELS]
    assert places == sorted(places)
