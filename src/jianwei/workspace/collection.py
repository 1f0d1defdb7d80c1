"""填报, coming in: files are judged against what was asked, good rows taken, the rest sent back with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jianwei.errors import DataError
from jianwei.forms import changes, events, public, request, tolerance
from jianwei.forms.blank import FAMILIES
from jianwei.forms.events import Event
from jianwei.forms.judge import Rules
from jianwei.forms.review import Floors, Review
from jianwei.leaderboard.membership import members
from jianwei.period import Period
from jianwei.workspace import delivery, ingest, notices
from jianwei.workspace.delivery import Delivered
from jianwei.workspace.forms import FOLDER, folder_of, log_of, months_of
from jianwei.workspace.ingest import Ingested
from jianwei.workspace.privacy import veiled
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.received import Collected, Received, State
from jianwei.workspace.space import Workspace, now

__all__ = ["collect", "floors", "rules_of"]

_OURS = ("private_data",)
"""What a reader warns of that is for us to see to, not for the unit that filled the form."""

Stated = Mapping[tuple[str, str], Mapping[str, Any]]


def collect(
    space: Workspace,
    paths: Sequence[Path],
    period: str,
    *,
    observed_at: datetime | None = None,
    out: Path | None = None,
    who: str = "",
    progress: Progress = silent,
) -> Collected:
    """Take the forms of a period that came back; files, folders and ZIPs.

    Rows without an error go to the lake by `ingest`, with their file and row; rows with one go to
    quarantine; blank cells stay missing. A later form of the same account and month counts in place of
    the earlier one, and what it changes is an event. out: where the notices go.
    Raises DataError where nothing was sent for the period, or there is no roster.
    """
    span = months_of(period)
    batches = request.batches(folder_of(space, span))
    if not batches:
        hint = f"先运行 jianwei forms make --period {span.label}"
        raise DataError(f"{span.chinese}还没有下发过填报表", hint=hint)
    clock = now()
    rules, before = rules_of(space, span, clock)
    with TemporaryDirectory(prefix="jianwei-") as room:
        received, files = delivery.opened(space, paths, batches, rules, Path(room), progress)
        delivery.judge_together(space, [one.judged for one in files])
        outdated = delivery.later_counts(files)
        review = Review([one.judged for one in files], floors(before))
        if files:
            chosen = [one.path for one in files]
            done = ingest.ingest(space, chosen, observed_at=observed_at, review=review, progress=progress)
            _sorted_in(files, done)
    received += [_received(one, clock) for one in files]
    received.sort(key=lambda one: str(one.path))
    with space.writing(progress=progress):
        log = events.read(log_of(space))
        drafts = [event for one in files for event in _corrections(one, before, outdated, clock, who)]
        drafts += _arrivals(received, {event.sha256 for event in log.events}, span, clock, who)
        added = events.append(log_of(space), drafts)
    missing = notices.missing(batches, [*log.events, *added], span, clock)
    corrected = [event for event in added if event.kind == "correction"]
    expected = len({ask.code for batch in batches for ask in batch.asks})
    result = Collected(span, batches, received, missing, expected, corrected)
    result.notices = notices.write(folder_of(space, span), result, out)
    return result


def rules_of(
    space: Workspace, span: Period, clock: datetime, *, by_forms: bool = True
) -> tuple[Rules, Stated]:
    """What forms of a period are judged by, and what forms (or any sums) said before."""
    roster = space.roster
    accounts = members(roster, span, FAMILIES)
    owners = {str(account["account_id"]): str(account["unit"]) for account in accounts}
    with space.lake.connect() as con:
        before = public.stated(con, span, by_forms=by_forms)
        known = public.known(con, span, accounts, space.settings.followers_within)
    return Rules(clock, span, owners, known, tolerance.load(space.path / FOLDER)), before


def floors(before: Stated) -> Floors:
    """When earlier forms spoke."""
    return Floors(
        {key: row["observed_at"] for key, row in before.items() if row["observed_at"] is not None},
        {key: row["followers_at"] for key, row in before.items() if row["followers_at"] is not None},
    )


def _sorted_in(files: list[Delivered], done: Ingested) -> None:
    """What became of each file's sheets, and what the reader alone has to say of them."""
    by_path = {str(one.path): one for one in files}
    for entry in done.files:
        one = by_path[entry.path]
        one.taken.append(entry)
        known = {issue.code for issue in one.judged.issues}
        one.judged.issues += [
            replace(issue, level="note") if issue.code in _OURS else issue
            for issue in entry.issues
            if issue.level != "note" and issue.code not in known
        ]


def _received(one: Delivered, clock: datetime) -> Received:
    judged = one.judged
    doubled = sum(issue.code == "duplicate_row" for issue in judged.issues)
    fresh = not one.known
    deadline = one.sender.batch.deadline
    state: State = "收下"
    if one.replaced:
        state = "已有后一份"
    elif judged.rows == 0 and not judged.to_mend:
        state = "空表"
    elif judged.to_mend:
        state = "需退改"
    return Received(
        one.told,
        state,
        veiled(judged.issues),
        one.sender,
        judged.returned.sha256,
        judged.rows,
        sum(taken.rows_taken for taken in one.taken) if fresh else 0,
        doubled + sum(taken.rows_duplicate for taken in one.taken) if fresh else judged.rows,
        sum(taken.rows_quarantined for taken in one.taken) if fresh else 0,
        len(judged.blank),
        judged.confirmed,
        one.known,
        deadline is not None and clock.date() > deadline,
    )


def _corrections(
    one: Delivered, before: Stated, outdated: Mapping[tuple[str, str], Any], clock: datetime, who: str
) -> Iterator[Event]:
    """What a file changes of what was said before, field by field."""
    if one.known:
        return
    for statement in one.judged.good:
        earlier = before.get(statement.key)
        if earlier is None and statement.key in outdated:
            earlier = {"observed_at": clock, "followers_at": clock, **outdated[statement.key]}
        at = statement.found.at
        for name, old, new in changes.changes(earlier, changes.numbers(statement)):
            yield Event(
                "correction", clock, str(at.get("reporter") or who or "填报单位"),
                str(at.get("note") or "重新报送"), one.sender.batch.period, one.sender.batch.id,
                one.sender.ask.code, one.sender.ask.name, statement.account_id, statement.month.label,
                name, old, new, "收下", None, statement.spot.page, one.judged.returned.sha256,
            )  # fmt: skip


def _arrivals(
    received: Sequence[Received], told: set[str], span: Period, clock: datetime, who: str
) -> Iterator[Event]:
    """That files came in; those that came before have been told of then."""
    for one in received:
        if one.sender is None or one.sha256 in told:
            continue
        told.add(one.sha256)
        yield Event(
            "received", clock, who or "收表", "", span.label, one.sender.batch.id, one.sender.ask.code,
            one.sender.ask.name, outcome=one.state, file=one.path.name, sha256=one.sha256, rows=one.rows,
        )  # fmt: skip
