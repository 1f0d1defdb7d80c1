"""Measures kept on disk: what was measured once over a lake is not measured again.

An entry is named by everything that its numbers hang on: the lake's version, the accounts and keys,
period, conventions and what is wanted, and the very text of the code and SQL that measures. The
folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import duckdb
import pyarrow as pa

from jianwei.measure.engine import Conventions, Measures, measure
from jianwei.period import Period

__all__ = ["Kept"]

_MOST = 60
_TABLES = ("table", "accounts")
_CODE = ("measure", "content", "presets/lexicons", "coverage")


class Kept:
    """The kept measures of a workspace at one version of its lake."""

    def __init__(
        self, folder: Path, lake_version: str, connect: Callable[[], duckdb.DuckDBPyConnection]
    ) -> None:
        self.folder, self.lake_version, self.connect = folder, lake_version, connect

    def measure(
        self,
        _: duckdb.DuckDBPyConnection | None,
        accounts: pa.Table,
        members: pa.Table,
        period: Period,
        conventions: Conventions,
        *,
        needs: Collection[str] = (),
        labelled: Collection[str] | None = None,
    ) -> Measures:
        """What `measure.engine.measure` gives; the lake is opened only if it is not kept yet."""
        wanted = [sorted(needs), None if labelled is None else sorted(labelled)]
        told = [self.lake_version, period.label, vars(conventions), wanted, _code()]
        key = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
        for table in (accounts, members):
            key.update(_bytes(table))
        entry = self.folder / key.hexdigest()[:32]
        kept = _read(entry, period, conventions)
        if kept is not None:
            return kept
        made = measure(self.connect(), accounts, members, period, conventions, needs=needs, labelled=labelled)
        with suppress(OSError):  # a folder that may not be written is no reason to fail
            _write(entry, made)
            _prune(self.folder)
        return made


def _read(entry: Path, period: Period, conventions: Conventions) -> Measures | None:
    try:
        tables = {
            name: pa.ipc.open_file(pa.BufferReader((entry / f"{name}.arrow").read_bytes())).read_all()
            for name in _TABLES
        }
        queries = json.loads((entry / "queries.json").read_text("utf-8"))
    except (OSError, ValueError, pa.ArrowException):
        return None
    with suppress(OSError):
        entry.touch()
    return Measures(period, conventions, tables["table"], tables["accounts"], queries)


def _write(entry: Path, made: Measures) -> None:
    staging = entry.with_name(f".{uuid.uuid4().hex}")
    staging.mkdir(parents=True)
    try:
        for name in _TABLES:
            (staging / f"{name}.arrow").write_bytes(_bytes(getattr(made, name)))
        (staging / "queries.json").write_text(json.dumps(dict(made.queries), ensure_ascii=False), "utf-8")
        staging.replace(entry)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _prune(folder: Path) -> None:
    """Keep the entries that were used last."""
    entries = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in entries[_MOST:]:
        shutil.rmtree(old, ignore_errors=True)


def _bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


@cache
def _code() -> str:
    """Digest of the code, SQL and word lists that make measures."""
    digest = hashlib.sha256()
    for name in _CODE:
        for file in _files(resources.files("jianwei").joinpath(name)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(place: Traversable) -> Iterator[Traversable]:
    if place.is_file():
        yield place
        return
    for entry in sorted(place.iterdir(), key=lambda item: item.name):
        if entry.name.endswith((".py", ".sql", ".toml")):
            yield entry
