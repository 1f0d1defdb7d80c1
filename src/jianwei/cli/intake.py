"""`ingest`: files into the lake."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

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
    explain: Annotated[bool, typer.Option("--explain", help="只看会怎样读，不写入")] = False,
    as_json: Json = False,
) -> None:
    """导入发布内容、汇总、粉丝数文件。

    按内容识别格式。好的行收下，有问题的行连同原因进入待处理记录，绝不猜测。
    同一文件导入两次，数据不变。

    例：`jianwei ingest 下载/`
    例：`jianwei ingest 2803301701.csv --account weibo:2803301701`
    """
    from jianwei.workspace import ingest as verb

    when = _time(observed_at)
    with output.progress(quiet=as_json) as progress:
        if explain:
            files = paths or [chosen(context).path / "inbox"]
            result = verb.explain(files, account=account, observed_at=when, progress=progress)
        else:
            space = chosen(context)
            result = verb.ingest(space, paths or [], observed_at=when, account=account, progress=progress)
    if as_json:
        output.document(result.to_json())
    else:
        _tell(result, explain)
    raise typer.Exit(result.exit_code)


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
