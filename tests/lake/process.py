"""What other processes of the crash tests do; a module, because spawned processes import it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jianwei.lake import Lake, table
from tests.lake.made import FULL, ingest, reading

SOURCES = {"a": FULL, "b": {"readings": [reading(likes=8), reading("weibo:3")]}}


def killed(root: Path, name: str, moment: str) -> None:
    """Import SOURCES; the process dies before or after the commit of the table `name`."""
    whole = table._write

    def write(seen: Any, change: Any) -> None:
        if seen.name == name and moment == "before":
            os._exit(9)
        whole(seen, change)
        if seen.name == name:
            os._exit(9)

    table._write = write
    ingest(Lake.open(root), SOURCES)
    os._exit(0)


def racing(root: Path, barrier: Any) -> None:
    """Import SOURCES; the first and the last commit start together with the other process's."""
    whole = table._write

    def write(seen: Any, change: Any) -> None:
        if seen.name in ("texts", "posts"):
            barrier.wait(30)
        whole(seen, change)

    table._write = write
    ingest(Lake.open(root), SOURCES)
