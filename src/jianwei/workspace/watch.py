"""Watch folders: files dropped into them are taken once they stand still, in batches, until interrupted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from jianwei.errors import DataError, JianweiError, cause
from jianwei.workspace import ingest as verb
from jianwei.workspace import mappings
from jianwei.workspace.ingest import Ingested
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace, now

__all__ = ["MEMORY", "Batch", "Watch"]

MEMORY = ".watch.json"
"""File of a workspace that remembers which files of watched folders are in the lake."""


class _Look(NamedTuple):
    """What a file looks like from outside; it stands still while this stays the same."""

    size: int
    changed: int  # nanoseconds
    inode: int


@dataclass(frozen=True)
class Batch:
    """What came of one look at the folders: the files taken, or why nothing could be."""

    at: datetime
    result: Ingested | None = None
    error: JianweiError | None = None

    def to_json(self) -> dict[str, Any]:
        """The batch as one JSON object: `at` and the `ingest` document, or `at`, `error` and `hint`."""
        if self.result is not None:
            return {"at": self.at} | self.result.to_json()
        return {"at": self.at, "error": self.error.args[0], "hint": self.error.hint} if self.error else {}


@dataclass
class Watch:
    """A watch over folders; `batches` runs until it is interrupted, `busy` says whether within a batch.

    folders: the workspace's inbox where none are given. every: seconds between two looks. A file is
    taken when it looked the same twice, was last changed at least that long ago, and can be opened;
    nothing is ever moved. patience: seconds to wait for another writer before the next look. more:
    what `ingest` is told of the files.
    """

    space: Workspace
    folders: Sequence[Path] = ()
    every: float = 10.0
    patience: float = 60.0
    more: dict[str, Any] = field(default_factory=dict)
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    busy: bool = False
    _before: dict[Path, _Look] = field(default_factory=dict)
    _settled: dict[Path, tuple[_Look, str]] = field(default_factory=dict)
    _said: str = ""

    def __post_init__(self) -> None:
        """Raises DataError for a folder that is not there."""
        self.folders = [folder.resolve() for folder in self.folders] or [self.space.path / "inbox"]
        for folder in self.folders:
            if not folder.is_dir():
                raise DataError(f"没有文件夹 {folder}", hint="监视的是文件夹；单个文件请直接导入")
        self._memory = _read(self.space.path / MEMORY)

    def batches(self, progress: Progress = silent) -> Iterator[Batch]:
        """Each batch of files taken, and each new reason why none could be."""
        while True:
            batch = self.look(progress)
            if batch is not None:
                yield batch
            self.sleep(self.every)

    def look(self, progress: Progress = silent) -> Batch | None:
        """Look once and take what stands still; null where there is nothing new to say."""
        try:
            ready = self.ready()
            if not ready:
                return None
            self.busy = True
            result = verb.ingest(self.space, ready, patience=self.patience, progress=progress, **self.more)
            self._remember(ready, result)
        except JianweiError as error:
            return self._trouble(error)
        except OSError as error:
            where = f"：{error.filename}" if error.filename else ""
            return self._trouble(DataError(f"{cause(error)}{where}", hint="下一次查看时再试"))
        self.busy, self._said = False, ""
        return Batch(now(), result)

    def ready(self) -> list[Path]:
        """Files that have not been read as they are now, and stand still."""
        found: list[Path] = []
        seen: dict[Path, _Look] = {}
        for path in dict.fromkeys(one for folder in self.folders for one in verb.readable(folder)):
            with suppress(OSError):  # it was taken away meanwhile
                stat = path.stat()
                seen[path] = _Look(stat.st_size, stat.st_mtime_ns, stat.st_ino)
        for path, look in seen.items():
            still = self._before.get(path) == look and not 0 <= self.clock() - look.changed / 1e9 < self.every
            if still and not self._is_known(path, look) and _opens(path):
                found.append(path)
        self._before = seen
        self._settled = {path: told for path, told in self._settled.items() if path in seen}
        return found

    def _is_known(self, path: Path, look: _Look) -> bool:
        """Whether a file was read as it is now: it is in the lake, or unusable by the mappings there are."""
        if path in self._settled:
            return self._settled[path] == (look, self._token()) or self._settled[path] == (look, "")
        told = self._memory.get(str(path))
        if told is None or told["look"] != [look.size, look.changed]:
            return False
        lake = self.space.lake
        if not all(lake.imported(part) for part in told["parts"]):
            return False
        self._settled[path] = (look, "")
        return True

    def _remember(self, paths: Sequence[Path], result: Ingested) -> None:
        for path in paths:
            taken = [one for one in result.files if Path(one.path).is_relative_to(path)]
            parts = [one.sha256 for one in taken if not one.unusable]
            look = self._before[path]
            self._settled[path] = (look, "" if parts else self._token())
            if parts:
                self._memory[str(path)] = {"look": [look.size, look.changed], "parts": parts}
        self._memory = {path: told for path, told in self._memory.items() if Path(path).exists()}
        target = self.space.path / MEMORY
        staging = target.with_name(f"{MEMORY}.part")
        staging.write_text(json.dumps(self._memory, ensure_ascii=False, indent=1), "utf-8", "surrogateescape")
        staging.replace(target)

    def _token(self) -> str:
        """What the kept mappings are now: with a new one an unusable file may become usable."""
        folder = self.space.path / mappings.FOLDER
        return (
            ",".join(sorted(f"{one.name}:{one.stat().st_mtime_ns}" for one in folder.glob("*.toml"))) or "-"
        )

    def _trouble(self, error: JianweiError) -> Batch | None:
        """A reason why nothing could be taken, said once until it is another."""
        self.busy = False
        if str(error) == self._said:
            return None
        self._said = str(error)
        return Batch(now(), error=error)


def _opens(path: Path) -> bool:
    """Whether a file can be opened: on Windows one that is being written cannot."""
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """The memory; an empty one where it is spoilt, as the lake knows what it holds."""
    try:
        told = json.loads(path.read_text("utf-8", "surrogateescape"))
        return {
            str(name): {"look": list(one["look"]), "parts": list(one["parts"])} for name, one in told.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
