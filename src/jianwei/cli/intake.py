"""`ingest`: files into the lake."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from jianwei.cli import guessed, output
from jianwei.cli.app import Json, chosen, folder
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

if TYPE_CHECKING:
    from jianwei.workspace import Workspace
    from jianwei.workspace.watch import Batch

__all__ = ["ingest", "register"]

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add(ingest, "数据")


def ingest(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="文件…", help="文件或文件夹；不写则取工作区的 inbox"),
    ] = None,
    observed_at: Annotated[
        str | None,
        typer.Option(
            "--observed-at", metavar="时间", help="这些读数是何时取得的，如 2015-07-02 或 2015-07-02T09:00"
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option("--account", metavar="平台:UID", help="文件里没有账号时指明，如 weibo:2803301701"),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="周期", help="汇总表里没有写明时段时指明，如 2015-06"),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="只看会怎样读，不写入")] = False,
    draft_map: Annotated[
        Path | None,
        typer.Option("--draft-map", metavar="映射.toml", help="给认不出的表格写映射底稿"),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="映射.toml", help="按核对过的映射导入"),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="监视 inbox 或写明的文件夹，按 Ctrl+C 停止"),
    ] = False,
    every: Annotated[
        float, typer.Option("--every", min=1, max=86_400, metavar="秒", help="隔多少秒看一次")
    ] = 10,
    as_json: Json = False,
) -> None:
    """导入发布内容、汇总、粉丝数文件。

    按内容识别格式。好的行收下，有问题的行连同原因进入待处理记录，绝不猜测。
    同一文件导入两次，数据不变。认不出的表格，`--explain` 说明各列可能是什么，
    `--draft-map` 写出映射底稿，核对后用 `--map` 导入，以后同样表头的文件不必再写。

    例：`jianwei ingest 下载/`
    例：`jianwei ingest 2803301701.csv --account weibo:2803301701`
    例：`jianwei ingest --watch --every 30`
    例：`jianwei ingest 某系统.xlsx --draft-map 映射.toml`　核对后　`jianwei ingest 某系统.xlsx --map 映射.toml`
    """
    from jianwei.workspace import ingest as verb

    if draft_map is not None:
        _draft(context, paths or [], draft_map, as_json=as_json)
        return
    told: dict[str, Any] = {
        "observed_at": _time(observed_at), "account": account, "mapping": mapping, "period": period,
    }  # fmt: skip
    if watch:
        _watch(chosen(context), paths or [], every, told, as_json=as_json)
        return
    with output.progress(quiet=as_json) as progress:
        if explain:
            space = _space(context)
            files = paths or [chosen(context).path / "inbox"]
            result = verb.explain(files, space=space, progress=progress, **told)
        else:
            result = verb.ingest(chosen(context), paths or [], progress=progress, **told)
    if as_json:
        output.document(result.to_json())
    else:
        _tell(result, explain)
    raise typer.Exit(result.exit_code)


def _space(context: typer.Context) -> Workspace | None:
    """The workspace where there is one: explaining needs none."""
    return chosen(context) if folder(context) is not None else None


def _draft(context: typer.Context, paths: list[Path], out: Path, *, as_json: bool) -> None:
    """Write the draft of a mapping for one file."""
    from jianwei.workspace import mappings as verb

    if len(paths) != 1:
        raise DataError(
            "--draft-map 要写明一个文件", hint="如 jianwei ingest 某系统.xlsx --draft-map 映射.toml"
        )
    with output.progress(f"读取 {paths[0].name}", quiet=as_json):
        found = verb.draft(paths[0], out, _space(context))
    if as_json:
        output.document({"path": out, "kind": found.mapping().template.title, "sheet": found.table.sheet})
        return
    sheet = f"〔{found.table.sheet}〕" if found.table.sheet else ""
    output.say(f"已写出 {out}：{paths[0].name}{sheet} 的各列可能是什么，读作{found.mapping().template.title}")
    output.say("下一步：打开它逐列核对，改好后导入，即为确认：", style="dim")
    output.say(f"  jianwei ingest {paths[0]} --map {out} --explain　先看会怎样收", style="dim")
    output.say(f"  jianwei ingest {paths[0]} --map {out}", style="dim")


def _watch(
    space: Workspace, folders: list[Path], every: float, told: dict[str, Any], *, as_json: bool
) -> None:
    """Take what is dropped into folders, a line a batch, until Ctrl+C or the system says to stop."""
    import signal

    from jianwei.workspace.watch import Watch

    if told["mapping"] is not None or told["period"] is not None:
        raise DataError(
            "--watch 不能与 --map、--period 同用", hint="先用 --map 导入一个文件，确认过的映射监视时会用"
        )
    watching = Watch(space, folders, every, more={name: told[name] for name in ("observed_at", "account")})
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    output.people(f"正在监视 {'、'.join(map(str, watching.folders))}，每 {every:g} 秒看一次；按 Ctrl+C 停止")
    try:
        with output.progress(quiet=True) as progress:
            for batch in watching.batches(progress):
                _tell_batch(batch, as_json=as_json)
    except KeyboardInterrupt:
        if watching.busy:  # nothing of an interrupted batch is written
            output.people("已停止；正在读的一批没有写入，下次再读")
            raise typer.Exit(130) from None
        output.people("已停止监视")
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_batch(batch: Batch, *, as_json: bool) -> None:
    if as_json:
        output.line(batch.to_json())
        return
    at = f"{batch.at:%m-%d %H:%M:%S}"
    if batch.result is None:
        output.people(f"{at}　未能导入：{batch.error}", style="red")
        return
    totals = batch.result.to_json()["totals"]
    unusable = f"，不可用 {totals['files_unusable']} 个" if totals["files_unusable"] else ""
    output.say(
        f"{at}　{totals['files']} 个文件{unusable}，{totals['rows_read']:,} 行：收 {totals['rows_taken']:,}，"
        f"重复 {totals['rows_duplicate']:,}，待处理 {totals['rows_quarantined']:,}"
    )
    for taken in batch.result.files:
        found = [issue for issue in taken.issues if issue.level != "note"]
        if found:
            output.people(f"  {Path(taken.path).name}{'：不可用' if taken.unusable else ''}")
            output.issues(found, most=3)


def _tell(result: object, explain: bool) -> None:
    files = result.files  # type: ignore[attr-defined]  # verbs are imported lazily
    shown = [taken for taken in files if taken.unusable or taken.issues or len(files) <= 20]
    for taken in shown[:50]:
        name = Path(taken.path).name
        if taken.unusable:
            output.people(f"{name}：不可用", style="bold red")
        else:
            era = f"（{taken.era}）" if taken.era else ""
            output.say(
                f"{name}：{taken.format}{era}，读 {taken.rows_read:,} = 收 {taken.rows_taken:,}"
                f" + 重复 {taken.rows_duplicate:,} + 待处理 {taken.rows_quarantined:,}"
            )
        output.issues(taken.issues, most=8)
        if taken.guess is not None:
            guessed.tell(taken.path, taken.guess)
    totals = result.to_json()["totals"]  # type: ignore[attr-defined]
    output.say(
        f"{'将' if explain else '共'}读 {totals['files']} 个文件、{totals['rows_read']:,} 行："
        f"收 {totals['rows_taken']:,}，重复 {totals['rows_duplicate']:,}，待处理 {totals['rows_quarantined']:,}",
        style="bold",
    )


def _time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
        return time if time.tzinfo is None else time.astimezone(_SHANGHAI).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise DataError(f"看不懂时间“{text}”", hint="写成 2015-07-02 或 2015-07-02T09:00") from error
