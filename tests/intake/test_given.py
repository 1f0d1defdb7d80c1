"""Whose a file is: its name, its folder, what the caller says; a question where nobody says."""

from __future__ import annotations

from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.intake.given import Given
from tests.intake.made import UID, options


@pytest.mark.parametrize(
    ("path", "account", "owner"),
    [
        (f"重庆微发布/{UID}.csv", None, (UID, "重庆微发布")),
        (f"{UID}/{UID}.csv", None, (UID, None)),
        (f"weibo/{UID}.csv", None, (UID, None)),
        (f"导出_{UID}_2015.csv", None, (UID, None)),
        ("posts.csv", "weibo:2803301701", ("2803301701", None)),
        (f"x/{UID}.csv", "weibo:2803301701", (UID, "x")),
    ],
)
def test_the_owner_of_a_timeline(path: str, account: str | None, owner: tuple[str, str | None]) -> None:
    assert Given(Path("/d") / path, options(account=account)).owner("微博文件") == owner


@pytest.mark.parametrize(
    ("path", "account"), [("posts.csv", None), (f"{UID}_2803301701.csv", None), ("posts.csv", "wechat:gh_1")]
)
def test_nobody_says_whose_it_is(path: str, account: str | None) -> None:
    with pytest.raises(DataError, match="--account"):
        Given(Path("/d") / path, options(account=account)).owner("微博文件")


def test_a_column_twice() -> None:
    given = Given(Path("/d/a.csv"), options())
    given.once(["a", "", "", "b"])
    with pytest.raises(DataError, match="出现了两次"):
        given.once(["a", "b", "a"])
