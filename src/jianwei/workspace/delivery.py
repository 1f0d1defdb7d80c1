"""A delivery of forms: files, folders and ZIPs opened, and each form judged, alone and beside the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jianwei import intake
from jianwei.errors import DataError, Issue, Place
from jianwei.forms import changes, claims, twins
from jianwei.forms.judge import Rules, conclude, judge
from jianwei.forms.judged import Judged
from jianwei.forms.request import Batch
from jianwei.forms.returned import look
from jianwei.forms.sender import Sender, Senders
from jianwei.intake import parcel
from jianwei.intake.files import changed_at
from jianwei.workspace import ingest
from jianwei.workspace.ingest import Ingested, Taken
from jianwei.workspace.progress import Progress
from jianwei.workspace.received import Received
from jianwei.workspace.space import Workspace

__all__ = ["Delivered", "judge_together", "later_counts", "opened"]

_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods")


@dataclass
class Delivered:
    """A file that could be read and judged. path: where it lies; told: as people know it."""

    path: Path
    told: Path
    sender: Sender
    judged: Judged
    known: bool  # imported before: nothing of it is taken again
    replaced: bool = False  # a later file of the unit counts instead
    taken: list[Taken] = field(default_factory=list)


def opened(
    space: Workspace,
    paths: Sequence[Path],
    batches: list[Batch],
    rules: Rules,
    room: Path,
    progress: Progress,
) -> tuple[list[Received], list[Delivered]]:
    """The forms in files, folders and ZIPs, judged one by one; and an answer for files that are none.

    room: an empty folder for what comes in ZIPs; it must stay until the forms are taken.
    """
    refused, every = _files(paths, room)
    files: list[Delivered] = []
    senders = Senders(rules.period, batches, rules.owners)
    # A sheet's import is known by the digest of its file and a mark of its own.
    digests = {str(key).split("#", 1)[0] for key in space.lake.imports()["sha256"].to_pylist()}
    for place, (path, told) in enumerate(every):
        progress(f"核对 {path.name}", place / len(every))
        try:
            returned = look(path)
        except DataError as error:
            refused.append(_unusable(told, error))
            continue
        if not returned.is_form:
            refused.append(Received(told, "不可用", [_no_form(path, rules)], sha256=returned.sha256))
            continue
        sender, issues = senders.of(returned)
        if sender is None:
            refused.append(Received(told, "不可用", issues, sha256=returned.sha256))
            continue
        judged = judge(returned, sender.ask, rules, prefilled=sender.batch.prefilled)
        judged.issues[:0] = issues
        files.append(Delivered(path, told, sender, judged, known=returned.sha256 in digests))
        digests.add(returned.sha256)
    return refused, files


def _files(paths: Sequence[Path], room: Path) -> tuple[list[Received], list[tuple[Path, Path]]]:
    """Every file with the path that people know it by, those in ZIPs unpacked."""
    none = Ingested()
    found: list[tuple[Path, Path]] = []
    refused: list[Received] = []
    for number, path in enumerate(dict.fromkeys(ingest.sources_in(paths, none))):
        if not parcel.is_one(path):
            found.append((path, path))
            continue
        inside = room / str(number)
        inside.mkdir()
        try:
            found += [(file, path / name) for file, name in parcel.unpack(path, inside, _ENDINGS)]
        except DataError as error:
            refused.append(_unusable(path, error))
    return [Received(Path(taken.path), "不可用", taken.issues) for taken in none.files] + refused, found


def _unusable(told: Path, error: DataError) -> Received:
    issues = list(error.issues) or [Issue("error", "unusable", Place(told.name), error.args[0], error.hint)]
    return Received(told, "不可用", issues)


def _no_form(path: Path, rules: Rules) -> Issue:
    """What to say of a file that is no form: it may be an export that came along."""
    try:
        told = f"，认作{intake.sniff(path, intake.Options(now=rules.now))}"
    except DataError:
        told = ""
    hint = "如是后台导出，请用 jianwei ingest 导入；填报请用下发的原表"
    return Issue("warning", "no_form", Place(path.name), f"不是填报表{told}", hint)


def judge_together(space: Workspace, judged: list[Judged]) -> None:
    """Judge forms against each other and against posts that are known, then the rows of each."""
    with space.lake.connect() as con:
        twins.resolve(judged, twins.seen(con, judged))
        claims.between(judged, claims.posters(con, judged))
    for one in judged:
        conclude(one)


def later_counts(files: list[Delivered]) -> dict[tuple[str, str], dict[str, int | None]]:
    """Let the last file of each unit count; returns what the older ones said instead.

    Files that were collected before are older than those that were not; then the time of saving decides.
    """
    by_unit: dict[str, list[Delivered]] = defaultdict(list)
    for one in sorted(files, key=lambda one: (not one.known, changed_at(one.path), str(one.told))):
        by_unit[one.sender.ask.code].append(one)
    said: dict[tuple[str, str], dict[str, int | None]] = {}
    for several in by_unit.values():
        said |= changes.outdated([one.judged for one in several])
        for earlier in several[:-1]:
            earlier.replaced = changes.covers(several[-1].judged, earlier.judged)
    return said
