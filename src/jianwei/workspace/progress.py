"""Progress of long work: verbs report it, the caller decides how it is shown."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "silent"]


class Progress(Protocol):
    """Called with what is being done and, where known, how far it has come (0 to 1)."""

    def __call__(self, doing: str, done: float | None = None) -> None:
        """Take note of it."""


def silent(doing: str, done: float | None = None) -> None:
    """A Progress that shows nothing."""
