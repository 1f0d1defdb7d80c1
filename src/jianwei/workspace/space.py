"""A workspace: a folder with settings, lake, roster, inbox, archive and editions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from jianwei.errors import DataError, cause
from jianwei.workspace import settings as setting
from jianwei.workspace.progress import Progress, silent

if TYPE_CHECKING:
    from jianwei.lake import Lake
    from jianwei.roster import Roster

__all__ = ["Workspace", "create", "find", "is_one", "nearest", "now", "open"]

_FOLDERS = ("recipes", "cohorts", "roster", "inbox", "archive", "editions")


def now() -> datetime:
    """The wall clock in Asia/Shanghai, naive, to the second."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True)
class Workspace:
    """An opened workspace; the verbs of this package take it as their first argument."""

    path: Path
    settings: setting.Settings

    @property
    def lake(self) -> Lake:
        """The workspace's lake. Raises DataError if the folder is not one."""
        from jianwei.lake import Lake  # its engines are a third of the start-up of who asks no lake

        return Lake.open(self.path / "lake")

    @property
    def roster(self) -> Roster:
        """The newest published roster. Raises DataError while nothing is published."""
        from jianwei.roster import Roster

        return Roster.load(self.path / "roster")

    @property
    def editions(self) -> Path:
        """Where editions are frozen."""
        return self.path / "editions"

    @contextmanager
    def writing(self, *, patience: float = 600.0, progress: Progress = silent) -> Iterator[None]:
        """Hold the one write lock of the workspace; readers never wait for it.

        patience: seconds to wait for another writer. Raises DataError after that.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.path / ".write.lock")
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                progress("等待另一个程序写完")
                lock.acquire(timeout=patience)
        except Timeout as error:
            raise DataError(
                "另一个程序正在写这个工作区", hint=f"等它结束后再试（已等 {patience:.0f} 秒）"
            ) from error
        try:
            yield
        finally:
            lock.release()


def is_one(folder: Path) -> bool:
    """Whether the folder is a workspace."""
    return (folder.expanduser() / setting.FILE).is_file()


def open(path: Path | str) -> Workspace:
    """Open an existing workspace folder. Raises DataError if it is none."""
    folder = Path(path).expanduser().resolve()
    if not is_one(folder):
        raise DataError(
            f"{folder} 不是见微工作区（没有 {setting.FILE}）", hint=f"先运行 jianwei init {folder}"
        )
    return Workspace(folder, setting.load(folder))


def nearest(start: Path) -> Path | None:
    """The folder named by JIANWEI_SPACE, else the nearest workspace from `start` upwards, if there is one."""
    named = os.environ.get("JIANWEI_SPACE")
    if named:
        return Path(named)
    here = start.resolve()
    return next((folder for folder in (here, *here.parents) if is_one(folder)), None)


def find(start: Path) -> Workspace:
    """The workspace of `nearest`. Raises DataError if there is none."""
    folder = nearest(start)
    if folder is not None:
        return open(folder)
    raise DataError(
        "这里不是见微工作区", hint="用 -C 指定工作区，或设环境变量 JIANWEI_SPACE，或先运行 jianwei init 目录"
    )


def create(path: Path | str, **changes: str) -> Workspace:
    """Make a new workspace in an empty or new folder; `changes` are values of the settings file.

    Raises DataError if the folder holds something already.
    """
    folder = Path(path).expanduser().resolve()
    if (folder / setting.FILE).exists():
        raise DataError(f"{folder} 已经是见微工作区", hint="换一个目录，或直接使用它")
    from jianwei.lake import Lake

    try:
        if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
            raise DataError(f"{folder} 不是空目录", hint="换一个新目录")
        folder.mkdir(parents=True, exist_ok=True)
        for name in _FOLDERS:
            (folder / name).mkdir()
        _copy_presets("cohorts", folder / "cohorts")
        _copy_presets("recipes", folder / "recipes")
        Lake.create(folder / "lake")
        temporary = folder / f".{setting.FILE}"
        temporary.write_text(setting.template(**changes), "utf-8")
        temporary.replace(folder / setting.FILE)
    except OSError as error:
        raise DataError(f"无法建立工作区 {folder}：{cause(error)}", hint="换一个可写的目录") from error
    return open(folder)


def _copy_presets(name: str, target: Path) -> None:
    source = resources.files("jianwei.presets").joinpath(name)
    for entry in source.iterdir():
        if entry.name.endswith(".toml"):
            with resources.as_file(entry) as path:
                shutil.copy(path, target / entry.name)
