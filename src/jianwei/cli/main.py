"""The command `jianwei`: runs a command and ends with its exit code, never with a traceback."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback

import typer

from jianwei.cli import boards, intake, methods, output, registry, reports, spaces
from jianwei.cli.app import app
from jianwei.cli.manual import wrong_usage
from jianwei.errors import JianweiError

__all__ = ["run"]

for _module in (spaces, registry, intake, boards, methods, reports):
    _module.register(app)


def run(arguments: list[str] | None = None) -> None:
    """Entry point: run a command and exit with its code; no traceback ever reaches a user."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = app(args=words, standalone_mode=False)
    except JianweiError as error:
        output.fail(error, as_json="--json" in words)
        code = 2
    except typer.Exit as leaving:
        code = leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        output.people("已中断")
        code = 130
    except Exception as error:  # noqa: BLE001 - click's usage errors and the last resort share one door
        code = _other(error, words)
    sys.exit(code if isinstance(code, int) else 0)


def _other(error: Exception, words: list[str]) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # the page itself was printed
        return 2
    usage = wrong_usage(error)
    if usage is not None:
        output.fail(usage, as_json="--json" in words)
        return 2
    if isinstance(error, OSError):
        output.people(f"未能完成：{error.strerror or error}：{error.filename or ''}", style="bold red")
        return 2
    with tempfile.NamedTemporaryFile(
        "w", prefix="jianwei-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    if os.environ.get("JIANWEI_DEBUG"):
        traceback.print_exception(error)
    output.people(
        f"程序内部出错：{type(error).__name__}。详情已存入 {log.name}，请连同该文件反馈", style="bold red"
    )
    return 2
