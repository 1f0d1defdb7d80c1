"""After a collection: who has not reported, and a notice for each unit that has something to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from jianwei.errors import DataError, Issue, cause
from jianwei.forms import notice, request
from jianwei.forms.events import Event
from jianwei.forms.notice import Late
from jianwei.forms.request import Batch
from jianwei.forms.sender import Sender
from jianwei.period import Period
from jianwei.workspace.received import OVERDUE, Collected

__all__ = ["missing", "write"]


def missing(batches: Sequence[Batch], log: Iterable[Event], period: Period, clock: datetime) -> list[Late]:
    """Units that were asked and of which nothing came, or nothing but blank forms, in the order they were asked."""
    came: dict[str, int] = {}
    for event in log:
        if event.kind == "received" and event.period == period.label:
            came[event.unit_code] = came.get(event.unit_code, 0) + (event.rows or 0)
    found: dict[str, Late] = {}
    for batch in batches:
        for ask in batch.asks:
            if came.get(ask.code):
                continue
            overdue = batch.deadline is not None and clock.date() > batch.deadline
            why = "交了空表" if ask.code in came else OVERDUE if overdue else "未收到"
            found[ask.code] = Late(ask.code, ask.name, why, ask.file, ask.token)
    return list(found.values())


def write(folder: Path, done: Collected, out: Path | None) -> list[Path]:
    """Write the notices and the list of units that have not reported into a new folder.

    folder: of the period. out: the folder to use instead; files that are there stay. Raises DataError.
    """
    by_unit: dict[str, tuple[Sender, list[Issue]]] = {}
    told: dict[str, list[Issue]] = defaultdict(list)
    for one in done.received:
        if one.sender is not None and one.to_mend:
            told[one.sender.ask.code] += one.to_mend
            by_unit[one.sender.ask.code] = one.sender, told[one.sender.ask.code]
    if not by_unit and not done.missing:
        return []
    target = out or _next(folder / "退改通知")
    senders = [sender for sender, _ in by_unit.values()]
    units = [(sender.ask.code, sender.ask.short_name or sender.ask.name) for sender in senders]
    names = request.file_names(units, f"{done.period.label}_退改通知")
    absent = request.file_names([("未报送单位", "")], done.period.label) if done.missing else []
    there = [name for name in (*names, *absent) if (target / name).exists()]
    if there:
        what = f"{target} 里已有同名的文件，如 {there[0]}"
        raise DataError(what, hint="数据已经收下；请用 --out 换一个空的文件夹后重新运行，以写出通知")
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"写不了 {target}：{cause(error)}", hint="请确认文件夹可写") from error
    written = []
    for name, (sender, issues) in zip(names, by_unit.values(), strict=True):
        batch = sender.batch
        notice.mend(
            target / name,
            sender.ask.name,
            done.period,
            issues,
            deadline=batch.deadline,
            contact=batch.contact,
        )
        written.append(target / name)
    for name in absent:
        notice.absent(target / name, done.period, done.missing)
        written.append(target / name)
    return written


def _next(folder: Path) -> Path:
    """The next numbered folder: notices that were sent are not overwritten."""
    number = max((int(path.name) for path in folder.glob("[0-9]*") if path.name.isdigit()), default=0) + 1
    return folder / f"{number:03d}"
