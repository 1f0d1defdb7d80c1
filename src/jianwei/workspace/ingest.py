"""Take source files into the lake: read, archive, commit once for all, settle."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import Any

from jianwei.errors import DataError, Issue, Place, cause
from jianwei.intake import Options, Source, mapped, parcel, read
from jianwei.intake.files import title
from jianwei.lake import Lake
from jianwei.period import Period
from jianwei.workspace import mappings
from jianwei.workspace.privacy import Watch, secret, veiled
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

__all__ = ["Ingested", "Taken", "explain", "ingest", "readable", "sources_in"]

_IGNORED = (".truth.json", ".DS_Store", "Thumbs.db")
_UNREAD = ("unknown_layout", "other_header")
_READABLE = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".json", ".jsonl", ".db",
    ".sqlite", ".sqlite3", ".zip",
)  # fmt: skip


@dataclass
class Taken:
    """What became of one source file (or one sheet of it); rows_read = taken + duplicate + quarantined."""

    path: str
    sha256: str = ""
    format: str = ""
    era: str = ""
    observed_at_from: str = ""
    rows_read: int = 0
    rows_taken: int = 0
    rows_duplicate: int = 0
    rows_quarantined: int = 0
    issues: list[Issue] = field(default_factory=list)
    repeated: bool = False  # imported before: nothing was changed
    unusable: bool = False
    guess: dict[str, Any] | None = None  # what an unread table probably is; see `mappings.show`

    def to_json(self) -> dict[str, Any]:
        """The file's entry in CONTRACTS' `ingest` document."""
        sha256 = self.sha256.split("#", 1)[0]  # of the file; a sheet's import has its name behind it
        return vars(self) | {"sha256": sha256, "issues": [issue.to_json() for issue in self.issues]}


@dataclass
class Ingested:
    """What became of all files of one run."""

    files: list[Taken] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 done, 1 rows or files that need a person, 2 nothing could be used."""
        if not self.files or all(taken.unusable and taken.guess is None for taken in self.files):
            return 2
        return int(any(taken.unusable or taken.rows_quarantined for taken in self.files))

    def to_json(self) -> dict[str, Any]:
        """CONTRACTS' `ingest` document."""
        names = ("rows_read", "rows_taken", "rows_duplicate", "rows_quarantined")
        totals = {name: sum(getattr(taken, name) for taken in self.files) for name in names}
        return {
            "files": [taken.to_json() for taken in self.files],
            "totals": totals
            | {
                "files": len(self.files),
                "files_repeated": sum(taken.repeated for taken in self.files),
                "files_unusable": sum(taken.unusable for taken in self.files),
            },
        }


Review = Callable[[Source], Source]


def _as_read(source: Source) -> Source:
    return source


def ingest(
    space: Workspace,
    paths: Sequence[Path],
    *,
    observed_at: datetime | None = None,
    account: str | None = None,
    mapping: Path | None = None,
    period: str | None = None,
    patience: float = 600.0,
    review: Review = _as_read,
    progress: Progress = silent,
) -> Ingested:
    """Take files (and all readable files of folders) into the workspace's lake.

    Bad rows go to quarantine, unusable files are reported, the rest is committed in one batch.
    A file that was imported before changes nothing: its rows count as duplicates. review: what
    a source becomes before it is read, for those who judge rows by more than their format.
    mapping: a mapping file that the user confirms by naming it; it is kept once a file was read by it.
    period: of sums whose table does not say. patience: seconds to wait for another writer.
    """
    options = _options(space, observed_at, account, mapping, period, secret(space))
    result = Ingested()
    files = list(sources_in(paths or [space.path / "inbox"], result))
    _one_file(options, files)
    with space.writing(patience=patience, progress=progress):
        lake = space.lake
        lake.settle()
        with lake.batch() as batch:
            for place, given in enumerate(files):
                progress(f"读取 {given.name}", place / len(files))
                with _inside(given, options, result) as inside:
                    for file in inside:
                        for source in map(review, _opened(file, options, result)):
                            result.files.append(_take(lake, batch, source, file, space, progress))
            progress("写入数据湖")
            batch.commit()
        if options.mapping is not None and not all(taken.unusable for taken in result.files):
            mappings.keep(space, options.mapping)
    return result


