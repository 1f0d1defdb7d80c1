"""weibo-crawler's users.csv and JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.made import NOW, UID, csv_file, whole

USERS = [
    "用户id",
    "昵称",
    "性别",
    "生日",
    "所在地",
    "IP属地",
    "学习经历",
    "公司",
    "注册时间",
    "阳光信用",
    "微博数",
    "粉丝数",
    "关注数",
    "简介",
    "主页",
    "头像",
    "高清头像",
    "微博等级",
    "会员等级",
    "是否认证",
    "认证类型",
    "认证信息",
    "上次记录微博信息",
]
BEFORE_2025 = [name for name in USERS if name != "IP属地"]


def user(**cells: str) -> list[str]:
    row = dict.fromkeys(USERS, "") | {
        "用户id": UID, "昵称": "重庆微发布", "微博数": "51234", "粉丝数": "3125000", "关注数": "880", "所在地": "重庆",
        "IP属地": "重庆", "微博等级": "48", "会员等级": "7", "是否认证": "True", "认证类型": "1", "认证信息": "官方微博",
    }  # fmt: skip
    return list((row | cells).values())


def before(row: list[str]) -> list[str]:
    return [cell for name, cell in zip(USERS, row, strict=True) if name != "IP属地"]


@pytest.mark.parametrize("header", [USERS, BEFORE_2025, BEFORE_2025[:-1]])
def test_profiles_of_every_header(tmp_path: Path, header: list[str]) -> None:
    row = user() if header is USERS else before(user())[: len(header)]
    found = whole(csv_file(tmp_path / "users.csv", [header, row, header]))
    [audience] = found.tables["followers"]
    assert (audience["account_id"], audience["followers"], audience["statuses"]) == (
        f"weibo:{UID}",
        3_125_000,
        51_234,
    )
    assert (audience["account_name"], audience["verified"], audience["verified_type"]) == (
        "重庆微发布",
        True,
        "1",
    )
    assert audience["verified_reason"] == "官方微博"
    assert (audience["observed_at"], audience["observed_from"]) == (NOW, "mtime")
    assert found.source.scope == "profile"
    assert "首次抓取" in found.issue("first_crawl").what


def test_rows_of_a_newer_version_below_an_older_header(tmp_path: Path) -> None:
    rows = [BEFORE_2025, before(user()), user(用户id="2", 粉丝数="7"), user()[:9]]
    found = whole(csv_file(tmp_path / "users.csv", rows))
    assert [row["followers"] for row in found.tables["followers"]] == [3_125_000, 7]
    assert found.refused == [(4, "row_width", "")]


def test_marks_and_refusals(tmp_path: Path) -> None:
    rows = [USERS, user(粉丝数="312.5万"), user(用户id="3", 粉丝数="100万+"), user(用户id="4", 粉丝数=""),
            user(用户id="重庆"), user(用户id="5", 粉丝数="很多")]  # fmt: skip
    found = whole(csv_file(tmp_path / "users.csv", rows))
    told = [(row["followers"], row["rounded"], row["censored"]) for row in found.tables["followers"]]
    assert told == [(3_125_000, "followers", None), (1_000_000, None, "followers"), (None, None, None)]
    assert found.refused == [(5, "bad_id", "用户id"), (6, "bad_count", "粉丝数")]
