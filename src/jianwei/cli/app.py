"""The app that every command hangs on, and the workspace that the options choose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianwei.cli.manual import Manual

if TYPE_CHECKING:
    from jianwei.workspace import Workspace

__all__ = ["Chosen", "Json", "Top", "app", "chosen", "folder", "main"]

app = Manual(name="jianwei")

Json = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档")]
"""The option that every command with an answer for scripts has."""

Top = Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="只列前 N 名，并列的全部列出")]


@dataclass
class Chosen:
    """What the options before the command chose."""

    space: Path | None = None


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        from jianwei.cli import output

        output.say(f"见微 {version('jianwei')}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    space: Annotated[
        Path | None,
        typer.Option(
            "-C", metavar="目录", help="工作区目录；不写则用环境变量 JIANWEI_SPACE，再不然从当前目录往上找"
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """见微：政务新媒体综合影响力评估。从手头的文件到可核查的榜单与报告，全程离线。

    一般的次序：
    `jianwei init 目录`　建立工作区
    `jianwei -C 目录 registry import 名册.xlsx`　导入账号台账
    `jianwei -C 目录 ingest 文件或文件夹…`　导入发布内容、汇总、粉丝数
    `jianwei -C 目录 report --period 2015H1`　生成报告
    没有台账时，先 `ingest`，再用 `registry draft` 把数据中出现的账号列成底稿。

    周期写法：
    `2015H1` `2015Q2` `2015-06` `2015W05` `2015` `2015-06-30` `2015-01-26..2015-02-01`

    退出码：
    `0` 完成
    `1` 完成，但有待处理记录或需要人工确认的问题
    `2` 用法不对或输入不可用
    """
    context.obj = Chosen(space)


def chosen(context: typer.Context) -> Workspace:
    """The workspace that the options or the surroundings name. Raises DataError if there is none."""
    from jianwei.workspace import space as spaces

    picked = context.find_object(Chosen)
    if picked is not None and picked.space is not None:
        return spaces.open(picked.space)
    return spaces.find(Path.cwd())


def folder(context: typer.Context) -> Path | None:
    """The workspace's folder for commands that can do without one: None where none was chosen or found.

    Raises DataError if the chosen one is none.
    """
    from jianwei.workspace import space as spaces

    picked = context.find_object(Chosen)
    named = picked.space if picked is not None else None
    found = named or spaces.nearest(Path.cwd())
    if found is not None and not spaces.is_one(found):
        return spaces.open(found).path
    return found
