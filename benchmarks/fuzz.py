"""Throws rubbish at the normaliser and at every reader, with an oracle beside each: no crash, no hang, no
silent wrong number.

    uv run python -m benchmarks.fuzz                       1,000,000 values and 20,000 files, some ten minutes
    uv run python -m benchmarks.fuzz --values 10000 --files 200 --seed 7

Values: numbers, times and ids are written in every style the tools and offices use and must come back
as they were; random words must be refused or be no number. Files: what the tools write, with bytes
turned, cut, doubled and moved. A line that was not touched must give what it gave; a number in a
touched one must stand in it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jianwei.errors import DataError
from jianwei.intake import Options, read, times, values
from tests.formats import samples

__all__ = ["WrongError", "files", "main", "numbers"]

NOW = datetime(2026, 11, 24)
SLOWEST = 20.0
"""Seconds after which reading a small file counts as a hang."""

_JUNK = (
    "0123456789０１２３.,，+-－万亿wW条次eE:/ \t'\"{}[]转发评论赞\u3000\ufeff\u200b\0年月日上午昨天前分钟TZ—"
)
_ROW = 12
"""Lines that a row may go on over."""

_COUNTS = ("reads", "reposts", "comments", "likes", "wow", "shares")


class WrongError(AssertionError):
    """A number that nobody wrote, or a crash."""


def numbers(count: int, random_: random.Random) -> Counter[str]:
    """Feed the normaliser. Returns how many inputs of each kind there were. Raises WrongError."""
    kinds: tuple[Callable[[random.Random], str], ...] = (_count, _moment, _number_id, _rubbish)
    done: Counter[str] = Counter()
    for _ in range(count):
        done[random_.choice(kinds)(random_)] += 1
    return done


def _count(random_: random.Random) -> str:
    """A count in one of the styles; shortened ones lose what they do not write."""
    n = int(10 ** random_.uniform(0, 9)) if random_.random() < 0.9 else 0
    style = random_.randrange(8)
    told, meant = str(n), n
    if style == 1:
        told = f"{n:,}"
    elif style == 2:
        told = str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    elif style == 3:
        told, meant = f"{n / 10_000:.1f}万", round(round(n / 10_000, 1) * 10_000)
    elif style == 4:
        told, meant = f"{n / 10**8:.2f}亿", round(round(n / 10**8, 2) * 10**8)
    elif style == 5:
        told = f"  {n}\t"
    elif style == 6:
        told = f"{n}+"
    elif style == 7:
        told = f"\ufeff{n:,}"
    cell: Any = float(n) if style == 0 and random_.random() < 0.3 else told
    found = values.count(cell)
    if found.value != meant:
        raise WrongError(f"{cell!r}: {found.value}, meant {meant}")
    return "count"


def _moment(random_: random.Random) -> str:
    when = datetime(2010, 1, 1) + timedelta(seconds=random_.randrange(520_000_000))
    style = random_.randrange(6)
    told: Any = when.strftime(
        ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日 %H:%M")[style % 4]
    )
    meant = when if style % 4 < 2 else when.replace(second=0)
    if style == 4:
        told, meant = int(when.replace(tzinfo=times.ZONE).timestamp()), when
    elif style == 5:
        told, meant = str(int(when.replace(tzinfo=times.ZONE).timestamp() * 1000)), when
    found = times.moment(told)
    if found != meant:
        raise WrongError(f"{told!r}: {found}, meant {meant}")
    return "time"


def _number_id(random_: random.Random) -> str:
    mid = random_.randrange(10**15, 10**17)
    cell = random_.choice((str(mid), f"{mid}\t", f"'{mid}", f"{mid:.5E}", float(mid)))
    try:
        found = values.number_id(cell)
    except values.CellError:
        if isinstance(cell, str) and "E" not in cell:
            raise WrongError(f"{cell!r} refused") from None
    else:
        if found != str(mid):
            raise WrongError(f"{cell!r}: {found}")
    return "id"


def _rubbish(random_: random.Random) -> str:
    """Words out of dangerous signs: refused, blank, or a number whose digits stand there."""
    word = "".join(random_.choice(_JUNK) for _ in range(random_.randrange(1, 12)))
    for reader in (
        values.count,
        values.number_id,
        values.truth,
        values.text,
        times.moment,
        times.day,
        times.span,
    ):
        try:
            found = reader(word)
        except values.CellError:
            continue
        if (
            isinstance(found, values.Count)
            and found.value is not None
            and not any(sign.isdigit() for sign in word)
        ):
            raise WrongError(f"{word!r}: {found.value} out of nothing")
    return "rubbish"


def files(count: int, random_: random.Random) -> Counter[str]:
    """Feed the readers. Returns how many files of each format there were. Raises WrongError."""
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        bases = [_Base(path, account) for path, account in samples(Path(folder))]
        for place in range(count):
            base = bases[place % len(bases)]
            base.mutated(random_)
            done[base.format] += 1
    return done


class _Base:
    """A file as a tool writes it, and what each of its lines gives."""

    def __init__(self, path: Path, account: str | None) -> None:
        self.path, self.account = path, account
        self.bytes = path.read_bytes()
        self.lines = {line.strip(): number for number, line in enumerate(self.bytes.splitlines())}
        self.whole = _taken(path, account)
        self.format = next(iter(read(path, Options(NOW, account=account)))).format
        self.by_line: dict[bytes, list[tuple[Any, ...]]] = {
            line.strip(): [] for line in self.bytes.splitlines()
        }
        for number, fact in self.whole:
            every = self.bytes.splitlines()
            if number - 1 < len(every):
                self.by_line[every[number - 1].strip()].append(fact)

    def mutated(self, random_: random.Random) -> None:
        """Read a damaged copy, and hold what comes out against the lines that it came from."""
        data = _damaged(self.bytes, random_)
        path = self.path.with_name(f"{self.path.stem}_damaged{self.path.suffix}")
        path = path.with_name(self.path.name) if self.account is None and self.path.stem.isdigit() else path
        target = self.path if path == self.path else path
        target.write_bytes(data)
        start = time.perf_counter()
        try:
            found = _taken(target, self.account)
        except DataError:
            found = []
        except Exception as error:
            kept = Path(tempfile.gettempdir()) / f"jianwei-fuzz{self.path.suffix}"
            kept.write_bytes(data)
            raise WrongError(f"{self.format}: {type(error).__name__}: {error} ({kept})") from error
        finally:
            self.path.write_bytes(self.bytes)
        if time.perf_counter() - start > SLOWEST:
            raise WrongError(f"{self.format}: a file of {len(data)} bytes took over {SLOWEST:g} s")
        if self.path.suffix in (".csv", ".jsonl"):
            self._held(found, data)

    def _held(self, found: list[tuple[int, tuple[Any, ...]]], data: bytes) -> None:
        every = data.splitlines() if self.path.suffix == ".csv" else data.split(b"\n")
        for number, fact in found:
            if number - 1 >= len(every) or every[number - 1].strip() in self.by_line:
                continue  # an untouched line stands for itself; its header may have changed its meaning
            # a row of a table, or an object, may go on over several lines
            rest = every[number - 1 : number + _ROW]
            words = b"\n".join(rest).decode("utf-8", "replace")
            known = _numbers_in(words)
            for value in fact[1:]:
                if isinstance(value, int) and not isinstance(value, bool) and value not in known:
                    raise WrongError(f"{self.format}: {value} does not stand in {words[:300]!r}")


def _numbers_in(words: str) -> set[int]:
    """Every number that a line may be taken to write."""
    plain = words.translate(dict.fromkeys(map(ord, '"\0\r\n,:;{}[]\t'), " "))
    cells = [*words.replace("\r", "\n").replace('"', ",").replace("\n", ",").split(","), *plain.split()]
    found = {0, 100_001}
    for cell in cells:
        try:
            count = values.count(cell, reads=False)
        except values.CellError:
            continue
        if count.value is not None:
            found.add(count.value)
    return found


def _taken(path: Path, account: str | None) -> list[tuple[int, tuple[Any, ...]]]:
    """(row, post and counts) of every reading; each row accounted for."""
    found = []
    for source in read(path, Options(NOW, account=account)):
        for table, rows in source.batches():
            if table == "readings":
                found += [
                    (row["source_row"], (row["post_key"], *(row[name] for name in _COUNTS)))
                    for row in rows.to_pylist()
                ]
        if source.rows_read != source.rows_taken + source.rows_duplicate + source.rows_quarantined:
            raise WrongError(f"{source.format}: rows are not accounted for")
    return found


def _damaged(data: bytes, random_: random.Random) -> bytes:
    """A copy with one to four injuries."""
    made = bytearray(data)
    for _ in range(random_.randrange(1, 5)):
        at = random_.randrange(len(made) + 1)
        kind = random_.randrange(8)
        if kind == 0 and made:
            made[at % len(made)] ^= 1 << random_.randrange(8)
        elif kind == 1:
            del made[at:]
        elif kind == 2:
            made[at:at] = random_.choice(
                (
                    b'"',
                    b",",
                    b"\r\n",
                    b"\0",
                    b"\xff\xfe",
                    b"9" * 40,
                    b"-1",
                    "万".encode(),
                    b"{",
                    b"]",
                    b"NaN",
                    b"1e999",
                    b"\\u",
                )
            )
        elif kind == 3:
            del made[at : at + random_.randrange(1, 40)]
        elif kind == 4:
            made[at:at] = made[at : at + random_.randrange(1, 200)]
        elif kind == 5:
            made[at:at] = bytes(random_.randrange(256) for _ in range(random_.randrange(1, 12)))
        elif kind == 6:
            lines = bytes(made).split(b"\n")
            random_.shuffle(lines)
            made = bytearray(b"\n".join(lines))
        else:
            cut, to = sorted((at, random_.randrange(len(made) + 1)))
            made = made[:cut] + made[to:] + made[cut:to]
        if not made:
            break
    return bytes(made)


def main(arguments: list[str] | None = None) -> None:
    """Run and tell the counts; ends with 1 and the seed at the first wrong number."""
    parser = argparse.ArgumentParser(prog="benchmarks.fuzz", description=__doc__)
    parser.add_argument("--values", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2015)
    options = parser.parse_args(arguments)
    random_ = random.Random(options.seed)
    start = time.perf_counter()
    for name, told in (
        ("values", numbers(options.values, random_)),
        ("files", files(options.files, random_)),
    ):
        print(
            f"{name}: {sum(told.values()):,} ({', '.join(f'{key} {n:,}' for key, n in sorted(told.items()))})"
        )
    print(
        f"no crash, no hang, no wrong number; seed {options.seed}, {time.perf_counter() - start:.0f} s",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
