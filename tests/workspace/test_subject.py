"""What is spoken of, found by the words that people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.workspace import space, subject
from jianwei.workspace.space import Workspace
from tests.world import World, account, unit


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    """Two units of one 简称, the first with accounts of one name on both platforms."""
    (tmp_path / "jianwei.toml").write_text("", "utf-8")
    units = [unit("A", name="甲局", short_name="发布"), unit("B", name="乙局", short_name="发布")]
    accounts = [
        account("A", "9000000001", name="甲"),
        account("A", "gh_1", "微信订阅号", name="甲"),
        account("B", "2"),
    ]
    World(tmp_path, units, accounts)
    return space.open(tmp_path)


@pytest.mark.parametrize("word", ["A", "甲局"])
def test_units_are_found_by_code_and_name(place: Workspace, word: str) -> None:
    assert subject.unit(place, word) == ("A", "甲局")


def test_a_name_of_two_is_a_question(place: Workspace) -> None:
    with pytest.raises(DataError, match="叫“发布”的单位有 2 个"):
        subject.unit(place, "发布")
    with pytest.raises(DataError, match="有 2 个账号叫“甲”"):
        subject.find(place, "A", "甲", subject.month("2015-06"))


def test_accounts_are_found_by_uid_and_alone(place: Workspace) -> None:
    assert subject.find(place, "A", "gh_1", subject.month("2015-06")).account_id == "wechat:gh_1"
    found = subject.find(place, "B", None, subject.month("2015-06"))
    assert (found.account_id, found.kind) == ("weibo:2", "weibo_totals")


def test_columns_are_found_by_any_of_their_titles() -> None:
    assert subject.named("weibo_totals", "发博数（条）") == "posts"
    assert subject.named("wechat_totals", "点赞") == "likes"
    for word in ("账号", "篇数"):
        with pytest.raises(DataError, match="这一列"):
            subject.named("weibo_totals", word)


def test_a_month_is_one_month() -> None:
    with pytest.raises(DataError, match="哪个月"):
        subject.month("2015Q2")
