"""The Weibo posts of a half-year as arrays: when, whose, original or not, form, responses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jianwei.demo import times
from jianwei.demo.activity import Activity
from jianwei.demo.apportion import Ints, apportion, scatter, spread
from jianwei.demo.cast import Cast
from jianwei.demo.days import H1_2014, H1_2015
from jianwei.demo.showcase import MURDER, SHOWCASE, VIRAL, Special
from jianwei.demo.targets import Targets

__all__ = ["FORMS", "WeiboPosts", "of_2014", "posts"]

FORMS = ("文字", "图片", "长微博", "视频", "一图解说")
"""Forms by their number in `WeiboPosts.form`."""

_MURDER_TIMES = (500, 200, 300)
"""Reposts, comments and likes of the murder post in medians of the account: 1,000 together."""


@dataclass
class WeiboPosts:
    """Posts sorted by account and time; `at` in naive Beijing seconds; `special` → its own words."""

    account: Ints
    at: Ints
    mid: Ints
    original: NDArray[np.bool_]
    form: Ints
    reposts: Ints
    comments: Ints
    likes: Ints
    special: dict[int, Special] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.account)


def posts(cast: Cast, act: Activity, aims: Targets, rng: np.random.Generator) -> WeiboPosts:
    """All Weibo posts of 2015H1; with the published targets their sums are the published ones."""
    counts = np.where(cast.weibo, act.posts, 0)
    of = np.repeat(np.arange(len(counts)), counts)
    named = [place for place in cast.levels if cast.weibo[place]]
    made = _bare(of, times.days(of, cast, H1_2015, rng, whole=named), H1_2015, rng)
    made.original = scatter(_originals(cast, counts, act, aims), of, rng)
    made.form = _forms(made.original, (0.62, 0.405), (0.715, 0.16, 0.075, 0.05), rng)
    _place_specials(made, cast)
    _respond(made, cast, act, aims, rng)
    _tie(made, cast)
    return made


def of_2014(cast: Cast, act: Activity, accounts: list[int], rng: np.random.Generator) -> WeiboPosts:
    """Posts of some accounts in 2014H1: fewer, with fewer 一图解说 than a year later."""
    counts = np.zeros(len(cast.accounts), dtype=np.int64)
    counts[accounts] = np.maximum(12, act.posts[accounts] * 0.55).astype(np.int64)
    of = np.repeat(np.arange(len(counts)), counts)
    made = _bare(of, times.days(of, cast, H1_2014, rng, whole=accounts), H1_2014, rng)
    made.original = rng.random(len(of)) < act.original_share[of] * 0.93
    made.form = _forms(made.original, (0.55, 0.36), (0.76, 0.15, 0.068, 0.022), rng)
    weights = _weights(made, rng)
    for name, sums in (("reposts", act.reposts), ("comments", act.comments)):
        totals = np.where(counts > 0, sums * 0.48, 0).astype(np.int64)
        setattr(made, name, spread(totals, of, weights, rng))
    made.likes = rng.poisson(0.6 * act.likes[of] * np.minimum(weights, 8)).astype(np.int64)
    return made


def _bare(of: Ints, day: Ints, half: tuple[date, date], rng: np.random.Generator) -> WeiboPosts:
    at = times.clock(day, half, rng)
    order = np.lexsort((at, of))
    none = np.zeros(len(of), dtype=np.int64)
    return WeiboPosts(
        of[order],
        at[order],
        times.mids(at[order], rng),
        none.astype(bool),
        none,
        none.copy(),
        none.copy(),
        none.copy(),
    )


def _originals(cast: Cast, counts: Ints, act: Activity, aims: Targets) -> Ints:
    """Originals by account; over the 参评 accounts they have the wanted share exactly (to one post)."""
    originals = np.minimum(np.round(counts * act.original_share), counts).astype(np.int64)
    mine = np.flatnonzero(cast.analysed & (counts > 0))
    wanted = round(aims.original_share * int(counts[mine].sum()))
    tied = [cast.parts["tie"], cast.parts["tie_too"]]
    rest = np.setdiff1d(mine, tied)
    left = wanted - int(originals[tied].sum())
    share = apportion(left, counts[rest] * act.original_share[rest])
    for _ in range(20):
        over = np.maximum(share - counts[rest], 0)
        share -= over
        if not over.any():
            break
        share += apportion(int(over.sum()), np.maximum(counts[rest] - share, 0).astype(float))
    originals[rest] = share
    return originals


def _forms(
    original: NDArray[np.bool_],
    multimedia: tuple[float, float],
    kinds: tuple[float, ...],
    rng: np.random.Generator,
) -> Ints:
    with_media = rng.random(len(original)) < np.where(original, *multimedia)
    drawn = rng.choice(np.arange(1, 5), len(original), p=np.array(kinds))
    return np.where(with_media, drawn, 0).astype(np.int64)


def _place_specials(made: WeiboPosts, cast: Cast) -> None:
    names = {account.name: place for place, account in enumerate(cast.accounts) if account.platform == "微博"}
    names[""] = cast.parts["viral"]
    for special in (*SHOWCASE, MURDER, VIRAL):
        if special.platform != "微博":
            continue
        account = names[special.account]
        first, last = np.searchsorted(made.account, (account, account + 1))
        near = first + int(np.argmin(np.abs(made.at[first:last] - times.seconds_of(special.day) - 43_200)))
        while near in made.special:
            near += 1
        made.special[near] = special
        made.form[near] = FORMS.index(special.form)
        _make_original(made, near, first, last)


def _make_original(made: WeiboPosts, place: int, first: int, last: int) -> None:
    """Make one post an original and another of the account a repost in its stead."""
    if made.original[place]:
        return
    others = [n for n in range(first, last) if made.original[n] and n not in made.special]
    made.original[place] = True
    if others:
        made.original[others[0]] = False


def _weights(made: WeiboPosts, rng: np.random.Generator) -> NDArray[np.float64]:
    weights = rng.lognormal(-0.3, 0.8, len(made))
    weights *= np.where(made.original, 1.5, 0.75) * np.where(made.form > 0, 1.2, 0.9)
    return weights


def _respond(made: WeiboPosts, cast: Cast, act: Activity, aims: Targets, rng: np.random.Generator) -> None:
    """Responses: of named accounts their own sums, of the others what is left of the wanted totals."""
    weights = _weights(made, rng)
    made.likes = rng.poisson(np.minimum(act.likes[made.account] * weights, 5_000)).astype(np.int64)
    free = weights.copy()
    for place, special in made.special.items():
        free[place] = 0.0
        made.reposts[place], made.comments[place], made.likes[place] = 0, 0, special.likes
    appeal = rng.gamma(1.3, 1.0, len(cast.accounts)) + 0.15
    appeal[cast.parts["tie_too"]] = appeal[cast.parts["tie"]]
    for name, sums in (("reposts", act.reposts), ("comments", act.comments)):
        setattr(made, name, spread(np.where(cast.weibo, sums, 0), made.account, free, rng))
        for place, special in made.special.items():
            getattr(made, name)[place] = getattr(special, name)
    _murder(made)
    for name in ("reposts", "comments"):
        counts: Ints = getattr(made, name)
        totals = _left_over(name, made, cast, act, aims, appeal)
        counts += spread(totals, made.account, free, rng)


def _left_over(
    name: str,
    made: WeiboPosts,
    cast: Cast,
    act: Activity,
    aims: Targets,
    appeal: NDArray[np.float64],
) -> Ints:
    """Sums for the accounts without sums of their own, 参评 ones making up the wanted total."""
    own = np.bincount(made.account, weights=getattr(made, name), minlength=len(cast.accounts))
    posts = np.where(cast.weibo & ~act.fixed, act.posts, 0)
    analysed = cast.analysed
    totals = np.zeros(len(posts), dtype=np.int64)
    wanted = getattr(aims, name)
    mine = analysed & (posts > 0)
    if aims.exact:
        left = wanted - int(own[analysed].sum())
    else:
        left = round((1.0 if name == "reposts" else 0.28) * int(posts[mine].sum()) * wanted / 320_000)
    totals[mine] = apportion(left, (posts * appeal)[mine])
    rate = left / max(int(posts[mine].sum()), 1)
    others = ~analysed & (posts > 0)
    totals[others] = np.round(rate * (posts * appeal)[others] * 0.5).astype(np.int64)
    return totals


def _murder(made: WeiboPosts) -> None:
    place = next(n for n, special in made.special.items() if special is MURDER)
    first, last = np.searchsorted(made.account, (made.account[place], made.account[place] + 1))
    response = made.reposts[first:last] + made.comments[first:last] + made.likes[first:last]
    response[place - first] = np.iinfo(np.int64).max
    middle = max(1, int(np.median(response)))
    times_each = (middle * each for each in _MURDER_TIMES)
    made.reposts[place], made.comments[place], made.likes[place] = times_each


def _tie(made: WeiboPosts, cast: Cast) -> None:
    """The second of the tied accounts gets the first one's numbers, post by post."""
    one, two = (
        slice(*np.searchsorted(made.account, (cast.parts[part], cast.parts[part] + 1)))
        for part in ("tie", "tie_too")
    )
    for name in ("original", "form", "reposts", "comments", "likes"):
        values = getattr(made, name)
        values[two] = values[one]
