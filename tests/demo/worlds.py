"""Whole demo workspaces of several seeds and scales, their findings compared with their truth files.

Run `python -m tests.demo.worlds 1:0.01 2:0.05 3:0.2 4:1 2015:1`; ends with 1 if any finding is not what is true.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jianwei.workspace.demo import PERIOD, demo
from tests.demo.made import same

__all__ = ["main", "untrue"]


def untrue(workspace: Path) -> dict[str, tuple[Any, Any]]:
    """Findings of a workspace's first edition that are not what its truth file says: found, true."""
    edition = workspace / "editions" / f"{PERIOD}-001" / "findings.json"
    found = {one["id"]: one for one in json.loads(edition.read_text("utf-8"))}
    told = json.loads(workspace.with_name(f"{workspace.name}.truth.json").read_text("utf-8"))["findings"]
    wrong: dict[str, tuple[Any, Any]] = dict.fromkeys(found.keys() ^ told.keys(), ("—", "—"))
    for id in found.keys() & told.keys():
        pair = (found[id]["value"], found[id]["alt"]), (told[id]["value"], told[id]["alt"])
        alike = same(pair[0][0], pair[1][0]) and (pair[1][1] is None or same(pair[0][1], pair[1][1]))
        if not alike:
            wrong[id] = pair
    return wrong


def main() -> None:
    """Make each world that the command line names as seed:scale."""
    faults = 0
    for name in sys.argv[1:] or ["1:0.01", "2:0.03", "3:0.1"]:
        seed, _, scale = name.partition(":")
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            demo(Path(folder) / "city", seed=int(seed), scale=float(scale))
            wrong = untrue(Path(folder) / "city")
        faults += bool(wrong)
        sys.stdout.write(f"{name}: {len(wrong)} untrue, {time.perf_counter() - started:.0f} s\n")
        for id, (found, true) in sorted(wrong.items()):
            sys.stdout.write(f"  {id}: {found} in truth {true}\n")
        sys.stdout.flush()
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
