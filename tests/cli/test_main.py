"""The last door: no traceback reaches a user, whatever goes wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jianwei.cli import main
from jianwei.workspace import status
from tests.cli.conftest import Jianwei


def test_an_error_nobody_meant_is_kept_in_a_log(
    demo_space: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(status, "status", broken)
    with pytest.raises(SystemExit, match="2"):
        main.run(["-C", str(demo_space), "status"])
    told = capfd.readouterr()
    assert "Traceback" not in told.err
    log = Path(re.search(r"\S+\.log", told.err.replace("\n", ""))[0])  # type: ignore[index]  # fails if absent
    assert "ZeroDivisionError" in log.read_text("utf-8")
    log.unlink()


def test_a_file_that_may_not_be_written_is_said_in_chinese(jianwei: Jianwei, demo_space: Path) -> None:
    ran = jianwei("-C", demo_space, "registry", "export", demo_space / "jianwei.toml" / "出.xlsx")
    assert ran.code == 2
    assert "未能完成" in ran.err
