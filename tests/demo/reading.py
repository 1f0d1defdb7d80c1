"""Generated files read back as intake reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jianwei.intake import Options, Source, read

NOW = datetime(2026, 1, 5, 9)


def rows_of(path: Path) -> tuple[Source, dict[str, list[dict[str, Any]]]]:
    """The one source of a file, complete, and its rows by table."""
    (source,) = read(path, Options(now=NOW))
    found: dict[str, list[dict[str, Any]]] = {}
    for table, batch in source.batches():
        found.setdefault(table, []).extend(batch.to_pylist())
    return source, found


def readings_of(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """All readings of several files."""
    return [row for path in paths for row in rows_of(path)[1].get("readings", [])]
