"""Editions: issued reports in numbered folders, never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei.errors import RenderError
from jianwei.period import Period

__all__ = ["Edition", "freeze", "hashes"]

_NUMBER = re.compile(r"-(\d{3,})$")
_ATTEMPTS = 100


@dataclass(frozen=True)
class Edition:
    """An issued report: its folder, its name (2015H1-001) and the manifest in it."""

    path: Path
    name: str
    manifest: Mapping[str, Any]


def freeze(
    folder: Path,
    period: Period,
    files: Mapping[str, Path],
    findings_json: str,
    manifest: Mapping[str, Any],
) -> Edition:
    """Copy the files into a new folder `<period>-NNN` of the editions folder, all at once.

    files: name in the edition → file to copy. `findings_json` is written as it is given;
    `manifest` (recipe, cohort, lake, roster, software versions, conventions) gets the edition's
    name and the SHA-256 of every file. Raises RenderError when a file cannot be copied; then
    nothing is left behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / f".new-{uuid.uuid4().hex}"
    staging.mkdir()  # with the rights that the office gives new folders: mkdtemp would shut out colleagues
    try:
        for name, source in files.items():
            _check(name)
            shutil.copyfile(source, staging / name)
        (staging / "findings.json").write_text(findings_json, "utf-8", newline="\n")
        return _place(folder, staging, period, manifest)
    except OSError as error:
        raise RenderError(f"版本未能存入 {folder}", hint=str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a folder but its manifest, by name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != "manifest.json"
    }


def _place(folder: Path, staging: Path, period: Period, manifest: Mapping[str, Any]) -> Edition:
    """Rename the finished folder to the next free number; another process may take one first."""
    digests = hashes(staging)
    for _ in range(_ATTEMPTS):
        name = f"{period.label}-{_next(folder, period):03d}"
        full = {**manifest, "edition": name, "period": period.label, "files": digests}
        words = json.dumps(full, ensure_ascii=False, indent=2, default=str)
        (staging / "manifest.json").write_text(words + "\n", "utf-8", newline="\n")
        target = folder / name
        try:
            # A rename onto a folder that holds files fails on every system: nothing is overwritten.
            os.rename(staging, target)  # noqa: PTH104 - Path.rename would do the same, less plainly
        except OSError:
            if target.exists():
                continue
            raise
        return Edition(target, name, full)
    raise RenderError(f"{folder} 中的版本号一直被占用", hint="请稍后重试")


def _next(folder: Path, period: Period) -> int:
    """One more than the highest number of this period."""
    taken = [
        int(match[1])
        for path in folder.iterdir()
        if path.name.startswith(f"{period.label}-")
        and (match := _NUMBER.search(path.name))
        and path.name == f"{period.label}-{match[1]}"
    ]
    return max(taken, default=0) + 1


def _check(name: str) -> None:
    if Path(name).name != name or name in ("", ".", "..", "findings.json", "manifest.json"):
        raise RenderError(f"版本中的文件名“{name}”不可用")
