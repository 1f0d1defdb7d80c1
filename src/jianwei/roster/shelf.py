"""Versions of a roster on disk: their content digest, their order, and writing them whole or not at all.

`<folder>/<version>/{units,accounts,openings,regions,populations}.parquet`, and
`<folder>/publications.jsonl` with one line a publication; its last line names the newest version.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from jianwei.errors import DataError

__all__ = ["digest", "in_order", "published", "put", "take"]

INDEX = "publications.jsonl"


def published(folder: Path) -> list[str]:
    """The versions in order of publication; a line cut off by a killed process is passed over."""
    index = folder / INDEX
    if not index.is_file():
        return []
    found = []
    for line in index.read_text("utf-8").splitlines():
        try:
            found.append(str(json.loads(line)["version"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def digest(tables: Mapping[str, pa.Table]) -> str:
    """16 hex digits over the content of the tables, rows in their order."""
    total = hashlib.sha256()
    for name in sorted(tables):
        columns = tables[name].to_pydict()
        text = json.dumps([name, columns], ensure_ascii=False, default=str, separators=(",", ":"))
        total.update(text.encode())
    return total.hexdigest()[:16]


def in_order(table: pa.Table, schema: pa.Schema, key: Callable[[Mapping[str, Any]], Any]) -> pa.Table:
    """The table in its schema's columns, rows sorted by a key of the row; an absent text is ""."""
    texts = [item.name for item in schema if pa.types.is_string(item.type) and item.name != "account_id"]
    rows = [row | {name: row.get(name) or "" for name in texts} for row in table.to_pylist()]
    return pa.Table.from_pylist(sorted(rows, key=key), schema=schema)


def put(folder: Path, version: str, tables: Mapping[str, pa.Table]) -> None:
    """Write a version (a folder appears whole, by renaming) and name it newest unless it is already."""
    target = folder / version
    if not target.is_dir():
        staging = folder / f".{version}.{os.getpid()}"
        staging.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            pq.write_table(table, staging / f"{name}.parquet", compression="zstd")
        try:
            staging.rename(target)
        except OSError:
            shutil.rmtree(staging)
            if not target.is_dir():
                raise
    if (published(folder) or [""])[-1] != version:
        _name_newest(folder / INDEX, version, {name: table.num_rows for name, table in tables.items()})


def take(folder: Path, version: str, names: list[str]) -> dict[str, pa.Table]:
    """The tables of a version. Raises DataError where one is missing or damaged."""
    try:
        return {name: pq.read_table(folder / version / f"{name}.parquet") for name in names}
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            f"台账版本 {version} 的文件缺失或损坏：{folder / version}",
            hint="从备份恢复这个文件夹；或删去它，再用 registry import 导入一次台账",
        ) from error


def _name_newest(index: Path, version: str, rows: Mapping[str, int]) -> None:
    """Add a line and put the file in place by renaming, so that a reader never sees half of it."""
    text = index.read_text("utf-8") if index.is_file() else ""
    if text and not text.endswith("\n"):
        text += "\n"
    text += json.dumps({"version": version, "rows": dict(rows)}, ensure_ascii=False) + "\n"
    staging = index.with_name(f".{index.name}.{os.getpid()}")
    staging.write_text(text, "utf-8")
    staging.replace(index)
