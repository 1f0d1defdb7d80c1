"""Change source rows of a demo world one at a time, import again, and compare with the truth.

Run `python -m tests.demo.dependence --changes 50` for the full proof; the test does a few of every kind.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from python_calamine import CalamineWorkbook

from jianwei.demo import generate, roll, submitted, sums, timelines, truth
from jianwei.demo.world import World, world
from jianwei.finding.model import Finding
from jianwei.workspace import ingest, register, space
from jianwei.workspace.demo import PERIOD
from jianwei.workspace.desk import Desk, parsed
from jianwei.workspace.findings import gather
from jianwei.workspace.space import Workspace
from tests.demo.changes import KINDS, Change, draw
from tests.demo.made import Made, same

__all__ = ["Bench", "Outcome", "main"]


@dataclass(frozen=True)
class Outcome:
    """What one changed row moved in the product, and what it moved in truth."""

    change: Change
    file: str
    rows: tuple[int, int]  # gone, come
    moved: frozenset[str]
    truly_moved: frozenset[str]
    untrue: frozenset[str]  # findings that are not what is true of the changed world

    @property
    def faults(self) -> list[str]:
        """What is wrong, empty if nothing is."""
        told = []
        if self.rows not in ((1, 1), (1, 0)):
            told.append(f"{self.rows} rows of {self.file} differ, not one")
        if self.moved != self.truly_moved:
            told.append(f"moved {sorted(self.moved)}, in truth {sorted(self.truly_moved)}")
        if self.moved - self.change.may_move:
            told.append(f"{sorted(self.moved - self.change.may_move)} do not depend on it")
        if self.untrue:
            told.append(f"untrue: {sorted(self.untrue)}")
        return told


class Bench:
    """A workspace of its own that takes changed files; every answer is as of one set of imports."""

    def __init__(
        self,
        folder: Path,
        made: World,
        files: Path,
        own: Workspace,
        before: Mapping[str, Finding] | None = None,
    ) -> None:
        self.folder, self.world, self.files, self.space = folder, made, files, own
        self.base = {str(sha) for sha in own.lake.imports()["sha256"].to_pylist()}
        self.before = self._findings(self.base) if before is None else before
        self.true_before = truth.findings(made)
        with own.lake.connect() as con:
            rows = con.execute("SELECT DISTINCT post_key FROM readings WHERE scope = 'search'").fetchall()
        self._seen = frozenset(str(row[0]) for row in rows)

    @classmethod
    def new(cls, folder: Path, seed: int, scale: float) -> Bench:
        """Generate a world and import it."""
        own = space.create(folder / "city", region='"500000"', synthetic="true")
        made = generate(folder / "source", folder / "truth.json", seed=seed, scale=scale)
        register.import_files(own, [made.registry], actor="test", why="test")
        ingest.ingest(own, [made.sources])
        return cls(folder, world(seed, scale), folder / "source", own)

    @classmethod
    def of(cls, folder: Path, made: Made) -> Bench:
        """A copy of a demo workspace; what was found there holds before any change."""
        for name in ("lake", "roster", "cohorts", "recipes"):
            shutil.copytree(made.folder / name, folder / "city" / name)
        for name in ("jianwei.toml", "jianwei.sqlite3"):
            shutil.copy(made.folder / name, folder / "city" / name)
        (folder / "city" / "archive").mkdir()
        own = space.open(folder / "city")
        return cls(folder, made.world, made.folder / "sources", own, made.gathered.findings)

    def run(self, kind: str, rng: np.random.Generator) -> Outcome:
        """Change one row of a kind and see what moves."""
        change = draw(self.world, kind, rng, seen=self._seen)
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            path = self._written(change, Path(name))
            old = self.files / path.relative_to(name)
            gone, come = (_cells(old) - _cells(path)), (_cells(path) - _cells(old))
            after = self._registered(path, old) if kind.startswith("registry") else self._imported(path, old)
        true_after = truth.findings(change.world)
        return Outcome(
            change,
            path.name,
            (gone.total(), come.total()),
            _differing(_values(self.before), _values(after)),
            _differing(self.true_before, true_after),
            frozenset(id for id, told in true_after.items() if not same(_values(after)[id], _told(told))),
        )

    def _imported(self, path: Path, old: Path) -> Mapping[str, Finding]:
        """Findings with a source file instead of the one that it was."""
        (new,) = (one.sha256 for one in ingest.ingest(self.space, [path]).files)
        return self._findings(self.base - {_sha(old)} | {new})

    def _registered(self, path: Path, old: Path) -> Mapping[str, Finding]:
        """Findings with another registry; the old one is there again afterwards."""
        register.import_files(self.space, [path], actor="test", why="test")
        try:
            return self._findings(self.base)
        finally:
            register.import_files(self.space, [old], actor="test", why="test")

    def _written(self, change: Change, folder: Path) -> Path:
        """The one file that the change makes different, written with the changed world."""
        made, sources = change.world, folder / "sources"
        match change.kind.partition(" ")[0]:
            case "weibo":
                rng = np.random.default_rng((made.seed, 3))
                timelines.write(
                    sources / "weibo", made.cast, made.posts, made.words.words, rng, but=made.without_posts
                )
            case "wechat":
                submitted.wechat(sources / "微信填报", made.cast, made.articles, made.titles.words)
            case "registry":
                roll.write(folder / "名册.xlsx", made.cast)
            case "followers":
                submitted.followers(sources / "粉丝读数", made.cast, made.followers)
            case _:
                names = ("2014年下半年微博汇总.csv", "2014年下半年微信汇总.csv")
                for form, name in zip(made.before, names, strict=True):
                    sums.write(sources / "汇总填报" / name, made.cast, form)
                only = sums.instead_of_posts(made.posts, made.cast.parts["totals_only"])
                sums.write(sources / "汇总填报" / "2015年上半年微博汇总.csv", made.cast, only)
        written = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        (path,) = (path for path in written if _sha(path) != _sha(self.files / path.relative_to(folder)))
        return path

    def _findings(self, imports: set[str]) -> Mapping[str, Finding]:
        lake = self.space.lake
        with Desk(self.space, parsed(PERIOD)) as desk:
            desk.con.close()
            desk.con, desk.lake_version = lake.connect(as_of=imports), lake.version(as_of=imports)
            return gather(desk).findings


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _cells(path: Path) -> Counter[str]:
    """Rows of a file as text."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        return Counter(
            repr(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
        )
    return Counter(repr(line) for line in path.read_bytes().split(b"\r\n"))


def _told(told: Mapping[str, Any]) -> tuple[Any, Any]:
    return told["value"], told["alt"]


def _values(found: Mapping[str, Finding]) -> dict[str, tuple[Any, Any]]:
    return {id: (one.value, one.alt) for id, one in found.items()}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    assert before.keys() == after.keys()
    return frozenset(id for id in before if not same(after[id], before[id]))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Many changes, kind by kind in turn, on a world of its own; ends with 1 if one moved anything else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=0.01)
    wanted = parser.parse_args()
    faults, started = 0, time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench.new(Path(folder), wanted.seed, wanted.scale)
        rng = np.random.default_rng(wanted.seed)
        for number in range(wanted.changes):
            done = bench.run(KINDS[number % len(KINDS)], rng)
            faults += bool(done.faults)
            said = "；".join(done.faults) or f"moved {', '.join(sorted(done.moved)) or 'nothing'}"
            _say(f"{number + 1:>3} {done.change.kind}（{done.change.what}）: {said}")
    _say(f"{wanted.changes} changes, {faults} wrong, {time.perf_counter() - started:.0f} s")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
