"""The demo: generated source files through the ordinary road, from registry to report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from jianwei import demo as generator
from jianwei.errors import DataError
from jianwei.workspace import ingest, register, report, space
from jianwei.workspace.progress import Progress, silent
from jianwei.workspace.space import Workspace

__all__ = ["PERIOD", "demo"]

PERIOD = "2015H1"
"""The period of the demo's report."""


def demo(
    directory: Path, *, seed: int = 2015, scale: float = 1.0, progress: Progress = silent
) -> dict[str, Any]:
    """Make a workspace of generated data and its report; the truth file stands beside the folder.

    What was made is removed again if it cannot be finished. Raises DataError if the folder is not
    new, or a generated file cannot be read back.
    """
    made = space.create(
        directory,
        title='"重庆市政务新媒体综合影响力报告"',
        region='"500000"',
        synthetic="true",
    )
    truth = made.path.with_name(f"{made.path.name}.truth.json")
    try:
        return _filled(made, truth, seed, scale, progress)
    except BaseException:
        shutil.rmtree(made.path, ignore_errors=True)
        truth.unlink(missing_ok=True)
        raise


def _filled(made: Workspace, truth: Path, seed: int, scale: float, progress: Progress) -> dict[str, Any]:
    sources = made.path / "sources"
    progress("生成合成的来源文件")
    generated = generator.generate(sources, truth, seed=seed, scale=scale, progress=progress)
    progress("导入台账")
    register.import_files(made, [generated.registry], actor="demo", why="合成台账")
    taken = ingest.ingest(made, [sources / "sources"], progress=progress)
    if taken.exit_code == 2:
        raise DataError("合成的来源文件读不出来", hint="这是程序错误，请反馈")
    edition = report.report(made, PERIOD, progress=progress)
    return {
        "path": made.path,
        "sources": sources,
        "truth": truth,
        "edition": edition.name,
        "report": edition.path / "report.html",
        "ingest": taken.to_json()["totals"],
    }
