"""The benchmark runner, on cases that take no time; nothing here is a test of speed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import case, run


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> list[case.Case]:
    """An empty register, so that cases of a test are gone after it."""
    empty: list[case.Case] = []
    monkeypatch.setattr(case, "REGISTER", empty)
    return empty


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that gives the bare case 2, 4, 8 s and the other one 3, 8, 20 s, after a warm-up."""
    took = [9.0, 9.0, 2.0, 3.0, 4.0, 8.0, 8.0, 20.0]
    ticks: Iterator[float] = iter([tick for seconds in took for tick in (0.0, seconds)])
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))


def test_rounds_are_interleaved_and_ratios_are_within_a_round(register: list[case.Case], clock: None) -> None:
    order: list[str] = []

    @case.call
    def bare() -> None:
        order.append("bare")

    @case.call(against="bare", prepare=lambda: "made")
    def scored(made: str) -> None:
        """Scored on what was made."""
        order.append(made)

    first, second = case.figures(register, runs=3)
    assert order == ["bare", "made"] * 4
    assert (first.least, first.middle, first.most, first.ratio) == (2.0, 4.0, 8.0, None)
    assert (second.least, second.middle, second.most, second.ratio) == (3.0, 8.0, 20.0, 2.0)
    assert second.what == "Scored on what was made."


def test_a_command_tells_its_memory_and_its_failure(register: list[case.Case]) -> None:
    @case.command
    def works() -> list[str]:
        return [sys.executable, "-S", "-c", "b'x' * 50_000_000"]

    @case.command
    def fails() -> list[str]:
        return [sys.executable, "-S", "-c", "raise SystemExit('no such board')"]

    (figure,) = case.figures(register[:1], runs=1)
    assert figure.peak_mb is not None
    assert figure.peak_mb > 50
    with pytest.raises(RuntimeError, match=r"ended with 1\nno such board"):
        case.figures(register[1:], runs=1)


def test_results_keep_the_groups_that_did_not_run() -> None:
    def figure(group: str, seconds: float) -> case.Figure:
        return case.Figure(group, "a", "What.", 1, seconds, seconds, seconds)

    both = run.written("", [figure("lake", 1.0), figure("board", 2.0)], {"date": "2026-11-23"})
    assert [line for line in both.splitlines() if line.startswith("#")] == [
        "# Results",
        "## board",
        "## lake",
    ]
    again = run.written(both, [figure("board", 3.0)], {"date": "2026-11-24"})
    assert "| 3.000 | 3.000 | 3.000 |" in again
    assert "| 2.000 |" not in again
    assert again.split("## lake")[1] == both.split("## lake")[1]
    assert run.written(again, [], {}) == again


def test_every_reference_stands_in_its_group(root: Path, register: list[case.Case]) -> None:
    groups = [path.stem for path in sorted((root / "benchmarks").glob("bench_*.py"))]
    assert groups
    for group in groups:
        sys.modules.pop(f"benchmarks.{group}", None)
        import_module(f"benchmarks.{group}")
    names = {(c.group, c.name) for c in register}
    assert len(names) == len(register)
    assert {c.group for c in register} == {group.removeprefix("bench_") for group in groups}
    assert [c.name for c in register if c.against and (c.group, c.against) not in names] == []
    assert [c.name for c in register if not c.what] == []
