"""The demo: a synthetic Chongqing written as source files, and the truth about it.

合成数据，按公开报告的总量校准. Nothing outside this package knows a published total.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Generated", "generate"]


@dataclass(frozen=True)
class Generated:
    """Where the files are: the registry workbook, the folder of sources, the truth."""

    registry: Path
    sources: Path
    truth: Path


def generate(
    folder: Path,
    truth: Path,
    *,
    seed: int = 2015,
    scale: float = 1.0,
    progress: Callable[[str, float | None], None] | None = None,
) -> Generated:
    """Write a world's files to `folder` and what is true of it to `truth`.

    Raises ValueError for a scale outside 0.01..4, OSError if the folder cannot be written.
    """
    from jianwei.demo import writing

    return Generated(*writing.write(folder, truth, seed=seed, scale=scale, progress=progress or _silent))


def _silent(doing: str, done: float | None = None) -> None:
    """Show nothing."""
