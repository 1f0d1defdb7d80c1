"""The last door: no traceback reaches a user, whatever goes wrong."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
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


def test_scripts_get_a_document_even_then(
    demo_space: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("nobody knows")

    monkeypatch.setattr(status, "status", broken)
    with pytest.raises(SystemExit, match="2"):
        main.run(["-C", str(demo_space), "status", "--json"])
    told = json.loads(capfd.readouterr().out)
    assert "OSError" in told["error"]
    Path(re.search(r"\S+\.log", told["hint"])[0].removeprefix("详情已存入")).unlink()  # type: ignore[index]


def test_what_the_system_refuses_is_said_with_the_file(
    jianwei: Jianwei, demo_space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/some/where")

    monkeypatch.setattr(status, "status", refused)
    ran = jianwei("-C", demo_space, "status", "--json")
    assert (ran.code, ran.json["error"]) == (2, "没有权限：/some/where")
    assert "denied" not in ran.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("Query interrupted")])
def test_ctrl_c_ends_quietly(
    jianwei: Jianwei, demo_space: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def interrupted(*_: object) -> None:
        raise error

    monkeypatch.setattr(status, "status", interrupted)
    ran = jianwei("-C", demo_space, "status")
    assert (ran.code, ran.out, ran.err.strip()) == (130, "", "已中断")


def process(*words: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    """A real process of the command."""
    line = [sys.executable, "-W", "error", "-c", "from jianwei.cli.main import run; run()", *map(str, words)]
    return subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment}
    )


def test_stdout_is_one_document_in_utf_8_whatever_the_console(demo_space: Path) -> None:
    words = ("-C", demo_space, "posts", "--period", "2015-06", "--json")
    out, err = process(*words, PYTHONIOENCODING="gbk").communicate(timeout=60)
    assert err == b""
    assert "重庆" in str(json.loads(out.decode("utf-8")))


def test_a_console_that_lacks_a_character_shows_the_rest(demo_space: Path) -> None:
    running = process("-C", demo_space, "status", PYTHONIOENCODING="ascii")
    out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, b"")
    assert b"2015-06" in out


def test_a_reader_who_leaves_ends_it_quietly(demo_space: Path) -> None:
    running = process("-C", demo_space, "posts", "--period", "2015H1", "--json")
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline() == b"[\n"
    running.stdout.close()
    assert (running.wait(60), running.stderr.read()) == (141, b"")
    running.stderr.close()


def test_no_words_show_the_first_page(jianwei: Jianwei) -> None:
    for words in ((), ("registry",), ("recipe",)):
        ran = jianwei(*words)
        assert (ran.code, ran.err) == (2, "")
        assert "用法：" in ran.out
