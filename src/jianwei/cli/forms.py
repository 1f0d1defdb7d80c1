"""`forms make|collect|correct|appeal|settle|events`: templates out, forms in, and what is changed after."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jianwei.cli import output
from jianwei.cli.app import Json, chosen
from jianwei.cli.manual import Manual
from jianwei.errors import DataError

if TYPE_CHECKING:
    from jianwei.forms.events import Event
    from jianwei.workspace.received import Collected

__all__ = ["appeal", "collect", "correct", "events", "make", "register", "settle"]

_SHOWN = 40
"""Files and units shown to people at most; --json has them all."""

_group = Manual(help="填报：下发填报表、收表核对、更正与异议。")

Period = Annotated[
    str, typer.Option("--period", metavar="周期", help="整月的周期，如 2015-06、2015Q2、2015H1")
]
Who = Annotated[str, typer.Option("--who", metavar="姓名", help="谁，记入更正与异议记录")]
Why = Annotated[str, typer.Option("--why", metavar="原因", help="为什么，记入更正与异议记录")]
Account = Annotated[
    str | None, typer.Option("--account", metavar="账号", help="UID 或账号名称；单位只有一个账号时可不写")
]
Verified = Annotated[
    bool, typer.Option("--verified", help="发布数少于公开可查到的条数，但已核实无误（如已删除）")
]


def register(app: Manual) -> None:
    """Add the commands of this file to the app."""
    app.add_typer(_group, name="forms", rich_help_panel="填报")


@_group.command("make")
def make(
    context: typer.Context,
    period: Period,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="目录", help="写到这里；不写则在工作区 forms 之下")
    ] = None,
    cohort: Annotated[
        str | None, typer.Option("--cohort", metavar="范围", help="只发给一个参评范围，如 区县")
    ] = None,
    deadline: Annotated[
        str | None, typer.Option("--deadline", metavar="日期", help="报送截止日，印在表上，如 2015-07-10")
    ] = None,
    contact: Annotated[str, typer.Option("--contact", metavar="文字", help="联系人和电话，印在表上")] = "",
    who: Annotated[str, typer.Option("--who", metavar="姓名", help="谁下发的")] = "",
    prefill: Annotated[
        bool,
        typer.Option("--prefill", help="把公开读数填进格子里（单位保留即为确认）；不加则列在灰色的参考列"),
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="本期已经发过的单位再发一批；原批次保留")] = False,
    as_json: Json = False,
) -> None:
    """为每个单位写一份填报表（XLSX），并记下谁领了哪一份。

    月份、账号、UID 已填好；公开读数列在灰色参考列中，不作为单位所报。表中没有公式，没有锁定的格子，可以整块粘贴。

    例：`jianwei forms make --period 2015-06 --deadline 2015-07-10 --contact "张三 63890000"`
    例：`jianwei forms make --period 2015H1 --cohort 区县 --out 下发/`
    """
    from jianwei.workspace import forms as verb

    until = _day(deadline)
    with output.progress("写填报表", quiet=as_json) as progress:
        made = verb.make(
            chosen(context), period, cohort=cohort, out=out, deadline=until, contact=contact, by=who,
            prefill=prefill, again=again, progress=progress,
        )  # fmt: skip
    if as_json:
        output.document(made.to_json())
        return
    totals = made.to_json()["totals"]
    output.say(f"批次 {made.batch.id}：{totals['units']:,} 个单位，{totals['rows']:,} 行待填", style="bold")
    output.say(f"填报表在 {made.folder}")
    if made.without:
        names = "、".join(made.without[:8])
        output.people(f"{len(made.without)} 个单位在周期内没有微博或微信账号，没有写表：{names}")
    output.say(f"收表时运行：jianwei forms collect 文件夹 --period {made.batch.period}", style="dim")


@_group.command("collect")
def collect(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="文件…", help="交回的填报表，或装着它们的文件夹")],
    period: Period,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="目录", help="退改通知写到这里；不写则在工作区 forms 之下")
    ] = None,
    who: Annotated[str, typer.Option("--who", metavar="姓名", help="谁收的")] = "",
    as_json: Json = False,
) -> None:
    """收表：逐格核对，好的行收下，有问题的行退改，列出未报送单位。

    核对表样、账号与 UID、月份、数字、汇总与明细、公开读数。每个有问题的单位得到一份退改通知。空白按未掌握处理，绝不当作 0。
    改好后重报的以后一份为准，改动记入更正记录。同一文件收两次，数据不变。

    例：`jianwei forms collect 交回/ --period 2015-06`
    """
    from jianwei.workspace import collection as verb

    with output.progress("核对填报表", quiet=as_json) as progress:
        done = verb.collect(chosen(context), paths, period, out=out, who=who, progress=progress)
    if as_json:
        output.document(done.to_json())
    else:
        _tell(done)
    raise typer.Exit(done.exit_code)


@_group.command("correct")
def correct(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="单位", help="编码、全称或简称")],
    period: Annotated[str, typer.Option("--period", metavar="月份", help="如 2015-06")],
    changes: Annotated[
        list[str],
        typer.Option("--set", metavar="列名=数字", help="如 发布数=120；等号后留空表示未掌握；可写多次"),
    ],
    who: Who,
    why: Why,
    account: Account = None,
    verified: Verified = False,
    as_json: Json = False,
) -> None:
    """更正一个账号一个月的数字：谁、何时、为何、原数、新数都留下记录。

    例：`jianwei forms correct 平安重庆 --period 2015-06 --set 发布数=120 --set 转发=800 --who 张三 --why 电话核实`
    """
    from jianwei.workspace import amendment as verb

    made = verb.correct(
        chosen(context), unit, period, dict(map(_pair, changes)), who=who, why=why, account=account,
        verified=verified,
    )  # fmt: skip
    _show(made, as_json=as_json)


@_group.command("appeal")
def appeal(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="单位", help="编码、全称或简称")],
    period: Annotated[
        str, typer.Option("--period", metavar="周期", help="对哪一期有异议，如 2015-06、2015H1")
    ],
    who: Who,
    why: Why,
    account: Account = None,
    field: Annotated[
        str | None, typer.Option("--field", metavar="列名", help="对哪个数字有异议，如 发布数")
    ] = None,
    claim: Annotated[str | None, typer.Option("--claim", metavar="数字", help="单位认为应是多少")] = None,
    as_json: Json = False,
) -> None:
    """登记一件异议，等待复核。

    例：`jianwei forms appeal 平安重庆 --period 2015-06 --field 发布数 --claim 120 --who 李四 --why 漏计长微博`
    """
    from jianwei.workspace import amendment as verb

    made = verb.appeal(
        chosen(context), unit, period, who=who, why=why, account=account, field=field, claim=claim
    )
    _show([made], as_json=as_json)


@_group.command("settle")
def settle(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="序号", help="异议的序号，见 jianwei forms events")],
    who: Who,
    why: Why,
    accept: Annotated[
        bool | None, typer.Option("--accept/--reject", help="采纳或不采纳，必须写明一个")
    ] = None,
    verified: Verified = False,
    as_json: Json = False,
) -> None:
    """复核一件异议：采纳或不采纳；采纳且写明应为多少的，随即更正。

    例：`jianwei forms settle 12 --accept --who 王五 --why 经查属实`
    """
    from jianwei.workspace import amendment as verb

    if accept is None:
        raise DataError("没有写明采纳还是不采纳", hint="加 --accept 或 --reject")
    made = verb.settle(chosen(context), number, accept=accept, who=who, why=why, verified=verified)
    _show(made, as_json=as_json)


@_group.command("events")
def events(
    context: typer.Context,
    period: Annotated[str | None, typer.Option("--period", metavar="周期", help="只看这一期")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="只看这个单位")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="种类", help="下发、收表、更正、异议、复核 之一")
    ] = None,
    as_json: Json = False,
) -> None:
    """列出下发、收表、更正、异议、复核的记录；记录只增不改。

    例：`jianwei forms events --period 2015-06 --kind 更正`
    """
    from jianwei.errors import suggest
    from jianwei.forms.events import KINDS
    from jianwei.workspace import amendment as verb

    chosen_kind = next((key for key, word in KINDS.items() if kind in (key, word)), None)
    if kind is not None and chosen_kind is None:
        raise DataError(f"没有“{kind}”这种记录", hint=suggest(kind, KINDS.values()))
    log = verb.history(chosen(context), period=period, unit=unit, kind=chosen_kind)
    if as_json:
        output.document(
            {
                "events": [event.to_json() for event in log.events],
                "issues": [issue.to_json() for issue in log.issues],
            }
        )
    else:
        _show(list(log.events), as_json=False)
        output.issues(log.issues)
    raise typer.Exit(int(bool(log.issues)))


def _show(made: list[Event], *, as_json: bool) -> None:
    from jianwei.forms.events import KINDS, titled

    if as_json:
        output.document({"events": [event.to_json() for event in made]})
        return
    columns = ("序号", "时间", "种类", "单位", "月份", "列", "原数", "新数", "结果", "谁", "原因")
    rows = [
        (
            event.number, f"{event.at:%Y-%m-%d %H:%M}", KINDS[event.kind], event.unit, event.month or event.period,
            titled(event), output.number(event.before), output.number(event.after),
            event.outcome if event.about is None else f"{event.outcome}（{event.about} 号）", event.who, event.why,
        )
        for event in made
    ]  # fmt: skip
    if rows:
        output.table("", columns, rows, numbers=(0, 6, 7))
    else:
        output.say("没有记录")


def _tell(done: Collected) -> None:
    totals = done.to_json()["totals"]
    told = [one for one in done.received if one.to_mend or one.state == "不可用"]
    for one in told[:_SHOWN]:
        output.people(f"{one.path.name}：{one.state}", style="bold")
        output.issues(one.to_mend, most=8)
    if len(told) > _SHOWN:
        output.people(f"…… 另有 {len(told) - _SHOWN} 个文件有问题，见退改通知，或用 --json 查看")
    if done.missing:
        names = "、".join(one.name for one in done.missing[:8])
        output.people(f"未报送单位 {len(done.missing):,} 个：{names}{' ……' if len(done.missing) > 8 else ''}")
    if done.corrections:
        output.say(f"更正 {len(done.corrections)} 处，见 jianwei forms events --kind 更正")
    if done.notices:
        output.say(f"通知和名单在 {done.notices[0].parent}（{len(done.notices)} 个文件）")
    output.say(
        f"{done.period.chinese}：收 {totals['files']:,} 个文件、{totals['rows']:,} 行："
        f"收下 {totals['rows_taken']:,}，重复 {totals['rows_duplicate']:,}，退改 {totals['rows_quarantined']:,}；"
        f"应报 {totals['units_expected']:,} 个单位，已报 {totals['units_reported']:,}，"
        f"未报 {totals['units_missing']:,}，需退改 {totals['units_to_mend']:,}",
        style="bold",
    )


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.replace("＝", "=").partition("=")
    if not mark or not name.strip():
        raise DataError(f"看不懂“{text}”", hint="写成 列名=数字，如 发布数=120")
    return name.strip(), value.strip()


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"看不懂日期“{text}”", hint="写成 2015-07-10") from error
