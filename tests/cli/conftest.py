"""Running commands in this process: what they print, where, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jianwei.cli.main import run
from jianwei.workspace import ingest, register, space
from tests.workspace import made

POSTS = [(1, "2015-03-01", 5, 2, 1), (2, "2015-03-20", 7, 0, 3)]
"""(number, day, likes, comments, reposts) of the posts that these tests' workspaces hold."""


@dataclass(frozen=True)
class Ran:
    """A command that ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Jianwei = Callable[..., Ran]


@pytest.fixture
def jianwei(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Jianwei:
    """Run `jianwei` with these words; no traceback may ever be seen."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.delenv("JIANWEI_SPACE", raising=False)

    def call(*words: str | Path) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            run([str(word) for word in words])
        told = capfd.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "程序内部出错" not in told.err
        code = left.value.code
        return Ran(code if isinstance(code, int) else 0, told.out, told.err)

    return call


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of two units, one of them with posts; tests read it and never change it."""
    here = tmp_path_factory.mktemp("place")
    opened = space.create(here / "space")
    units, accounts = [("A", "甲局"), ("B", "乙局")], [("A", "账号001", "9000000001")]
    register.import_files(opened, [made.register(here / "名册.xlsx", units, accounts)], actor="测试")
    ingest.ingest(opened, [made.timeline(here, "9000000001", POSTS)])
    return opened.path
