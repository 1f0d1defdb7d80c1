"""`findings`, `report`, `demo`: what the data say, written out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.boards import Period
from jianwei.cli.manual import Manual

__all__ = ["demo", "findings", "register", "report"]


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(findings, "报告")
    app.add(report, "报告")
    app.add(demo, "报告")


def findings(context: typer.Context, period: Period, as_json: Json = False) -> None:
    """周期内的主要数据：每项的值、口径、查询与行数；没有的说明原因。

    例：`jianwei findings --period 2015H1 --json`
    """
    from jianwei.workspace import findings as verb

    with output.progress(quiet=as_json) as progress:
        found = verb.findings(chosen(context), period, progress=progress)
    if as_json:
        output.document(found)
        return
    for one in found:
        output.say(f"{one['id']:22} {one['text']}", style="dim" if one["value"] is None else "")


def report(
    context: typer.Context,
    period: Period,
    formats: Annotated[
        str, typer.Option("--format", metavar="html,docx,…", help="格式，逗号分开：html、docx、pdf、xlsx")
    ] = "html",
    out: Annotated[Path | None, typer.Option("--out", metavar="目录", help="另存一份到这里")] = None,
    as_json: Json = False,
) -> None:
    """生成报告，存为一个不再改动的版本。

    例：`jianwei report --period 2015H1 --out 送审`
    """
    from jianwei.workspace import report as verb

    wanted = [word.strip() for word in formats.split(",") if word.strip()]
    with output.progress(quiet=as_json) as progress:
        edition = verb.report(chosen(context), period, formats=wanted, out=out, progress=progress)
    if as_json:
        output.document({"edition": edition.name, "path": edition.path, "manifest": dict(edition.manifest)})
        return
    output.say(f"报告已存为版本 {edition.name}：{edition.path / 'report.html'}")
    if out is not None:
        output.say(f"另存于 {out}")


def demo(
    directory: Annotated[Path, typer.Argument(metavar="目录", help="新工作区的目录")],
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="另一个合成世界")] = 2015,
    scale: Annotated[
        float, typer.Option("--scale", metavar="F", min=0.01, max=4.0, help="规模，1 为原报告的规模")
    ] = 1.0,
    as_json: Json = False,
) -> None:
    """用合成数据走完全程：生成来源文件、导入、排榜、出报告。

    例：`jianwei demo out`
    例：`jianwei demo small --scale 0.05`　小一些，几秒完成
    """
    from jianwei.workspace import demo as verb

    started = time.monotonic()
    with output.progress(quiet=as_json) as progress:
        done = verb.demo(directory, seed=seed, scale=scale, progress=progress)
    if as_json:
        output.document(done | {"seconds": time.monotonic() - started})
        return
    output.say(f"报告：{done['report']}", style="bold")
    output.say(f"工作区：{done['path']}　来源文件：{done['sources']}　真值：{done['truth']}")
    output.say(f"全部数据为合成，按公开报告的总量校准；用时 {time.monotonic() - started:.0f} 秒", style="dim")