def _options(
    space: Workspace | None,
    observed_at: datetime | None,
    account: str | None,
    mapping: Path | None,
    period: str | None,
    key: bytes,
) -> Options:
    """What the caller and the workspace say of the files. Raises DataError for a mapping that is wrong."""
    return Options(
        now=now(),
        observed_at=observed_at,
        account=account,
        registered=_registered(space),
        secret=key,
        period=None if period is None else Period.parse(period),
        mapping=None if mapping is None else mappings.load(mapping),
        mappings=mappings.known(space),
        names=mappings.names(space),
    )


def _registered(space: Workspace | None) -> tuple[str, ...]:
    """Account ids of the registry, () before the first roster."""
    try:
        return () if space is None else tuple(filter(None, space.roster.accounts["account_id"].to_pylist()))
    except DataError:
        return ()


def _one_file(options: Options, files: Sequence[Path]) -> None:
    """Refuse to give one period to several files of sums: they would stand for the same days. Raises DataError."""
    fixed = options.mapping.period if options.mapping is not None else None
    if len(files) > 1 and (fixed or options.period):
        raise DataError("写明了时段，一次只能导入一个文件", hint="每个文件的时段不同，请逐个导入")


def explain(
    paths: Sequence[Path],
    *,
    space: Workspace | None = None,
    account: str | None = None,
    observed_at: datetime | None = None,
    mapping: Path | None = None,
    period: str | None = None,
    progress: Progress = silent,
) -> Ingested:
    """What `ingest` would do with the files, without a lake: formats, rows, problems.

    Of a table that nothing reads it tells what it probably is (`Taken.guess`), as it does of one that
    is read by a mapping.
    """
    unkept = token_bytes()  # nothing is stored, so no pseudonym lasts
    options = _options(space, observed_at, account, mapping, period, unkept)
    result = Ingested()
    for given in sources_in(paths, result):
        progress(f"读取 {given.name}")
        with _inside(given, options, result) as inside:
            for file in inside:
                _explained(file, options, result)
    return result


def _explained(file: _File, options: Options, result: Ingested) -> None:
    for source in _opened(file, options, result):
        for _ in source.batches():
            pass
        taken = _taken(source, file)
        if options.mapping is not None:
            taken.guess = mappings.show(file.path, options, options.mapping)
        result.files.append(taken)
    if (last := result.files[-1]).unusable and last.issues[0].code in _UNREAD:
        last.guess = mappings.show(file.path, options)


