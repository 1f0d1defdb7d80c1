"""When posts are published: days by the half-year's weights, hours of an office day; ids from times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from jianwei.demo.apportion import Ints
from jianwei.demo.cast import Cast
from jianwei.demo.days import weights

__all__ = ["GAP", "bids", "clock", "days", "mids", "moment", "seconds_of", "windows"]

GAP = (date(2015, 2, 11), date(2015, 3, 2))
"""Days around Spring Festival on which one planted account publishes nothing."""

_MID_EPOCH = 515_483_463
"""Unix seconds from which Weibo counts in its ids (checked on public posts)."""

_ZONE = 8 * 3600
_LETTERS = np.array(list("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def windows(cast: Cast, half: tuple[date, date]) -> tuple[Ints, Ints]:
    """First and last day of each account in the half-year, as places of its days (last < first: none)."""
    first, last = half
    opened = [(max(account.opened or first, first) - first).days for account in cast.accounts]
    ended = [
        (min((account.closed or last + timedelta(days=1)) - timedelta(days=1), last) - first).days
        for account in cast.accounts
    ]
    return np.array(opened, dtype=np.int64), np.array(ended, dtype=np.int64)


def days(
    of: Ints, cast: Cast, half: tuple[date, date], rng: np.random.Generator, *, whole: Sequence[int] = ()
) -> Ints:
    """A day (its place in the half-year) for each post of account `of`, within the account's window.

    whole: accounts whose first and last post stand at the window's ends, so that a timeline
    shows the whole half-year.
    """
    rising = np.concatenate(([0.0], np.cumsum(weights(half))))
    first, last = windows(cast, half)
    low, high = rising[first[of]], rising[last[of] + 1]
    found = np.searchsorted(rising, low + (high - low) * rng.random(len(of)), side="right") - 1
    found = np.clip(found, first[of], last[of]).astype(np.int64)
    starts = np.searchsorted(of, np.arange(len(cast.accounts) + 1))
    for account in whole:
        begin, end = starts[account], starts[account + 1]
        if end - begin > 1:
            found[begin], found[end - 1] = first[account], last[account]
    gap = (of == cast.parts["festival_gap"]) & (found >= (GAP[0] - half[0]).days)
    gap &= found <= (GAP[1] - half[0]).days
    found[gap] = (GAP[1] - half[0]).days + 1 + rng.integers(0, 60, int(gap.sum()))
    return found


def clock(day: Ints, half: tuple[date, date], rng: np.random.Generator) -> Ints:
    """Naive Beijing seconds since 1970 of a time on each day: mornings and afternoons, some evenings."""
    kinds = rng.random(len(day))
    hour = np.where(kinds < 0.45, rng.normal(10.2, 0.9, len(day)), rng.normal(15.6, 1.3, len(day)))
    hour = np.where(kinds > 0.86, rng.uniform(18.5, 21.9, len(day)), hour)
    seconds = (np.clip(hour, 7.5, 22.5) * 3600).astype(np.int64) + rng.integers(0, 60, len(day))
    return seconds_of(half[0]) + day * 86_400 + seconds


def seconds_of(day: date) -> int:
    """Naive seconds since 1970 of a day's midnight."""
    return (day - date(1970, 1, 1)).days * 86_400


def moment(seconds: int) -> datetime:
    """The naive time of such seconds."""
    return datetime(1970, 1, 1) + timedelta(seconds=int(seconds))


def mids(at: Ints, rng: np.random.Generator) -> Ints:
    """Distinct Weibo ids: the time in the high bits, a number of its own in the low ones."""
    low = rng.permutation(len(at)).astype(np.int64) & 0x3FFFFF
    found: Ints = ((at - _ZONE - _MID_EPOCH) << 22) | low
    return found


def bids(mid: Ints) -> NDArray[np.str_]:
    """The short ids (base 62, four letters for seven digits from the right) of 16-digit mids."""
    letters = []
    for group, width in ((mid // 10**14, 1), (mid // 10**7 % 10**7, 4), (mid % 10**7, 4)):
        rest, signs = group, []
        for _ in range(width):
            signs.append(_LETTERS[rest % 62])
            rest = rest // 62
        letters += list(reversed(signs))
    joined = np.ascontiguousarray(np.stack(letters, axis=1))
    return joined.view(f"<U{joined.shape[1]}").ravel()
