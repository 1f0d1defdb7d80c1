"""更正、异议、复核: what is changed or disputed after the forms are in, each with who, when, why, before and after."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Issue, Place, cause
from jianwei.forms import blank, events
from jianwei.forms.blank import FAMILIES
from jianwei.forms.changes import changes, numbers
from jianwei.forms.events import Event, Kind, Log
from jianwei.forms.judge import conclude, judge
from jianwei.forms.judged import Judged
from jianwei.forms.request import Ask, Line
from jianwei.forms.returned import look
from jianwei.forms.review import Review
from jianwei.intake.template import TEMPLATES
from jianwei.workspace import ingest
from jianwei.workspace import subject as subjects
from jianwei.workspace.collection import floors, rules_of
from jianwei.workspace.desk import parsed
from jianwei.workspace.forms import folder_of, log_of
from jianwei.workspace.space import Workspace, now
from jianwei.workspace.subject import Subject

__all__ = ["appeal", "correct", "history", "settle"]

ACCEPTED, REJECTED, OPEN = "采纳", "不采纳", "待复核"

_UNKNOWN = ("", "空白", "未掌握")


def correct(
    space: Workspace,
    unit: str,
    month: str,
    changed: Mapping[str, str],
    *,
    who: str,
    why: str,
    account: str | None = None,
    verified: bool = False,
    file: str = "",
) -> list[Event]:
    """Correct numbers of an account's month; returns the events, one a field.

    changed: titles of the template to what is right, "" for not known. verified: whether fewer posts
    than can be seen in public have been looked into and are right. The row as corrected goes to the
    lake by the ordinary reader and counts in place of the earlier one.
    Raises DataError for an unknown unit, account or title, and for what no form may say.
    """
    _signed(who, why)
    subject = subjects.find(space, unit, account, subjects.month(month))
    asked = {subjects.named(subject.kind, title): cell for title, cell in changed.items()}
    if not asked:
        raise DataError("没有写要更正什么", hint="用 --set 列名=数字，如 --set 发布数=120")
    clock = now()
    rules, before = rules_of(space, subject.month, clock, by_forms=False)
    earlier = before.get((subject.account_id, subject.month.label))
    path = _written(space, subject, _row(subject, earlier, asked, who, why, clock))
    judged = judge(look(path), _ask(subject), rules)
    conclude(judged)
    _acceptable(judged, verified=verified)
    said = numbers(judged.good[0])
    missing = [name for name in asked if name not in said or (name == "followers" and said[name] is None)]
    if missing:
        title = blank.title(subject.kind, missing[0])
        raise DataError(f"“{title}”不能改成未掌握", hint="已有的读数不会删除；请改成正确的数字")
    drafts = [
        Event(
            "correction", clock, who, why, subject.month.label, "", subject.unit_code, subject.unit,
            subject.account_id, subject.month.label, name, old, new, "更正", None, file or path.name,
        )
        for name, old, new in changes(earlier or _nothing(clock), said)
        if name in asked
    ]  # fmt: skip
    if not drafts:
        path.unlink()
        raise DataError("与现有的数字相同，没有可更正的", hint="用 jianwei forms events 看已有的更正")
    done = ingest.ingest(space, [path], review=Review([judged], floors(before)))
    sha256 = done.files[0].sha256
    with space.writing():
        return events.append(log_of(space), [replace(draft, sha256=sha256) for draft in drafts])


def appeal(
    space: Workspace,
    unit: str,
    period: str,
    *,
    who: str,
    why: str,
    account: str | None = None,
    field: str | None = None,
    claim: str | None = None,
) -> Event:
    """Note that a unit disputes something (异议), as an event that waits for a decision.

    field: the title of a number of one account's month; claim: what it should be.
    Raises DataError for an unknown unit or title, and a claim of no number.
    """
    _signed(who, why)
    span = parsed(period)
    clock = now()
    if field is None:
        if claim is not None:
            raise DataError("写了应为多少，却没有写是哪一列", hint="用 --field 指明列名，如 --field 发布数")
        code, name = subjects.unit(space, unit)
        draft = Event("appeal", clock, who, why, span.label, "", code, name, outcome=OPEN)
    else:
        subject = subjects.find(space, unit, account, subjects.month(period))
        known = subjects.named(subject.kind, field)
        _, before = rules_of(space, subject.month, clock, by_forms=False)
        row = before.get((subject.account_id, subject.month.label), {})
        draft = Event(
            "appeal", clock, who, why, span.label, "", subject.unit_code, subject.unit, subject.account_id,
            subject.month.label, known, row.get(known), subjects.number(field, claim), OPEN,
        )  # fmt: skip
    with space.writing():
        return events.append(log_of(space), [draft])[0]


def settle(
    space: Workspace, number: int, *, accept: bool, who: str, why: str, verified: bool = False
) -> list[Event]:
    """Decide an appeal; one that is accepted and says what a number should be corrects it.

    Returns the decision and the corrections. Raises DataError where there is no such open appeal.
    """
    _signed(who, why)
    log = events.read(log_of(space)).events
    about = next((event for event in log if event.number == number and event.kind == "appeal"), None)
    decided = {event.about for event in log if event.kind == "decision"}
    if about is None:
        waiting = [
            str(event.number) for event in log if event.kind == "appeal" and event.number not in decided
        ]
        hint = f"待复核的有：{'、'.join(waiting)}" if waiting else "现在没有待复核的异议"
        raise DataError(f"没有第 {number} 号异议", hint=hint)
    if number in decided:
        raise DataError(f"第 {number} 号异议已经复核过", hint="如需再议，请重新提出异议")
    made: list[Event] = []
    if accept and about.field and about.after is not None and not _holds(space, about):
        uid = about.account_id.split(":", 1)[1]
        title = blank.title(FAMILIES[about.account_id.split(":", 1)[0]][0], about.field)
        made = correct(
            space, about.unit_code, about.month, {title: str(about.after)}, who=who, account=uid,
            why=f"采纳第 {number} 号异议：{why}", verified=verified,
        )  # fmt: skip
    draft = replace(
        about,
        kind="decision",
        at=now(),
        who=who,
        why=why,
        about=number,
        outcome=ACCEPTED if accept else REJECTED,
    )
    with space.writing():
        return [*events.append(log_of(space), [draft]), *made]


def history(
    space: Workspace, *, period: str | None = None, unit: str | None = None, kind: Kind | None = None
) -> Log:
    """The events, those of a period, a unit or a kind; and what is wrong with the log."""
    log = events.read(log_of(space))
    label = None if period is None else parsed(period).label
    code = None if unit is None else subjects.unit(space, unit)[0]
    chosen = [
        event
        for event in log.events
        if (label is None or label in (event.period, event.month))
        and (code is None or event.unit_code == code)
        and (kind is None or event.kind == kind)
    ]
    return replace(log, events=tuple(chosen))


def _holds(space: Workspace, about: Event) -> bool:
    """Whether what an appeal claims is what the lake has already, as after a decision that was cut off."""
    _, before = rules_of(space, subjects.month(about.month), now(), by_forms=False)
    return before.get((about.account_id, about.month), {}).get(about.field) == about.after


def _signed(who: str, why: str) -> None:
    if not who.strip() or not why.strip():
        raise DataError("更正和异议要写明是谁、为什么", hint="用 --who 姓名 --why 原因")


def _row(
    subject: Subject,
    earlier: Mapping[str, Any] | None,
    asked: Mapping[str, str],
    who: str,
    why: str,
    clock: datetime,
) -> dict[str, str]:
    """The whole row as corrected, by field: what was said before, with the changes over it."""
    row = {"month": subject.month.label, "account_name": subject.name, "uid": subject.uid, "note": why,
           "observed_at": clock.isoformat(" "), "reporter": who}  # fmt: skip
    said = earlier if earlier is not None and earlier.get("observed_at") is not None else {}
    marked = {mark: set(str(said.get(mark) or "").split(",")) for mark in ("censored", "rounded")}
    for name in blank.counted(subject.kind):
        source = name
        if name in ("reads", "readers"):
            source = "reads" if (said.get("read_basis") == "users") == (name == "readers") else ""
        value = said.get(source) if source and name != "followers" else None
        if value is not None:
            plus = "+" if source in marked["censored"] else ""
            row[name] = f"{value / 10_000:.12g}万" if source in marked["rounded"] else f"{value}{plus}"
    for name, cell in asked.items():
        row[name] = "" if cell.strip() in _UNKNOWN else cell.strip()
    return row


def _written(space: Workspace, subject: Subject, row: Mapping[str, str]) -> Path:
    """The corrected row as a form of one line, kept among what the workspace was sent."""
    folder = folder_of(space, subject.month) / "更正"
    number = len(list(folder.glob("*.csv"))) + 1
    path = folder / f"{number:04d}_{subject.uid}.csv"
    columns = [column for column in TEMPLATES[subject.kind].columns if column.field not in ("start", "end")]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = path.with_name(f".{path.name}.{os.getpid()}")
        with staging.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            # Two corrections of the same words are two statements: the number keeps their files apart.
            out.writerow([*(column.title for column in columns), f"{blank.REFERENCE}更正序号"])
            out.writerow([*(row.get(column.field, "") for column in columns), number])
        staging.replace(path)
    except OSError as error:
        raise DataError(f"写不了 {path}：{cause(error)}", hint="请确认工作区可写、磁盘未满") from error
    return path


def _ask(subject: Subject) -> Ask:
    line = Line(subject.family, subject.month.label, subject.account_id, subject.name, subject.uid)
    return Ask("", subject.unit_code, subject.unit, "", "", (line,))


def _acceptable(judged: Judged, *, verified: bool) -> None:
    """Let pass what no rule forbids; take the file away again and say why otherwise."""
    wrong = [issue for issue in judged.refused.values() if not (verified and issue.code == "below_public")]
    errors = [issue for issue in judged.issues if issue.level == "error"]
    if not wrong and judged.rows and all(issue.code == "below_public" for issue in errors):
        judged.refused.clear()
        return
    judged.returned.path.unlink(missing_ok=True)
    first: Sequence[Issue] = errors or [
        Issue("error", "empty_row", Place(), "改后整行没有一项数字", "请至少留一项")
    ]
    listed = "；".join(
        f"{issue.where.field}：{issue.what}" if issue.where.field else issue.what for issue in first
    )
    hint = first[0].hint
    if any(issue.code == "below_public" for issue in first):
        hint = "已经核实无误的，加 --verified 后重新运行"
    raise DataError(f"不能这样更正：{listed}", hint=hint, issues=first)


def _nothing(clock: datetime) -> dict[str, Any]:
    """What was said where nobody has said anything."""
    return {"observed_at": clock, "followers_at": clock}
