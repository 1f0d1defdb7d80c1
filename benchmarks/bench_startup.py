"""Start-up: what a person waits before a command does anything."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.case import command

JIANWEI = str(Path(sys.executable).with_name("jianwei"))


@command
def bare_python() -> list[str]:
    """The interpreter alone."""
    return [sys.executable, "-c", "pass"]


@command(against="bare_python")
def import_jianwei() -> list[str]:
    """The package, which loads nothing."""
    return [sys.executable, "-c", "import jianwei"]


@command(against="bare_python")
def help_page() -> list[str]:
    """The command `jianwei --help`."""
    return [JIANWEI, "--help"]


@command
def bare_engines() -> list[str]:
    """What every board needs: duckdb, pyarrow, numpy."""
    return [sys.executable, "-c", "import duckdb, pyarrow, numpy"]


@command(against="bare_engines")
def import_workspace() -> list[str]:
    """The package jianwei.workspace."""
    return [sys.executable, "-c", "import jianwei.workspace"]
