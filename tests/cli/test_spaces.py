"""`init`, `status`: a workspace made, and what it holds."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from jianwei.lake import Lake
from tests.cli.conftest import Jianwei


def test_init_makes_a_workspace_once(jianwei: Jianwei, tmp_path: Path) -> None:
    target = tmp_path / "甲" / "乙"
    first = jianwei("init", target)
    assert (first.code, first.err) == (0, "")
    assert str(target) in first.out
    assert (target / "jianwei.toml").is_file()
    again = jianwei("init", target, "--json")
    assert again.code == 2
    assert "已经是见微工作区" in again.json["error"]


def test_init_in_a_folder_with_files_or_on_a_file_is_refused(jianwei: Jianwei, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    for target in (tmp_path, tmp_path / "文件", tmp_path / "文件" / "下"):
        ran = jianwei("init", target)
        assert (ran.code, ran.out) == (2, "")
        assert "未能完成" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["文件"]


def test_init_on_a_full_disk_is_said_in_chinese(
    jianwei: Jianwei, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> Lake:
        raise OSError(errno.ENOSPC, "No space left on device", "x")

    monkeypatch.setattr(Lake, "create", full)
    ran = jianwei("init", tmp_path / "新")
    assert ran.code == 2
    assert "磁盘已满" in ran.err
    assert "space" not in ran.err.lower()


def test_status_counts_by_table_platform_and_month(jianwei: Jianwei, place: Path) -> None:
    told = jianwei("-C", place, "status", "--json").json
    assert (told["tables"]["posts"], told["tables"]["readings"]) == (2, 2)
    assert [(row["platform"], row["month"], row["posts"]) for row in told["posts"]] == [
        ("weibo", "2015-03", 2)
    ]
    assert len(told["lake_version"]) == len(told["roster_version"]) == 16
    assert told["registry"] == {"units": 2, "accounts": 1, "unknown_accounts": 0}
    shown = jianwei("-C", place, "status").out
    assert "2015-03" in shown
    assert "单位 2 个" in shown
