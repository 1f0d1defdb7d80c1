"""The loop of forms at the scale of a province's capital: some 2,000 units, made, filled and collected.

The world is that of the boards' benchmark. Forms are filled with what is known in public; ten of them
get 200 pasted rows of posts, and into those ten errors are planted, all of which must be found.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from benchmarks.bench_board import made
from benchmarks.case import call
from jianwei.forms.blank import REFERENCE
from jianwei.workspace import collection, forms
from jianwei.workspace.forms import Made
from tests.forms.filled import Book

PERIOD = "2015-06"
PASTED = 200
_RUNS = itertools.count(1)


def folder() -> Path:
    """A new folder that the run may fill."""
    return Path(tempfile.mkdtemp(prefix="forms-"))


@call(prepare=folder)
def make_all(out: Path) -> None:
    """A template for every unit, with public counts beside the cells."""
    forms.make(made(), PERIOD, out=out / "模板", again=True)
    shutil.rmtree(out)


@cache
def sent() -> Made:
    """One request, whose files are filled."""
    return forms.make(made(), PERIOD, out=folder() / "模板", again=True)


@cache
def filled() -> list[Path]:
    """Every form as it comes back, but those of the ten units that paste."""
    out, request, ten = folder(), sent(), {path.name for path in wrong()}
    asks = [ask for ask in request.batch.asks if ask.file not in ten]
    return [fill(request.folder / ask.file, out / ask.file) for ask in asks]


@cache
def wrong() -> list[Path]:
    """Ten forms with 200 pasted rows each, and one planted error in each."""
    out, files = folder(), []
    weibo = [ask for ask in sent().batch.asks if len(ask.accounts("weibo")) == 1][:10]
    for number, ask in enumerate(weibo):
        book = Book.open(fill(sent().folder / ask.file, out / ask.file))
        sums, details = book["微博汇总"], book["微博明细"]
        details.paste([post(number, place) for place in range(PASTED)])
        sums.put(3, 发布数=6_000, 原创数=4_000)
        sums.put(3, 转发="约三百") if number % 2 else sums.put(3, 原创数=6_001)
        files.append(book.save(out / ask.file))
    return files


def post(number: int, place: int) -> list[object]:
    """A row as an operator's export has it: a link whose id is longer than Excel's numbers."""
    mid = 3_850_000_000_000_000 + number * 1_000 + place
    day = f"{PERIOD}-{1 + place % 30:02d} {place % 24:02d}:15"
    return [
        f"https://m.weibo.cn/detail/{mid}",
        day,
        f"第 {place} 条",
        "原创",
        "图文",
        100 + place,
        place,
        3,
        5,
        None,
    ]


def fill(source: Path, to: Path) -> Path:
    """Put what is known in public into the cells beside it."""
    book = Book.open(source)
    for sheet in book.sheets[1:]:
        known = [title for title in sheet.titles() if title.startswith(REFERENCE) and "日期" not in title]
        for row in sheet.rows():
            for title in known:
                sheet.put(row, **{title.removeprefix(REFERENCE): sheet.get(row, title)})
    return book.save(to)


def delivery(files: list[Path]) -> Path:
    """The files as a delivery that has not been seen before: another comment in each archive."""
    out, run = folder(), next(_RUNS)
    for path in files:
        shutil.copy(path, out / path.name)
        with zipfile.ZipFile(out / path.name, "a") as archive:
            archive.comment = f"run {run}".encode()
    return out


@call(prepare=lambda: delivery(wrong()))
def collect_ten(out: Path) -> None:
    """Ten forms with 200 pasted rows and a planted error each: judged, taken, notices written."""
    done = collection.collect(made(), [out], PERIOD)
    found = [issue for one in done.received for issue in one.issues if issue.level == "error"]
    if not len(found) == len(done.received) == 10:
        raise RuntimeError(f"planted 10 errors, found {len(found)}: {found[:3]}")
    shutil.rmtree(out)


@call(prepare=lambda: delivery(filled()))
def collect_all(out: Path) -> None:
    """The forms of all other units: judged against public counts, taken, nothing to mend."""
    done = collection.collect(made(), [out], PERIOD)
    if done.problems:
        raise RuntimeError(f"nothing was planted, found {len(done.problems)}: {done.problems[:3]}")
    shutil.rmtree(out)
