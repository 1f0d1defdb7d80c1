"""A registry of its own for each test, and small files to import."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from jianwei import registry

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
