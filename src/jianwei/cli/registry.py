"""`registry import|export|check|draft|reconcile`: the register of units and accounts (账号台账)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual

__all__ = ["check", "draft", "export", "import_", "reconcile", "register"]

_KINDS = {
    "units": "单位",
    "accounts": "账号",
    "openings": "开设情况",
    "populations": "人口",
    "regions": "区划",
}

_group = Manual(help="账号台账：导入、导出、检查、起草。")


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add_typer(_group, name="registry", rich_help_panel="台账")


@_group.command("import")
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="名册 .xlsx 或 .csv")],
    strict: Annotated[bool, typer.Option("--strict", help="有一处错误就全部不导入")] = False,
    actor: Annotated[str, typer.Option("--actor", metavar="姓名", help="谁在修改，记入变更历史")] = "",
    why: Annotated[str, typer.Option("--why", metavar="原因", help="为何修改，记入变更历史")] = "",
    as_json: Json = False,
) -> None:
    """导入单位、账号、开设情况、人口、区划表。

    按表头识别；好的行收下，有问题的行逐条列出所在行、列与原因。每次变更都留历史并发布新的台账版本。

    例：`jianwei registry import 名册.xlsx --actor 张三 --why 年度核对`
    """
    from jianwei.workspace import register as verb

    with output.progress(quiet=as_json) as progress:
        done = verb.import_files(
            chosen(context), files, strict=strict, actor=actor, why=why, progress=progress
        )
    if as_json:
        output.document(done.to_json())
    else:
        for kind, tally in done.tallies.items():
            if tally.read:
                output.say(
                    f"{_KINDS.get(kind, kind)}：读 {tally.read:,}，新增 {tally.new:,}，更新 {tally.changed:,}，"
                    f"无变化 {tally.unchanged:,}，退回 {tally.rejected:,}"
                )
        output.issues(done.issues)
        if done.applied:
            output.say(f"台账版本 {done.roster_version}", style="dim")
        else:
            output.say("有错误，按 --strict 全部未导入", style="bold yellow")
    rejected = not done.applied or any(issue.level == "error" for issue in done.issues)
    raise typer.Exit(1 if rejected else 0)


@_group.command("export")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help=".xlsx，或 .csv（每种一个文件）")],
    contacts: Annotated[bool, typer.Option("--contacts", help="连同分管领导、责任人、电话")] = False,
    as_json: Json = False,
) -> None:
    """导出台账；原样再导入不会有任何变化。

    例：`jianwei registry export 台账.xlsx`
    """
    from jianwei.workspace import register as verb

    with output.progress("导出台账", quiet=as_json):
        counts = verb.export(chosen(context), file, contacts=contacts)
    if as_json:
        output.document({"path": file, "rows": counts})
        return
    told = "，".join(f"{_KINDS.get(kind, kind)} {n:,}" for kind, n in counts.items())
    output.say(f"已写入 {file}：{told}")


@_group.command("check")
def check(context: typer.Context, as_json: Json = False) -> None:
    """检查台账前后是否一致：无主账号、重号、失效区划、循环上级、改名冲突等。

    例：`jianwei registry check`
    """
    from jianwei.workspace import register as verb

    with output.progress("检查台账", quiet=as_json):
        found = verb.check(chosen(context))
    if as_json:
        output.document([issue.to_json() for issue in found])
    else:
        output.issues(found)
        notes = sum(issue.level == "note" for issue in found)
        told = f"{len(found) - notes} 处需要人工确认，{notes} 条说明"
        output.say(told if found else "没有发现问题")
    raise typer.Exit(1 if any(issue.level != "note" for issue in found) else 0)


@_group.command("draft")
def draft(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="要写的 .xlsx")],
    as_json: Json = False,
) -> None:
    """把数据中出现而台账没有的账号列成名册底稿，核对后即可导入。

    例：`jianwei registry draft 底稿.xlsx`
    """
    from jianwei.workspace import register as verb

    with output.progress("查找未登记的账号", quiet=as_json):
        count = verb.draft(chosen(context), file)
    if as_json:
        output.document({"path": file if count else None, "accounts": count})
    elif count:
        output.say(f"已把 {count:,} 个账号写入 {file}；核对单位名称、系统、区划后用 registry import 导入")
    else:
        output.say("数据中的账号台账里都有，没有写文件")


@_group.command("reconcile")
def reconcile(
    context: typer.Context,
    exports: Annotated[
        list[Path] | None,
        typer.Argument(metavar="导出文件…", help="全国政务新媒体信息报送系统导出的 .xlsx 或 .csv；可不写"),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="日期", help="普查日，如 2015-06-30；不写则取数据到达的日期"),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="文件", help="写成 .xlsx，每类一张表")] = None,
    as_json: Json = False,
) -> None:
    """账号普查：本台账、全国系统的导出、数据中见到的账号，三方比对。

    列出未备案、系统有本台账无、已注销仍发文、僵尸、改名、一单位同平台多号、疑似仿冒、
    认证主体与主办单位不一致，各附证据、把握和处理建议。没有数据的账号列为未掌握，不算僵尸。

    例：`jianwei registry reconcile 全国系统导出.xlsx --as-of 2015-06-30 --out 普查结果.xlsx`
    """
    from jianwei.cli import reconciliation
    from jianwei.workspace import census as verb

    with output.progress("普查账号", quiet=as_json) as progress:
        found = verb.census(
            chosen(context), exports or [], as_of=reconciliation.day(as_of), out=out, progress=progress
        )
    if as_json:
        output.document(found.to_json())
    else:
        reconciliation.tell(found, out)
    raise typer.Exit(found.exit_code)
