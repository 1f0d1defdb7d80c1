"""`init`, `status`: a workspace and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual

__all__ = ["init", "register", "status"]


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(init, "工作区")
    app.add(status, "工作区")


def init(
    directory: Annotated[Path, typer.Argument(metavar="目录", help="新工作区的目录，须为空或不存在")],
    as_json: Json = False,
) -> None:
    """建立工作区：设置、数据湖、方案与参评范围的副本。

    例：`jianwei init 我的工作区`
    """
    from jianwei.workspace import space as spaces

    space = spaces.create(directory)
    if as_json:
        output.document({"path": space.path})
        return
    output.say(f"已建立工作区 {space.path}")
    output.say("下一步：registry import 导入台账，ingest 导入数据；设置写在 jianwei.toml 中，每项都有说明")


def status(context: typer.Context, as_json: Json = False) -> None:
    """工作区现况：各表行数、平台与月份、待处理记录、台账与版本。

    例：`jianwei -C 我的工作区 status`
    """
    from jianwei.workspace import status as verb

    with output.progress("清点工作区", quiet=as_json):
        found = verb.status(chosen(context))
    if as_json:
        output.document(found)
        return
    output.say(f"工作区 {found['path']}", style="bold")
    output.table(
        "数据", ("表", "行数"), [(verb.TITLES[k], f"{n:,}") for k, n in found["tables"].items()], numbers=(1,)
    )
    rows = [(p["platform_name"], p["month"], f"{p['posts']:,}") for p in found["posts"]]
    if rows:
        output.table("发布内容（按平台、月份）", ("平台", "月份", "条/篇"), rows, numbers=(2,))
    for code in found["quarantine"]:
        output.say(f"待处理记录 {code['rows']:,} 行：{code['reason']}", style="yellow")
    registry = found["registry"]
    output.say(
        f"台账：单位 {registry['units']:,} 个，账号 {registry['accounts']:,} 个；"
        f"数据中出现而台账没有的账号 {registry['unknown_accounts']:,} 个"
        if registry
        else "台账：尚未导入（registry import，或 registry draft 生成底稿）"
    )
    output.say(f"数据版本 {found['lake_version']}　台账版本 {found['roster_version'] or '—'}", style="dim")
