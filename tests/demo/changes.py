"""One source row of a demo world changed at random: the changed world, and what may follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from jianwei.demo import times
from jianwei.demo.audience import NONE
from jianwei.demo.files import Words, listed
from jianwei.demo.sums import Form
from jianwei.demo.weibo import FORMS, WeiboPosts
from jianwei.demo.wording import Written
from jianwei.demo.world import World

__all__ = ["KINDS", "Change", "draw"]

BOARDS = frozenset(
    ["T2.leaders", "T3.leaders", "T4.leaders", "T5.leaders", "T3.spread_first", "T3.interact_first"]
)
"""Findings that stand on the composite index."""

_FORMS = frozenset(["F5.multimedia_share", "F5.picture_share", "F5.infographic_change"])
_MONTHS, _PICKS, _FUNCTIONS = frozenset(["F4.monthly"]), frozenset(["W.picks"]), frozenset(["N3.share"])
_WECHAT = BOARDS | _PICKS | {"T2.wechat_first"}

MAY_MOVE: dict[str, frozenset[str]] = {
    "weibo reposts": frozenset(["S4.reposts", "S5.reposts"]) | _MONTHS | BOARDS | _PICKS,
    "weibo comments": frozenset(["S4.comments", "S5.comments"]) | _MONTHS | BOARDS | _PICKS,
    "weibo likes": _MONTHS | BOARDS | _PICKS,
    "weibo original": frozenset(["F5.original_share"]) | BOARDS | _PICKS,
    "weibo form": _FORMS | BOARDS,
    "weibo month": _MONTHS | _PICKS | {"F4.holiday"},
    "weibo words": _FUNCTIONS | _PICKS,
    "weibo left out": (
        frozenset(["S4.posts", "S4.reposts", "S4.comments", "S5.posts", "S5.reposts", "S5.comments"])
        | frozenset(["F4.holiday", "F5.original_share"]) | _MONTHS | _FORMS | _FUNCTIONS | BOARDS | _PICKS
    ),
    "wechat reads": _WECHAT,
    "wechat likes": _WECHAT,
    "wechat declared": BOARDS,
    "wechat title": _FUNCTIONS | BOARDS | _PICKS,
    "followers at the end": BOARDS | {"S3.total", "S3.municipal", "S3.district", "F2.leaders", "G1", "G2"},
    "followers half a year before": BOARDS | {"G2"},
    "followers a year before": frozenset(["G1"]),
    "sums of the half-year before": BOARDS,
    "sums instead of posts": (
        frozenset(["S4.posts", "S4.reposts", "S4.comments", "S5.posts", "S5.reposts", "S5.comments"])
        | frozenset(["F4.holiday", "F5.original_share"]) | _MONTHS | BOARDS
    ),
    "registry mark": (
        frozenset(["S4.posts", "S4.reposts", "S4.comments", "S5.posts", "S5.reposts", "S5.comments"])
        | frozenset(["F4.holiday", "F5.original_share"]) | _MONTHS | _FORMS | _FUNCTIONS | _WECHAT
    ),
    "registry system": frozenset(["F3.systems", "F3.share", "F3.six_share", "T4.leaders"]),
    "registry opening": BOARDS,
}  # fmt: skip
"""Kind of change → the findings that it can move at all, by their definitions."""

KINDS = tuple(MAY_MOVE)


@dataclass(frozen=True)
class Change:
    """What was changed, the world with it, the findings that it may move."""

    kind: str
    what: str
    world: World

    @property
    def may_move(self) -> frozenset[str]:
        """Findings whose definition names what was changed."""
        return MAY_MOVE[self.kind]


def draw(made: World, kind: str, rng: np.random.Generator, *, seen: frozenset[str] = frozenset()) -> Change:
    """A change of a kind. seen: post keys that another file shows too, which are left alone."""
    maker: Callable[[World, str, np.random.Generator, frozenset[str]], tuple[str, World]]
    platform, _, what = kind.partition(" ")
    maker = {
        "weibo": _weibo,
        "wechat": _wechat,
        "followers": _followers,
        "sums": _sums,
        "registry": _registry,
    }[platform]
    return Change(kind, *maker(made, what, rng, seen))


def _weibo(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> tuple[str, World]:
    posts, place = made.posts, _post(made, what, rng, seen)
    told = f"{made.cast.accounts[posts.account[place]].name} {posts.mid[place]}"
    match what:
        case "reposts" | "comments" | "likes":
            more = int(rng.integers(1, 5000))
            return f"{told} +{more}", replace(
                made, posts=_with(posts, what, place, getattr(posts, what)[place] + more)
            )
        case "original":
            return told, replace(made, posts=_with(posts, what, place, not posts.original[place]))
        case "form":
            other = int(rng.choice([n for n in range(4) if n != posts.form[place]]))
            return f"{told} {FORMS[other]}", replace(made, posts=_with(posts, what, place, other))
        case "month":
            other = _other_month(int(posts.at[place]), rng)
            return f"{told} {times.moment(other)}", replace(made, posts=_with(posts, "at", place, other))
        case "words":
            return told, replace(made, words=_reworded(made.words, place, rng))
        case _:
            kept = np.arange(len(posts)) != place
            return told, replace(made, posts=_kept(posts, kept), words=_kept_words(made.words, kept))


def _post(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> int:
    """A post in the midst of a timeline, so that what the timeline vouches for stays the same."""
    posts = made.posts
    starts = np.searchsorted(posts.account, np.arange(len(made.cast.accounts) + 1))
    # the file that two tools wrote: one post less moves the place where the second took over
    mixed = next(n for n in sorted(made.cast.levels) if starts[n + 1] - starts[n] > 60)
    while True:
        place = int(rng.integers(len(posts)))
        account = posts.account[place]
        middle = starts[account] + 4 <= place < starts[account + 1] - 4
        opened = made.cast.accounts[account].opened
        early = opened is not None and opened < date(2015, 1, 1) and made.cast.open_at_end[account]
        known = account not in made.without_posts and f"weibo:{posts.mid[place]}" not in seen
        fits = what != "form" or posts.form[place] != FORMS.index("一图解说")
        fits = fits and (what != "left out" or account != mixed)
        if middle and early and known and fits and place not in posts.special:
            return place


def _other_month(at: int, rng: np.random.Generator) -> int:
    """The same clock on a middle day of another month of the half-year."""
    now = times.moment(at)
    month = int(rng.choice([n for n in range(1, 7) if n != now.month]))
    return times.seconds_of(date(2015, month, int(rng.integers(8, 21)))) + at % 86_400


def _wechat(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> tuple[str, World]:
    told = made.articles
    usual = [n for n in range(len(told)) if n not in told.special and not told.rounded[n]]
    place = int(rng.choice(usual))
    whose = f"{made.cast.accounts[told.account[place]].name} {told.push[place]}-{told.place[place]}"
    match what:
        case "title":
            return whose, replace(made, titles=_reworded(made.titles, place, rng))
        case "declared":
            return whose, replace(made, articles=_with(told, what, place, not told.declared[place]))
        case _:
            more = int(rng.integers(1, 40_000 if what == "reads" else 2_000))
            value = getattr(told, what)[place] + more
            return f"{whose} +{more}", replace(made, articles=_with(told, what, place, value))


def _followers(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> tuple[str, World]:
    name = {"at the end": "end", "half a year before": "start", "a year before": "before"}[what]
    counts = getattr(made.followers, name)
    place = int(rng.choice(np.flatnonzero((counts != NONE) & ~made.followers.shortened)))
    value = max(1, int(counts[place] * rng.choice([0.2, 0.7, 1.01, 3.0])) + 1)
    told = f"{made.cast.accounts[place].name} {counts[place]} → {value}"
    return told, replace(made, followers=_with(made.followers, name, place, value))


def _sums(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> tuple[str, World]:
    if what == "instead of posts":
        mine = np.flatnonzero(made.posts.account == made.cast.parts["totals_only"])
        name, place = str(rng.choice(["reposts", "comments", "likes", "original"])), int(rng.choice(mine))
        old = getattr(made.posts, name)[place]
        value = not old if name == "original" else old + int(rng.integers(1, 3000))
        return f"{name} {old} → {value}", replace(made, posts=_with(made.posts, name, place, value))
    number = int(rng.integers(2))
    form = made.before[number]
    row = int(rng.integers(len(form.rows)))
    account, month, counts = form.rows[row]
    more = int(rng.integers(1, 20_000))
    rows = [*form.rows]
    rows[row] = (account, month, counts | {"likes": counts["likes"] + more})
    forms = [*made.before]
    forms[number] = Form(form.platform, form.titles, rows)
    told = f"{made.cast.accounts[account].name} {month:%Y-%m} +{more}"
    return told, replace(made, before=(forms[0], forms[1]))


def _registry(made: World, what: str, rng: np.random.Generator, seen: frozenset[str]) -> tuple[str, World]:
    who = made.cast
    if what == "opening":
        decided = [n for n, row in enumerate(who.openings) if row.status == "确认未开通"]
        place = int(rng.choice(decided))
        openings = [*who.openings]
        openings[place] = replace(openings[place], status="未普查", checked=None, checked_by="")
        told = f"{openings[place].unit} {openings[place].platform}"
        return told, replace(made, cast=replace(who, openings=openings))
    named = {who.of[place] for place in (*who.levels, *who.parts.values())}
    place = int(rng.choice([n for n in range(len(who.units)) if n not in named and who.units[n].end is None]))
    unit = who.units[place]
    if what == "mark":
        changed = replace(unit, category="不参评" if unit.category == "参评" else "参评")
    else:
        systems = sorted({one.system for one in who.units} - {unit.system, "外宣", "党政综合"})
        changed = replace(unit, system=str(rng.choice(systems)))
    units = [*who.units]
    units[place] = changed
    told = f"{unit.name} {changed.category} {changed.system}"
    return told, replace(made, cast=replace(who, units=units))


def _with(arrays: Any, name: str, place: int, value: Any) -> Any:
    """The arrays with one value changed."""
    changed = getattr(arrays, name).copy()
    changed[place] = value
    return replace(arrays, **{name: changed})


def _kept(posts: WeiboPosts, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> WeiboPosts:
    arrays = {one.name: getattr(posts, one.name)[kept] for one in fields(posts) if one.name != "special"}
    moved = np.cumsum(kept) - 1
    return WeiboPosts(**arrays, special={int(moved[n]): one for n, one in posts.special.items()})


def _kept_words(told: Written, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Written:
    words: Words = told.words.filter(pa.array(kept))
    return Written(words, told.function[kept], told.explains[kept])


def _reworded(told: Written, place: int, rng: np.random.Generator) -> Written:
    """The words of a post of another function, with what they tell, in place of its own."""
    others = np.flatnonzero((told.function != told.function[place]) & (told.explains == told.explains[place]))
    other = int(rng.choice(others))
    words = listed(told.words)
    words[place] = words[other]
    function = told.function.copy()
    function[place] = function[other]
    return Written(pa.array(words, pa.string()), function, told.explains)
