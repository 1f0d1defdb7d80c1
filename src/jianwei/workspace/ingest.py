"""Take source files into the lake: read, archive, commit once for all, settle."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jianwei.errors import DataError, Issue, Place
from jianwei.intake import Options, Source, read
from jianwei.lake import Lake
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

__all__ = ["Ingested", "Taken", "explain", "ingest", "sources_in"]

_IGNORED = (".truth.json", ".DS_Store", "Thumbs.db")
_READABLE = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".json",
    ".jsonl",
    ".db",
    ".sqlite",
    ".sqlite3",
)


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

    def to_json(self) -> dict[str, Any]:
        """The file's entry in CONTRACTS' `ingest` document."""
        return vars(self) | {"issues": [issue.to_json() for issue in self.issues]}


@dataclass
class Ingested:
    """What became of all files of one run."""

    files: list[Taken] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 done, 1 rows or files that need a person, 2 nothing could be used."""
        if not self.files or all(taken.unusable for taken in self.files):
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


def ingest(
    space: Workspace,
    paths: Sequence[Path],
    *,
    observed_at: datetime | None = None,
    account: str | None = None,
    progress: Progress = silent,
) -> Ingested:
    """Take files (and all readable files of folders) into the workspace's lake.

    Bad rows go to quarantine, unusable files are reported, the rest is committed in one batch.
    A file that was imported before changes nothing: its rows count as duplicates.
    """
    options = Options(observed_at=observed_at, account=account, now=now())
    result = Ingested()
    files = list(sources_in(paths or [space.path / "inbox"], result))
    with space.writing(progress=progress):
        lake = space.lake
        lake.settle()
        with lake.batch() as batch:
            for place, path in enumerate(files):
                progress(f"读取 {path.name}", place / len(files))
                for source in _opened(path, options, result):
                    result.files.append(_take(lake, batch, source, path, space, progress))
            progress("写入数据湖")
            batch.commit()
    return result


def explain(
    paths: Sequence[Path],
    *,
    account: str | None = None,
    observed_at: datetime | None = None,
    progress: Progress = silent,
) -> Ingested:
    """What `ingest` would do with the files, without a lake: formats, rows, problems."""
    options = Options(observed_at=observed_at, account=account, now=now())
    result = Ingested()
    for path in sources_in(paths, result):
        progress(f"读取 {path.name}")
        for source in _opened(path, options, result):
            for _ in source.batches():
                pass
            result.files.append(_taken(source, path))
    return result


def sources_in(paths: Sequence[Path], result: Ingested) -> Iterator[Path]:
    """The files of the paths, folders walked in name order; what is missing is noted in `result`."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = [
            entry
            for entry in sorted(path.rglob("*"))
            if entry.is_file()
            and entry.suffix.lower() in _READABLE
            and not entry.name.startswith((".", "~$"))
            and not entry.name.endswith(_IGNORED)
        ]
        if not inside:
            what = "目录里没有可读的文件"
            hint = "放入 CSV、XLSX 或 JSON 后再试"
            issue = Issue("error", "empty_folder", Place(str(path)), what, hint)
            result.files.append(Taken(str(path), issues=[issue], unusable=True))
        yield from inside


def _opened(path: Path, options: Options, result: Ingested) -> list[Source]:
    try:
        return read(path, options)
    except DataError as error:
        issues = list(error.issues) or [
            Issue("error", "unusable", Place(str(path)), error.args[0], error.hint)
        ]
        result.files.append(Taken(str(path), issues=issues, unusable=True))
        return []


def _take(lake: Lake, batch: Any, source: Source, path: Path, space: Workspace, progress: Progress) -> Taken:
    before = lake.imported(source.sha256)
    if before is not None:
        return Taken(
            str(path),
            source.sha256,
            source.format,
            source.era,
            str(before["observed_from"] or ""),
            rows_read=before["rows_read"],
            rows_duplicate=before["rows_read"],
            repeated=True,
            issues=[Issue("note", "repeated", Place(path.name), "这个文件已经导入过，没有改动任何数据")],
        )
    with batch.source(source.sha256) as sink:
        rows = 0
        for table, records in source.batches():
            sink.write(table, records)
            rows += records.num_rows
            progress(f"读取 {path.name}：{rows:,} 行")
        taken = _taken(source, path)
        sink.finish(_import_row(source))
    _archive(space, path, source.sha256)
    return taken


def _taken(source: Source, path: Path) -> Taken:
    return Taken(
        str(path),
        source.sha256,
        source.format,
        source.era,
        source.observed_from or "",
        source.rows_read,
        source.rows_taken,
        source.rows_duplicate,
        source.rows_quarantined,
        list(source.issues),
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
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.part")
    shutil.copyfile(path, temporary)
    temporary.replace(target)
