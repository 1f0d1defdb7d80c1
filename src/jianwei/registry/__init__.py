"""The registry (账号台账): units, accounts, openings, their history; a Django app of one database a workspace.

    with registry.open(space) as book:
        imported = book.import_files([path], now=now)

`open` starts Django, makes or migrates the database and closes it; several workspaces may be
open at once. `web` configures Django itself, lists this app and the router of `routing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.registry.outcome import Change, Imported, Rejected, Seen, Tally

if TYPE_CHECKING:
    from jianwei.registry.book import Registry

__all__ = ["DATABASE", "Change", "Imported", "Registry", "Rejected", "Seen", "Tally", "open", "setup"]

DATABASE = "jianwei.sqlite3"
"""File name of the registry's database in a workspace."""


def setup(database: Path | str | None = None) -> None:
    """Start Django for the registry alone, once a process; nothing when it is configured already.

    database: SQLite file of the connection `default`; none is needed for `open`.
    """
    from jianwei.registry import settings

    settings.configure(Path(database) if database is not None else None)


@contextmanager
def open(space: Path | str) -> Iterator[Registry]:  # module = namespace: registry.open(space)
    """The registry of a workspace folder, its database made or migrated first.

    Raises DataError where the folder is missing or its database cannot be used.
    """
    setup()
    from jianwei.registry.book import Registry as Book
    from jianwei.registry.routing import connected

    folder = Path(space)
    with connected(folder / DATABASE) as alias:
        yield Book(folder, alias)


def __getattr__(name: str) -> object:
    if name == "Registry":
        setup()
        from jianwei.registry.book import Registry as Book

        return Book
    raise AttributeError(name)
