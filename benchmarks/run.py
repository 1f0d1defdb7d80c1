"""Runs benchmarks: `uv run python -m benchmarks.run [GROUP…] [--runs N] [--json] [--write]`.

A group is a module `bench_GROUP.py` in this folder. `--write` puts the groups that ran into
results.md and leaves the others there as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from importlib import import_module, metadata
from pathlib import Path

from benchmarks.case import REGISTER, Figure, figures

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.md"
LIBRARIES = ("duckdb", "deltalake", "pyarrow", "numpy", "django")
HEAD = """# Results

Written by `uv run python -m benchmarks.run --write`. Seconds; the ratio is the median over rounds of a case's time to
that of its reference in the same round. Compare ratios, not seconds, between machines.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Times the named groups, all if none is named, and prints or writes what came out."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[[], *known], metavar="GROUP", help="、".join(known))
    parser.add_argument("--runs", type=int, default=5, help="counted rounds, after one to warm up (5)")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {RESULTS.name}")
    options = parser.parse_args(arguments)

    facts = machine()
    measured: list[Figure] = []
    for group in options.groups or known:
        import_module(f"benchmarks.bench_{group}")
        print(f"… {group}", file=sys.stderr)
        measured += figures([case for case in REGISTER if case.group == group], options.runs)
    if options.json:
        print(
            json.dumps(
                {"machine": facts, "cases": [asdict(f) for f in measured]}, ensure_ascii=False, indent=1
            )
        )
    else:
        print("\n".join(f"{name}: {fact}" for name, fact in facts.items()), "", table(measured), sep="\n")
    if options.write:
        known_text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(written(known_text, measured, facts), "utf-8")


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    revision = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    )
    versions = [f"{library} {metadata.version(library)}" for library in LIBRARIES]
    return {
        "date": date.today().isoformat(),
        "revision": revision.stdout.strip() or "–",
        "machine": f"{len(os.sched_getaffinity(0))} cores, {pages / 2**30:.0f} GiB, {platform.machine()}",
        "system": f"{platform.system()} {platform.release().split('-')[0]}, Python {platform.python_version()}",
        "libraries": ", ".join(versions),
    }


def table(measured: Iterable[Figure]) -> str:
    """Figures as a Markdown table."""
    rows = [
        "| case | what | runs | min | median | max | ratio | peak MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for figure in measured:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} × {figure.against}"
        peak = "" if figure.peak_mb is None else f"{figure.peak_mb:.0f}"
        seconds = " | ".join(f"{value:.3f}" for value in (figure.least, figure.middle, figure.most))
        rows.append(f"| {figure.name} | {figure.what} | {figure.runs} | {seconds} | {ratio} | {peak} |")
    return "\n".join(rows)


def written(known: str, measured: Sequence[Figure], facts: dict[str, str]) -> str:
    """The text of results.md: sections of the groups measured now replace those of `known`."""
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", known, re.MULTILINE | re.DOTALL))
    for group in dict.fromkeys(figure.group for figure in measured):
        told = " · ".join(facts.values())
        sections[group] = f"\n{told}\n\n{table(f for f in measured if f.group == group)}\n\n"
    body = "".join(f"## {group}\n{text}" for group, text in sorted(sections.items()))
    return f"{HEAD}\n{body}".rstrip() + "\n"


if __name__ == "__main__":
    main()
