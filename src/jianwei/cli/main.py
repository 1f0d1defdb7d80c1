"""The command `jianwei`: runs a command and ends with its exit code, never with a traceback."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback

import typer

from jianwei.cli import (
    boards,
    forms,
    guessed,
    intake,
    ledger,
    methods,
    output,
    registry,
    reports,
    rise,
    spaces,
    steadiness,
)
from jianwei.cli.app import app
from jianwei.cli.manual import wrong_usage
from jianwei.errors import DataError, JianweiError, cause

__all__ = ["run"]

_STDOUT = 1
_INTERRUPTED = 130
_UNREAD = 141
"""What shells call a process that Ctrl+C, or a closed pipe, has ended."""

for _module in (spaces, registry, intake, guessed, forms, ledger, boards, steadiness, rise, methods, reports):
    _module.register(app)


def run(arguments: list[str] | None = None) -> None:
    """Entry point: run a command and exit with its code; no traceback ever reaches a user."""
    words = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another encoding shows ? instead of failing
    try:
        code = app(args=arguments, standalone_mode=False) or 0
        sys.stdout.flush()
    except typer.Exit as leaving:
        code = leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the library leaves by itself when a pipe breaks
        # Whoever read the output has left: `jianwei posts … | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STDOUT)
        code = _UNREAD
    except Exception as error:  # noqa: BLE001 - the last door: usage errors and what nobody meant
        code = _failed(error, as_json="--json" in words)
    if code == _INTERRUPTED:
        output.people("已中断")
    sys.exit(code)


def _failed(error: Exception, *, as_json: bool) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # the page has been shown
        return 2
    if isinstance(error, RuntimeError) and "Query interrupted" in str(error):  # Ctrl+C, in DuckDB's words
        return _INTERRUPTED
    output.fail(_told(error), as_json=as_json)
    return 2


def _told(error: Exception) -> JianweiError:
    """What to say of an error: what it says itself, or where its log is."""
    if isinstance(error, JianweiError):
        return error
    usage = wrong_usage(error)
    if usage is not None:
        return usage
    if isinstance(error, OSError) and error.errno and error.filename:
        return DataError(f"{cause(error)}：{error.filename}", hint="请核对路径和权限后再试")
    with tempfile.NamedTemporaryFile(
        "w", prefix="jianwei-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    if os.environ.get("JIANWEI_DEBUG"):
        traceback.print_exception(error)
    return JianweiError(
        f"程序内部出错：{type(error).__name__}", hint=f"详情已存入 {log.name}，请连同该文件反馈"
    )
