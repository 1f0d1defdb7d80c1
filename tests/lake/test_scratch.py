"""Working folders come and go."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jianwei.errors import DataError
from jianwei.lake.scratch import scratch


def _age(folder: Path) -> None:
    os.utime(folder, (time.time() - 3600,) * 2)


def test_a_folder_is_gone_afterwards_even_after_an_error(tmp_path: Path) -> None:
    with scratch(tmp_path) as folder:
        (folder / "rows.parquet").write_text("x")
    assert not folder.exists()
    with pytest.raises(ZeroDivisionError), scratch(tmp_path):
        raise ZeroDivisionError
    assert list((tmp_path / ".staging").iterdir()) == []


def test_leftovers_of_the_dead_are_removed_and_those_of_the_living_are_kept(tmp_path: Path) -> None:
    dead, young = tmp_path / ".staging" / "dead", tmp_path / ".staging" / "young"
    for folder in (dead, young):
        folder.mkdir(parents=True)
        (folder / "rows.parquet").write_text("x")
    _age(dead)
    with scratch(tmp_path) as living:
        _age(living)
        assert not dead.exists()
        assert young.exists()
        with scratch(tmp_path):
            assert living.exists()


def test_a_folder_that_cannot_be_made_is_said_in_chinese(tmp_path: Path) -> None:
    (tmp_path / ".staging").write_text("a file in the way")
    with pytest.raises(DataError, match="数据湖"), scratch(tmp_path):
        pass
