"""Running commands in this process: what they print, where, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jianwei.cli.main import run


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
