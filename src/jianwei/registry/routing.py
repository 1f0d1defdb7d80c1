"""One Django connection a workspace, and the router that sends queries to the one in hand.

Several workspaces may be open in one process: each `connected` has an alias of its own, and
`using` names it for the code inside, by a context variable, so that threads do not mix them up.
Outside `using` queries go to `default`, which is the workspace that `web` serves.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from filelock import FileLock

from jianwei.errors import DataError
from jianwei.registry.settings import sqlite

__all__ = ["SpaceRouter", "connected", "using"]

_IN_HAND: ContextVar[str | None] = ContextVar("jianwei_registry_alias", default=None)
_NUMBERS = count(1)


class SpaceRouter:
    """Sends every query of the code inside `using` to its workspace."""

    def db_for_read(self, model: type, **hints: Any) -> str | None:  # noqa: ARG002  # Django's signature
        """The alias in hand; None leaves the choice to Django."""
        return _IN_HAND.get()

    def db_for_write(self, model: type, **hints: Any) -> str | None:  # noqa: ARG002  # Django's signature
        """The alias in hand; None leaves the choice to Django."""
        return _IN_HAND.get()


@contextmanager
def using(alias: str) -> Iterator[None]:
    """Queries of the code inside go to this alias."""
    token = _IN_HAND.set(alias)
    try:
        yield
    finally:
        _IN_HAND.reset(token)


@contextmanager
def connected(database: Path) -> Iterator[str]:
    """The alias of a new connection to a SQLite file, made or migrated; closed on leaving.

    Raises DataError where the folder is missing or the file is no database.
    """
    if not database.parent.is_dir():
        raise DataError(f"没有工作区文件夹 {database.parent}", hint="请先用 jianwei init 新建工作区")
    alias = f"space-{next(_NUMBERS)}"
    connections.databases[alias] = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
        **sqlite(database),
    }
    try:
        try:
            _migrate(alias, database)
        except (DatabaseError, sqlite3.DatabaseError) as error:
            hint = "文件可能损坏或被占用；请关闭占用它的程序，或从备份恢复"
            raise DataError(f"打不开台账数据库 {database.name}：{error}", hint=hint) from error
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _migrate(alias: str, database: Path) -> None:
    """Bring the tables up to date; one process at a time, and nothing to do when they are."""
    if not _behind(alias):
        return
    with FileLock(database.with_name(f".{database.name}.lock"), timeout=60):
        if _behind(alias):
            call_command("migrate", database=alias, interactive=False, verbosity=0)


def _behind(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
