"""The command `jianwei`: the app, its options that every command shares, and how errors end."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from jianwei.cli import output
from jianwei.errors import JianweiError

__all__ = ["Chosen", "app", "chosen", "run"]

app = typer.Typer(
    name="jianwei",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@dataclass
class Chosen:
    """What the options before the command chose."""

    space: Path | None = None


@app.callback()
def main(
    context: typer.Context,
    space: Annotated[
        Path | None,
        typer.Option("-C", metavar="目录", help="工作区目录；不写则用环境变量 JIANWEI_SPACE，再不然从当前目录往上找"),
    ] = None,
) -> None:
    """**见微**：政务新媒体综合影响力评估。从手头的文件到可核查的榜单与报告，全程离线。

    一般的次序：

    1. `jianwei init 目录`　建立工作区
    2. `jianwei -C 目录 registry import 名册.xlsx`　导入账号台账
    3. `jianwei -C 目录 ingest 文件或文件夹…`　导入发布内容、汇总、粉丝数
    4. `jianwei -C 目录 report --period 2015H1`　生成报告

    没有台账时，先 `ingest`，再用 `registry draft` 列出数据中出现的账号作为底稿。

    退出码：0 完成；1 完成，但有待处理记录或需要人工确认的问题；2 用法不对或输入不可用。
    """
    context.obj = Chosen(space)


def chosen(context: typer.Context) -> Any:
    """The workspace that the options or the surroundings name."""
    from jianwei.workspace import space as spaces

    picked = context.find_object(Chosen)
    if picked is not None and picked.space is not None:
        return spaces.open(picked.space)
    return spaces.find(Path.cwd())


def _register() -> None:
    from jianwei.cli import boards, intake, methods, registry, reports, spaces

    for module in (spaces, registry, intake, boards, methods, reports):
        module.register(app)


def run(arguments: list[str] | None = None) -> None:
    """Entry point: run a command and exit with its code; no traceback ever reaches a user."""
    words = sys.argv[1:] if arguments is None else arguments
    _register()
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
        code = _other(error)
    sys.exit(code if isinstance(code, int) else 0)


def _other(error: Exception) -> int:
    show = getattr(error, "show", None)
    if callable(show):
        show()
        return 2
    if isinstance(error, OSError):
        output.people(f"未能完成：{error.strerror or error}：{error.filename or ''}", style="bold red")
        return 2
    import os
    import tempfile
    import traceback

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
