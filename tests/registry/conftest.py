"""A registry of its own for each test, and small files to import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jianwei import registry

NOW = datetime(2015, 7, 1, 9, 30)

UNITS: list[list[str]] = [
    ["单位编码", "排序号", "全称", "区划代码", "系统", "参评类别", "起始"],
    ["CQ-01", "10", "重庆市人民政府新闻办公室", "500000", "外宣", "参评", "2010-01-01"],
    ["CQ-02", "20", "重庆市公安局", "500000", "公安", "参评", ""],
]
ACCOUNTS: list[list[str]] = [
    ["单位编码", "平台", "账号名称", "UID/原始ID", "主账号", "状态"],
    ["CQ-01", "微博", "重庆微发布", "1988438334", "是", "正常"],
    ["CQ-02", "微博", "平安重庆", "1111681197", "是", "正常"],
]

CsvWriter = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Any]:
    space = tmp_path / "space"
    space.mkdir()
    with registry.open(space) as opened:
        yield opened


@pytest.fixture
def sheet(tmp_path: Path) -> CsvWriter:
    """Writes rows as a CSV file and gives its path."""

    def write(rows: Sequence[Sequence[str]], name: str = "表.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write