def sources_in(paths: Sequence[Path], result: Ingested) -> Iterator[Path]:
    """The files of the paths, folders walked in name order; what is missing is noted in `result`."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = readable(path)
        if not inside:
            what = "目录里没有可读的文件"
            hint = "放入 CSV、XLSX 或 JSON 后再试"
            issue = Issue("error", "empty_folder", Place(str(path)), what, hint)
            result.files.append(Taken(str(path), issues=[issue], unusable=True))
        yield from inside


def readable(folder: Path) -> list[Path]:
    """The files of a folder and those below that may be sources, in name order; half-written ones are none."""
    return [
        entry
        for entry in sorted(folder.rglob("*"))
        if entry.suffix.lower() in _READABLE
        and not entry.name.startswith((".", "~$"))
        and not entry.name.endswith(_IGNORED)
        and entry.is_file()
    ]


@dataclass(frozen=True)
class _File:
    """A file to read: where it lies, what people know it by, the ZIP that it came in."""

    path: Path
    told: str
    parcel: Path | None = None


@contextmanager
def _inside(path: Path, options: Options, result: Ingested) -> Iterator[list[_File]]:
    """The files that a path stands for: itself, or those of a ZIP."""
    if not parcel.is_one(path):
        yield [_File(path, str(path))]
        return
    with TemporaryDirectory(prefix="jianwei-") as folder:
        found: list[_File] = []
        try:
            inside = parcel.unpack(path, Path(folder), _READABLE)
            _one_file(options, [file for file, _ in inside])
            found = [_File(file, f"{path}/{name}", path) for file, name in inside]
        except DataError as error:
            result.files.append(_unusable(str(path), error))
        yield found


def _opened(file: _File, options: Options, result: Ingested) -> list[Source]:
    try:
        found = read(file.path, options)
    except DataError as error:
        result.files.append(_unusable(file.told, error))
        return []
    if file.parcel is not None:
        for source in found:
            source.name = f"{title(file.parcel)}〔{source.name}〕"
    return found


def _unusable(told: str, error: DataError) -> Taken:
    issues = list(error.issues) or [Issue("error", "unusable", Place(told), error.args[0], error.hint)]
    return Taken(told, issues=issues, unusable=True)


def _take(lake: Lake, batch: Any, source: Source, file: _File, space: Workspace, progress: Progress) -> Taken:
    before = lake.imported(source.sha256)
    if before is not None and not before["rows_taken"] and mapped.is_one(source):
        # Another reader could take nothing of it: the mapping is the first that reads it.
        source.sha256 += f"?{source.parser_version}"
        before = lake.imported(source.sha256)
    if before is not None:
        return Taken(
            file.told,
            source.sha256,
            source.format,
            source.era,
            str(before["observed_from"] or ""),
            rows_read=before["rows_read"],
            rows_duplicate=before["rows_read"],
            repeated=True,
            issues=[Issue("note", "repeated", Place(source.name), "这个文件已经导入过，没有改动任何数据")],
        )
    with batch.source(source.sha256) as sink:
        rows = 0
        watch = Watch()
        for table, records in source.batches():
            sink.write(table, records)
            watch.look(table, records)
            rows += records.num_rows
            progress(f"读取 {source.name}：{rows:,} 行")
        taken = _taken(source, file)
        taken.issues += watch.issues(source.name)
        if mapped.fits_nothing(source):
            # Not an import: with the mapping put right the same file must be read again.
            what = "按映射没有一行能收下，这个文件没有导入"
            hint = "请核对映射，改好后再导入；加 --explain 可先看会怎样收"
            taken.issues.insert(0, Issue("error", "mapping_fits_nothing", Place(source.name), what, hint))
            taken.unusable = True
            return taken
        sink.finish(_import_row(source))
    _archive(space, file.path, source.sha256)
    return taken


def _taken(source: Source, file: _File) -> Taken:
    return Taken(
        file.told,
        source.sha256,
        source.format,
        source.era,
        source.observed_from or "",
        source.rows_read,
        source.rows_taken,
        source.rows_duplicate,
        source.rows_quarantined,
        veiled(source.issues),
    )


def _import_row(source: Source) -> dict[str, Any]:
    return {
        "sha256": source.sha256,
        "source_file": source.name,
        "parser": source.parser,
        "parser_version": source.parser_version,
        "era": source.era,
        "scope": source.scope,
        "observed_at": source.observed_at,
        "observed_from": source.observed_from,
        "first_published": source.first_published,
        "last_published": source.last_published,
        "rows_read": source.rows_read,
        "rows_taken": source.rows_taken,
        "rows_duplicate": source.rows_duplicate,
        "rows_quarantined": source.rows_quarantined,
        "imported_at": now(),
    }


def _archive(space: Workspace, path: Path, sha256: str) -> None:
    """Keep a copy of the source by its sha256; the user's own file is never moved."""
    digest = sha256.split("#", 1)[0]
    target = space.path / "archive" / digest[:2] / f"{digest}{path.suffix.lower()}"
    if target.exists():
        return
    temporary = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, temporary)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise DataError(
            f"原文件 {path.name} 存不进工作区：{cause(error)}，这次没有写入任何数据",
            hint="请腾出空间或检查文件夹权限，再运行同一条命令",
        ) from error
