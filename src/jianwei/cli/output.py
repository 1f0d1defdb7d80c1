"""What commands print: JSON for scripts on stdout, Chinese for people, problems on stderr."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jianwei.errors import Issue, JianweiError
from jianwei.period import Period

if TYPE_CHECKING:
    from rich.console import Console

    from jianwei.workspace.progress import Progress

__all__ = [
    "change",
    "document",
    "fail",
    "interval",
    "issues",
    "line",
    "number",
    "people",
    "percent",
    "plain",
    "progress",
    "say",
    "signed",
    "table",
]

_MOST = 30
"""Issues shown to people at most; --json has them all."""

_WIDEST = 10_000
"""Columns of what is no terminal: a file has room for whole lines."""

_STEERING = dict.fromkeys(
    code
    for bounds in ((0x00, 0x09), (0x0B, 0x20), (0x7F, 0xA0), (0x202A, 0x202F), (0x2066, 0x206A))
    for code in range(*bounds)
)
"""Characters that steer a terminal or turn text around; files may hold any."""

_WORDS = {"error": "错误", "warning": "提醒", "note": "说明"}
_STYLES = {"error": "red", "warning": "yellow", "note": "dim"}


def _console(*, err: bool = False) -> Console:
    """A console that prints text as it is: 微博's [心] is no markup, and :100: no picture."""
    from rich.console import Console  # only where people are spoken to

    console = Console(stderr=err, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDEST
    return console


def plain(value: Any) -> Any:
    """A value as plain JSON: times ISO 8601, no NaN, records as objects."""
    if isinstance(value, Period):
        return value.label
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(vars(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if hasattr(value, "item") and callable(value.item):
        return plain(value.item())
    return value


def number(value: float | None, digits: int = 0) -> str | None:
    """A number with commas and fixed decimals; None stays None."""
    return None if value is None else f"{value:,.{digits}f}"


def percent(value: float | None) -> str | None:
    """A fraction as whole percent; None stays None."""
    return None if value is None else f"{value:.0%}"


def change(places: int | None) -> str | None:
    """Places gained or lost; None stays None."""
    return None if places is None else "持平" if places == 0 else f"{'↑' if places > 0 else '↓'}{abs(places)}"


def interval(ranks: tuple[int, int] | None) -> str | None:
    """A range of ranks; None stays None."""
    return None if ranks is None else str(ranks[0]) if ranks[0] == ranks[1] else f"{ranks[0]}–{ranks[1]}"


def signed(value: float | None, digits: int = 2) -> str | None:
    """A difference with its sign; None stays None, what rounds to zero has no sign."""
    if value is None:
        return None
    return f"{value:+,.{digits}f}" if round(value, digits) else f"{0:.{digits}f}"


def document(value: Any) -> None:
    """Write one JSON document to stdout, in UTF-8 wherever it goes; an iterator becomes an array, row by row."""
    if not isinstance(value, Iterator):
        _out(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n")
        return
    before = "[\n"
    for row in value:
        _out(before + json.dumps(plain(row), ensure_ascii=False, allow_nan=False))
        before = ",\n"
    _out("[]\n" if before == "[\n" else "\n]\n")


def line(value: Any) -> None:
    """Write one JSON document on a line of its own, at once: for commands that go on."""
    _out(json.dumps(plain(value), ensure_ascii=False, allow_nan=False) + "\n")
    sys.stdout.flush()


def _out(text: str) -> None:
    if sys.stdout.encoding.lower().replace("-", "") != "utf8" and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)


def say(text: str = "", *, style: str = "") -> None:
    """Print a line for people on stdout."""
    _console().print(_tame(text), style=style or None, soft_wrap=True)


def people(text: str, *, style: str = "") -> None:
    """Print a line for people on stderr."""
    _console(err=True).print(_tame(text), style=style or None, soft_wrap=True)


def _tame(text: str) -> str:
    return text.translate(_STEERING)


def issues(found: Sequence[Issue], *, most: int = _MOST) -> None:
    """List problems on stderr, errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    for issue in sorted(found, key=lambda issue: order[issue.level])[:most]:
        people(f"  {_WORDS[issue.level]}  {issue}", style=_STYLES[issue.level])
    if len(found) > most:
        people(f"  …… 另有 {len(found) - most} 条，用 --json 查看全部")


def fail(error: JianweiError, *, as_json: bool) -> None:
    """Say why nothing could be done: on stderr for people, as a document for scripts."""
    if as_json:
        document(
            {
                "ok": False,
                "error": error.args[0],
                "hint": error.hint,
                "issues": [issue.to_json() for issue in error.issues],
            }
        )
    people(f"未能完成：{error}", style="bold red")
    issues([issue for issue in error.issues if issue.what not in str(error)])


def table(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers: Sequence[int] = ()
) -> None:
    """Print a table for people; `numbers` are the places of right-aligned columns."""
    from rich.table import Table

    if title:
        say(title, style="bold")
    shown = Table(header_style="bold", box=None, pad_edge=False)
    for place, name in enumerate(columns):
        kept = place in numbers  # half a number is another number
        shown.add_column(name, justify="right" if kept else "left", overflow="fold", no_wrap=kept)
    for row in rows:
        shown.add_row(*["—" if cell is None else _tame(str(cell)) for cell in row])
    console = _console()
    with console.capture() as printed:
        console.print(shown)
    for line in printed.get().splitlines():
        console.out(line.rstrip(), highlight=False)


@contextmanager
def progress(doing: str = "", *, quiet: bool = False) -> Iterator[Progress]:
    """A progress display on stderr that appears only on a terminal, never beside --json (`quiet`).

    doing: what is being done until the first report.
    """
    from jianwei.workspace.progress import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), TimeElapsedColumn())
    with Bar(*columns, console=_console(err=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def show(doing: str, done: float | None = None) -> None:
            bar.update(task, description=doing, total=None if done is None else 1.0, completed=done or 0)

        yield show
