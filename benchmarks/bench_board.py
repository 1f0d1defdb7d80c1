"""Boards at the seed's scale: all four cohorts from the lake, against the same SQL replayed bare.

The world is the demo's (some 2,900 accounts, 391,000 posts in the half-year), made once for all rounds.
"""

from __future__ import annotations

import atexit
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.case import call, command
from jianwei import demo
from jianwei.period import Period
from jianwei.workspace import ingest, register, space
from jianwei.workspace.desk import Desk
from jianwei.workspace.space import Workspace

JIANWEI = str(Path(sys.executable).with_name("jianwei"))
COHORTS = ("市直机关", "区县", "公安系统", "基层")


@cache
def made() -> Workspace:
    """The demo's workspace, without its report."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    generated = demo.generate(folder / "files", folder / "truth.json")
    opened = space.create(folder / "space", region='"500000"')
    register.import_files(opened, [generated.registry], actor="benchmark")
    ingest.ingest(opened, [generated.sources])
    return opened


class Recorder:
    """A connection that remembers what it was asked."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        if name not in ("execute", "sql", "register", "unregister"):
            return found

        def ask(*words: Any, **more: Any) -> Any:
            self.asked.append((name, words, more))
            return found(*words, **more)

        return ask


def boards(desk: Desk) -> None:
    """All four boards, with changes from the period before."""
    for cohort in COHORTS:
        desk.board("shuangwei-2015", cohort)


def nothing_kept() -> None:
    """Forget the measures that were kept."""
    shutil.rmtree(made().path / ".cache", ignore_errors=True)


@cache
def questions() -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """What the boards ask the lake, in order."""
    nothing_kept()
    with Desk(made(), Period.parse("2015H1")) as desk:
        recorder = Recorder(desk.con)
        desk.con = recorder  # type: ignore[assignment]  # stands in for it
        boards(desk)
        return recorder.asked


@call(prepare=questions)
def bare_sql(asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]]) -> None:
    """The SQL of the four boards alone, replayed in DuckDB over the same files."""
    with made().lake.connect() as con:
        for name, words, more in asked:
            answer = getattr(con, name)(*words, **more)
            if name == "sql":
                answer.to_arrow_table()


@call(against="bare_sql", prepare=nothing_kept)
def all_boards(_: object) -> None:
    """Measures and the four boards of 2,000 units in process: roster, SQL, scores, ranks, reasons."""
    with Desk(made(), Period.parse("2015H1")) as desk:
        boards(desk)


@call(against="bare_sql", prepare=questions)
def all_boards_kept(_: object) -> None:
    """The same again, with the measures kept from before."""
    with Desk(made(), Period.parse("2015H1")) as desk:
        boards(desk)


@command
def board_process() -> list[str]:
    """`jianwei board shuangwei-2015 --cohort 区县 --period 2015H1` as a whole process."""
    words = ["board", "shuangwei-2015", "--cohort", "区县", "--period", "2015H1", "--json"]
    return [JIANWEI, "-C", str(made().path), *words]
