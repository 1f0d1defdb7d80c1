"""What a benchmark is: a call timed in this process, or a command timed as a process of its own.

A module `bench_NAME.py` holds the cases of a group. A case names the bare reference it is compared
with, so that its ratio means something on another machine.

    @call
    def bare_sum(numbers): ...

    @call(against="bare_sum", prepare=make_numbers)
    def scored(numbers): ...

    @command(against="bare_python")
    def help_page() -> list[str]: return ["jianwei", "--help"]
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

__all__ = ["REGISTER", "Case", "Figure", "call", "command", "figures"]


@dataclass(frozen=True)
class Case:
    """One thing to time. `once()` gives seconds and, for a process, its peak memory in bytes."""

    group: str
    name: str
    what: str
    against: str
    once: Callable[[], tuple[float, int | None]]


@dataclass(frozen=True)
class Figure:
    """Seconds of a case over its runs; `ratio` is the median over rounds to its reference in the same round."""

    group: str
    name: str
    what: str
    runs: int
    least: float
    middle: float
    most: float
    against: str = ""
    ratio: float | None = None
    peak_mb: float | None = None


REGISTER: list[Case] = []
"""Cases in the order their modules define them."""


def call(
    function: Callable[..., Any] | None = None, *, against: str = "", prepare: Callable[[], Any] | None = None
) -> Callable[..., Any]:
    """Registers a function, timed whole. `prepare` makes its only argument before each run, untimed."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        def once() -> tuple[float, int | None]:
            arguments = (prepare(),) if prepare else ()
            start = time.perf_counter()
            function(*arguments)
            return time.perf_counter() - start, None

        return _registered(function, against, once)

    return register if function is None else register(function)


_PARENT = """
import json, os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
seconds = time.perf_counter() - start
process.returncode = status = os.waitstatus_to_exitcode(status)
print(json.dumps({"status": status, "seconds": seconds, "peak": usage.ru_maxrss * 1024}))
"""
"""Runs a command and tells its seconds and peak memory (Linux counts in KiB)."""


def command(function: Callable[[], Sequence[str]] | None = None, *, against: str = "") -> Callable[..., Any]:
    """Registers a function that gives a command line; the process is timed from start to end."""

    def register(function: Callable[[], Sequence[str]]) -> Callable[..., Any]:
        def once() -> tuple[float, int | None]:
            line = list(function())
            # A process inherits its parent's peak memory: the parent is a small one of its own.
            done = subprocess.run(
                [sys.executable, "-S", "-c", _PARENT, *line], capture_output=True, check=False
            )
            told = json.loads(done.stdout)
            if told["status"] != 0:
                reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-5:]
                raise RuntimeError("\n".join([f"{' '.join(line)} ended with {told['status']}", *reason]))
            return float(told["seconds"]), int(told["peak"])

        return _registered(function, against, once)

    return register if function is None else register(function)


def figures(cases: Sequence[Case], runs: int) -> list[Figure]:
    """Times the cases in rounds, so that a case and its reference meet the same weather.

    A first round warms caches and is not counted. A case's reference must be among the cases.
    """
    seconds: dict[str, list[float]] = {case.name: [] for case in cases}
    peaks: dict[str, list[int]] = {case.name: [] for case in cases}
    for round_ in range(runs + 1):
        for case in cases:
            took, peak = case.once()
            if round_ > 0:
                seconds[case.name].append(took)
            if peak is not None:
                peaks[case.name].append(peak)
    return [_figure(case, seconds, peaks[case.name]) for case in cases]


def _figure(case: Case, seconds: dict[str, list[float]], peaks: list[int]) -> Figure:
    mine = seconds[case.name]
    ratio = None
    if case.against:
        ratio = median(a / b for a, b in zip(mine, seconds[case.against], strict=True))
    return Figure(
        group=case.group,
        name=case.name,
        what=case.what,
        runs=len(mine),
        least=min(mine),
        middle=median(mine),
        most=max(mine),
        against=case.against,
        ratio=ratio,
        peak_mb=max(peaks) / 2**20 if peaks else None,
    )


def _registered(
    function: Callable[..., Any], against: str, once: Callable[[], tuple[float, int | None]]
) -> Callable[..., Any]:
    group = function.__module__.rpartition(".")[2].removeprefix("bench_")
    what = (function.__doc__ or "").strip().splitlines()
    REGISTER.append(Case(group, function.__name__, what[0] if what else "", against, once))
    return function
