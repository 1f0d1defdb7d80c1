"""What a unit can change by itself is declared; what the public decides is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError, JianweiError, RecipeError
from jianwei.robust.lever import OWN, UPDATES, load

ONE = 'version = "1"\ncost_unit = "人时"\n[levers.originals]\ntitle = "原创"\ncost = 1\nshare = 0.3\n'
WHY = 'why = "要写"\nwhy_bound = "写不完"\n'


def test_the_shipped_levers_are_the_units_own_and_say_why() -> None:
    found = load()
    assert tuple(lever.name for lever in found.levers) == OWN
    assert [lever.name for lever in found.levers if lever.more] == [UPDATES]
    for lever in found.levers:
        assert lever.why
        assert lever.why_bound
        assert lever.price("weibo") > 0
        assert bool(lever.weekly) != bool(lever.share)
    days = found.levers[0]
    assert (days.price("wechat"), days.price("weibo")) == (2, 0.5)
    assert (days.regular("wechat"), days.regular("weibo")) == (2, 5)


@pytest.mark.parametrize("name", ["followers", "reads", "likes", "reposts", "comments", "posts"])
def test_the_public_and_mere_volume_are_no_levers(name: str, tmp_path: Path) -> None:
    path = tmp_path / "levers.toml"
    path.write_text(ONE + WHY + f'[levers.{name}]\ntitle = "x"\ncost = 1\nshare = 0.1\n{WHY}', "utf-8")
    with pytest.raises(RecipeError) as caught:
        load(path)
    (issue,) = caught.value.issues
    assert f"levers.{name}" in str(issue)
    assert "不是单位自己能改变的量" in str(issue)


def test_a_user_may_leave_levers_out(tmp_path: Path) -> None:
    path = tmp_path / "levers.toml"
    path.write_text("\ufeff" + ONE + WHY, "utf-8")
    assert [lever.name for lever in load(path).levers] == ["originals"]


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "levers.toml"
    path.write_text(
        'cost_unit = ""\nextra = 1\n'
        f'[levers.active_days]\ntitle = "更新"\ncost = -1\nweekly = 8\nshare = 0.5\n{WHY}'
        f'[levers.originals]\ntitle = ""\ncost_on = {{ weibo = "贵", "博客" = 1 }}\nshare = true\ncots = 1\n{WHY}',
        "utf-8",
    )
    with pytest.raises(RecipeError) as caught:
        load(path)
    told = [issue.where.field for issue in caught.value.issues]
    assert sorted(told) == sorted(
        ["version", "cost_unit", "extra", "levers.active_days.cost", "levers.active_days.weekly",
         "levers.active_days.share", "levers.originals.title", "levers.originals.cost",
         "levers.originals.cost_on", "levers.originals.share", "levers.originals.cots"]
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[levers",
        'title = "\u4e2d"'.encode("gbk"),
        b"levers = 3",
        b"[levers]\noriginals = 3",
        b"[levers.originals]\ncost = nan",
        b"[levers.originals]\ncost = inf\nshare = [1]",
        b"[levers.originals]\ncost_on = 3",
    ],
)
def test_no_file_of_any_kind_ends_in_a_traceback(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "levers.toml"
    path.write_bytes(text)
    with pytest.raises(JianweiError, match="levers"):
        load(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        load(tmp_path)
