"""Kills a real command at random moments, runs it again, compares the lake with that of a clean run.

    python -m benchmarks.crash --space SPACE [--lake lake] [--kills 20] -- COMMAND… {space} …

COMMAND is run whole once in a fresh copy for the reference and its duration; then, `--kills`
times, a fresh copy is made, COMMAND is killed (SIGKILL, its children too) after a random part of
that duration, a reader looks, and COMMAND runs again. `{space}` in COMMAND stands for the copy of
the folder given by `--space` (say a workspace made by `jianwei init`); `--lake` is its lake within.
Ends with 1 if any lake differs or a reader ever saw a part of a batch.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from jianwei.lake import Lake
from jianwei.model import TABLES


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the trials and prints a line for each."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.crash", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument(
        "--space", type=Path, required=True, help="folder to start from; copied for every trial"
    )
    parser.add_argument("--lake", default="lake", help="the lake within that folder (lake)")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None, help="of the random moments")
    parser.add_argument("command", nargs="+", help="after --; {space} is replaced")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)

    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(options.space, Path(folder), options.lake, options.command)
        before = trial.digests(trial.fresh())
        start = time.perf_counter()
        status = trial.run(None)
        whole = time.perf_counter() - start
        after = trial.digests(trial.space)
        print(f"clean run: {whole:.2f} s, exit {status}; " + " ".join(f"{k} {v}" for k, v in after.items()))
        if before == after:
            print("the command changes nothing in the lake: no trial possible")
            return 1
        bad = done = tries = 0
        while done < options.kills and tries < 4 * options.kills:
            tries += 1
            trial.fresh()
            delay = chance.uniform(0, whole)
            start = time.perf_counter()
            if trial.run(delay) != -signal.SIGKILL:
                # faster than the clean run was: not a kill, and now the true length is known
                whole = min(whole, time.perf_counter() - start)
                continue
            done += 1
            seen = trial.digests(trial.space)
            saw = {str(before): "old", str(after): "new"}.get(str(seen), "TORN")
            again = trial.run(None)
            healed = trial.digests(trial.space)
            good = healed == after and saw != "TORN"
            bad += not good
            differ = [name for name in TABLES if healed[name] != after[name]]
            print(
                f"{done:3} killed at {delay:6.2f} s: reader saw {saw}, "
                f"repeat (exit {again}) {'equal' if good else 'DIFFERS ' + ','.join(differ)}",
                flush=True,
            )
        print(f"{done} kills, {bad} bad")
        return 1 if bad or done < options.kills else 0


class Trial:
    """A folder copied afresh for every try, and the command that works on the copy."""

    def __init__(self, origin: Path, folder: Path, lake: str, command: Sequence[str]) -> None:
        self._origin, self._lake, self._command = origin, lake, command
        self.space = folder / "space"

    def fresh(self) -> Path:
        """The folder as it was at the start."""
        shutil.rmtree(self.space, ignore_errors=True)
        shutil.copytree(self._origin, self.space)
        return self.space

    def run(self, delay: float | None) -> int:
        """The command's exit code; killed with all its children after `delay` seconds if given."""
        line = [word.replace("{space}", str(self.space)) for word in self._command]
        process = subprocess.Popen(
            line, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            return process.wait(delay)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()

    def digests(self, space: Path) -> dict[str, str]:
        """The digest of every table, as a reader sees them."""
        lake = Lake.open(space / self._lake)
        return {name: lake.digest(name) for name in TABLES}


if __name__ == "__main__":
    sys.exit(main())
